import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePatientId } from '../../../src/shared/ids.ts';
import {
  CLINIC,
  countRows,
  createPlan,
  createTestApp,
  entriesOf,
  HOME_CARE,
  planUrl,
  problemOf,
  registerPatient,
  type TestApp,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';
import { LOG_RIGHT, type LogReader, logReader, type ToldPage } from './log-reader.ts';

interface ReviewBody extends Record<string, unknown> {
  readonly id: string;
  readonly seed?: string;
  readonly covered: number;
  readonly cut: boolean;
  readonly byName: string;
  readonly criteria: Record<string, unknown>;
  readonly findings: {
    readonly number: number;
    readonly user: { readonly kind: string; readonly id?: string; readonly name?: string };
    readonly patient?: { readonly id: string; readonly familyName?: string };
    readonly patterns: string[];
    readonly units: string[];
    readonly provider?: string;
    readonly entries: number;
    readonly persons?: number;
    readonly entryId?: string;
    readonly actions: string[];
    readonly outcomes: string[];
  }[];
  readonly conclusions: { readonly outcome: string; readonly text: string; readonly findings: number[] }[];
}

let service: TestApp;
let reviewer: LogReader;
let ester: string;
let love: string;
let plan: WholePlan;

const REVIEWS = '/v1/access-log/reviews';
const today = new Date().toISOString().slice(0, 10);
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const PERIOD = { from: day(-1), to: day(1) };
const review = (body: object, by = reviewer) => by.post<ReviewBody>(REVIEWS, { ...PERIOD, ...body });

beforeAll(async () => {
  service = await createTestApp();
  reviewer = logReader(service);
  ester = await registerPatient(service);
  love = await registerPatient(service, 'love');
  plan = await createPlan(service, ester);
  await service.as(WARD).post(`/v1/patients/${ester}/related-persons`, { relation: 'relative', name: 'Tove Testrup' });
  for (let i = 0; i < 3; i++) await service.as(CLINIC).get(planUrl(plan));
  await service.as(HOME_CARE).get(`/v1/patients/${ester}`);
  await service.as('ester').get('/v1/my/overview');
  await service.as('runa-modell').get(planUrl(plan));
});
afterAll(() => service.close());

describe('a random sample', () => {
  test('is drawn from what the own users did, by a seed that draws it again', async () => {
    const reply = await review({ kind: 'sample', size: 4 });
    expect(reply.status, reply.text).toBe(201);
    const { findings, seed, covered, id } = reply.body;
    expect(findings).toHaveLength(4);
    expect(covered).toBeGreaterThan(7);
    expect(findings.every(({ provider, user }) => provider === unit('R01') && user.kind === 'staff')).toBe(true);
    expect(reply.headers.location).toBe(`${REVIEWS}/${id}`);
    // What has been logged since is in the period too: only what was there before may be compared.
    const until = reply.body.findings.map(({ entryId }) => entryId);
    const again = await review({ kind: 'sample', size: 200, seed });
    const order = again.body.findings.map(({ entryId }) => entryId).filter((entry) => until.includes(entry));
    expect(order).toEqual(until);
    const other = await review({ kind: 'sample', size: 200, seed: 'ett-annat-fro' });
    expect(other.body.findings.map(({ entryId }) => entryId)).not.toEqual(
      again.body.findings.map(({ entryId }) => entryId),
    );
  });

  test('of a unit holds that unit alone', async () => {
    const { body } = await review({ kind: 'sample', size: 200, unit: unit('0201') });
    expect(body.findings.length).toBeGreaterThan(3);
    expect(body.findings.every(({ units }) => units.join() === unit('0201'))).toBe(true);
  });
});

test('by user: all that one of the own staff did, and nothing of others', async () => {
  const { body } = await review({ kind: 'user', staff: unit('P003') });
  expect(body.findings.filter(({ actions }) => actions.includes('plan.read'))).toHaveLength(3);
  expect(new Set(body.findings.map(({ user }) => user.id))).toEqual(new Set([unit('P003')]));
  const others = await review({ kind: 'user', staff: unit('P005') });
  expect(others.body).toMatchObject({ covered: 0, findings: [] });
});

test('by patient: own users, and others who were shown own data; a citizen without any number', async () => {
  const { body, text } = await review({ kind: 'patient', patientId: ester });
  const users = body.findings.map(({ user }) => user.name ?? user.kind);
  expect(users).toEqual(expect.arrayContaining(['Maj Modell', 'Tove Testrup', 'citizen', 'Runa Modell']));
  expect(body.findings.some(({ outcomes }) => outcomes.includes('Nekad'))).toBe(true);
  expect(body.findings.every(({ patient }) => patient?.id === ester && patient.familyName === 'Exempelsson')).toBe(
    true,
  );
  expect(text).not.toContain('192612049029');
  const kommun = await review({ kind: 'patient', patientId: ester }, logReader(service, HOME_CARE));
  expect(new Set(kommun.body.findings.map(({ provider }) => provider))).toEqual(new Set([unit('K01')]));
  const unknown = await review({ kind: 'patient', patientId: 'a'.repeat(26) });
  expect(unknown.body).toMatchObject({ covered: 0, findings: [] });
});

test('emergency accesses are all taken out', async () => {
  const { body } = await review({ kind: 'emergency' });
  expect(body).toMatchObject({ covered: 0, findings: [] });
});

describe('unusual patterns', () => {
  const patterns = async (more: object = {}) => (await review({ kind: 'patterns', ...more })).body;

  test('finds relatives and surnames by name, and what was done outside the own unit', async () => {
    await service.owner.query(`update staff set family_name = 'Provell-Modell' where hsa_id = $1`, [unit('P003')]);
    await service.owner.query(`update staff set unit_hsa_ids = array[$2] where hsa_id = $1`, [
      unit('P001'),
      unit('0102'),
    ]);
    const { findings } = await patterns();
    const of = (staff: string, patient: string) =>
      findings.find(({ user, patient: person }) => user.id === unit(staff) && person?.id === patient);
    expect(of('P001', ester)?.patterns).toEqual(['relative', 'outside-unit']);
    expect(of('P003', love)?.patterns).toEqual(['same-surname']);
    expect(of('P003', ester)).toBeUndefined();
    const only = await patterns({ patterns: ['same-surname'] });
    expect(only.findings.map(({ patterns: found }) => found)).toEqual([['same-surname']]);
    await service.owner.query(`update staff set unit_hsa_ids = array[$2] where hsa_id = $1`, [
      unit('P001'),
      unit('0101'),
    ]);
  });

  test('finds who opened more than usual in a day', async () => {
    const { findings } = await patterns({ patterns: ['volume'], volumeAbove: 1 });
    expect(findings.find(({ user }) => user.id === unit('P003'))).toMatchObject({ persons: 2, patterns: ['volume'] });
    expect((await patterns({ patterns: ['volume'], volumeAbove: 50 })).findings).toEqual([]);
  });

  test('finds those on the list, until they are taken off it', async () => {
    const added = await reviewer.post<{ id: string }>('/v1/access-log/watches', {
      patientId: love,
      why: 'Känd person.',
    });
    expect(added.status, added.text).toBe(201);
    expect(await entriesOf(service.owner, added)).toHaveLength(2);
    const twice = await reviewer.post('/v1/access-log/watches', { patientId: love, why: 'Igen.' });
    expect(problemOf(twice)).toMatchObject({ status: 409, code: 'already-watched' });
    const found = await patterns({ patterns: ['watched'] });
    // The reviewer too, who has been shown the person before.
    expect(new Set(found.findings.map(({ patient }) => patient?.id))).toEqual(new Set([love]));
    const listed = await reviewer.get<{ items: { patientId: string }[] }>('/v1/access-log/watches');
    expect(listed.body.items.map(({ patientId }) => patientId)).toEqual([love]);
    const others = await logReader(service, HOME_CARE).get<{ items: unknown[] }>('/v1/access-log/watches');
    expect(others.body.items).toEqual([]);
    const end = `/v1/access-log/watches/${added.body.id}/end`;
    expect((await logReader(service, HOME_CARE).post(end, {})).status).toBe(404);
    expect((await reviewer.post(end, {})).body).toMatchObject({ id: added.body.id, endedBy: unit('P018') });
    expect(problemOf(await reviewer.post(end, {}))).toMatchObject({ status: 409, code: 'watch-ended' });
    expect((await patterns({ patterns: ['watched'] })).findings).toEqual([]);
    const again = await reviewer.post('/v1/access-log/watches', { patientId: love, why: 'På nytt.' });
    expect(again.status).toBe(201);
    const nobody = await reviewer.post('/v1/access-log/watches', { patientId: 'a'.repeat(26), why: 'Ingen.' });
    expect(problemOf(nobody)).toMatchObject({ status: 422, code: 'watched-person-unknown' });
  });
});

describe('a review is kept', () => {
  test('with who, when, criteria, findings and what it came to; a later conclusion stands beside', async () => {
    const { body: made } = await review({ kind: 'user', staff: unit('P003') });
    const url = `${REVIEWS}/${made.id}`;
    const first = await reviewer.post(`${url}/conclusions`, {
      outcome: 'to-be-investigated',
      text: 'Tre läsningar.',
      findings: [1, 2],
    });
    expect(first.status, first.text).toBe(201);
    await reviewer.post(`${url}/conclusions`, { outcome: 'no-deviation', text: 'Deltog i vården.' });
    const { body: read } = await reviewer.get<ReviewBody>(url);
    const { conclusions: _, ...rest } = made;
    expect(read).toMatchObject(rest);
    expect(read.conclusions).toMatchObject([
      { outcome: 'to-be-investigated', findings: [1, 2], byName: 'Vera Vikarie' },
      { outcome: 'no-deviation', findings: [] },
    ]);
    expect(read.criteria).toEqual({ kind: 'user', ...PERIOD, staff: unit('P003') });
    const unknown = await reviewer.post(`${url}/conclusions`, { outcome: 'deviation', text: 'x', findings: [499] });
    expect(problemOf(unknown)).toMatchObject({ status: 422, code: 'finding-unknown' });
    const list = await reviewer.get<{ items: ReviewBody[]; nextCursor?: string }>(`${REVIEWS}?limit=1`);
    expect(list.body.items).toMatchObject([{ id: made.id, findings: made.findings.length }]);
    const next = await reviewer.get<{ items: ReviewBody[] }>(`${REVIEWS}?limit=200&cursor=${list.body.nextCursor}`);
    expect(next.body.items.map(({ id }) => id)).not.toContain(made.id);
  });

  test('once, when the request is sent again', async () => {
    const key = { 'idempotency-key': 'granskning-1' };
    const body = { ...PERIOD, kind: 'sample', size: 3 };
    const first = await reviewer.post<ReviewBody>(REVIEWS, body, key);
    const again = await reviewer.post<ReviewBody>(REVIEWS, body, key);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
  });

  test("in the log: the review, and in each shown person's own", async () => {
    const reply = await review({ kind: 'patient', patientId: ester });
    const entries = await entriesOf(service.owner, reply);
    expect(entries.map(({ patient, action }) => ({ patient, action }))).toEqual(
      expect.arrayContaining([
        { patient: '00000000-0000-0000-0000-000000000000', action: 'log.review' },
        { patient: parsePatientId(ester), action: 'log.review' },
      ]),
    );
    const told = await service.as('ester').get<ToldPage>('/v1/my/access-log?limit=200');
    expect(told.body.items.map(({ sentence }) => sentence)).toContain(
      'Vera Vikarie, distriktssköterska, Testeryds vårdcentral, Region Exempelland, granskade åtkomstloggen.',
    );
  });

  test('and belongs to its provider', async () => {
    const { body: made } = await review({ kind: 'sample' });
    const kommun = logReader(service, HOME_CARE);
    const reply = await kommun.get(`${REVIEWS}/${made.id}`);
    expect(reply.status).toBe(404);
    const conclude = await kommun.post(`${REVIEWS}/${made.id}/conclusions`, { outcome: 'deviation', text: 'Nej.' });
    expect(conclude.status).toBe(404);
    expect((await kommun.get<{ items: unknown[] }>(REVIEWS)).body.items).not.toContainEqual(
      expect.objectContaining({ id: made.id }),
    );
  });
});

test('a person with protected identity is in no finding, no total and no earlier review', async () => {
  const key = parsePatientId(ester);
  const before = (await review({ kind: 'patient', patientId: ester })).body;
  const sample = (await review({ kind: 'user', staff: unit('P003') })).body;
  await service.owner.query(`update patients set protected_identity = 'protected-registration' where patient_id = $1`, [
    key,
  ]);
  expect((await review({ kind: 'patient', patientId: ester })).body).toMatchObject({ covered: 0, findings: [] });
  const now = (await review({ kind: 'user', staff: unit('P003') })).body;
  expect(now.covered).toBeLessThan(sample.covered);
  expect(now.findings.every(({ patient }) => patient?.id !== ester)).toBe(true);
  expect((await reviewer.get<ReviewBody>(`${REVIEWS}/${before.id}`)).status).toBe(404);
  expect((await reviewer.get(`${REVIEWS}?limit=200`)).text).not.toContain(ester);
  expect((await reviewer.get(`${REVIEWS}/${sample.id}`)).text).not.toContain(ester);
  await service.owner.query('update patients set protected_identity = null');
});

describe('is refused', () => {
  test.each([
    ['someone without the right', logReaderWith(['Läsa;alla;SJF'])],
    ['someone with it over the own unit alone', logReaderWith(['Loggkontroll;alla;VE'])],
  ])('%s, before anything is searched, and the refusal is logged once', async (_who, reader) => {
    const before = await countRows(service.owner);
    const reply = await review({ kind: 'sample' }, reader());
    expect(reply.status).toBe(403);
    expect(await entriesOf(service.owner, reply)).toMatchObject([
      { outcome: 'Nekad', reason: 'log-review-missing', action: 'log.review' },
    ]);
    expect(await countRows(service.owner)).toEqual(before);
    expect((await reader().get(REVIEWS)).status).toBe(403);
    expect((await reader().get('/v1/access-log/watches')).status).toBe(403);
    expect((await reader().post('/v1/access-log/watches', { patientId: ester, why: 'x' })).status).toBe(403);
  });

  test('patients and systems', async () => {
    for (const persona of ['ester', 'demo-region-journal']) {
      const reply = await service.as(persona).post(REVIEWS, { ...PERIOD, kind: 'sample' });
      expect(problemOf(reply)).toMatchObject({ status: 403, code: 'actor-not-allowed' });
    }
  });

  test('a period that ends before it begins, is longer than a year, or a kind that there is not', async () => {
    const backwards = await review({ kind: 'sample', from: today, to: day(-1) });
    expect(problemOf(backwards)).toMatchObject({ status: 422, code: 'period-out-of-order' });
    expect((await review({ kind: 'sample', from: '2020-01-01' })).status).toBe(400);
    expect((await review({ kind: 'everything' })).status).toBe(400);
    expect((await review({ kind: 'user' })).status).toBe(400);
  });
});

function logReaderWith(rights: readonly string[]): () => LogReader {
  return () => logReader(service, 'vera-vikarie', rights.length > 0 ? rights : [LOG_RIGHT]);
}
