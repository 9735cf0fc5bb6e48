import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLAN_RESOURCE_TYPES } from '../../../src/fhir/mapping/plan-resources.ts';
import type { Answer } from '../../support/app.ts';
import {
  CLINIC,
  createPlan,
  createTestApp,
  entriesOf,
  HOME_CARE,
  registerPatient,
  SCHOOL,
  STRANGER,
  statementsOf,
  type TestApp,
  type Thing,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';
import { writerAt } from './writer.ts';

type Bundle = fhir4.Bundle<fhir4.FhirResource>;

let service: TestApp;
let patientId: string;
let plan: WholePlan;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
  const lead = { role: 'fast-lakarkontakt', state: 'designated', unit: unit('0201') };
  plan = await createPlan(service, patientId);
  const made = await service.as(CLINIC).post(`/v1/plans/${plan.plan.id}/named-contacts`, {
    ...lead,
    person: { name: 'Maj Modell', staff: 'SE0000000000-TSTP003' },
  });
  if (made.status !== 201) throw new Error(made.text);
  await service.as('ester').post(`/v1/plans/${plan.plan.id}/remarks`, { what: 'question', text: 'Får jag duscha?' });
  await service.as(WARD).post(`/v1/plans/${plan.plan.id}/agreements`, {});
  const daily = { form: 'recurring', series: { every: 'day', startsOn: '2026-11-16', timeOfDay: '07:00' } };
  const booked = { form: 'fixed', start: '2026-11-24T13:00:00+01:00', changeable: { byPatient: false } };
  for (const body of [
    { title: 'Väga dig', responsibleParty: { kind: 'patient' }, ownYes: { method: 'oral' }, time: daily },
    { title: 'Återbesök', time: booked },
  ]) {
    const step = await service.as(WARD).post(`/v1/plans/${plan.plan.id}/steps`, body);
    if (step.status !== 201) throw new Error(step.text);
  }
});
afterAll(() => service.close());

const R4 = '/fhir/R4';
const planPath = () => `${R4}/CarePlan/${plan.plan.id}`;
const resourcesIn = (bundle: Bundle) => bundle.entry?.map(({ resource }) => resource!) ?? [];

/** Every public id of a thing that stands anywhere in an answer, whatever the field. */
function idsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  const { id } = value as { readonly id?: unknown };
  if (typeof id === 'string' && id.length >= 53) found.add(id.split('.')[0]!);
  for (const inner of Object.values(value)) idsIn(inner, found);
  return found;
}

function restIds(whole: WholePlan): Set<string> {
  const { plan: header, ...collections } = whole;
  const things = Object.values(collections).flatMap((list) => list as Thing[]);
  return new Set([header.id, ...things.map(({ id }) => id)]);
}

describe('the same plan through both doors', () => {
  test.each([
    WARD,
    CLINIC,
    HOME_CARE,
    SCHOOL,
    'ester',
    'demo-kommun-hsl',
  ])('%s is shown exactly the same things', async (who) => {
    const rest = await service.as(who).get<WholePlan>(`/v1/plans/${plan.plan.id}`);
    const fhir = await service.as(who).get<Bundle>(`${planPath()}/$everything`);
    expect([rest.status, fhir.status]).toEqual([200, 200]);
    expect([...idsIn(fhir.body)].sort()).toEqual([...restIds(rest.body)].sort());
    const texts = rest.body.steps.map(({ title }) => title);
    const tasks = resourcesIn(fhir.body).flatMap((one) =>
      one.resourceType === 'Task' && one.code?.coding?.[0]?.code === 'step' ? [one.code.text] : [],
    );
    expect(tasks.sort()).toEqual(texts.sort());
    if (who === 'ester') expect(fhir.text).not.toContain('diuretika');
  });

  test.each([STRANGER, 'love'])('%s gets the same refusal, told in each door’s own form', async (who) => {
    expect((await service.as(who).get(`/v1/plans/${plan.plan.id}`)).status).toBe(404);
    for (const path of ['', '/$everything', '/$next-step']) {
      const reply = await service.as(who).get<fhir4.OperationOutcome>(planPath() + path);
      expect(reply.status).toBe(404);
      expect(reply.body).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code: 'not-found' }] });
    }
    const task = await service.as(who).get(`${R4}/Task/${plan.steps[0]!.id}`);
    expect(task.status).toBe(404);
  });

  test('each resource of it is read by its own id, and is the one that the whole holds', async () => {
    for (const who of [WARD, 'ester']) {
      const all = await service.as(who).get<Bundle>(`${planPath()}/$everything`);
      for (const resource of resourcesIn(all.body)) {
        const one = await service.as(who).get(`${R4}/${resource.resourceType}/${resource.id}`);
        expect(one.status, `${resource.resourceType}/${resource.id}`).toBe(200);
        expect(one.body).toEqual(resource);
        expect(one.headers.etag).toBe(`W/"${resource.meta?.versionId}"`);
      }
    }
  });

  test('of a series the week before and after is listed, and any other days when a search says which', async () => {
    const step = (await service.as(WARD).get<WholePlan>(`/v1/plans/${plan.plan.id}`)).body.steps.find(
      (one) => one.title === 'Väga dig',
    )!;
    const days = async (criteria: string) => {
      const path = `${R4}/Task?patient=${patientId}&part-of=Task/${step.id}&_sort=period&_count=200${criteria}`;
      const { body } = await service.as('ester').get<Bundle>(path);
      return resourcesIn(body).map(({ id }) => id!.split('.')[1]);
    };
    expect(await days('')).toEqual(Array.from({ length: 8 }, (_, n) => `202611${16 + n}`));
    const december = await days('&period=ge2026-12-01&period=lt2027-01-01');
    expect([december.length, december[0], december.at(-1)]).toEqual([31, '20261201', '20261231']);
    expect(await days('&period=ge2027-03-01&period=le2027-03-01')).toEqual(['20270301']);
    // A quarter of a year at most, and from the beginning of what is asked for.
    expect(await days('&period=ge2027&period=lt2029')).toHaveLength(92);
    // One end alone says nothing of how far: the days around now are meant.
    expect(await days('&period=ge2026-11-20')).toHaveLength(8);
  });

  test('an occurrence far ahead is read by its own id, and one that never comes is not there', async () => {
    const step = (await service.as(WARD).get<WholePlan>(`/v1/plans/${plan.plan.id}`)).body.steps.find(
      (one) => one.title === 'Väga dig',
    )!;
    const far = await service.as('ester').get<fhir4.Task>(`${R4}/Task/${step.id}.20270301`);
    expect(far.body).toMatchObject({ partOf: [{ reference: `Task/${step.id}` }], status: 'accepted' });
    expect((await service.as('ester').get(`${R4}/Task/${step.id}.20261101`)).status).toBe(404);
    expect((await service.as('ester').get(`${R4}/Task/${step.id}.20269999`)).status).toBe(404);
  });
});

describe('a reader who has a version already', () => {
  const again = (who: string, path: string, tag: string) =>
    service.as(who).get<fhir4.OperationOutcome>(`${R4}/${path}`, { 'if-none-match': tag });

  test('is told so, of what is made of one thing and shown whole, and the read is in the log', async () => {
    const goals = await service.as(WARD).get<Bundle>(`${R4}/Goal?patient=${patientId}`);
    const [goal] = resourcesIn(goals.body);
    const path = `Goal/${goal!.id}`;
    const known = await again(WARD, path, 'W/"1"');
    expect([known.status, known.text, known.headers.etag]).toEqual([304, '', 'W/"1"']);
    const logged = await entriesOf(service.owner, known as unknown as Answer);
    expect(logged.map(({ action, outcome }) => [action, outcome])).toEqual([['plan.read', 'Beviljad']]);
    expect((await again(WARD, path, 'W/"2"')).status).toBe(200);
    expect((await again(STRANGER, path, 'W/"1"')).status).toBe(404);
    const statement = await service.as(WARD).get<fhir4.CapabilityStatement>(`${R4}/metadata`);
    for (const { type, conditionalRead = 'not-supported' } of statement.body.rest![0]!.resource!) {
      const listed = await service.as(WARD).get<Bundle>(`${R4}/${type}?patient=${patientId}`);
      const [one] = listed.status === 200 ? resourcesIn(listed.body) : [];
      if (!one?.meta?.versionId || !PLAN_RESOURCE_TYPES.some((name) => name === type)) continue;
      const reply = await again(WARD, `${type}/${one.id}`, `W/"${one.meta.versionId}"`);
      expect(reply.status, type).toBe(conditionalRead === 'full-support' ? 304 : 200);
      const later = new Date(Date.parse(one.meta.lastUpdated!) + 60_000).toISOString();
      service.setClock(later);
      const first = await service.as(WARD).get(`${R4}/${type}/${one.id}`);
      const since = { 'if-modified-since': String(first.headers['last-modified']) };
      const dated = await service.as(WARD).get(`${R4}/${type}/${one.id}`, since);
      expect(dated.status, type).toBe(conditionalRead === 'full-support' ? 304 : 200);
    }
  });

  test('is told so by date too, never of what has changed since, were it in the same second', async () => {
    const at = (moment: string) => service.setClock(`2026-11-19T09:00:${moment}Z`);
    const read = (path: string, since?: unknown, more: Record<string, string> = {}) =>
      service
        .as(WARD)
        .get(`${R4}/${path}`, { ...(since !== undefined && { 'if-modified-since': String(since) }), ...more });
    at('10.200');
    const made = await service
      .as(WARD)
      .post<Thing>(`/v1/plans/${plan.plan.id}/goals`, { text: 'Gå ut varje dag', whose: 'professional' });
    expect(made.status, made.text).toBe(201);
    const path = `Goal/${made.body.id}`;
    at('10.300');
    const early = (await read(path)).headers['last-modified'];
    expect((await read(path, early)).status).toBe(200);
    at('10.600');
    const told = await writerAt(service, WARD).read<fhir4.Goal>(path);
    const changed = await writerAt(service, WARD).update({ ...told.body, description: { text: 'Gå ut' } });
    expect(changed.status, changed.text).toBe(200);
    at('12.000');
    expect((await read(path, early)).status).toBe(200);
    const late = (await read(path)).headers['last-modified'];
    const known = await read(path, late);
    expect([known.status, known.text, known.headers['last-modified']]).toEqual([304, '', late]);
    expect((await entriesOf(service.owner, known as unknown as Answer)).map(({ action }) => action)).toEqual([
      'plan.read',
    ]);
    // A tag decides alone; a date that is none, or that has not come, confirms nothing.
    expect((await read(path, late, { 'if-none-match': 'W/"1"' })).status).toBe(200);
    for (const since of ['2026-11-20', 'i dag', new Date('2030-01-01').toUTCString()]) {
      expect((await read(path, since)).status, since).toBe(200);
    }
    const stranger = await service.as(STRANGER).get(`${R4}/${path}`, { 'if-modified-since': String(late) });
    expect(stranger.status).toBe(404);
  });

  test('is given what is shown in part, the plan and the team each time', async () => {
    const written = { text: 'Mål för vården', clinicalText: 'EF över 40', whose: 'professional' };
    const made = await service.as(WARD).post<Thing>(`/v1/plans/${plan.plan.id}/goals`, written);
    expect(made.status, made.text).toBe(201);
    expect((await again(WARD, `Goal/${made.body.id}`, 'W/"1"')).status).toBe(304);
    expect((await again('ester', `Goal/${made.body.id}`, 'W/"1"')).status).toBe(200);
    for (const type of ['CarePlan', 'CareTeam']) {
      expect((await again(WARD, `${type}/${plan.plan.id}`, 'W/"1"')).status).toBe(200);
    }
  });
});

describe('references', () => {
  test.each([WARD, 'ester'])('of what %s reads all lead somewhere', async (who) => {
    const all = await service.as(who).get<Bundle>(`${planPath()}/$everything`);
    const found = new Set([...all.text.matchAll(/"reference":"([A-Z][A-Za-z]+\/[^"]+)"/g)].map(([, one]) => one!));
    expect(found.size).toBeGreaterThan(10);
    for (const reference of found) {
      const reply = await service.as(who).get(`${R4}/${reference}`);
      expect(reply.status, reference).toBe(200);
      expect(reply.body).toMatchObject({ resourceType: reference.split('/')[0], id: reference.split('/')[1] });
    }
  });

  test('the fast läkarkontakt is the general practitioner of the person', async () => {
    const staff = await service.as(WARD).get<fhir4.Patient>(`${R4}/Patient/${patientId}`);
    expect(staff.body.generalPractitioner).toEqual([
      { reference: 'Practitioner/SE0000000000-TSTP003', display: 'Maj Modell' },
    ]);
    expect((await service.as(WARD).get(`${R4}/Practitioner/SE0000000000-TSTP003`)).status).toBe(200);
    const own = await service.as('ester').get<fhir4.Patient>(`${R4}/Patient/${patientId}`);
    expect(own.body.generalPractitioner).toMatchObject([{ reference: '#fast-lakarkontakt' }]);
    expect(own.body.contained).toMatchObject([{ resourceType: 'Practitioner', name: [{ text: 'Maj Modell' }] }]);
    expect(own.body.identifier).toBeUndefined();
  });

  test('a channel for professionals is never told to a patient', async () => {
    for (const hsaId of [unit('0101'), unit('0201'), unit('0302')]) {
      const own = await service.as('ester').get<fhir4.HealthcareService>(`${R4}/HealthcareService/${hsaId}`);
      const rest = await service.as('ester').get<{ items: { value: string }[] }>(`/v1/units/${hsaId}/channels`);
      expect(own.status).toBe(200);
      const values = rest.body.items.map(({ value }) => value);
      for (const { value } of own.body.telecom ?? []) expect(values).toContain(value);
    }
  });
});

describe('the next step', () => {
  test('is the same by operation on the person as in the overview', async () => {
    const { body } = await service
      .as('ester')
      .get<{ nextStep: Record<string, unknown> & { sentence: string; kind: string } }>(
        `/v1/patients/${patientId}/overview`,
      );
    for (const path of [`Patient/${patientId}/$next-step`, 'Patient/$next-step']) {
      const reply = await service.as('ester').get<fhir4.Parameters>(`${R4}/${path}`);
      expect(reply.status, reply.text).toBe(200);
      const told = Object.fromEntries((reply.body.parameter ?? []).map((one) => [one.name, one]));
      expect(told.sentence?.valueString).toBe(body.nextStep.sentence);
      expect(told.kind?.valueCode).toBe(body.nextStep.kind);
      expect(told.reach?.valueString).toBe((body.nextStep.reach as { words: string }).words);
    }
    const posted = await service.as('ester').post(`${R4}/Patient/$next-step`, {});
    expect(posted.status).toBe(200);
  });

  test('stands on the plan itself, in its narrative and by operation, alike', async () => {
    const read = await service.as('ester').get<fhir4.CarePlan>(planPath());
    const { body } = await service.as('ester').get<fhir4.Parameters>(`${planPath()}/$next-step`);
    const sentence = body.parameter?.find(({ name }) => name === 'sentence')?.valueString;
    const extension = read.body.extension?.find(({ url }) => url.endsWith('/next-step'));
    expect(extension?.extension?.find(({ url }) => url === 'sentence')?.valueString).toBe(sentence);
    expect(read.body.text?.div).toContain(sentence);
  });
});

describe('the portal’s main read', () => {
  test('gives plan, team, goals, tasks and times in one request and two trips, and logs what left', async () => {
    const include = ['care-team', 'goal', 'activity-reference'].map((one) => `_include=CarePlan:${one}`).join('&');
    const { result, statements } = await statementsOf(() =>
      service.as('ester').get<Bundle>(`${R4}/CarePlan?_id=${plan.plan.id}&${include}`),
    );
    expect(result.status, result.text).toBe(200);
    expect(statements).toHaveLength(2);
    const types = new Set(resourcesIn(result.body).map(({ resourceType }) => resourceType));
    expect([...types].sort()).toEqual(['Appointment', 'CarePlan', 'CareTeam', 'Goal', 'Task']);
    const logged = await entriesOf(service.owner, result as unknown as Answer);
    expect(logged.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['plan.list', 'Beviljad'],
      ['plan.list', 'Beviljad'],
    ]);
    const ids = logged.flatMap(({ resource_ids }) => resource_ids);
    expect(new Set(ids).size).toBeGreaterThan(10);
  });
});
