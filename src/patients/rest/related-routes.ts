import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answered } from '../../access/index.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, problems } from '../../http/documented.ts';
import { strongTag } from '../../http/etag.ts';
import { changeHeaders, createHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import { publicId } from '../../shared/ids.ts';
import type { PersonNumber } from '../../shared/person-number.ts';
import type { ChangedPerson } from '../change-person.ts';
import type { RelatedPerson } from '../domain/related-person.ts';
import {
  datesOutOfOrder,
  decisionReferenceMissing,
  guardianOfAdult,
  proxyOfChild,
  relatedPersonEnded,
  relatedPersonNotYours,
  relatedToSelf,
} from '../problems.ts';
import { readRelatedPerson } from '../read-patient.ts';
import { addRelatedPerson, changeRelatedPerson, endRelatedPerson } from '../related-persons.ts';
import { relatedAnswer } from './answers.ts';
import {
  access,
  CHANGED,
  CREATED,
  headed,
  locationOf,
  type PatientsDeps,
  sentChange,
  sentNew,
  shownTo,
  TAGS,
} from './person-route.ts';
import { presentRelated } from './present.ts';
import { endRelatedBody, type numberBodies, patched, patientPath, relatedPath } from './requests.ts';

const USUAL = [400, 401, 403, 404, 413, 415, 422] as const;
const CHANGES = [...USUAL, 412, 428, relatedPersonNotYours] as const;
const OF_CONTENT = [datesOutOfOrder, guardianOfAdult, proxyOfChild, decisionReferenceMissing, relatedToSelf] as const;
const ONE = '/patients/:patientId/related-persons/:relatedPersonId';

type Bodies = ReturnType<typeof numberBodies>;

/** Relatives, guardians and legal representatives. */
export function registerRelatedRoutes(door: Server, deps: PatientsDeps, bodies: Bodies): void {
  registerAdd(door, deps, bodies);
  registerRead(door, deps);
  registerChange(door, deps, bodies);
  registerEnd(door, deps);
}

function registerAdd(door: Server, deps: PatientsDeps, bodies: Bodies): void {
  const schema = {
    tags: TAGS,
    operationId: 'addRelatedPerson',
    summary: 'Lägg till en närstående eller företrädare',
    description:
      'Närstående, vårdnadshavare (till 18 år), god man eller förvaltare, eller ombud för en vuxen. Med personnummer kan den registrerade logga in i patientens ställe så långt lagen medger. Uppgiften ägs av den egna enheten.',
    headers: createHeaders,
    params: patientPath,
    body: bodies.addRelated,
    response: {
      201: answer(relatedAnswer, 'Den närstående.', { headers: CREATED }),
      ...problems(...USUAL, ...OF_CONTENT),
    },
  };
  const config = access('representative.register');
  door.post('/patients/:patientId/related-persons', { config, schema }, async (request, reply) => {
    const { patientId } = request.params;
    const made = await addRelatedPerson(
      deps.desk,
      askingOf(request),
      patientId,
      known(deps, request.body),
      sentNew(request),
    );
    const { thing } = made.answer;
    return replyRelated(request, reply, deps, made, locationOf(request, publicId(thing.patientId, thing.id)));
  });
}

function registerRead(door: Server, deps: PatientsDeps): void {
  const schema = {
    tags: TAGS,
    operationId: 'readRelatedPerson',
    summary: 'Läs en närstående eller företrädare',
    description: 'För personal, och för patienten själv när uppgiften är godkänd att visas.',
    params: relatedPath,
    response: {
      200: answer(relatedAnswer, 'Den närstående.', { headers: { ETag: CHANGED.ETag } }),
      ...problems(400, 401, 403, 404),
    },
  };
  door.get(ONE, { config: access('representative.read', ['staff', 'citizen']), schema }, async (request, reply) => {
    const { patientId, relatedPersonId } = request.params;
    const related = await readRelatedPerson(deps.desk, askingOf(request), patientId, relatedPersonId);
    reply.header('etag', strongTag(related.revision));
    return presentRelated(related, shownTo(request, deps));
  });
}

function registerChange(door: Server, deps: PatientsDeps, bodies: Bodies): void {
  const schema = {
    tags: TAGS,
    operationId: 'changeRelatedPerson',
    summary: 'Ändra en närstående eller företrädare',
    description: 'Ändras bara av den vårdgivare eller omsorgsgivare som har skrivit uppgiften.',
    headers: changeHeaders,
    params: relatedPath,
    body: bodies.changeRelated,
    response: {
      200: answer(relatedAnswer, 'Den närstående.', { headers: CHANGED }),
      ...problems(...CHANGES, ...OF_CONTENT),
    },
  };
  door.patch(ONE, { config: access('representative.register'), schema }, async (request, reply) => {
    const { patientId, relatedPersonId } = request.params;
    const changes = known(deps, patched(request.body));
    const sent = sentChange(request);
    const made = await changeRelatedPerson(deps.desk, askingOf(request), patientId, relatedPersonId, changes, sent);
    return replyRelated(request, reply, deps, made);
  });
}

function registerEnd(door: Server, deps: PatientsDeps): void {
  const schema = {
    tags: TAGS,
    operationId: 'endRelatedPerson',
    summary: 'Avsluta en relation',
    description: 'Relationen visas fortfarande, med sin sista dag.',
    headers: changeHeaders,
    params: relatedPath,
    body: endRelatedBody,
    response: {
      200: answer(relatedAnswer, 'Den närstående.', { headers: CHANGED }),
      ...problems(...CHANGES, relatedPersonEnded, datesOutOfOrder),
    },
  };
  door.post(`${ONE}/end`, { config: access('representative.end'), schema }, async (request, reply) => {
    const { patientId, relatedPersonId } = request.params;
    const sent = sentChange(request);
    const made = await endRelatedPerson(deps.desk, askingOf(request), patientId, relatedPersonId, request.body, sent);
    return replyRelated(request, reply, deps, made);
  });
}

/** With the hash that the related person's own sign-in is known by; it goes when the number does. */
function known<T extends { readonly personNumber?: PersonNumber }>(deps: PatientsDeps, sent: T) {
  if (!('personNumber' in sent)) return sent;
  const { personNumber } = sent;
  return { ...sent, numberHash: personNumber && deps.personNumberHash(personNumber.digits) };
}

function replyRelated(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: PatientsDeps,
  made: Answered<ChangedPerson>,
  location?: string,
) {
  const related = made.answer.thing as RelatedPerson;
  headed(reply, made, related.revision, location);
  return presentRelated(related, shownTo(request, deps));
}
