import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import pg from 'pg';
import { DEFAULT_LAW_SETTINGS } from '../../src/access/index.ts';
import { buildApp } from '../../src/app.ts';
import { createPool } from '../../src/db/pool.ts';
import { saveRows } from '../../src/db/save-rows.ts';
import { createDemoIssuer, loadDemoSecrets } from '../../src/demo/index.ts';
import { createDeps, createDesk } from '../../src/deps.ts';
import { createAuthenticator } from '../../src/identity/index.ts';
import { hashPersonNumber } from '../../src/shared/person-number.ts';
import { makeDataFolder } from '../support/data-folder.ts';
import { createTestDatabase } from '../support/database.ts';
import { type Settings, USUAL } from './law/question.ts';
import { type Asking, NUMBERS, personaOf } from './people.ts';
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

export async function startOracleService(law?: Partial<Settings>): Promise<OracleService> {
  const database = await createTestDatabase();
  const folder = await makeDataFolder();
  const issuer = createDemoIssuer({
    baseUrl: 'http://127.0.0.1:3000',
    secrets: await loadDemoSecrets(folder.path),
    realNow: Date.now,
  });
  const key = randomBytes(32);
  const hashOf = (digits: string) => hashPersonNumber(key, digits);
  const pool = createPool({
    url: database.appUrl,
    applicationName: 'oracle',
    max: 8,
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
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 4 });
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
      const client = await owner.connect();
      try {
        await saveRows(client, rowsOf(world, hashOf));
        await client.query(
          `insert into person_numbers (hash, patient_id, number_kind, from_at) values ($1, $2, 'personnummer', now())
            on conflict (hash) do update set patient_id = excluded.patient_id`,
          [hashOf(NUMBERS[world.patient.name]), world.patientKey],
        );
      } finally {
        client.release();
      }
    },
    take: async (world) => {
      const which = `where patient_id = '${world.patientKey}'`;
      const history = WRITTEN.filter((table) => table !== 'patient_keys').map(
        (table) => `delete from ${table}_history ${which}`,
      );
      await owner.query(
        [
          ...history.filter((text) => !text.includes(' reports_') || true),
          ...WRITTEN.map((table) => `delete from ${table} ${which}`),
        ].join('; '),
      );
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
      await database.drop();
      await folder.remove();
    },
  };
}
