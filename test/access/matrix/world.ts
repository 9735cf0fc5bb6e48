import { fillStage, type Stage, setStage, setUnsharedStage } from '../../integration/plans/route-table.ts';
import type { Answer, Caller, TestApp } from '../../support/app.ts';
import { consentBody, withRights } from '../../support/law-fixtures.ts';
import { CLINIC, HOME_CARE, ifMatch, planUrl, unit, WARD } from '../../support/plan-fixtures.ts';

export type Ids = Readonly<Record<string, string>>;

/** A person of whom something of every kind is recorded, so that every route has something to be asked about. */
export interface World {
  readonly service: TestApp;
  readonly stage: Stage;
  /** By the name of the parameter in the address, `blockId`; of FHIR resources by their type. */
  readonly ids: Ids;
  /** As FHIR shows them to the ward, by type. */
  readonly resources: Resources;
  /** The day when it was set. */
  readonly today: string;
  /** A day that a consent may last to. */
  readonly until: string;
}

/** A day so far ahead that what begins then changes nothing whenever anybody asks. */
export const LATER = '2030-01-01';

export const admin = (service: TestApp, persona: string = WARD) => withRights(service, persona);

/** What a request made, or an error that says why it did not. */
export async function made<T = { id: string; revision: number }>(reply: Promise<Answer>): Promise<T> {
  const { status, body, text } = await reply;
  if (status >= 300) throw new Error(text);
  return body as T;
}

const idOf = async (reply: Promise<Answer>) => (await made(reply)).id;
const daysAfter = (day: string, days: number) =>
  new Date(Date.parse(day.slice(0, 10)) + days * 86_400_000).toISOString().slice(0, 10);

/** An emergency access of the home care with a request to the region's provider to lift, whose block is lifted after. */
export async function emergency(service: TestApp, patientId: string): Promise<Ids> {
  const patient = `/v1/patients/${patientId}`;
  const by = admin(service);
  const block = await made(by.post(`${patient}/blocks`, { reach: 'outer', provider: unit('R01') }));
  const opened = await made<{ id: string; liftRequests: { id: string }[] }>(
    service.as(HOME_CARE).post(`${patient}/emergency-accesses`, {
      reason: 'Medvetslös på akuten, behöver veta om blodförtunnande läkemedel.',
      ...{ consentUnobtainable: true, patientCannotLift: true, hours: 1 },
    }),
  );
  await made(by.post(`/v1/blocks/${block.id}/lift`, { ground: 'patient-asked' }, ifMatch(block)));
  return { emergencyAccessId: opened.id, liftRequestId: opened.liftRequests[0]!.id };
}

/** Persons beside the patient, and another key of the same person. */
async function people(service: TestApp, by: Caller, stage: Stage): Promise<Ids> {
  const patient = `/v1/patients/${stage.patientId}`;
  const relative = { relation: 'relative', name: 'Britt Beskedsson', approvedForPatient: true };
  const relatedPersonId = await idOf(by.post(`${patient}/related-persons`, relative));
  const unknown = await registerUnknown(service);
  const joinId = await idOf(by.post(`${patient}/joins`, { joinedPatientId: unknown, why: 'Samma person.' }));
  return { relatedPersonId, joinId };
}

let reserves = 0;

/** A reserve number that nobody has yet. */
export function newReserve(): string {
  reserves += 1;
  return `99261116R${String(reserves).padStart(3, '0')}`;
}

/** Registers somebody without a known number: nobody can sign in as that person. */
export async function registerUnknown(service: TestApp): Promise<string> {
  const personNumber = newReserve();
  return idOf(service.as(CLINIC).post('/v1/patients', { personNumber, givenName: 'Okänd', familyName: 'Person' }));
}

type Resources = Readonly<Record<string, fhir4.FhirResource>>;

/** One that nothing has been answered or reported of: what is sent back of another is a change that its state may refuse. */
const isUntouched = (resource: fhir4.FhirResource) =>
  resource.resourceType !== 'Task' || resource.status === 'requested';

/** What FHIR makes of the plan, one of each type. */
async function resourcesOf(service: TestApp, stage: Stage): Promise<Resources> {
  const url = `/fhir/R4/CarePlan/${stage.plan.plan.id}/$everything`;
  const bundle = await made<fhir4.Bundle<fhir4.FhirResource>>(service.as(WARD).get(url));
  const resources = (bundle.entry ?? []).map(({ resource }) => resource!).filter(isUntouched);
  return Object.fromEntries(resources.toReversed().map((one) => [one.resourceType, one])) as Resources;
}

const BOOKED = { form: 'fixed', start: '2027-01-21T11:00:00+01:00', changeable: { byPatient: false } };

/** The plan, with a unit of another provider that is invited and has neither duty nor relation. */
async function plan(service: TestApp, patientId: string, today: string, citizen?: string): Promise<Stage> {
  const stage = citizen
    ? await fillStage(await setUnsharedStage(service, patientId, { citizen, day: today.slice(0, 10) }))
    : await fillStage(await setStage(service, patientId));
  const ward = service.as(WARD);
  await made(ward.post(`${planUrl(stage.plan)}/steps`, { title: 'Återbesök', time: BOOKED }));
  await invite(stage);
  return stage;
}

/** Invites the unit without duty. */
export async function invite({ service, plan: whole }: Stage): Promise<void> {
  const party = { party: { kind: 'region', unit: unit('0401') } };
  await made(service.as(WARD).post(`${planUrl(whole)}/participants`, party));
}

/** A stay in hospital that the home care is told of. */
export async function stay(service: TestApp, patientId: string, today: string): Promise<Ids> {
  const notice = {
    ...{ receivers: [unit('0302')], openCareUnit: unit('0201'), municipalHealthCareExpected: true },
    ...{ admittedAt: today.replace('T08', 'T07'), estimatedDischarge: daysAfter(today, 4) },
    registeredAddress: 'Provgatan 1, 123 45 Provköping',
  };
  const made = await service
    .as(WARD)
    .post<{ id: string; messages: { id: string }[] }>(`/v1/patients/${patientId}/hospital-stays`, notice);
  if (made.status !== 201) throw new Error(made.text);
  return { stayId: made.body.id, messageId: made.body.messages?.[0]?.id ?? made.body.id };
}

/** A protected person of whom the ward has asked to take out what its provider has, and another has approved or not. */
export async function exporting(service: TestApp, isApproved: boolean): Promise<Ids> {
  const patientId = await registerUnknown(service);
  const url = `/v1/patients/${patientId}`;
  const mark = { grade: 'confidentiality-mark', staff: [{ staff: staffOf(service, WARD) }] };
  await made(admin(service, CLINIC).post(`${url}/protection`, mark, { 'if-match': '"1"' }));
  const asked = { reason: 'data-subject-access', purpose: 'Begärt av personen själv.' };
  const [by, other] = isApproved ? [WARD, CLINIC] : [CLINIC, WARD];
  const { id } = await made(admin(service, by).post(`${url}/export-requests`, asked));
  const answer = `/v1/export-requests/${id}/answer`;
  if (isApproved) await made(admin(service, other).post(answer, { answer: 'approve' }, { 'if-match': '"1"' }));
  return { patientId, exportRequestId: id };
}

const staffOf = (service: TestApp, persona: string) => String(service.as(persona).persona.claims.employeeHsaId);

/** A review of the log, and a person whose log is watched. */
async function watching(service: TestApp, patientId: string): Promise<Ids> {
  const by = admin(service);
  const day = new Date().toISOString().slice(0, 10);
  const sample = { kind: 'sample', from: day, to: day, size: 2 };
  const why = 'Känd för allmänheten.';
  return {
    reviewId: await idOf(by.post('/v1/access-log/reviews', sample)),
    watchId: await idOf(by.post('/v1/access-log/watches', { patientId, why })),
  };
}

/**
 * Records something of every kind about a person, as an administrator of the ward; what would change who sees what
 * begins later.
 *
 * @param today the day that the clock shows
 * @param citizen who answers for the patient's side, when the patient cannot
 */
export async function setWorld(service: TestApp, patientId: string, today: string, citizen?: string): Promise<World> {
  const stage = await plan(service, patientId, today, citizen);
  const by = admin(service);
  const patient = `/v1/patients/${patientId}`;
  const from = `${LATER}T00:00:00Z`;
  const add = (path: string, body: object) => idOf(by.post(`${patient}${path}`, body));
  const until = daysAfter(today, 200);
  const copy = consentBody('disclosure', 'person', 'x', { recipient: { kind: 'person', name: 'Försäkringskassan' } });
  const clarification = 'Samtal med patienten vid två tillfällen.';
  const informationId = await add('/information-given', { form: 'oral' });
  const consentId = await add('/consents', { ...copy, until });
  const held = await resourcesOf(service, stage);
  const log = await made<fhir4.Bundle>(by.get(`/fhir/R4/AuditEvent?patient=${patientId}&_count=1`));
  const ids = {
    informationId,
    ...(await emergency(service, patientId)),
    ...(await people(service, by, stage)),
    ...Object.fromEntries(Object.entries(held).map(([type, { id }]) => [type, id!])),
    Consent: consentId,
    AuditEvent: log.entry![0]!.resource!.id!,
    version: '1',
    consentId,
    patientId,
    planId: stage.plan.plan.id,
    hsaId: unit('0201'),
    careRelationId: await add('/care-relations', { kind: 'care', from }),
    inabilityId: await add('/inabilities', { kind: 'child', clarification, from }),
    blockId: await add('/blocks', { reach: 'inner', unit: unit('0101'), from }),
    guardianBlockId: await add('/guardian-blocks', { reason: 'Menprövning.', from }),
    sealingId: await add('/sealings', { unit: unit('0101'), from }),
    exportRequestId: (await exporting(service, true)).exportRequestId!,
    protectedAccessId: await add('/protected-access', { staff: unit('P007'), from }),
    sheetId: await add('/sheets', {}),
    ...(await stay(service, patientId, today)),
    disclosureId: await idOf(
      by.post(`${planUrl(stage.plan)}/disclosures`, {
        ground: 'harm-assessment',
        receiver: { kind: 'unit', hsaId: unit('0305') },
        purpose: 'Planering av skolgången',
      }),
    ),
  };
  return { service, stage, ids: { ...ids, ...(await watching(service, patientId)) }, resources: held, today, until };
}
