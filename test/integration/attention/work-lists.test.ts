import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WORK_LISTS } from '../../../src/attention/domain/work-lists.ts';
import {
  CLINIC,
  createPlan,
  createTestApp,
  entriesOf,
  HOME_CARE,
  ifMatch,
  planUrl,
  problemOf,
  readPlan,
  registerPatient,
  STRANGER,
  stepNamed,
  type TestApp,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';

interface Item {
  readonly kind: string;
  readonly id: string;
  readonly planId: string;
  readonly what?: string;
  readonly at?: string;
  readonly patient: { readonly id: string; readonly givenName?: string };
  readonly plan: { readonly title: string };
}
interface Page extends Record<string, unknown> {
  readonly items: Item[];
  readonly nextCursor?: string;
}

let service: TestApp;
let patientId: string;
let plan: WholePlan;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
  service.setClock('2026-11-18T10:00:00+01:00');
  plan = await createPlan(service, patientId);
});
afterAll(() => service.close());

const at = (clock: string) => service.setClock(clock);
const read = async (persona: string, list: string, query = '') => {
  const reply = await service.as(persona).get<Page>(`/v1/work-lists/${list}${query}`);
  expect(reply.status, reply.text).toBe(200);
  return reply.body.items.filter(({ planId }) => planId === plan.plan.id);
};
const names = async (persona: string, list: string, query = '') =>
  (await read(persona, list, query)).map(({ what, kind }) => what ?? kind);
const counts = async (persona: string, query = '') => {
  const reply = await service
    .as(persona)
    .get<{ lists: { list: string; name: string; count: number }[] }>(`/v1/work-lists${query}`);
  expect(reply.status, reply.text).toBe(200);
  return Object.fromEntries(reply.body.lists.map(({ list, count }) => [list, count]));
};

describe('a unit’s lists', () => {
  test('say what is due today, and what is late, by Swedish days', async () => {
    at('2026-11-20T23:59:59+01:00');
    expect(await names(WARD, 'today')).toEqual(['Läkemedelslista']);
    expect(await names(WARD, 'late')).toEqual([]);
    at('2026-11-21T00:00:01+01:00');
    expect(await names(WARD, 'today')).toEqual([]);
    expect(await names(WARD, 'late')).toEqual(['Läkemedelslista']);
    at('2026-11-18T10:00:00+01:00');
  });

  test('say what waits for us to take over, and what we wait for', async () => {
    expect(await names(HOME_CARE, 'to-accept')).toEqual(['Viktkontroll']);
    expect(await names(WARD, 'waiting')).toEqual(expect.arrayContaining(['Viktkontroll', 'Samtal i skolan']));
    expect(await names(WARD, 'to-accept')).toEqual([]);
  });

  test('say who is invited, with whose plan it is and not its title', async () => {
    const other = await createPlan(service, patientId, { title: 'Hemlig rubrik', steps: [], commitments: [] });
    const reply = await service.as(CLINIC).get<Page>('/v1/work-lists/invitations');
    const found = reply.body.items.find(({ planId }) => planId === other.plan.id);
    expect(found).toMatchObject({
      kind: 'participant',
      patient: { id: patientId, givenName: 'Ester' },
      plan: { title: '' },
    });
    expect(reply.text).not.toContain('Hemlig rubrik');
  });

  test('say which agreement waits for our yes, until it is given', async () => {
    const fresh = await createPlan(service, patientId);
    const participant = fresh.participants.find(({ party }) => party.unit === unit('0201'))!;
    const url = planUrl(fresh);
    const joined = await service
      .as(CLINIC)
      .post(`${url}/participants/${participant.id}/accept`, {}, ifMatch(participant));
    expect(joined.status, joined.text).toBe(200);
    const waiting = async () =>
      (await service.as(CLINIC).get<Page>('/v1/work-lists/approvals')).body.items.filter(
        ({ planId }) => planId === fresh.plan.id,
      );
    expect(await waiting()).toEqual([]);
    await service.as(WARD).post(`${url}/agreements`, {});
    const [item] = await waiting();
    expect(item).toMatchObject({ kind: 'agreement-version' });
    const yes = await service.as(CLINIC).post(`${url}/agreements/${item!.id}/approve`, {});
    expect(yes.status, yes.text).toBeLessThan(300);
    expect(await waiting()).toEqual([]);
  });

  test('are counted as they are read, and narrowed to one’s own', async () => {
    const all = await counts(WARD);
    expect(Object.keys(all)).toEqual([...WORK_LISTS]);
    for (const list of WORK_LISTS) {
      const reply = await service.as(WARD).get<Page>(`/v1/work-lists/${list}?limit=200`);
      expect(all[list]).toBe(reply.body.items.length);
    }
    const step = stepNamed(plan, 'Läkemedelslista');
    at('2026-11-20T10:00:00+01:00');
    expect(await names(WARD, 'today', '?mine=true')).toEqual([]);
    const performer = { staff: unit('P001'), name: 'Tove Testrup' };
    const changed = await service.as(WARD).patch(`${planUrl(plan)}/steps/${step.id}`, { performer }, ifMatch(step));
    expect(changed.status, changed.text).toBe(200);
    plan = await readPlan(service.as(WARD), plan);
    expect(await names(WARD, 'today', '?mine=true')).toEqual(['Läkemedelslista']);
    expect((await counts(WARD, '?mine=true')).today).toBe(1);
    at('2026-11-18T10:00:00+01:00');
  });

  test('come page by page in order, without a gap or a double', async () => {
    const whole = (await service.as(WARD).get<Page>('/v1/work-lists/waiting?limit=200')).body.items;
    const paged: Item[] = [];
    let cursor = '';
    do {
      const url = `/v1/work-lists/waiting?limit=2${cursor && `&cursor=${cursor}`}`;
      const { body } = await service.as(WARD).get<Page>(url);
      paged.push(...body.items);
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(paged.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
    const dates = paged.map((item) => item.at ?? '9');
    expect(dates).toEqual(dates.toSorted());
  });

  test('are narrowed to one kind, and turned round, page by page', async () => {
    const all = (await service.as(WARD).get<Page>('/v1/work-lists/waiting?limit=200')).body.items;
    const handovers = await service.as(WARD).get<Page>('/v1/work-lists/waiting?kind=handover');
    expect(handovers.body.items).toEqual(all.filter(({ kind }) => kind === 'handover'));
    const turned: Item[] = [];
    let cursor = '';
    do {
      const { body } = await service
        .as(WARD)
        .get<Page>(`/v1/work-lists/waiting?order=desc&limit=2${cursor && `&cursor=${cursor}`}`);
      turned.push(...body.items);
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(turned.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toReversed());
    const mixed = await service.as(WARD).get<Page>('/v1/work-lists/waiting?limit=1');
    const other = await service.as(WARD).get(`/v1/work-lists/waiting?order=desc&cursor=${mixed.body.nextCursor}`);
    expect(problemOf(other)).toMatchObject({ status: 400, code: 'cursor-invalid' });
  });

  test('hold nothing of others, and leave an entry for each patient that left', async () => {
    expect(await read(STRANGER, 'waiting')).toEqual([]);
    const reply = await service.as(HOME_CARE).get<Page>('/v1/work-lists/to-accept');
    const entries = await entriesOf(service.owner, reply);
    expect(entries.filter(({ resource_ids }) => resource_ids.length > 0)).toHaveLength(
      new Set(reply.body.items.map(({ patient }) => patient.id)).size,
    );
  });

  test('refuse a list that is not there, another list’s cursor, and who is not staff', async () => {
    const none = await service.as(WARD).get('/v1/work-lists/everything');
    expect(problemOf(none)).toMatchObject({ status: 400, code: 'invalid-request' });
    const { body } = await service.as(WARD).get<Page>('/v1/work-lists/waiting?limit=1');
    const stolen = await service.as(WARD).get(`/v1/work-lists/late?cursor=${body.nextCursor}`);
    expect(problemOf(stolen)).toMatchObject({ status: 400, code: 'cursor-invalid' });
    const citizen = await service.as('ester').get('/v1/work-lists');
    expect(problemOf(citizen)).toMatchObject({ status: 403, code: 'actor-not-allowed' });
  });
});
