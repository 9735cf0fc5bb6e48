import { consentBody } from '../../support/law-fixtures.ts';
import { CLINIC, HOME_CARE, ifMatch, unit, WARD } from '../../support/plan-fixtures.ts';
import type { RouteRequest } from './requests.ts';
import {
  admin,
  emergency,
  exporting,
  type Ids,
  LATER,
  made,
  newReserve,
  registerUnknown,
  stay,
  type World,
} from './world.ts';

type Path = string | ((ids: Ids) => string);

/** Records one more of a kind as the ward's administrator, under the name of its parameter. */
function another(name: string, path: Path, body: (world: World) => object, by: string = WARD): RouteRequest['fresh'] {
  return async (world) => {
    const url = typeof path === 'string' ? `/v1/patients/${world.ids.patientId}${path}` : path(world.ids);
    const { id } = await made(admin(world.service, by).post(url, body(world)));
    return { [name]: id };
  };
}

const from = `${LATER}T00:00:00Z`;
const anew: RouteRequest['fresh'] = async ({ service }) => ({ patientId: await registerUnknown(service) });

const relative = another('relatedPersonId', '/related-persons', () => ({
  relation: 'relative',
  name: 'Bo Beskedsson',
}));
const disclosure = ({ until }: World) => ({
  ...consentBody('disclosure', 'person', 'x', { recipient: { kind: 'person', name: 'Försäkringskassan' } }),
  until,
});

async function deceased({ service }: World): Promise<Ids> {
  const patientId = await registerUnknown(service);
  const url = `/v1/patients/${patientId}/deceased`;
  await made(service.as(CLINIC).post(url, { deceasedOn: '2018-11-01' }, { 'if-match': '"1"' }));
  return { patientId };
}

async function joined({ service, ids }: World): Promise<Ids> {
  const other = await registerUnknown(service);
  const url = `/v1/patients/${ids.patientId}/joins`;
  const { id } = await made(service.as(CLINIC).post(url, { joinedPatientId: other, why: 'Samma person.' }));
  return { joinId: id };
}

async function guarded({ service, until }: World): Promise<Ids> {
  const patientId = await registerUnknown(service);
  const by = admin(service);
  const url = `/v1/patients/${patientId}`;
  const guardian = await made(by.post(`${url}/related-persons`, { relation: 'guardian', name: 'Vera Vårdnadsson' }));
  const consent = await made(
    by.post(
      `${url}/consents`,
      consentBody('sip', 'principal', unit('H03'), {
        until,
        guardianAnswers: [{ relatedPersonId: guardian.id, answer: 'yes' }],
      }),
    ),
  );
  return { patientId, consentId: consent.id, guardianId: guardian.id };
}

async function protectedPerson({ service }: World): Promise<Ids> {
  const patientId = await registerUnknown(service);
  const url = `/v1/patients/${patientId}/protection`;
  await made(admin(service).post(url, { grade: 'confidentiality-mark' }, { 'if-match': '"1"' }));
  return { patientId };
}

const opened: RouteRequest['fresh'] = ({ service, ids }) => emergency(service, ids.patientId!);

/** Persons: registering, finding, changing, related persons, joins. */
export const PATIENT_REQUESTS: Readonly<Record<string, RouteRequest>> = {
  'POST /v1/patients': { body: () => ({ personNumber: newReserve(), givenName: 'Okänd', familyName: 'Person' }) },
  'PATCH /v1/patients/:patientId': { fresh: anew },
  'POST /v1/patients/:patientId/numbers': { fresh: anew, body: () => ({ personNumber: newReserve() }) },
  'POST /v1/patients/:patientId/deceased': { fresh: anew, body: () => ({ deceasedOn: '2018-11-01' }) },
  'POST /v1/patients/:patientId/deceased/undo': {
    fresh: deceased,
    headers: ifMatch({ revision: 2 }),
  },
  'PATCH /v1/patients/:patientId/related-persons/:relatedPersonId': { fresh: relative },
  'POST /v1/patients/:patientId/related-persons/:relatedPersonId/end': {
    fresh: relative,
    body: () => ({ why: 'Flyttat.' }),
  },
  'POST /v1/patients/:patientId/joins': {
    fresh: async ({ service }) => ({ other: await registerUnknown(service) }),
    body: ({ ids }) => ({ joinedPatientId: ids.other ?? ids.patientId, why: 'Samma person.' }),
  },
  'POST /v1/patients/:patientId/joins/:joinId/part': { fresh: joined },
};

/** Consents, information, relations and inability. */
export const CONSENT_REQUESTS: Readonly<Record<string, RouteRequest>> = {
  'POST /v1/patients/:patientId/consents': { body: disclosure },
  'POST /v1/consents/:consentId/withdraw': { fresh: another('consentId', '/consents', disclosure) },
  'POST /v1/consents/:consentId/guardian-answers': {
    fresh: guarded,
    body: ({ ids }) => ({ relatedPersonId: ids.guardianId ?? ids.relatedPersonId, answer: 'yes' }),
  },
  'POST /v1/patients/:patientId/care-relations': { body: () => ({ kind: 'care', from }) },
  'POST /v1/care-relations/:careRelationId/end': {
    fresh: another('careRelationId', '/care-relations', () => ({ kind: 'care' })),
  },
  'POST /v1/patients/:patientId/inabilities': {
    body: () => ({ kind: 'child', clarification: 'Samtal med patienten.', from }),
  },
  'POST /v1/inabilities/:inabilityId/end': {
    fresh: another('inabilityId', '/inabilities', () => ({ kind: 'child', clarification: 'Samtal med patienten.' })),
  },
};

const inner = () => ({ reach: 'inner', unit: unit('0101') });

const newStay: RouteRequest['fresh'] = async ({ service, today }) =>
  stay(service, await registerUnknown(service), today);
const notice = ({ today }: World) => ({
  ...{ receivers: [unit('0302')], openCareUnit: unit('0201'), municipalHealthCareExpected: true },
  ...{ admittedAt: today.replace('T08', 'T07'), estimatedDischarge: LATER, registeredAddress: 'Provgatan 1' },
});

/** Blocks and emergencies, who of the patient's side is let in, and protection. */
export const SHARING_REQUESTS: Readonly<Record<string, RouteRequest>> = {
  'POST /v1/patients/:patientId/blocks': { body: () => ({ ...inner(), from }) },
  'POST /v1/blocks/:blockId/lift': { fresh: another('blockId', '/blocks', inner) },
  'POST /v1/block-lift-requests/:liftRequestId/answer': { fresh: opened, body: () => ({ answer: 'refuse' }) },
  'POST /v1/patients/:patientId/emergency-accesses': { by: HOME_CARE },
  'POST /v1/emergency-accesses/:emergencyAccessId/close': { by: HOME_CARE, fresh: opened },
  'POST /v1/emergency-accesses/:emergencyAccessId/lift-requests': { by: HOME_CARE, fresh: opened },
  'GET /v1/emergency-accesses/:emergencyAccessId': { by: HOME_CARE },
  'POST /v1/patients/:patientId/guardian-blocks': { body: () => ({ reason: 'Menprövning.', from }) },
  'POST /v1/guardian-blocks/:guardianBlockId/lift': {
    fresh: another('guardianBlockId', '/guardian-blocks', () => ({ reason: 'Menprövning.' })),
  },
  'POST /v1/patients/:patientId/sealings': { body: () => ({ unit: unit('0101'), from }) },
  'POST /v1/sealings/:sealingId/lift': { fresh: another('sealingId', '/sealings', () => ({ unit: unit('0101') })) },
  'POST /v1/patients/:patientId/protection': { fresh: anew },
  'POST /v1/patients/:patientId/protection/lift': { fresh: protectedPerson, headers: ifMatch({ revision: 2 }) },
  'POST /v1/patients/:patientId/protected-access': { fresh: anew },
  'POST /v1/protected-access/:protectedAccessId/revoke': {
    fresh: another('protectedAccessId', '/protected-access', () => ({ staff: unit('P007') })),
  },
  'POST /v1/patients/:patientId/export-requests': { fresh: protectedPerson },
  'POST /v1/export-requests/:exportRequestId/answer': { fresh: ({ service }) => exporting(service, false) },
  'POST /v1/sheets/:sheetId/handovers': { body: () => ({ to: { kind: 'patient' } }) },
  'POST /v1/sheets/:sheetId/readings': { body: () => ({ to: { kind: 'patient' } }) },
  'POST /v1/patients/:patientId/hospital-stays': { fresh: anew, body: notice },
  'POST /v1/hospital-stays/:stayId/messages': { body: () => ({ kind: 'estimate', estimatedDischarge: LATER }) },
  'POST /v1/discharge-messages/:messageId/receive': { by: HOME_CARE, fresh: newStay },
  'POST /v1/discharge-messages/:messageId/correct': { fresh: newStay, body: () => ({ estimatedDischarge: LATER }) },
  'POST /v1/discharge-messages/:messageId/withdraw': { fresh: newStay },
};
