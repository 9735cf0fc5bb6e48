import { EventEmitter, once } from 'node:events';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbedded } from '../../../src/db/embedded/start.ts';
import { getPersona } from '../../../src/demo/index.ts';
import { parseThingId } from '../../../src/shared/ids.ts';
import { CLINIC, HOME_CARE, NUMBERS, planBody, type Thing, WARD, type WholePlan } from '../../support/plan-fixtures.ts';
import { SIZES } from '../../support/sizes.ts';
import { type BuiltService, makeBuiltService } from './built-service.ts';

let service: BuiltService;
const tokens = new Map<string, string>();

beforeAll(async () => {
  service = await makeBuiltService();
  for (const persona of [WARD, CLINIC, HOME_CARE, 'ester']) {
    tokens.set(persona, await service.issuer.signToken(getPersona(persona)));
  }
});
afterAll(() => service.remove());

interface Sent {
  readonly persona: string;
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly body: object;
  readonly headers: Record<string, string>;
}

/** Sends a change; a service that has just started and says that it is busy is asked again, as it asks for. */
async function send<T>(sent: Sent): Promise<{ status: number; body: T }> {
  for (;;) {
    const reply = await sendOnce<T>(sent);
    if (reply.status !== 503) return reply;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function sendOnce<T>({ persona, method, path, body, headers }: Sent): Promise<{ status: number; body: T }> {
  const authorization = `Bearer ${tokens.get(persona)}`;
  const reply = await fetch(`${service.baseUrl}/v1${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: reply.status, body: (await reply.json()) as T };
}

const post = <T>(persona: string, path: string, body: object, headers = {}) =>
  send<T>({ persona, method: 'POST', path, body, headers });

/** What the service has said yes to: things by id with their revisions. */
const acknowledged: { id: string; revision: number }[] = [];
const progress = new EventEmitter();
/** What was under way when the service was killed: nobody knows whether it was done. */
const unanswered: Sent[] = [];
let serial = 0;

/** Sends changes one after another until the service is gone. */
async function writeUntilKilled(persona: string, plan: string, goal: Thing): Promise<Thing> {
  let present = goal;
  for (let n = 0; ; n++) {
    const key = { 'idempotency-key': `k-${serial++}` };
    const own = n % 3 === 2;
    const sent: Sent = own
      ? {
          ...{ persona, method: 'PATCH', path: `/plans/${plan}/goals/${present.id}`, body: { text: `Ord ${serial}` } },
          headers: { ...key, 'if-match': `"${present.revision}"` },
        }
      : { persona, method: 'POST', path: `/plans/${plan}/steps`, body: { title: `Steg ${serial}` }, headers: key };
    const reply = await send<Thing>(sent).catch(() => undefined);
    if (!reply) {
      unanswered.push(sent);
      return present;
    }
    expect(reply.status, JSON.stringify(reply.body)).toBe(own ? 200 : 201);
    acknowledged.push({ id: reply.body.id, revision: reply.body.revision });
    progress.emit('acknowledged');
    if (own) present = reply.body;
  }
}

/** Resolves when so many more have been answered: the others are under way then, however busy the machine is. */
async function untilAnswered(more: number): Promise<void> {
  for (let n = 0; n < more; n++) await once(progress, 'acknowledged');
}

/** What was unanswered is sent again: done before or not, it is done once. */
async function sendAgain(): Promise<Thing[]> {
  const made: Thing[] = [];
  for (const sent of unanswered.splice(0)) {
    const reply = await send<Thing>(sent);
    expect([200, 201], JSON.stringify(reply.body)).toContain(reply.status);
    acknowledged.push({ id: reply.body.id, revision: reply.body.revision });
    made.push(reply.body);
  }
  return made;
}

async function setUp(): Promise<{ plan: string; goals: Map<string, Thing> }> {
  const person = { personNumber: NUMBERS.ester, givenName: 'Ester', familyName: 'Exempelsson' };
  const patient = await post<{ id: string }>(CLINIC, '/patients', person);
  const plan = await post<WholePlan>(WARD, '/plans', planBody(patient.body.id));
  const { id } = plan.body.plan;
  const goals = new Map<string, Thing>();
  for (const persona of [WARD, CLINIC, HOME_CARE, 'ester']) {
    const goal = await post<Thing>(persona, `/plans/${id}/goals`, { text: 'Mål', whose: 'patient' });
    goals.set(persona, goal.body);
  }
  return { plan: id, goals };
}

test('killed twenty times in the middle of writes, the service has everything that it said yes to and nothing half-written', {
  timeout: 300_000,
}, async () => {
  await service.start();
  const { plan, goals } = await setUp();
  for (let n = 0; n < SIZES.kills; n++) {
    if (n > 0) await service.start();
    for (const goal of await sendAgain()) {
      for (const [persona, known] of goals) if (known.id === goal.id) goals.set(persona, goal);
    }
    const writers = [...goals].map(async ([persona, goal]) => {
      goals.set(persona, await writeUntilKilled(persona, plan, goal));
    });
    const written = Promise.all(writers);
    await Promise.race([untilAnswered(6 + ((n * 7) % 13)), written]);
    await service.kill();
    await written;
  }
  await service.start();
  await sendAgain();
  await service.kill();
  await expectWhole();
});

const VERSIONED = `select table_name as name from information_schema.tables
  where table_schema = 'public' and table_name like '%\\_history'`;

/** Everything acknowledged is there; every row, its history, the log and the events agree. */
async function expectWhole(): Promise<void> {
  const server = await startEmbedded({ dataDir: service.dataDir, log: () => undefined });
  const owner = new pg.Client({ connectionString: server.ownerUrl });
  await owner.connect();
  try {
    const { rows: names } = await owner.query<{ name: string }>(VERSIONED);
    const tables = names.map(({ name }) => name.replace(/_history$/, ''));
    const written = new Set<string>();
    for (const table of tables) {
      // Every wording from the first to the present one, which alone is not in the history.
      const { rows } = await owner.query<{ id: string; revision: number; earlier: number[] }>(
        `select t.id, t.revision, array(select h.revision from ${table}_history h where h.id = t.id order by 1) as earlier from ${table} t`,
      );
      for (const { id, revision, earlier } of rows) {
        const all = Array.from({ length: revision }, (_, i) => i + 1);
        expect([...earlier, revision], `${table} ${id}`).toEqual(all);
        // Registering tells of persons in its own words.
        if (table !== 'patients') for (const each of all) written.add(`${id} ${each}`);
      }
      const { rows: alone } = await owner.query(
        `select from ${table}_history h where not exists (select from ${table} t where t.id = h.id)`,
      );
      expect(alone, table).toEqual([]);
    }
    for (const { id, revision } of acknowledged) expect(written).toContain(`${parseThingId(id)!.id} ${revision}`);
    const { rows: told } = await owner.query<{ key: string }>(
      `select resource_id || ' ' || revision as key from told_events where event not like 'patient.%' and resource_kind <> 'finding' order by 1`,
    );
    const { rows: logged } = await owner.query<{ key: string }>(
      `select unnest(resource_ids)::text as key from audit_entries
       where outcome = 'Beviljad' and activity = 'Skriva' and action not like 'patient.%' and not coalesce(particulars ? 'replayed', false) order by 1`,
    );
    expect(told.map(({ key }) => key)).toEqual([...written].sort());
    expect(logged.map(({ key }) => key)).toEqual([...written].map((key) => key.split(' ')[0]!).sort());
    const { rows: doubled } = await owner.query(
      `select content->>'title' from steps where content->>'title' like 'Steg %' group by 1 having count(*) > 1`,
    );
    expect(doubled).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(SIZES.kills * 4);
  } finally {
    await owner.end();
    await server.stop();
  }
}
