import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSealer, DEFAULT_DELIVERY, type Dispatcher, startDispatcher } from '../../../src/delivery/index.ts';
import {
  CLINIC,
  countRows,
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
  type WholePlan,
} from '../../support/plan-fixtures.ts';
import { type Received, type Receiver, startReceiver } from '../../support/receiver.ts';

let service: TestApp;
let patientId: string;
let plan: WholePlan;
const REGION = 'demo-region-journal';
const HSL = 'demo-kommun-hsl';
const QUICK = { everyMs: 20, retryScheduleMs: [1, 1], leaseMs: 5000, timeoutMs: 3000, lanesAtOnce: 4 };
const running: Dispatcher[] = [];
const receivers: Receiver[] = [];

interface Made extends Record<string, unknown> {
  readonly id: string;
  readonly revision: number;
  readonly secret: string;
}

beforeAll(async () => {
  service = await createTestApp({ webhookTargets: { hosts: ['*.example.org'], allowLocal: true } });
  patientId = await registerPatient(service);
  plan = await createPlan(service, patientId);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  await Promise.all(receivers.splice(0).map((one) => one.close()));
  await service.owner.query(`update subscriptions set status = 'ended' where channel = 'webhook'`);
});
afterAll(() => service.close());

function dispatch(more: object = {}): void {
  const settings = { ...DEFAULT_DELIVERY, ...QUICK, allowLocal: true, ...more };
  const log = { info: () => undefined, error: () => undefined };
  running.push(startDispatcher({ desk: service.desk, log, settings, sealer: createSealer(service.secret) }));
}

async function receiver(): Promise<Receiver> {
  const one = await startReceiver();
  receivers.push(one);
  return one;
}

async function subscribe(persona: string, to: Receiver, more: object = {}): Promise<Made> {
  const reply = await service.as(persona).post<Made>('/v1/subscriptions', { target: to.url, ...more });
  expect(reply.status, reply.text).toBe(201);
  to.received.length = 0;
  return reply.body;
}

async function remark(text = 'Hej'): Promise<string> {
  const reply = await service.as(WARD).post<{ id: string }>(`${planUrl(plan)}/remarks`, { what: 'question', text });
  expect(reply.status, reply.text).toBe(201);
  return reply.body.id;
}

/** A loaded machine may take its time. */
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 30_000, interval: 20 });

const shownOf = async (persona: string, { id }: Made) =>
  (await service.as(persona).get<Made & Record<string, never>>(`/v1/subscriptions/${id}`)).body;
const has = (id: string) => (received: readonly Received[]) =>
  received.some(({ body }) => body.data.resource?.id === id);

describe('a webhook', () => {
  test('gets what happens, signed, numbered and without content', async () => {
    const to = await receiver();
    const made = await subscribe(REGION, to);
    dispatch();
    const id = await remark('Får jag duscha?');
    await to.until(has(id));
    const [first] = to.received;
    expect(new Webhook(made.secret).verify(first!.text, first!.headers as Record<string, string>)).toEqual(first!.body);
    expect(first!.body).toMatchObject({ type: 'plan.content-added', data: { number: 1, planId: plan.plan.id } });
    expect(first!.text).not.toMatch(/duscha|position|Ester/);
    await eventually(async () => (await shownOf(REGION, made)).waiting).toBe(0);
    expect(await shownOf(REGION, made)).toMatchObject({ lastNumber: 1, deadLetters: 0, status: 'active' });
  });

  test('tries again under the same id, keeps the order of a plan, and gives up into dead letters that can be retried', async () => {
    const to = await receiver();
    const made = await subscribe(REGION, to);
    let refused = 0;
    to.answer = (response) => response.writeHead(++refused <= 3 ? 500 : 204).end();
    const [one, two] = [await remark(), await remark()];
    dispatch();
    await to.until(has(two!));
    const tries = to.received.filter(({ body }) => body.data.resource?.id === one);
    expect(tries).toHaveLength(3);
    expect(new Set(tries.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(to.received.map(({ body }) => body.data.number)).toEqual([1, 1, 1, 2]);
    const dead = await service
      .as(REGION)
      .get<{ items: { messageId: string }[] }>(`/v1/subscriptions/${made.id}/dead-letters`);
    expect(dead.body.items).toMatchObject([
      { number: 1, attempts: 3, lastFailure: 'status-500', event: 'plan.content-added' },
    ]);
    const again = await service
      .as(REGION)
      .post(`/v1/subscriptions/${made.id}/dead-letters/retry`, { messageIds: [dead.body.items[0]!.messageId] });
    expect(again.body).toEqual({ count: 1 });
    await to.until((received) => received.length === 5);
    expect(to.received.at(-1)!.headers['webhook-id']).toBe(dead.body.items[0]!.messageId);
  });

  test('that never answers holds nobody else', async () => {
    const [stalling, quick] = [await receiver(), await receiver()];
    await subscribe(REGION, stalling);
    await subscribe(HSL, quick);
    stalling.answer = () => undefined;
    dispatch();
    const before = stepNamed(plan, 'Viktkontroll');
    const held = remark();
    await stalling.until((received) => received.length > 0);
    const kommun = service.as('hanna-hittepa');
    const reply = await kommun.post(`${planUrl(plan)}/remarks`, { what: 'comment', text: 'Vägt', aboutId: before.id });
    expect(reply.status, reply.text).toBe(201);
    await quick.until(has((reply.body as { id: string }).id));
    await held;
    expect(stalling.received).toHaveLength(1);
  });

  test('is told nothing of what its provider lost the right to know while it waited, and a number that was tried is said to be withheld', async () => {
    const to = await receiver();
    const made = await subscribe(HSL, to);
    dispatch({ retryScheduleMs: [300, 300, 300, 300] });
    let isOpen = false;
    to.answer = (response) => response.writeHead(isOpen ? 204 : 503).end();
    const [one, two] = [await remark('Ett'), await remark('Två')];
    await to.until(has(one!));
    const { body } = await service
      .as(CLINIC)
      .get<{ items: { id: string; type: string; revision: number; recipient: { hsaId: string } }[] }>(
        `/v1/patients/${patientId}/consents`,
      );
    const reads = body.items.find(({ type, recipient }) => type === 'read-care' && recipient.hsaId === unit('K01'))!;
    const gone = await service.as(CLINIC).post(`/v1/consents/${reads.id}/withdraw`, {}, ifMatch(reads));
    expect(gone.status, gone.text).toBe(200);
    const told = to.received.length;
    isOpen = true;
    await to.until((received) => received.length > told);
    await eventually(async () => (await shownOf(HSL, made)).waiting).toBe(0);
    const after = to.received.slice(told);
    expect(after.map(({ body: { type, data } }) => ({ type, ...data }))).toEqual([
      { type: 'event.withheld', number: 1, subscriptionId: made.id },
    ]);
    expect(has(two!)(to.received)).toBe(false);
  });

  test('has its secret rotated with an overlap, is paused, resumed, replayed and ended', async () => {
    const to = await receiver();
    const made = await subscribe(REGION, to, { events: ['plan.content-added'], description: 'Journalen' });
    const region = service.as(REGION);
    const url = `/v1/subscriptions/${made.id}`;
    expect(problemOf(await region.post(`${url}/rotate-secret`, {}))).toMatchObject({ status: 428 });
    const rotated = await region.post<Made>(`${url}/rotate-secret`, { overlapHours: 1 }, ifMatch(made));
    expect(rotated.body.secret).not.toBe(made.secret);
    dispatch();
    const id = await remark();
    await to.until(has(id));
    for (const secret of [made.secret, rotated.body.secret]) {
      expect(() => new Webhook(secret).verify(to.received[0]!.text, to.received[0]!.headers as never)).not.toThrow();
    }
    const paused = await region.post<Made>(`${url}/pause`, {}, ifMatch(rotated.body));
    expect(paused.body).toMatchObject({ status: 'paused' });
    expect(problemOf(await region.post(`${url}/pause`, {}, ifMatch(paused.body)))).toMatchObject({
      status: 409,
      code: 'subscription-state',
    });
    const later = await remark();
    const resumed = await region.post<Made>(`${url}/resume`, {}, ifMatch(paused.body));
    await to.until(has(later));
    await eventually(async () => (await shownOf(REGION, made)).waiting).toBe(0);
    to.received.length = 0;
    expect((await region.post(`${url}/replay`, { fromNumber: 1 })).body).toEqual({ count: 2 });
    await to.until((received) => received.length === 2);
    expect(to.received.map(({ body }) => body.data.number)).toEqual([1, 2]);
    expect(problemOf(await region.post(`${url}/replay`, { fromNumber: 9 }))).toMatchObject({
      code: 'nothing-to-replay',
    });
    expect(problemOf(await service.as(HSL).get(url))).toMatchObject({ status: 404 });
    const ended = await region.post<Made>(`${url}/end`, {}, ifMatch(resumed.body));
    expect(ended.body.status).toBe('ended');
    expect(problemOf(await region.get(url))).toMatchObject({ status: 404 });
  });
});

describe('an address', () => {
  const refusals = [
    ['http://hooks.example.org/x', 'webhook-target-not-https'],
    ['https://user:word@hooks.example.org/', 'webhook-target-not-https'],
    ['ftp://hooks.example.org/', 'webhook-target-not-https'],
    ['https://10.0.0.7/x', 'webhook-target-internal'],
    ['https://[fd00::1]/x', 'webhook-target-internal'],
    ['https://[::ffff:192.168.0.1]/x', 'webhook-target-internal'],
    ['https://169.254.169.254/latest', 'webhook-target-internal'],
    ['https://intranet/x', 'webhook-target-internal'],
    ['https://evil.example.com/x', 'webhook-target-not-allowed'],
    ['https://hooks.example.org:8443/x', 'webhook-target-not-allowed'],
    ['https://8.8.8.8/x', 'webhook-target-not-allowed'],
  ];
  test.each(refusals)('%s is refused, and nothing is written', async (target, code) => {
    const before = await countRows(service.owner);
    const reply = await service.as(REGION).post('/v1/subscriptions', { target });
    expect(problemOf(reply)).toMatchObject({ status: 422, code, invalidParameters: [{ name: 'target' }] });
    expect(reply.text).not.toContain(target);
    expect(await countRows(service.owner)).toEqual(before);
  });

  test('that redirects is refused when it is given, and never followed when it begins to', async () => {
    const to = await receiver();
    const other = await receiver();
    const redirect: Receiver['answer'] = (response) => response.writeHead(307, { location: other.url }).end();
    to.answer = redirect;
    const refused = await service.as(REGION).post('/v1/subscriptions', { target: to.url });
    expect(problemOf(refused)).toMatchObject({ status: 422, code: 'webhook-target-redirects' });
    to.answer = (response) => response.writeHead(204).end();
    const made = await subscribe(REGION, to);
    to.answer = redirect;
    dispatch();
    await remark();
    await eventually(async () => (await shownOf(REGION, made)).deadLetters).toBe(1);
    expect(await shownOf(REGION, made)).toMatchObject({ lastFailure: 'redirected' });
    expect(other.received).toEqual([]);
  });

  test('at which nobody answers is refused', async () => {
    const to = await startReceiver();
    await to.close();
    const refused = await service.as(REGION).post('/v1/subscriptions', { target: to.url });
    expect(problemOf(refused)).toMatchObject({ status: 422, code: 'webhook-target-unreachable' });
  });
});
