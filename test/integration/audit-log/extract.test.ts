import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePatientId } from '../../../src/shared/ids.ts';
import {
  CLINIC,
  createPlan,
  createTestApp,
  entriesOf,
  HOME_CARE,
  planUrl,
  problemOf,
  registerPatient,
  STRANGER,
  statementsOf,
  type TestApp,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';
import { P7, register } from '../patients/people.ts';
import { LOG_RIGHT, logReader, type ToldPage } from './log-reader.ts';

let service: TestApp;
let ester: string;
let plan: WholePlan;

beforeAll(async () => {
  service = await createTestApp();
  ester = await registerPatient(service);
  plan = await createPlan(service, ester);
  await service.as(CLINIC).get(planUrl(plan));
  await service.as(STRANGER).get(planUrl(plan));
  await service.as('demo-region-journal').get(planUrl(plan));
  await service.as('ester').get('/v1/my/overview');
  const love = await registerPatient(service, 'love');
  await service.as(CLINIC).get(`/v1/patients/${love}`);
});
afterAll(() => service.close());

const mine = (query = '') => service.as('ester').get<ToldPage>(`/v1/my/access-log${query}`);

describe("the patient's own extract", () => {
  test('tells who did what, from where and why, in plain Swedish, newest first', async () => {
    const reply = await mine();
    expect(reply.status, reply.text).toBe(200);
    const told = reply.body.items;
    expect(told.map(({ at }) => at)).toEqual(
      told
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    const read = told.find(({ who, did }) => who.name === 'Maj Modell' && did === 'Läste');
    expect(read).toMatchObject({
      sentence: 'Maj Modell, distriktssköterska, Testeryds vårdcentral, Region Exempelland, läste planen.',
      who: { kind: 'staff', name: 'Maj Modell', role: 'distriktssköterska' },
      unit: 'Testeryds vårdcentral',
      provider: 'Region Exempelland',
      purpose: 'Vård och behandling',
      outcome: 'Beviljad',
    });
    expect(read!.concerning).toEqual(expect.arrayContaining(['plan', 'steg', 'löften']));
    const sentences = told.map(({ sentence }) => sentence);
    expect(sentences).toContain('Systemet Regionens journalsystem, Region Exempelland, läste planen.');
    expect(sentences).toContain('Du läste översikten.');
    expect(sentences).toContain(
      'Tove Testrup, sjuksköterska, Provköpings lasarett, medicinavdelning 4, Region Exempelland, skapade en plan.',
    );
  });

  test('tells of refusals too', async () => {
    const refused = (await mine()).body.items.filter(({ outcome }) => outcome === 'Nekad');
    expect(refused.map(({ sentence }) => sentence)).toEqual([
      'Runa Modell, sjuksköterska, Provköpings lasarett, mag- och tarmmottagningen, Region Exempelland, ville läsa planen men nekades.',
    ]);
  });

  test('shows nothing of anybody else', async () => {
    const { body, text } = await mine();
    const key = parsePatientId(ester)!;
    expect(body.items.every(({ id }) => id.startsWith(`${ester}-`))).toBe(true);
    const { rows } = await service.owner.query<{ n: number }>(
      'select count(*)::int as n from audit_entries where patient_id = $1',
      [key],
    );
    // The one that this very reading left came after what it read.
    expect(rows[0]!.n).toBe(body.items.length + 1);
    expect(text).not.toMatch(/192612049029|20060513|Love/);
    const love = await service.as('love').get<ToldPage>('/v1/my/access-log');
    expect(love.body.items.map(({ sentence }) => sentence)).not.toContain('Du läste översikten.');
    expect(love.body.items.every(({ id }) => !id.startsWith(ester))).toBe(true);
  });

  test('is itself logged, and takes two trips', async () => {
    const { result, statements } = await statementsOf(() => mine());
    expect(statements).toHaveLength(2);
    const [entry, ...others] = await entriesOf(service.owner, result);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      action: 'log.extract',
      activity: 'Läsa',
      outcome: 'Beviljad',
      purpose: 'Egen åtkomst',
    });
    expect(entry!.hits).toBe(result.body.items.length);
    expect((await mine()).body.items[0]).toMatchObject({
      sentence: 'Du läste åtkomstloggen.',
      who: { kind: 'patient' },
    });
  });

  test('gives every entry once, page by page, while others are written', async () => {
    const before = (await mine('?limit=200')).body.items.map(({ id }) => id);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await mine(`?limit=3${cursor === undefined ? '' : `&cursor=${cursor}`}`);
      expect(body.items.length).toBeLessThanOrEqual(3);
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor;
      await Promise.all([service.as(CLINIC).get(planUrl(plan)), service.as(WARD).get(planUrl(plan))]);
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => before.includes(id))).toEqual(before);
  });

  test('takes a period of whole Swedish days, and refuses one that ends before it begins', async () => {
    const today = (await mine()).body.items[0]!.at.slice(0, 10);
    const around = [-1, 1].map((days) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10));
    expect((await mine(`?from=${around[0]}&to=${around[1]}`)).body.items.length).toBeGreaterThan(4);
    expect((await mine('?to=2020-01-01')).body.items).toEqual([]);
    const wrong = await mine('?from=2026-02-01&to=2026-01-31');
    expect(problemOf(wrong)).toMatchObject({ status: 422, code: 'period-out-of-order' });
    expect(problemOf(await mine('?from=2026-02-30')).status).toBe(400);
  });

  test("a cursor of another's search is refused", async () => {
    const { nextCursor } = (await mine('?limit=1')).body;
    expect(problemOf(await service.as('love').get(`/v1/my/access-log?cursor=${nextCursor}`)).status).toBe(400);
    expect(problemOf(await mine(`?from=2026-01-01&cursor=${nextCursor}`)).status).toBe(400);
  });

  test('names staff only whom the directory knows and who are not protected', async () => {
    const setProtected = (on: boolean) =>
      service.owner.query('update staff set protected_identity = $1 where hsa_id = $2', [on, unit('P003')]);
    await setProtected(true);
    const { text, body } = await mine();
    await setProtected(false);
    expect(text).not.toContain('Maj Modell');
    expect(body.items.map(({ sentence }) => sentence)).toContain(
      'Distriktssköterska, Testeryds vårdcentral, Region Exempelland, läste planen.',
    );
  });

  test('someone who is nobody here, and staff, get none', async () => {
    expect((await service.as('petra').get('/v1/my/access-log')).status).toBe(404);
    expect(problemOf(await service.as(CLINIC).get('/v1/my/access-log'))).toMatchObject({ code: 'actor-not-allowed' });
  });
});

describe('the extract that staff hand out', () => {
  const extract = (reader = logReader(service), body = {}) =>
    reader.post<ToldPage>(`/v1/patients/${ester}/access-log`, body);

  test("shows what the own provider's users did and what was seen of the own provider's data", async () => {
    await service.as(HOME_CARE).post(`/v1/patients/search`, { personNumber: '192612049029' });
    const reply = await extract();
    expect(reply.status, reply.text).toBe(200);
    const sentences = reply.body.items.map(({ sentence }) => sentence);
    expect(sentences.some((one) => one.startsWith('Maj Modell'))).toBe(true);
    expect(sentences).toContain('Patienten läste översikten.');
    const kommun = logReader(service, HOME_CARE);
    const own = (await extract(kommun)).body.items;
    expect(own.length).toBeGreaterThan(0);
    expect(own.every(({ provider }) => provider === 'Provköpings kommun, hälso- och sjukvård')).toBe(true);
    const [entry] = await entriesOf(service.owner, reply);
    expect(entry).toMatchObject({ action: 'log.extract', patient: parsePatientId(ester), outcome: 'Beviljad' });
  });

  test.each([
    ['no right', []],
    ['only the right to read', ['Läsa;alla;SJF']],
    ['the right over the own unit alone', ['Loggkontroll;alla;VE']],
  ])('is refused with %s, and the refusal is logged', async (_what, rights) => {
    const reply = await extract(logReader(service, 'vera-vikarie', rights.length > 0 ? rights : ['Skriva;alla;VE']));
    expect(reply.status).toBe(403);
    expect(await entriesOf(service.owner, reply)).toMatchObject([{ outcome: 'Nekad', reason: 'log-review-missing' }]);
  });

  test('is for the patient too, by the own id alone', async () => {
    const reply = await service.as('ester').post<ToldPage>(`/v1/patients/${ester}/access-log`, {});
    expect(reply.body.items.length).toBeGreaterThan(4);
    expect((await service.as('love').post(`/v1/patients/${ester}/access-log`, {})).status).toBe(404);
  });

  test('an unknown person, and one with protected identity, are nobody', async () => {
    const reader = logReader(service, 'vera-vikarie', [LOG_RIGHT]);
    const nobody = 'a'.repeat(26);
    expect((await reader.post(`/v1/patients/${nobody}/access-log`, {})).status).toBe(404);
    await service.owner.query(`update patients set protected_identity = 'confidentiality-mark' where patient_id = $1`, [
      parsePatientId(ester),
    ]);
    const hidden = await extract();
    const own = await mine();
    await service.owner.query('update patients set protected_identity = null');
    expect(hidden.status).toBe(404);
    expect(own.status).toBe(200);
  });
});

test('a joined person is told what was logged under either key', async () => {
  const staff = service.as(CLINIC);
  const right = await register(staff, { personNumber: P7 });
  const reserve = await register(staff);
  await staff.get(`/v1/patients/${reserve.id}`);
  await staff.post(`/v1/patients/${right.id}/joins`, { joinedPatientId: reserve.id, why: 'Samma person.' });
  const { body } = await service.as('p7').get<ToldPage>('/v1/my/access-log');
  const keys = new Set(body.items.map(({ id }) => id.slice(0, 26)));
  expect(keys).toEqual(new Set([right.id, reserve.id]));
});
