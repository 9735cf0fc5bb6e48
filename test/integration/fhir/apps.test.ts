import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CLINIC,
  createPlan,
  createTestApp,
  registerPatient,
  type TestApp,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';

type Bundle = fhir4.Bundle<fhir4.FhirResource> & Record<string, unknown>;

const R4 = '/fhir/R4';
const STRICT = { prefer: 'handling=strict' };

let service: TestApp;
let patientId: string;
let plan: WholePlan;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
  plan = await createPlan(service, patientId);
  const agreement = await service.as(WARD).post<{ id: string }>(`/v1/plans/${plan.plan.id}/agreements`, {});
  const path = `/v1/plans/${plan.plan.id}/agreements/${agreement.body.id}/approve`;
  const approved = await service.as(WARD).post(path, { method: 'oral' });
  if (approved.status >= 300) throw new Error(approved.text);
});
afterAll(() => service.close());

const get = async <T extends object = Bundle>(path: string, who: string = 'ester', headers = {}) => {
  const reply = await service.as(who).get<T & Record<string, unknown>>(`${R4}/${path}`, headers);
  expect(reply.status, `${path} ${reply.text}`).toBe(200);
  return reply.body;
};
const resources = (bundle: Bundle) => (bundle.entry ?? []).map(({ resource }) => resource!);

describe('an app that knows nothing of us', () => {
  test('finds who is signed in, and loads what it shows a patient', async () => {
    expect(resources(await get('Patient'))).toMatchObject([{ resourceType: 'Patient', id: patientId }]);
    expect((await get('Patient', WARD)).total).toBe(0);
    for (const query of [
      `Condition?patient=${patientId}&clinical-status=active`,
      `Observation?patient=${patientId}&category=vital-signs&_sort=-date&_count=50`,
      `MedicationRequest?subject=Patient/${patientId}&status=active&_include=MedicationRequest:medication`,
      `CarePlan?patient=${patientId}&category=&status=`,
      `Goal?patient=${patientId}&_revinclude=Provenance:target`,
      `CareTeam?patient=${patientId}&status=active,proposed&_include=CareTeam:participant`,
    ]) {
      expect(await get(query)).toMatchObject({ resourceType: 'Bundle', type: 'searchset' });
    }
  });

  test('is given the provenance of what it finds, when it asks', async () => {
    const found = await get(`CarePlan?patient=${patientId}&_revinclude=Provenance:target`);
    const provenance = (found.entry ?? []).filter(({ resource }) => resource!.resourceType === 'Provenance');
    expect(provenance.length).toBeGreaterThan(0);
    for (const { search, resource } of provenance) {
      expect(search?.mode).toBe('include');
      expect((resource as fhir4.Provenance).target[0]?.reference).toBe(`CarePlan/${plan.plan.id}`);
    }
  });

  test('finds professionals’ steps as requests, which are the tasks with the same ids', async () => {
    const requests = resources(await get(`ServiceRequest?patient=${patientId}`, WARD)) as fhir4.ServiceRequest[];
    expect(requests.length).toBeGreaterThan(0);
    for (const one of requests) {
      const task = await get<fhir4.Task>(`Task/${one.id}`, WARD);
      expect(one.code?.text).toBe(task.code?.text);
      expect(one.performer?.[0]?.reference).toMatch(/^Organization\//);
    }
    const own = resources(
      await get(`ServiceRequest?patient=${patientId}&performer=Organization/${unit('0201')}`, CLINIC),
    );
    expect(own.length).toBeLessThanOrEqual(requests.length);
  });
});

describe('the directory', () => {
  test('is searched by name, HSA-id and what it belongs to, page by page', async () => {
    const byName = await get(`Organization?name=hemsjuk`, WARD, STRICT);
    expect(resources(byName).length).toBeGreaterThan(0);
    const one = await get(`Organization?identifier=urn:oid:1.2.752.129.2.1.4.1|${unit('0201')}`, 'ester', STRICT);
    expect(one).toMatchObject({ total: 1, entry: [{ resource: { id: unit('0201') } }] });
    expect((await get(`Organization?_id=SE0000000000-TSTR01`, WARD)).total).toBe(1);
    expect((await get(`Organization?_id=SE0000000000-TSTR01`, 'ester')).total).toBe(0);
    const all: string[] = [];
    let path: string | undefined = 'Organization?partof=SE0000000000-TSTR01&_count=2';
    while (path) {
      const page: Bundle = await get(path, WARD);
      all.push(...resources(page).map(({ id }) => id!));
      path = page.link?.find(({ relation }) => relation === 'next')?.url.split(`${R4}/`)[1];
    }
    expect(new Set(all).size).toBe(all.length);
    expect(all).toContain(unit('0201'));
  });

  test('gives staff and their roles to those at work alone', async () => {
    const roles = resources(await get(`PractitionerRole?organization=Organization/${unit('0201')}`, WARD, STRICT));
    expect(roles.length).toBeGreaterThan(0);
    for (const role of roles) expect(role.id).toMatch(new RegExp(`\\.${unit('0201')}$`));
    expect((await get('Practitioner?name=modell', WARD)).entry?.length).toBeGreaterThan(0);
    expect((await service.as('ester').get(`${R4}/Practitioner?name=modell`)).status).toBe(403);
    const service1 = await get(`HealthcareService?organization=Organization/${unit('0201')}`);
    expect(service1).toMatchObject({ total: 1, entry: [{ resource: { id: unit('0201') } }] });
  });
});

describe('parts of resources', () => {
  test('are the elements that were asked for, the mandatory ones, and a mark', async () => {
    const found = await get(`CarePlan?patient=${patientId}&_elements=title,period`, WARD, STRICT);
    const [only] = resources(found);
    expect(Object.keys(only!).sort()).toEqual(['id', 'intent', 'meta', 'resourceType', 'status', 'subject', 'title']);
    expect(only!.meta?.tag?.[0]?.code).toBe('SUBSETTED');
    expect(decodeURIComponent(found.link![0]!.url)).toContain('_elements=title,period');
  });

  test.each([
    ['text', (one: fhir4.CarePlan) => one.text !== undefined && one.title === undefined],
    ['data', (one: fhir4.CarePlan) => one.text === undefined && one.activity !== undefined],
    ['true', (one: fhir4.CarePlan) => one.title !== undefined && one.activity === undefined],
    ['false', (one: fhir4.CarePlan) => one.text !== undefined && one.activity !== undefined],
  ])('_summary=%s', async (summary, isRight) => {
    const [only] = resources(await get(`CarePlan?patient=${patientId}&_summary=${summary}`, WARD, STRICT));
    expect(isRight(only as fhir4.CarePlan)).toBe(true);
  });

  test('_total=none leaves the total out, and what is malformed is refused when the client is strict', async () => {
    expect(await get(`Task?patient=${patientId}&_total=none`, WARD, STRICT)).not.toHaveProperty('total');
    expect((await get(`Task?patient=${patientId}&_total=accurate`, WARD, STRICT)).total).toBeGreaterThan(1);
    const wrong = await service.as(WARD).get(`${R4}/Task?patient=${patientId}&_total=many&_summary=some`, STRICT);
    expect(wrong.status).toBe(400);
    expect((wrong.body as unknown as fhir4.OperationOutcome).issue.map(({ expression }) => expression?.[0])).toEqual([
      '_summary',
      '_total',
    ]);
  });
});
