import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePatientId } from '../../../src/shared/ids.ts';
import type { Caller } from '../../support/app.ts';
import { consentBody, must, withRights } from '../../support/law-fixtures.ts';
import {
  createPlan,
  createTestApp,
  ifMatch,
  planUrl,
  problemOf,
  registerPatient,
  stepNamed,
  type TestApp,
  unit,
  WARD,
} from '../../support/plan-fixtures.ts';

let service: TestApp;
let patientId: string;
const REGION = 'demo-region-journal';
const KOMMUN = 'demo-kommun-hsl';

interface Told {
  readonly number: number;
  readonly event: string;
  readonly patientId?: string;
  readonly planId?: string;
  readonly resource?: { readonly kind: string; readonly id: string };
}
interface Page extends Record<string, unknown> {
  readonly items: Told[];
  readonly nextCursor: string;
}

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
});
afterAll(() => service.close());

async function read(caller: Caller, cursor?: string, more = ''): Promise<Page> {
  const at = cursor === undefined ? '' : `&cursor=${cursor}`;
  const reply = await caller.get<Page>(`/v1/events?limit=200${at}${more}`);
  expect(reply.status, reply.text).toBe(200);
  return reply.body;
}

describe('the feed of a system client', () => {
  test('begins when it is first asked for, numbers from one without gaps, and goes on where it was', async () => {
    const region = service.as(REGION);
    const opened = await read(region);
    expect(opened.items).toEqual([]);
    const plan = await createPlan(service, patientId);
    const first = await read(region, opened.nextCursor);
    const created = first.items.find(({ event }) => event === 'plan.created')!;
    expect(created).toMatchObject({ patientId, planId: plan.plan.id, resource: { kind: 'plan', id: plan.plan.id } });
    const step = stepNamed(plan, 'Läkemedelslista');
    await service.as(WARD).patch(`${planUrl(plan)}/steps/${step.id}`, { title: 'Ny lista' }, ifMatch(step));
    const second = await read(region, first.nextCursor);
    expect(second.items).toMatchObject([{ event: 'plan.step.changed', resource: { id: step.id } }]);
    const all = await read(region);
    expect(all.items.map(({ number }) => number)).toEqual(all.items.map((_, place) => place + 1));
    expect(all.items).toEqual([...first.items, ...second.items]);
    expect(JSON.stringify(all)).not.toMatch(/Läkemedel|position|"seq"/);
    expect((await read(region, second.nextCursor)).items).toEqual([]);
  });

  test("refuses another client's cursor, an altered one, and anyone who is no system", async () => {
    const { nextCursor } = await read(service.as(REGION));
    await read(service.as(KOMMUN));
    for (const cursor of [nextCursor, `${nextCursor.slice(0, -2)}AA`, 'c1.x']) {
      const reply = await service.as(KOMMUN).get(`/v1/events?cursor=${cursor}`);
      expect(problemOf(reply)).toMatchObject({ status: 400, code: 'event-cursor-invalid' });
    }
    expect(problemOf(await service.as(WARD).get('/v1/events'))).toMatchObject({
      status: 403,
      code: 'actor-not-allowed',
    });
  });

  test('tells a provider of what it may know at that moment: consent, then withdrawal, of what was told before too', async () => {
    const love = await registerPatient(service, 'love');
    const kommun = service.as(KOMMUN);
    const { nextCursor } = await read(kommun);
    const plan = await createPlan(service, love);
    const told = await read(kommun, nextCursor);
    const list = stepNamed(plan, 'Läkemedelslista');
    const asked = stepNamed(plan, 'Viktkontroll');
    const idsOf = (page: Page) => page.items.map(({ resource }) => resource?.id);
    expect(idsOf(told)).toEqual(expect.arrayContaining([list.id, asked.id]));

    const url = `/v1/patients/${love}/consents`;
    const { body } = await service
      .as('maj-modell')
      .get<{ items: { id: string; type: string; revision: number; recipient: { hsaId: string } }[] }>(url);
    const reads = body.items.find(({ type, recipient }) => type === 'read-care' && recipient.hsaId === unit('K01'))!;
    const gone = await service.as('maj-modell').post(`/v1/consents/${reads.id}/withdraw`, {}, ifMatch(reads));
    expect(gone.status, gone.text).toBe(200);
    await service.as(WARD).patch(`${planUrl(plan)}/steps/${list.id}`, { title: 'Ändrad lista' }, ifMatch(list));
    const after = await read(kommun, told.nextCursor);
    expect(idsOf(after)).not.toContain(list.id);
    const again = await read(kommun, nextCursor);
    expect(again.items.map(({ number }) => number)).toEqual(
      told.items.map(({ number }) => number).concat(after.items.map(({ number }) => number)),
    );
    expect(idsOf(again)).not.toContain(list.id);
    expect(idsOf(again)).toContain(asked.id);
    const withheld = again.items.filter(({ event }) => event === 'event.withheld');
    expect(withheld.length).toBeGreaterThan(0);
    for (const one of withheld) expect(Object.keys(one)).toEqual(['number', 'event']);
    await must(service.as('maj-modell'), url, consentBody('read-care', 'provider', unit('K01')));
    expect(idsOf(await read(kommun, nextCursor))).toContain(list.id);
  });

  test('is silent about what is blocked, of one who is protected, and of one who has died', async () => {
    const mirza = await registerPatient(service, 'mirza');
    const kommun = service.as(KOMMUN);
    const start = await read(kommun);
    const plan = await createPlan(service, mirza);
    const list = stepNamed(plan, 'Läkemedelslista');
    const idsNow = async () => (await read(kommun, start.nextCursor)).items.map(({ resource }) => resource?.id);
    expect(await idsNow()).toContain(list.id);
    const administrator = withRights(service, 'maj-modell');
    const url = `/v1/patients/${mirza}`;
    const block = await administrator.post<{ id: string; revision: number }>(`${url}/blocks`, {
      reach: 'outer',
      provider: unit('R01'),
    });
    expect(block.status, block.text).toBe(201);
    expect(await idsNow()).not.toContain(list.id);
    const lifted = await administrator.post(
      `/v1/blocks/${block.body.id}/lift`,
      { ground: 'patient-asked' },
      ifMatch(block.body),
    );
    expect(lifted.status, lifted.text).toBe(200);
    expect(await idsNow()).toContain(list.id);
    await service.owner.query(`update patients set protected_identity = 'confidentiality-mark' where patient_id = $1`, [
      parsePatientId(mirza),
    ]);
    expect((await idsNow()).filter((id) => id !== undefined)).toEqual([]);
    const hidden = await read(kommun, start.nextCursor);
    expect(JSON.stringify(hidden.items)).not.toContain(mirza);
    await service.owner.query(
      `update patients set protected_identity = null, deceased_on = '2026-11-15' where patient_id = $1`,
      [parsePatientId(mirza)],
    );
    expect((await idsNow()).filter((id) => id !== undefined)).toEqual([]);
  });

  test('waits for what is yet to happen', async () => {
    const region = service.as(REGION);
    const { nextCursor } = await read(region);
    const waiting = read(region, nextCursor, '&wait=20');
    await service.as(WARD).post(`/v1/patients/${patientId}/care-relations`, { kind: 'care' });
    await createPlan(service, patientId);
    expect((await waiting).items.length).toBeGreaterThan(0);
  });

  test('is written in the log of each person whose ids left', async () => {
    const region = service.as(REGION);
    await read(region);
    const { rows } = await service.owner.query<{ patients: number }>(
      `select count(distinct patient_id)::int as patients from audit_entries
        where action = 'event.read' and user_id = $1 and cardinality(resource_ids) > 0 and activity = 'Läsa'`,
      [region.persona.id],
    );
    expect(rows[0]!.patients).toBeGreaterThan(1);
  });
});
