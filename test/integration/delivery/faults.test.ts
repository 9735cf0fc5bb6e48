import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseThingId, type ThingId } from '../../../src/shared/ids.ts';
import { TEST_START } from '../../support/app.ts';
import { type Build, buildService } from '../../support/build.ts';
import { kill } from '../../support/data-folder.ts';
import { shareFully } from '../../support/law-fixtures.ts';
import {
  CLINIC,
  createTestApp,
  ifMatch,
  planBody,
  registerPatient,
  type TestApp,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';
import { type Received, type Receiver, startReceiver } from '../../support/receiver.ts';
import { SIZES } from '../../support/sizes.ts';

const REGION = 'demo-region-journal';
const HSL = 'demo-kommun-hsl';
const STEPS_PER_PLAN = 40;
/** Long past at the tests' own time: one finding of each plan, and no more. */
const LATE = { title: 'Försenat', time: { form: 'latest-by', by: '2026-11-10' } };
/** Short, so that what a killed process had comes soon; a try is shorter than its lease. */
const DELIVERY = {
  ...{ everyMs: 50, timeoutMs: 400, leaseMs: 900, lanesAtOnce: 8 },
  retryScheduleMs: Array.from({ length: 200 }, () => 20),
};

let service: TestApp;
let built: Build;
const workers: ChildProcess[] = [];
const receivers: Receiver[] = [];

beforeAll(async () => {
  [built, service] = await Promise.all([
    buildService(),
    createTestApp({ webhookTargets: { hosts: [], allowLocal: true } }),
  ]);
}, 120_000);
afterAll(async () => {
  await Promise.all(workers.map(kill));
  await Promise.all(receivers.map((one) => one.close()));
  await service.close();
  await built.remove();
});

async function startWorker(): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('./fault-worker.mjs', import.meta.url));
  const secret = Buffer.from(service.secret).toString('hex');
  const given = JSON.stringify({ url: service.database.appUrl, secret, delivery: DELIVERY, now: TEST_START });
  const env = { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: join(built.folder, 'compiled') };
  const child = spawn(process.execPath, [script, built.dist, given], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  workers.push(child);
  await once(child.stdout!, 'data');
  return child;
}

/** A receiver that fails, stalls and answers slowly, and remembers what it has said yes to. */
async function unreliable(): Promise<Receiver & { readonly acknowledged: Received[] }> {
  const receiver = await startReceiver();
  receivers.push(receiver);
  const acknowledged: Received[] = [];
  let nth = 0;
  const yes: Receiver['answer'] = (response, message) => {
    acknowledged.push(message);
    response.writeHead(204).end();
  };
  receiver.answer = (response, message) => {
    nth += 1;
    if (nth % 9 === 0) response.writeHead(503).end();
    else if (nth % 97 === 0) return;
    else if (nth % 5 === 0) setTimeout(() => yes(response, message), 15);
    else yes(response, message);
  };
  return Object.assign(receiver, { acknowledged });
}

async function subscribe(persona: string, to: Receiver): Promise<string> {
  const { answer } = to;
  to.answer = (response) => response.writeHead(204).end();
  const reply = await service.as(persona).post<{ id: string }>('/v1/subscriptions', { target: to.url });
  expect(reply.status, reply.text).toBe(201);
  to.answer = answer;
  to.received.length = 0;
  return reply.body.id;
}

async function makePlan(patientId: string, n: number): Promise<WholePlan> {
  const steps = Array.from({ length: STEPS_PER_PLAN }, (_, i) => ({ title: `Steg ${n}.${i}` }));
  const more = {
    steps: [LATE, ...steps],
    namedContacts: [],
    goals: [],
    commitments: [],
    safetyNet: [],
    links: [],
    followUps: [],
  };
  const reply = await service.as(WARD).post<WholePlan>('/v1/plans', planBody(patientId, more));
  expect(reply.status, reply.text).toBe(201);
  return reply.body;
}

interface FeedBody extends Record<string, unknown> {
  readonly items: { readonly number: number; readonly event: string; readonly resource?: { readonly id: string } }[];
  readonly nextCursor: string;
}

const feed: FeedBody['items'] = [];
let cursor: string | undefined;
async function readFeed(): Promise<void> {
  for (;;) {
    const at = cursor === undefined ? '' : `&cursor=${cursor}`;
    const reply = await service.as(REGION).get<FeedBody>(`/v1/events?limit=200${at}`);
    expect(reply.status, reply.text).toBe(200);
    cursor = reply.body.nextCursor;
    feed.push(...reply.body.items);
    if (reply.body.items.length === 0) return;
  }
}

/** What happened in each plan, in the order in which it was done. */
async function stepsByPlan(): Promise<Map<string, string[]>> {
  const { rows } = await service.owner.query<{ plan_id: ThingId; ids: string[] }>(
    `select plan_id, array_agg(resource_id::text order by position) as ids from told_events
      where event = 'plan.step.added' group by plan_id`,
  );
  return new Map(rows.map(({ plan_id, ids }) => [plan_id, ids]));
}

/** What a receiver said yes to of each plan, in its order, each the first time. */
function acknowledgedByPlan(acknowledged: readonly Received[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { body } of acknowledged) {
    if (body.type !== 'plan.step.added') continue;
    const plan = parseThingId(body.data.planId!)!.id;
    const id = parseThingId(body.data.resource!.id)!.id;
    const own = found.get(plan) ?? [];
    if (!own.includes(id)) own.push(id);
    found.set(plan, own);
  }
  return found;
}

async function untilQuiet(): Promise<void> {
  const left = async () => {
    const { rows } = await service.owner.query<{ n: number }>(
      `select ((select count(*) from deliveries where state = 'waiting') + (select count(*) from outbox where position is null)
        + (select count(*) from subscription_progress p join subscriptions s on s.id = p.subscription_id, event_sequence q
            where s.channel = 'webhook' and p.position < q.last))::int as n`,
    );
    return rows[0]!.n;
  };
  await expect.poll(left, { timeout: 500_000, interval: 100 }).toBe(0);
}

async function withdraw(patientId: string): Promise<void> {
  const { body } = await service
    .as(CLINIC)
    .get<{ items: { id: string; type: string; revision: number; recipient: { hsaId: string } }[] }>(
      `/v1/patients/${patientId}/consents`,
    );
  const reads = body.items.find(({ type, recipient }) => type === 'read-care' && recipient.hsaId === unit('K01'))!;
  const reply = await service.as(CLINIC).post(`/v1/consents/${reads.id}/withdraw`, {}, ifMatch(reads));
  expect(reply.status, reply.text).toBe(200);
}

test('killed again and again while events flow to receivers that fail, stall and answer slowly, every event arrives, in order per plan, none after a withdrawal, and the feed has no gap', {
  timeout: 1_200_000,
}, async () => {
  const [ester, love] = [await registerPatient(service), await registerPatient(service, 'love')];
  // Of whom the kommun knows nothing: most of what happens is not for everybody.
  const unknown = await Promise.all((['mirza', 'petra', 'p7'] as const).map((one) => registerPatient(service, one)));
  const inTurn = [unknown[0]!, ester, unknown[1]!, love, unknown[2]!];
  await readFeed();
  const [region, kommun] = [await unreliable(), await unreliable()];
  await subscribe(REGION, region);
  await subscribe(HSL, kommun);
  // So that somebody at the kommun may read what the ward writes about both.
  for (const patientId of [ester, love]) {
    const { body } = await service.as(WARD).post<WholePlan>('/v1/plans', planBody(patientId));
    await shareFully(service, patientId, body.plan.id);
  }
  let running: ChildProcess[] = await Promise.all([startWorker(), startWorker()]);
  const plans = Math.ceil(SIZES.deliveryEvents / (STEPS_PER_PLAN + 5));
  const perRound = Math.ceil(plans / (SIZES.deliveryKills + 1));
  let made = 0;
  for (let round = 0; round < SIZES.deliveryKills; round++) {
    const before = region.received.length;
    for (let i = 0; i < perRound; i++) await makePlan(inTurn[made % inTurn.length]!, made++);
    await region.until((received) => received.length > before + 10 + ((round * 37) % 90));
    await kill(running[0]!);
    const [, other] = running;
    running = round === SIZES.deliveryKills - 1 ? [other!] : [other!, await startWorker()];
    await readFeed();
  }
  while (made < plans) await makePlan(inTurn[made % inTurn.length]!, made++);
  // Nobody is at work while the consent is withdrawn, with something of both still in line.
  await Promise.all(running.map(kill));
  for (const patientId of [ester, love]) await makePlan(patientId, made++);
  await withdraw(love);
  const told = kommun.received.length;
  await startWorker();
  await untilQuiet();
  await readFeed();

  const expected = await stepsByPlan();
  const acknowledged = acknowledgedByPlan(region.acknowledged);
  for (const [plan, ids] of expected) expect(acknowledged.get(plan)).toEqual(ids);
  expect(feed.length).toBeGreaterThanOrEqual(SIZES.deliveryEvents);
  for (const receiver of [region, kommun]) {
    const numbers = [...new Set(receiver.acknowledged.map(({ body }) => body.data.number!))].sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, place) => place + 1));
    // The region's webhook and its feed are told of the same: nothing is lost on the way.
    if (receiver === region) expect(numbers).toHaveLength(feed.length);
  }
  const after = kommun.received.slice(told).filter(({ body }) => body.type === 'plan.step.added');
  const asked = await ownDuties();
  expect(
    after.filter(({ body }) => body.data.patientId === love && !asked.has(parseThingId(body.data.resource!.id)!.id)),
  ).toEqual([]);
  expect(after.some(({ body }) => body.data.patientId === ester)).toBe(true);
  expect(feed.map(({ number }) => number)).toEqual(feed.map((_, place) => place + 1));
  const inFeed = new Set(feed.flatMap(({ resource }) => (resource ? [parseThingId(resource.id)!.id as string] : [])));
  for (const id of [...expected.values()].flat()) expect(inFeed.has(id)).toBe(true);
  // Those whom a killed worker had taken are looked at when its time has passed: five seconds here.
  const late = async () => {
    const { rows } = await service.owner.query(`select from findings where rule = 'due-date-passed'`);
    return rows.length;
  };
  await expect.poll(late, { timeout: 500_000, interval: 100 }).toBe(made);
  const { rows: doubled } = await service.owner.query(
    'select rule, subject_id from findings where ended_at is null group by 1, 2 having count(*) > 1',
  );
  expect(doubled).toEqual([]);
  const tries = region.received.length + kommun.received.length;
  process.stdout.write(
    `${SIZES.deliveryKills} kills, ${[...expected.values()].flat().length} steps, ${tries} tries, ${region.acknowledged.length} and ${kommun.acknowledged.length} acknowledged, feed ${feed.length}\n`,
  );
});

/** What the kommun has taken on, or is asked: that stays its own whatever consent says. */
async function ownDuties(): Promise<ReadonlySet<string>> {
  const { rows } = await service.owner.query<{ public: string }>(
    `select id::text as public from steps where responsible_unit = $1 or responsible_now = $1`,
    [unit('0302')],
  );
  return new Set(rows.map(({ public: id }) => id));
}
