import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import pg from 'pg';
import { DEFAULT_LAW_SETTINGS } from '../../src/access/index.ts';
import { buildApp } from '../../src/app.ts';
import { createPool } from '../../src/db/pool.ts';
import { type Row, statementFor } from '../../src/db/save-rows.ts';
import { createDemoIssuer, loadDemoSecrets } from '../../src/demo/index.ts';
import { createDeps, createDesk } from '../../src/deps.ts';
import { createAuthenticator } from '../../src/identity/index.ts';
import { hashPersonNumber } from '../../src/shared/person-number.ts';
import { makeDataFolder } from '../support/data-folder.ts';
import { type Settings, USUAL } from './law/question.ts';
import { type Asking, NUMBERS, PATIENTS, personaOf } from './people.ts';
import { directoryStatements } from './places.ts';
import { rowsOf } from './rows.ts';
import type { World } from './world.ts';

export interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** The real service on a database of its own, where each request has a business time of its own. */
export interface OracleService {
  readonly settings: Settings;
  /** Makes a world true: its rows are there, and the person's number leads to it. */
  put(world: World): Promise<void>;
  take(world: World): Promise<void>;
  ask(
    asking: Asking,
    at: number,
    request: Pick<InjectOptions, 'method' | 'url' | 'payload' | 'headers'>,
  ): Promise<Reply>;
  close(): Promise<void>;
}

const WRITTEN = [
  'patient_keys',
  'patients',
  'related_persons',
  'consents',
  'access_facts',
  'disclosures',
  'agreement_acts',
  'agreement_versions',
  'commitments',
  'follow_ups',
  'goals',
  'links',
  'named_contacts',
  'participants',
  'receipts',
  'remarks',
  'safety_net_items',
  'self_care_assessments',
  'reports',
  'steps',
  'what_matters',
  'plans',
];

/** A migrated database that is the oracle's alone; who made it takes it away. */
export interface OracleDatabase {
  readonly ownerUrl: string;
  readonly appUrl: string;
}

/** One statement for every world, whatever it holds: made anew for each it would cost more than all that it writes. */
const GROUPS = WRITTEN.map((table) => `${table}:insert`);
const PUT = statementFor(GROUPS);
const HISTORIES = WRITTEN.filter((table) => table !== 'patient_keys').map((table) => `${table}_history`);
const TAKE = {
  name: 'oracle_take',
  text: `with ${[...HISTORIES, ...WRITTEN].map((table, i) => `d${i} as (delete from ${table} where patient_id = $1)`).join(', ')} select 1`,
};
const KNOW = {
  name: 'oracle_know',
  text: `insert into person_numbers (hash, patient_id, number_kind, from_at) values ($1, $2, 'personnummer', now())
    on conflict (hash) do update set patient_id = excluded.patient_id`,
};

function valuesOf(world: World, hashOf: (digits: string) => string): string[] {
  const rows = new Map<string, Row[]>(WRITTEN.map((table) => [table, []]));
  for (const { table, row } of rowsOf(world, hashOf)) rows.get(table)!.push(row);
  return [...rows.values()].map((of) => JSON.stringify(of));
}

/** Nothing tidies up in the middle of a run. */
async function settle(owner: pg.Pool): Promise<void> {
  for (const table of [...HISTORIES, ...WRITTEN])
    await owner.query(`alter table ${table} set (autovacuum_enabled = false)`);
}

export async function startOracleService(database: OracleDatabase, law?: Partial<Settings>): Promise<OracleService> {
  const folder = await makeDataFolder();
  const issuer = createDemoIssuer({
    baseUrl: 'http://127.0.0.1:3000',
    secrets: await loadDemoSecrets(folder.path),
    realNow: Date.now,
  });
  const key = randomBytes(32);
  const hashOf = (digits: string) => hashPersonNumber(key, digits);
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: PATIENTS.length });
  await settle(owner);
  const pool = createPool({
    url: database.appUrl,
    applicationName: 'oracle',
    // Fewer than ask at a time: log entries are then written many together.
    max: 4,
    onConnectionError: () => undefined,
  });
  const time = new AsyncLocalStorage<number>();
  const desk = createDesk({ pool, clock: { now: () => time.getStore()! } });
  const app = await buildApp(
    createDeps({
      desk: law ? { ...desk, law: { ...DEFAULT_LAW_SETTINGS, ...law } } : desk,
      authenticator: createAuthenticator({ issuers: issuer.issuers, personNumberHash: hashOf, realNow: Date.now }),
      personNumberKey: key,
      server: { log: false, rateLimitPerMinute: false, pressure: false },
    }),
  );
  await app.ready();
  for (const statement of directoryStatements()) await owner.query(statement.text, [...statement.values]);
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (asking: Asking) => {
    const known =
      tokens.get(asking.id) ??
      issuer.signToken(personaOf(asking), asking.kind === 'staff' && asking.scope ? { scope: asking.scope } : {});
    tokens.set(asking.id, known);
    return known;
  };
  return {
    settings: { ...USUAL, ...law },
    put: async (world) => {
      await owner.query({ ...PUT, values: valuesOf(world, hashOf) });
      await owner.query({ ...KNOW, values: [hashOf(NUMBERS[world.patient.name]), world.patientKey] });
    },
    take: async (world) => {
      await owner.query({ ...TAKE, values: [world.patientKey] });
    },
    ask: async (asking, at, request) => {
      const headers = { ...request.headers, authorization: `Bearer ${await tokenOf(asking)}` };
      const reply = await time.run(at, async () => await app.inject({ ...request, headers }));
      const isJson = String(reply.headers['content-type'] ?? '').includes('json');
      return { status: reply.statusCode, body: isJson && reply.body ? (reply.json() as Record<string, unknown>) : {} };
    },
    close: async () => {
      await app.close();
      await pool.end();
      await owner.end();
      await folder.remove();
    },
  };
}
