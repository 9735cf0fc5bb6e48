import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answered } from '../../access/index.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, bodyless, problems } from '../../http/documented.ts';
import { replyAssembled } from '../../http/etag.ts';
import { changeHeaders, createHeaders, readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import { publicPatientId } from '../../shared/ids.ts';
import { addNumber, changePatient, setDeceased, undoDeceased } from '../change-patient.ts';
import type { ChangedPerson } from '../change-person.ts';
import type { Patient, PatientChanges } from '../domain/patient.ts';
import { findPatients } from '../find-patient.ts';
import {
  alreadyDeceased,
  contactNeedsContradict,
  datesOutOfOrder,
  deathNotPossible,
  notDeceased,
  personNumberTaken,
} from '../problems.ts';
import { readPatient } from '../read-patient.ts';
import { registerPatient } from '../register-patient.ts';
import { foundAnswer, patientAnswer } from './answers.ts';
import {
  ASSEMBLED,
  access,
  CHANGED,
  CREATED,
  hashed,
  headed,
  locationOf,
  type PatientsDeps,
  sentChange,
  sentNew,
  shownTo,
  TAGS,
  UNCHANGED,
} from './person-route.ts';
import { presentFound, presentPatient } from './present.ts';
import { changePatientBody, deceasedBody, type numberBodies, patched, patientPath, whyBody } from './requests.ts';

const USUAL = [400, 401, 403, 413, 415, 422] as const;
const OF_ONE = [...USUAL, 404] as const;
const CHANGES = [...OF_ONE, 412, 428] as const;

/** Registering, finding, reading and changing persons. */
export function registerPatientRoutes(door: Server, deps: PatientsDeps, bodies: Bodies): void {
  registerNew(door, deps, bodies);
  registerSearch(door, deps, bodies);
  registerRead(door, deps);
  registerChanges(door, deps, bodies);
  registerDeath(door, deps);
}

type Bodies = ReturnType<typeof numberBodies>;

function registerNew(door: Server, deps: PatientsDeps, bodies: Bodies): void {
  const schema = {
    tags: TAGS,
    operationId: 'registerPatient',
    summary: 'Registrera en person',
    description:
      'Med personnummer, samordningsnummer eller reservnummer, som bara en person kan ha. Id:t i svaret är slumpat och säger inget om numret. Skicka Idempotency-Key så är det säkert att försöka igen.',
    headers: createHeaders,
    body: bodies.register,
    response: {
      201: answer(patientAnswer, 'Personen.', { headers: CREATED }),
      ...problems(...USUAL, 404, personNumberTaken, contactNeedsContradict, datesOutOfOrder),
    },
  };
  door.post('/patients', { config: access('patient.register'), schema }, async (request, reply) => {
    const { personNumber, ...given } = request.body;
    const made = await registerPatient(
      deps.desk,
      askingOf(request),
      { ...given, ...hashed(deps, personNumber) },
      sentNew(request),
    );
    const { thing } = made.answer;
    return replyPatient(request, reply, deps, made, locationOf(request, publicPatientId(thing.patientId)));
  });
}

function registerSearch(door: Server, deps: PatientsDeps, bodies: Bodies): void {
  const schema = {
    tags: TAGS,
    operationId: 'findPatients',
    summary: 'Sök en person med nummer',
    description:
      'Numret skickas i innehållet, aldrig i adressen. Ger id och namn; ett system får bara id. Sökningen loggas, även när ingen hittas.',
    body: bodies.search,
    response: { 200: answer(foundAnswer, 'Den som har numret, om någon.'), ...problems(...USUAL, 404) },
  };
  const config = access('patient.find', ['staff', 'system']);
  door.post('/patients/search', { config, schema }, async (request) => {
    const { hash } = hashed(deps, request.body.personNumber);
    const found = await findPatients(deps.desk, askingOf(request), hash);
    return { items: found.map((record) => presentFound(record, request.actor.kind)) };
  });
}

function registerRead(door: Server, deps: PatientsDeps): void {
  const schema = {
    tags: TAGS,
    operationId: 'readPatient',
    summary: 'Läs en person',
    description:
      'För personal, och för personen själv det som är godkänt att visas. Ett id från före en sammanföring leder till samma person. Ändra med `revision` i If-Match.',
    headers: readHeaders,
    params: patientPath,
    response: {
      200: answer(patientAnswer, 'Personen.', { headers: ASSEMBLED }),
      304: bodyless(UNCHANGED),
      ...problems(400, 401, 403, 404),
    },
  };
  const config = access('patient.read', ['staff', 'citizen']);
  door.get('/patients/:patientId', { config, schema }, async (request, reply) => {
    const record = await readPatient(deps.desk, askingOf(request), request.params.patientId);
    return replyAssembled(request, reply, presentPatient(record, shownTo(request, deps)));
  });
}

function registerChanges(door: Server, deps: PatientsDeps, bodies: Bodies): void {
  const schema = {
    tags: TAGS,
    operationId: 'changePatient',
    summary: 'Ändra en person',
    description: 'Namn, språk, hur personen helst nås och kontaktbehov.',
    headers: changeHeaders,
    params: patientPath,
    body: changePatientBody,
    response: {
      200: answer(patientAnswer, 'Personen.', { headers: CHANGED }),
      ...problems(...CHANGES, contactNeedsContradict, datesOutOfOrder),
    },
  };
  door.patch('/patients/:patientId', { config: access('patient.change'), schema }, async (request, reply) => {
    const { patientId } = request.params;
    const changesOf = (patient: Patient): PatientChanges => {
      const { contactNeeds, ...fields } = patched(request.body);
      if (!('contactNeeds' in request.body)) return fields;
      return { ...fields, contactNeeds: contactNeeds ? { ...patient.contactNeeds, ...patched(contactNeeds) } : {} };
    };
    const made = await changePatient(deps.desk, askingOf(request), patientId, changesOf, sentChange(request));
    return replyPatient(request, reply, deps, made);
  });
  const numberSchema = {
    tags: TAGS,
    operationId: 'addPersonNumber',
    summary: 'Ge en person ett nummer till',
    description:
      'Som när den som registrerats med reservnummer får ett personnummer. Det säkraste numret gäller; de tidigare går fortfarande att söka på. Har någon annan numret ska de två sammanföras i stället.',
    headers: changeHeaders,
    params: patientPath,
    body: bodies.number,
    response: {
      200: answer(patientAnswer, 'Personen.', { headers: CHANGED }),
      ...problems(...CHANGES, personNumberTaken),
    },
  };
  const config = access('patient.change');
  door.post('/patients/:patientId/numbers', { config, schema: numberSchema }, async (request, reply) => {
    const number = hashed(deps, request.body.personNumber);
    const { patientId } = request.params;
    const made = await addNumber(deps.desk, askingOf(request), patientId, number, sentChange(request));
    return replyPatient(request, reply, deps, made);
  });
}

function registerDeath(door: Server, deps: PatientsDeps): void {
  const config = access('patient.change');
  const schema = {
    tags: TAGS,
    operationId: 'setDeceased',
    summary: 'Registrera ett dödsfall',
    description:
      'Alla påminnelser, samtal och brev upphör genast, det som är öppet i planerna ställs in, och det som återstår för närstående och personal skrivs in i den samlade planen.',
    headers: changeHeaders,
    params: patientPath,
    body: deceasedBody,
    response: {
      200: answer(patientAnswer, 'Personen.', { headers: CHANGED }),
      ...problems(...CHANGES, alreadyDeceased, deathNotPossible),
    },
  };
  door.post('/patients/:patientId/deceased', { config, schema }, async (request, reply) => {
    const { patientId } = request.params;
    const { deceasedOn } = request.body;
    const sent = sentChange(request);
    const made = await setDeceased(deps.desk, askingOf(request), patientId, deceasedOn, deps.atDeath, sent);
    return replyPatient(request, reply, deps, made);
  });
  const undoSchema = {
    ...schema,
    operationId: 'undoDeceased',
    summary: 'Ta tillbaka ett dödsfall',
    description: 'När det registrerats av misstag: allt som ställdes in gäller igen. Skälet bevaras.',
    body: whyBody,
    response: {
      200: answer(patientAnswer, 'Personen.', { headers: CHANGED }),
      ...problems(...CHANGES, notDeceased),
    },
  };
  door.post('/patients/:patientId/deceased/undo', { config, schema: undoSchema }, async (request, reply) => {
    const { patientId } = request.params;
    const { why } = request.body;
    const sent = sentChange(request);
    const made = await undoDeceased(deps.desk, askingOf(request), patientId, why, deps.atDeath, sent);
    return replyPatient(request, reply, deps, made);
  });
}

function replyPatient(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: PatientsDeps,
  made: Answered<ChangedPerson>,
  location?: string,
) {
  const shown = presentPatient(made.answer.record, shownTo(request, deps));
  headed(reply, made, shown.revision, location);
  return shown;
}
