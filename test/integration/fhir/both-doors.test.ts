import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CLINIC,
  createPlan,
  createTestApp,
  HOME_CARE,
  HOME_HELP,
  planBody,
  registerPatient,
  SCHOOL,
  STRANGER,
  type TestApp,
  type Thing,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';

type Bundle = fhir4.Bundle<fhir4.FhirResource> & Record<string, unknown>;
type Told = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const R4 = '/fhir/R4';
const GUARDIAN = 'petra';
const CHILDHOOD = '2018-11-16T08:00:00+01:00';
const NOW = '2026-11-16T08:00:00+01:00';

let service: TestApp;
let patientId: string;
let plan: WholePlan;
let childsPlan: WholePlan;

/** Something of every kind that a plan can hold, by those who write it. */
async function fill(whole: WholePlan, patient?: string): Promise<void> {
  const url = `/v1/plans/${whole.plan.id}`;
  const must = async (who: string, path: string, body: object, headers = {}) => {
    const reply = await service.as(who).post<Thing>(`${url}${path}`, body, headers);
    if (reply.status >= 300) throw new Error(`${path}: ${reply.text}`);
    return reply.body;
  };
  await must(WARD, '/goals', { text: 'Mål för vården', clinicalText: 'EF över 40', whose: 'professional' });
  await must(WARD, '/steps', {
    title: 'Bara för personal',
    clinicalText: 'Intern notering',
    approvedForPatient: false,
  });
  const own = whole.steps.find(({ title }) => title === 'Läkemedelslista')!;
  await must(
    WARD,
    `/steps/${own.id}/reports`,
    { outcome: 'done', patientText: 'Klar' },
    { 'idempotency-key': `klar-${own.id}` },
  );
  await must(WARD, '/agreements', {});
  if (patient) await must(patient, '/remarks', { what: 'question', text: 'Får jag duscha?' });
}

async function child(): Promise<WholePlan> {
  const id = await registerPatient(service, 'love');
  const guardian = { relation: 'guardian', name: 'Petra Övningsdotter', personNumber: '198404202387' };
  const added = await service.as(WARD).post(`/v1/patients/${id}/related-persons`, guardian);
  if (added.status !== 201) throw new Error(added.text);
  const made = await service.as(WARD).post<WholePlan>('/v1/plans', planBody(id));
  if (made.status !== 201) throw new Error(made.text);
  const { body } = await service.as(WARD).get<WholePlan>(`/v1/plans/${made.body.plan.id}`);
  return body;
}

beforeAll(async () => {
  service = await createTestApp({ start: CHILDHOOD });
  childsPlan = await child();
  await fill(childsPlan);
  service.setClock(NOW);
  patientId = await registerPatient(service);
  plan = await createPlan(service, patientId);
  await fill(plan, 'ester');
  const contact = { role: 'rehabkoordinator', unit: unit('0302'), person: { name: 'Hanna Hittepå' } };
  await service.as(HOME_CARE).post(`/v1/plans/${plan.plan.id}/named-contacts`, contact);
});
afterAll(() => service.close());

const byId = (list: readonly unknown[] | undefined, pick: (one: never) => Record<string, unknown>): Told =>
  Object.fromEntries((list ?? []).map((one) => [(one as Thing).id, pick(one as never)]));
const ids = (list: readonly unknown[] | undefined) => byId(list, () => ({}));

/** What the REST door shows, contribution by contribution: which, and their words. */
function byRest(whole: WholePlan): Record<string, Told> {
  const own = whole as unknown as Record<string, Thing[] | undefined>;
  return {
    steps: byId(own.steps, (step: Record<string, unknown>) => ({
      title: step.title,
      state: step.state,
      patientText: step.patientText ?? step.title,
      clinicalText: step.clinicalText,
    })),
    commitments: byId(own.commitments, ({ text, state }: Record<string, unknown>) => ({ text, state })),
    goals: byId(own.goals, ({ text, clinicalText }: Record<string, unknown>) => ({ text, clinicalText })),
    whatMatters: byId(own.whatMatters, ({ text }: Record<string, unknown>) => ({ text })),
    remarks: byId(own.remarks, ({ text }: Record<string, unknown>) => ({ text })),
    safetyNet: byId(own.safetyNet, ({ sign, advice }: Record<string, unknown>) => ({ sign, advice })),
    ...Object.fromEntries(
      [
        'namedContacts',
        'participants',
        'reports',
        'selfCareAssessments',
        'agreementVersions',
        'agreementActs',
        'receipts',
        'followUps',
        'links',
        'handovers',
      ].map((name) => [name, ids(own[name])]),
    ),
  };
}

const kindOf = ({ code }: fhir4.Task) => code?.coding?.[0]?.code;

/** The same, as the FHIR door tells it. */
function byFhir(bundle: Bundle): Record<string, Told> {
  const all = (bundle.entry ?? []).map(({ resource }) => resource!);
  const of = <T extends fhir4.FhirResource>(type: T['resourceType']) =>
    all.filter((one) => one.resourceType === type) as T[];
  const tasks = (kind: string) => of<fhir4.Task>('Task').filter((one) => kindOf(one) === kind);
  const goals = (kind: string) =>
    of<fhir4.Goal>('Goal').filter(({ category }) => category?.[0]?.coding?.[0]?.code === kind);
  const teams = (kind: string) =>
    of<fhir4.CareTeam>('CareTeam').filter(({ category }) => category?.[0]?.coding?.[0]?.code === kind);
  const [carePlan] = of<fhir4.CarePlan>('CarePlan');
  const extensions = (one: { extension?: fhir4.Extension[] } | undefined, name: string) =>
    (one?.extension ?? []).filter(({ url }) => url.endsWith(`/StructureDefinition/${name}`));
  const part = ({ extension }: fhir4.Extension, url: string) =>
    extension?.find((inner) => inner.url === url)?.valueString;
  const participants = teams('team').flatMap(({ participant }) => participant ?? []);
  const outputs = of<fhir4.Task>('Task').flatMap(({ output }) => output ?? []);
  return {
    steps: byId(tasks('step'), (one: fhir4.Task) => ({
      title: one.code?.text,
      state: one.businessStatus?.coding?.[0]?.code,
      patientText: one.description,
      clinicalText: one.note?.find(({ authorReference }) => !authorReference)?.text,
    })),
    commitments: byId(tasks('commitment'), (one: fhir4.Task) => ({
      text: one.description,
      state: one.businessStatus?.coding?.[0]?.code,
    })),
    goals: byId(goals('goal'), (one: fhir4.Goal) => ({
      text: one.description.text,
      clinicalText: one.note?.[0]?.text,
    })),
    whatMatters: byId(goals('what-matters'), (one: fhir4.Goal) => ({ text: one.description.text })),
    remarks: byId(of<fhir4.Communication>('Communication'), (one: fhir4.Communication) => ({
      text: one.payload?.[0]?.contentString,
    })),
    safetyNet: byId(extensions(carePlan, 'safety-net'), (one: fhir4.Extension) => ({
      sign: part(one, 'sign'),
      advice: part(one, 'action'),
    })),
    namedContacts: ids(teams('fast-kontakt')),
    participants: ids(participants.filter(({ id }) => id !== undefined)),
    reports: ids(outputs.filter(({ id }) => id !== undefined)),
    selfCareAssessments: ids(tasks('step').flatMap((one) => extensions(one, 'self-care-assessment'))),
    agreementVersions: ids(extensions(carePlan, 'agreement')),
    agreementActs: ids(of<fhir4.Provenance>('Provenance')),
    receipts: ids(extensions(carePlan, 'receipt')),
    followUps: ids(extensions(carePlan, 'follow-up')),
    links: ids(extensions(carePlan, 'link')),
    handovers: ids(tasks('handover')),
  };
}

async function bothDoors(who: string, whole: WholePlan) {
  const rest = await service.as(who).get<WholePlan>(`/v1/plans/${whole.plan.id}`);
  const fhir = await service.as(who).get<Bundle>(`${R4}/CarePlan/${whole.plan.id}/$everything`);
  expect(fhir.status, fhir.text).toBe(rest.status);
  return { rest, fhir };
}

describe('one plan through both doors', () => {
  test.each([
    ['the ward’s nurse', WARD],
    ['home care', HOME_CARE],
    ['the clinic', CLINIC],
    ['social services', HOME_HELP],
    ['the school, an outsider to shared documentation', SCHOOL],
    ['the patient', 'ester'],
    ['who has no relation to it', STRANGER],
  ])('shows %s the same', async (_what, who) => {
    const { rest, fhir } = await bothDoors(who, plan);
    if (rest.status !== 200) return;
    expect(byFhir(fhir.body)).toEqual(byRest(rest.body));
  });

  test('shows more to some than to others, so that the comparison says something', async () => {
    const seen = async (who: string) =>
      Object.values(byFhir((await bothDoors(who, plan)).fhir.body)).map((one) => Object.keys(one).length);
    const counts = await Promise.all([WARD, 'ester', SCHOOL].map(seen));
    expect(new Set(counts.map((one) => one.join())).size).toBe(3);
    expect((await bothDoors(STRANGER, plan)).rest.status).toBe(404);
  });

  test('shows a guardian the same of a child’s plan, until the child is 13', async () => {
    service.setClock(CHILDHOOD);
    const { rest, fhir } = await bothDoors(GUARDIAN, childsPlan);
    expect(rest.status).toBe(200);
    expect(byFhir(fhir.body)).toEqual(byRest(rest.body));
    expect(Object.keys(byFhir(fhir.body).steps!).length).toBeGreaterThan(1);
    service.setClock('2019-11-16T08:00:00+01:00');
    expect((await bothDoors(GUARDIAN, childsPlan)).rest.status).toBeGreaterThan(400);
    service.setClock(NOW);
  });
});

describe('the next step', () => {
  const sentenceIn = (body: fhir4.Parameters) => body.parameter?.find(({ name }) => name === 'sentence')?.valueString;

  test('is one for one reader at one moment: by person, by lead plan, on the plan and in /v1', async () => {
    const lead = await service.as(WARD).post<WholePlan>('/v1/plans', planBody(patientId, { kind: 'OVERENSKOMMELSE' }));
    expect(lead.status, lead.text).toBe(201);
    const id = lead.body.plan.id;
    for (const moment of ['2026-11-16T08:00:00', '2026-11-20T18:00:00', '2026-11-23T03:00:00', '2026-12-12T12:00:00']) {
      service.setClock(`${moment}+01:00`);
      const person = await service
        .as('ester')
        .get<fhir4.Parameters & Record<string, unknown>>(`${R4}/Patient/$next-step`);
      const byPlan = await service
        .as('ester')
        .get<fhir4.Parameters & Record<string, unknown>>(`${R4}/CarePlan/${id}/$next-step`);
      const read = await service.as('ester').get<fhir4.CarePlan & Record<string, unknown>>(`${R4}/CarePlan/${id}`);
      const { body } = await service
        .as('ester')
        .get<{ nextStep: { sentence: string; kind: string } }>(`/v1/patients/${patientId}/overview`);
      const extension = read.body.extension?.find(({ url }) => url.endsWith('/next-step'));
      const onPlan = extension?.extension?.find(({ url }) => url === 'sentence')?.valueString;
      expect(body.nextStep.sentence).toMatch(/\p{L}{3}/u);
      expect([sentenceIn(person.body), sentenceIn(byPlan.body), onPlan]).toEqual(
        Array.from({ length: 3 }, () => body.nextStep.sentence),
      );
      expect(byPlan.body.parameter).toEqual(person.body.parameter);
    }
    service.setClock(NOW);
  });
});
