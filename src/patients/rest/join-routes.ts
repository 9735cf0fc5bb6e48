import { askingOf } from '../../http/asking.ts';
import { answer, bodyless, problems } from '../../http/documented.ts';
import { replyAssembled, strongTag } from '../../http/etag.ts';
import { changeHeaders, createHeaders, readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import { joinPatients, partPatients } from '../join-patients.ts';
import {
  alreadyParted,
  alreadySamePerson,
  bothHaveLeadPlan,
  joinedElsewhere,
  joinNeedsLesserNumber,
  joinWithSelf,
  personToJoinUnknown,
} from '../problems.ts';
import { listJoins, readJoin } from '../read-joins.ts';
import { joinAnswer, joinsAnswer } from './answers.ts';
import {
  ASSEMBLED,
  access,
  CHANGED,
  CREATED,
  headed,
  type PatientsDeps,
  sentChange,
  sentNew,
  TAGS,
  UNCHANGED,
} from './person-route.ts';
import { presentJoin } from './present.ts';
import { joinBody, joinPath, patientPath, whyBody } from './requests.ts';

const USUAL = [400, 401, 403, 404, 413, 415, 422] as const;

/** Joining who is registered twice, and parting again. */
export function registerJoinRoutes(door: Server, deps: PatientsDeps): void {
  registerJoin(door, deps);
  registerReads(door, deps);
  registerPart(door, deps);
}

function registerJoin(door: Server, deps: PatientsDeps): void {
  const schema = {
    tags: TAGS,
    operationId: 'joinPatients',
    summary: 'Sammanför två som är samma person',
    description:
      'När den som registrerats med reservnummer har identifierats. Uppgifterna visas därefter tillsammans; id:n från båda fungerar. Inget flyttas, så att de två kan skiljas åt igen om det var fel.',
    headers: createHeaders,
    params: patientPath,
    body: joinBody,
    response: {
      201: answer(joinAnswer, 'Sammanföringen.', { headers: CREATED }),
      ...problems(
        ...USUAL,
        personToJoinUnknown,
        joinWithSelf,
        alreadySamePerson,
        joinedElsewhere,
        joinNeedsLesserNumber,
        bothHaveLeadPlan,
      ),
    },
  };
  door.post('/patients/:patientId/joins', { config: access('patient.join'), schema }, async (request, reply) => {
    const { joinedPatientId: other, why } = request.body;
    const asked = { right: request.params.patientId, other, why };
    const made = await joinPatients(deps.desk, askingOf(request), asked, sentNew(request));
    const join = presentJoin(made.answer);
    headed(reply, made, join.revision, `${door.prefix}/patients/${join.patientId}/joins/${join.id}`);
    return join;
  });
}

function registerReads(door: Server, deps: PatientsDeps): void {
  const config = access('patient.read');
  const listSchema = {
    tags: TAGS,
    operationId: 'listJoins',
    summary: 'Lista sammanföringar',
    description: 'Alla sammanföringar till personen, även de som skilts åt igen.',
    headers: readHeaders,
    params: patientPath,
    response: {
      200: answer(joinsAnswer, 'Sammanföringarna, äldst först.', { headers: ASSEMBLED }),
      304: bodyless(UNCHANGED),
      ...problems(400, 401, 403, 404),
    },
  };
  door.get('/patients/:patientId/joins', { config, schema: listSchema }, async (request, reply) => {
    const joins = await listJoins(deps.desk, askingOf(request), request.params.patientId);
    return replyAssembled(request, reply, { items: joins.map(presentJoin) });
  });
  const schema = {
    tags: TAGS,
    operationId: 'readJoin',
    summary: 'Läs en sammanföring',
    description: 'Vem som gjorde den, när och varför.',
    params: joinPath,
    response: {
      200: answer(joinAnswer, 'Sammanföringen.', { headers: { ETag: CHANGED.ETag } }),
      ...problems(400, 401, 403, 404),
    },
  };
  door.get('/patients/:patientId/joins/:joinId', { config, schema }, async (request, reply) => {
    const { patientId, joinId } = request.params;
    const join = await readJoin(deps.desk, askingOf(request), patientId, joinId);
    reply.header('etag', strongTag(join.revision));
    return presentJoin(join);
  });
}

function registerPart(door: Server, deps: PatientsDeps): void {
  const schema = {
    tags: TAGS,
    operationId: 'partPatients',
    summary: 'Skilj åt två som sammanförts av misstag',
    description: 'Var och en får tillbaka sina egna uppgifter. Spåret och skälet bevaras.',
    headers: changeHeaders,
    params: joinPath,
    body: whyBody,
    response: {
      200: answer(joinAnswer, 'Sammanföringen, nu åtskild.', { headers: CHANGED }),
      ...problems(...USUAL, 412, 428, alreadyParted),
    },
  };
  const config = access('patient.join');
  door.post('/patients/:patientId/joins/:joinId/part', { config, schema }, async (request, reply) => {
    const { patientId, joinId } = request.params;
    const asked = { patientId, join: joinId, why: request.body.why };
    const made = await partPatients(deps.desk, askingOf(request), asked, sentChange(request));
    headed(reply, made, made.answer.revision);
    return presentJoin(made.answer);
  });
}
