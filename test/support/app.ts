import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { InjectOptions } from 'fastify';
import pg from 'pg';
import type { Desk, LawSettings } from '../../src/access/index.ts';
import { buildApp } from '../../src/app.ts';
import { createPool } from '../../src/db/pool.ts';
import {
  createDemoIssuer,
  type DemoIssuer,
  type DemoPersona,
  getPersona,
  loadDemoSecrets,
} from '../../src/demo/index.ts';
import { loadDemoDirectory } from '../../src/demo/load-directory.ts';
import { createDeps, createDesk, type Deps } from '../../src/deps.ts';
import type { Server } from '../../src/http/server.ts';
import { createAuthenticator } from '../../src/identity/index.ts';
import { findPatientKey } from '../../src/patients/index.ts';
import { publicPatientId } from '../../src/shared/ids.ts';
import { hashPersonNumber } from '../../src/shared/person-number.ts';
import { makeDataFolder } from './data-folder.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: T;
  readonly text: string;
}

/** One person at the keyboard: sends requests with that persona's token. */
export interface Caller {
  readonly persona: DemoPersona;
  get<T = Record<string, unknown>>(url: string, headers?: Record<string, string>): Promise<Answer<T>>;
  post<T = Record<string, unknown>>(url: string, body: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
  patch<T = Record<string, unknown>>(url: string, body: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
}

/** The real service on a database of its own, with the demonstration's directory and personas, and a clock to move. */
export interface TestApp {
  readonly app: Server;
  readonly database: TestDatabase;
  readonly issuer: DemoIssuer;
  /** Where it listens, when it was asked to. */
  readonly baseUrl: string;
  /** The issuers' own keys: for tokens that a real issuer would never sign for us. */
  readonly secrets: Awaited<ReturnType<typeof loadDemoSecrets>>;
  /** What the use cases work at: for running what is run beside requests. */
  readonly desk: Desk;
  /** The service's secret. */
  readonly secret: Uint8Array;
  /** Asks the database as its owner, past row-level security: for looking at what was written. */
  readonly owner: pg.Pool;
  /** Sets the business clock, Swedish wall-clock or any RFC 3339 instant. */
  setClock(instant: string): void;
  as(personaId: string): Caller;
  /** Somebody who is not among the personas, or one of them with other claims. */
  caller(persona: DemoPersona): Caller;
  /** Sends a request without any token, or with the headers given. */
  send(options: InjectOptions): Promise<Answer>;
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

export const TEST_START = '2026-11-16T08:00:00+01:00';

export interface TestAppOptions {
  readonly law?: Partial<LawSettings>;
  readonly start?: string;
  readonly listen?: boolean;
  readonly webhookTargets?: Deps['webhookTargets'];
  readonly browserOrigins?: readonly string[];
}

/** Builds the app as the service does, on a clone of the migrated template. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  const folder = await makeDataFolder();
  const secrets = await loadDemoSecrets(folder.path);
  const port = options.listen ? await freePort() : 3000;
  const baseUrl = `http://127.0.0.1:${port}`;
  const personNumberKey = randomBytes(32);
  const pool = createPool({
    url: database.appUrl,
    applicationName: 'test',
    max: 12,
    onConnectionError: () => undefined,
  });
  const issuer = createDemoIssuer({
    baseUrl,
    secrets,
    realNow: Date.now,
    patientIdOf: async ({ claims }) => {
      const key = await findPatientKey(pool, hashPersonNumber(personNumberKey, String(claims.personalIdentityNumber)));
      return key && publicPatientId(key);
    },
  });
  let now = Date.parse(options.start ?? TEST_START);
  const desk = createDesk({ pool, clock: { now: () => now }, law: options.law });
  const app = await buildApp(
    createDeps({
      desk,
      authenticator: createAuthenticator({
        issuers: issuer.issuers,
        personNumberHash: (digits) => hashPersonNumber(personNumberKey, digits),
        realNow: Date.now,
      }),
      personNumberKey,
      webhookTargets: options.webhookTargets,
      browserOrigins: options.browserOrigins,
      ...(options.listen && { smartAuthorization: issuer.smart, demonstration: (server) => issuer.mount(server) }),
      server: { log: false, answers: 'validate', rateLimitPerMinute: false, pressure: false },
    }),
  );
  await app.ready();
  if (options.listen) await app.listen({ port, host: '127.0.0.1' });
  await loadDemoDirectory(pool);
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
  const send = async (request: InjectOptions): Promise<Answer> => {
    const reply = await app.inject(request);
    const isJson = String(reply.headers['content-type'] ?? '').includes('json');
    return {
      status: reply.statusCode,
      headers: reply.headers as Record<string, string | undefined>,
      body: isJson && reply.body ? reply.json() : {},
      text: reply.body,
    };
  };
  return {
    app,
    database,
    issuer,
    secrets,
    baseUrl,
    desk,
    secret: personNumberKey,
    owner,
    setClock: (instant) => {
      now = Date.parse(instant);
    },
    as: (personaId) => callerFor(issuer, getPersona(personaId), send),
    caller: (persona) => callerFor(issuer, persona, send),
    send,
    close: async () => {
      await app.close();
      await pool.end();
      await owner.end();
      await database.drop();
      await folder.remove();
    },
  };
}

function callerFor(
  issuer: DemoIssuer,
  persona: DemoPersona,
  send: (options: InjectOptions) => Promise<Answer>,
): Caller {
  let token: Promise<string> | undefined;
  const call = async (method: 'GET' | 'POST' | 'PATCH', url: string, payload?: unknown, headers = {}) => {
    token ??= issuer.signToken(persona);
    const authorization = `Bearer ${await token}`;
    const body = payload === undefined ? {} : { payload: payload as object };
    return (await send({ method, url, headers: { authorization, ...headers }, ...body })) as Answer<never>;
  };
  return {
    persona,
    get: (url, headers) => call('GET', url, undefined, headers),
    post: (url, body, headers) => call('POST', url, body, headers),
    patch: (url, body, headers) => call('PATCH', url, body, headers),
  };
}
