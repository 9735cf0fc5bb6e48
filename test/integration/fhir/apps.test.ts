import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_CANONICAL_BASE } from '../../../src/fhir/mapping/systems.ts';
import { withRights } from '../../support/law-fixtures.ts';
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
import { definitionFaults } from '../../unit/fhir/definition-checks.ts';
import { faultsOf } from '../../unit/fhir/own-checks.ts';
import { lantanaFaults, medplumFaults } from '../../unit/fhir/validators.ts';
import { BASE } from '../../unit/fhir/views.ts';

type Bundle = fhir4.Bundle<fhir4.FhirResource> & Record<string, unknown>;

const R4 = '/fhir/R4';
/** What is wrong with what was sent, had it been sent from where the checks live. */
function faultsIn(resource: fhir4.FhirResource): string[] {
  const sent = JSON.parse(JSON.stringify(resource).replaceAll(DEFAULT_CANONICAL_BASE, BASE)) as fhir4.FhirResource;
  return [...faultsOf(sent), ...definitionFaults(sent), ...medplumFaults(sent), ...lantanaFaults(sent)];
}

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
    const byType = (code: string) => get(`Provenance?patient=${patientId}&agent-type=${code}`, 'ester', STRICT);
    expect((await byType('attester')).total).toBe(provenance.length);
    expect((await byType('verifier')).total).toBe(0);
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

describe('what a person may ask of who sees what', () => {
  test('is told as consents and blocks, and the log as audit events, to that person', async () => {
    const consent = {
      type: 'sip',
      state: 'given',
      form: 'oral',
      data: 'Planen',
      recipient: { kind: 'unit', hsaId: unit('0302') },
      purpose: 'Samordning',
      takenBy: { name: 'Tove Testrup' },
      until: '2027-01-16T00:00:00+01:00',
    };
    const given = await service.as(WARD).post<{ id: string }>(`/v1/patients/${patientId}/consents`, consent);
    expect(given.status, given.text).toBe(201);
    const own = resources(await get(`Consent?patient=${patientId}`, 'ester', STRICT)) as fhir4.Consent[];
    const sip = own.find(({ id }) => id === given.body.id)!;
    expect(sip).toMatchObject({ status: 'active', provision: { type: 'permit', actor: [{}] } });
    expect(await get(`Consent/${sip.id}`, WARD)).toEqual(sip);
    const found = async (query: string) =>
      resources(await get(`Consent?patient=${patientId}&${query}`, 'ester', STRICT)).map(({ id }) => id);
    const [kind] = sip.category[0]!.coding!;
    expect(await found(`category=${kind!.system}|sip&status=active&scope=patient-privacy`)).toContain(sip.id);
    expect(await found('category=http://other.example|sip')).toEqual([]);
    expect(await found('date=2026-11-16&period=2026-12,le2027-01-20')).toContain(sip.id);
    expect(await found('period=sa2027-01-20')).not.toContain(sip.id);
    expect((await service.as('ester').get(`${R4}/Consent?date=snart`)).status).toBe(400);
    for (const one of own) {
      expect(faultsIn(one)).toEqual([]);
    }
    expect((await service.as('love').get(`${R4}/Consent?patient=${patientId}`)).status).toBe(404);
  });

  test('a block is read by its id by the person and by who administers it, and by nobody else', async () => {
    const admin = withRights(service, WARD);
    const body = { reach: 'inner', unit: unit('0101'), from: '2030-01-01T00:00:00Z' };
    const block = await admin.post<{ id: string }>(`/v1/patients/${patientId}/blocks`, body);
    expect(block.status, block.text).toBe(201);
    const path = `${R4}/Consent/${block.body.id}`;
    const told = await admin.get<fhir4.Consent & Record<string, unknown>>(path);
    expect(told.body, told.text).toMatchObject({ id: block.body.id, provision: { type: 'deny' } });
    expect(faultsIn(told.body)).toEqual([]);
    const asked = `Consent?patient=${patientId}&_id=${block.body.id}&category=inner-block`;
    expect(resources((await admin.get<Bundle>(`${R4}/${asked}`, STRICT)).body)).toEqual([told.body]);
    // To the person as much as `/v1` tells.
    const rest = await service.as('ester').get(`/v1/blocks/${block.body.id}`);
    expect((await service.as('ester').get(path)).status).toBe(rest.status);
    for (const who of [CLINIC, 'love']) expect((await service.as(who).get(path)).status, who).toBe(404);
    expect((await service.as('ester').get(`${R4}/Consent/${plan.plan.id}`)).status).toBe(404);
  });

  test('those who stand close are found by the person, one by one or all, and across patients by nobody', async () => {
    const url = `/v1/patients/${patientId}/related-persons`;
    const add = async (name: string, approvedForPatient: boolean) => {
      const body = { relation: 'relative', name, approvedForPatient };
      const made = await service.as(WARD).post<{ id: string }>(url, body);
      expect(made.status, made.text).toBe(201);
      return made.body.id;
    };
    const [told, hidden] = [await add('Berit Provsson', true), await add('Bo Beskedsson', false)];
    const idsOf = async (query: string, who: string) =>
      resources(await get(`RelatedPerson${query}`, who, STRICT)).map(({ id }) => id);
    expect((await idsOf(`?patient=Patient/${patientId}`, WARD)).toSorted()).toEqual([told, hidden].toSorted());
    expect(await idsOf('', 'ester')).toEqual([told]);
    expect(await idsOf(`?_id=${told}`, WARD)).toEqual([told]);
    expect((await get<fhir4.RelatedPerson>(`RelatedPerson/${told}`)).patient.reference).toBe(`Patient/${patientId}`);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const sent = await service.as(WARD).post<Bundle>(`${R4}/RelatedPerson/_search`, `patient=${patientId}`, form);
    expect(sent.body.total, sent.text).toBe(2);
    expect((await service.as(WARD).get(`${R4}/RelatedPerson`)).status).toBe(403);
    expect((await service.as('love').get(`${R4}/RelatedPerson?patient=${patientId}`)).status).toBe(404);
  });

  test('an entry of the log is read by its id by whom it may be told to, and that read stands in the log', async () => {
    const [entry] = resources(await get('AuditEvent?_count=1')) as [fhir4.AuditEvent];
    expect(await get<fhir4.AuditEvent>(`AuditEvent/${entry.id}`)).toEqual(entry);
    const [latest] = resources(await get('AuditEvent?_count=1')) as [fhir4.AuditEvent];
    expect(latest.id).not.toBe(entry.id);
    expect((await service.as('love').get(`${R4}/AuditEvent/${entry.id}`)).status).toBe(404);
    expect((await service.as('ester').get(`${R4}/AuditEvent/${plan.plan.id}`)).status).toBe(404);
    expect((await service.as(WARD).get(`${R4}/AuditEvent/${entry.id}`)).status).toBe(403);
  });

  test('pages through the own access log, and no other’s', async () => {
    let path: string | undefined = 'AuditEvent?_count=3';
    const seen: fhir4.AuditEvent[] = [];
    while (path && seen.length < 12) {
      const page: Bundle = await get(path);
      seen.push(...(resources(page) as fhir4.AuditEvent[]));
      path = page.link?.find(({ relation }) => relation === 'next')?.url.split(`${R4}/`)[1];
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(5);
    for (const one of seen) {
      expect(faultsIn(one)).toEqual([]);
      expect(one.outcomeDesc).toMatch(/\p{L}{3}/u);
    }
    expect((await service.as(WARD).get(`${R4}/AuditEvent`)).status).toBe(403);
    expect((await service.as('love').get(`${R4}/AuditEvent?patient=${patientId}`)).status).toBe(404);
    expect((await service.as('ester').post(`${R4}/AuditEvent`, {})).status).toBe(405);
    const authorization = `Bearer ${await service.issuer.signToken(service.as('ester').persona)}`;
    for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
      const url = `${R4}/AuditEvent/${seen[0]!.id}`;
      expect((await service.send({ method, url, headers: { authorization } })).status, method).toBe(405);
    }
  });

  test('finds entries of the log by when they were written and by their ids, page by page', async () => {
    const ask = (query: string) => get<Bundle>(`AuditEvent?patient=${patientId}${query}`, 'ester', STRICT);
    const some = resources(await ask('&_count=4')) as fhir4.AuditEvent[];
    const [newest, ...older] = some;
    const [at, last] = [newest!.recorded, older.at(-1)!.recorded];
    const before = resources(await ask(`&date=lt${at}&_count=200`)) as fhir4.AuditEvent[];
    expect(before.length).toBeGreaterThan(0);
    expect(before.every(({ recorded }) => recorded < at)).toBe(true);
    const ms = (recorded: string) => recorded.slice(0, '2026-11-16T10:20:00.123'.length);
    const between = resources(await ask(`&date=ge${last}&date=le${at}&_count=200`)) as fhir4.AuditEvent[];
    expect(between.map(({ id }) => id)).toEqual(expect.arrayContaining(some.map(({ id }) => id)));
    expect(between.every(({ recorded }) => ms(recorded) >= ms(last) && ms(recorded) <= ms(at))).toBe(true);
    const not = resources(await ask(`&date=ne${at}&_count=200`)) as fhir4.AuditEvent[];
    expect(not.every(({ recorded }) => recorded !== at)).toBe(true);
    expect((await ask('&date=lt2020')).entry).toBeUndefined();
    expect(resources(await ask('&_lastUpdated=2019,ge2020&_count=3'))).toHaveLength(3);
    const paged = await ask(`&date=lt${at}&_count=1`);
    const next = paged.link!.find(({ relation }) => relation === 'next')!.url.split(`${R4}/`)[1]!;
    expect(resources(await get<Bundle>(next))[0]!.id).toBe(before[1]!.id);
    expect((await service.as('ester').get(`${R4}/${next.replace('date=lt', 'date=gt')}`)).status).toBe(400);
    expect((await service.as('ester').get(`${R4}/AuditEvent?date=snart`)).status).toBe(400);
    const asked = `${newest!.id},${plan.plan.id},${older[0]!.id}`;
    expect(resources(await ask(`&_id=${asked}`))).toEqual([newest, older[0]]);
  });

  test('finds entries of the log by what was done and how it went, in the pages that all of them come in', async () => {
    expect((await service.as('love').get(`${R4}/CarePlan/${plan.plan.id}`)).status).toBe(404);
    const ask = (query: string) => get<Bundle>(`AuditEvent?patient=${patientId}${query}`, 'ester', STRICT);
    const all = async (query: string) => resources(await ask(`${query}&_count=200`)) as fhir4.AuditEvent[];
    const found = await all('&date=lt2100');
    for (const [name, value] of [
      ['action', 'R'],
      ['action', 'U'],
      ['outcome', '0'],
      ['outcome', '4'],
    ] as const) {
      const told = found.filter((one) => one[name] === value).map(({ id }) => id);
      expect(told.length, `${name}=${value}`).toBeGreaterThan(0);
      const asked = (await all(`&${name}=${value}`)).map(({ id }) => id);
      expect(asked).toEqual(expect.arrayContaining(told));
      expect((await all(`&${name}=${value}`)).every((one) => one[name] === value)).toBe(true);
    }
    expect(await all('&action=C')).toEqual([]);
    const seen: fhir4.AuditEvent[] = [];
    let path: string | undefined = `AuditEvent?patient=${patientId}&outcome=4&_count=3`;
    while (path) {
      const page: Bundle = await get<Bundle>(path, 'ester');
      seen.push(...(resources(page) as fhir4.AuditEvent[]));
      path = page.link?.find(({ relation }) => relation === 'next')?.url.split(`${R4}/`)[1];
    }
    expect(seen.map(({ id }) => id)).toEqual((await all('&outcome=4')).map(({ id }) => id));
    expect((await service.as('ester').get(`${R4}/AuditEvent?agent=x`, { prefer: 'handling=strict' })).status).toBe(400);
  });
});

describe('operations', () => {
  test('the next step is the first of the tasks by time, for who sorts them, when nothing is late or recurs', async () => {
    const told = await get<fhir4.Parameters>(`CarePlan/${plan.plan.id}/$next-step`);
    const step = told.parameter?.find(({ name }) => name === 'step')?.valueReference?.reference;
    const [first] = resources(await get(`Task?patient=${patientId}&_sort=period&_count=1`));
    expect(step).toBe(`Task/${first!.id}`);
  });

  test('Patient/$everything is the person and all that the reader may see', async () => {
    const all = resources(await get(`Patient/${patientId}/$everything`));
    const types = new Set(all.map(({ resourceType }) => resourceType as string));
    for (const type of ['Patient', 'CarePlan', 'Task', 'Goal', 'CareTeam', 'Provenance']) expect(types).toContain(type);
    const posted = await service.as('ester').post<Bundle>(`${R4}/Patient/${patientId}/$everything`, {});
    expect(resources(posted.body).map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    const some = resources(await get(`Patient/${patientId}/$everything?_type=Goal`));
    expect(new Set(some.map(({ resourceType }) => resourceType))).toEqual(new Set(['Goal']));
    expect((await service.as('love').get(`${R4}/Patient/${patientId}/$everything`)).status).toBe(404);
  });

  test('$validate says what is wrong, by its place and never by its value', async () => {
    const wrong = { resourceType: 'Task', status: 'klar-19261204', intent: 'plan', colour: 'blå' };
    const parameters = { resourceType: 'Parameters', parameter: [{ name: 'resource', resource: wrong }] };
    const reply = await service
      .as(WARD)
      .post<fhir4.OperationOutcome & Record<string, unknown>>(`${R4}/Task/$validate`, parameters);
    expect(reply.status).toBe(200);
    expect(reply.body.issue.map(({ severity }) => severity)).toContain('error');
    expect(reply.text).toContain('Task.status');
    expect(reply.text).not.toContain('19261204');
    const other = await service.as(WARD).post(`${R4}/Task/$validate`, { resourceType: 'Goal' });
    expect(other.body).toMatchObject({ issue: [{ severity: 'error', expression: ['Resource.resourceType'] }] });
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
    expect(resources(await get(`PractitionerRole?_id=${roles[0]!.id}`, WARD, STRICT))).toEqual([roles[0]]);
    for (const none of [unit('0201'), `${roles[0]!.id!.split('.')[0]}.${unit('0303')}`, 'a.b.c']) {
      expect((await get(`PractitionerRole?_id=${none}`, WARD, STRICT)).total, none).toBe(0);
    }
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

  test('are had of persons, relatives and the directory too', async () => {
    const first = async (path: string) => resources(await get(path, WARD, STRICT))[0];
    const named = await first(`Patient?_id=${patientId}&_elements=name`);
    expect(named).toMatchObject({ name: [{ family: 'Exempelsson' }], meta: { tag: [{ code: 'SUBSETTED' }] } });
    expect(named).not.toHaveProperty('communication');
    expect(await first(`RelatedPerson?patient=${patientId}&_elements=name`)).toHaveProperty('patient');
    expect(await first(`Organization?_id=${unit('0201')}&_summary=true`)).toHaveProperty('name');
    const channels = `HealthcareService?organization=${unit('0201')}`;
    expect(await first(`${channels}&_elements=name`)).not.toHaveProperty('telecom');
    const counted = await get(`${channels}&_summary=count`, WARD, STRICT);
    expect([counted.total, counted.entry]).toEqual([1, undefined]);
    const person = await get(`Patient?_id=${patientId}&_summary=count`, WARD, STRICT);
    expect([person.total, person.entry]).toEqual([1, undefined]);
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
