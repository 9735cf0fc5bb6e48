import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { openServer } from '../../../src/db/server.ts';
import { type Started, startDemonstration, startNormal } from '../../../src/start.ts';
import { type DataFolder, makeDataFolder } from '../../support/data-folder.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../support/database.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const KEY = Buffer.alloc(32, 7).toString('base64');
const silent = () => undefined;

let database: TestDatabase;
let folder: DataFolder;
let issuers: string;
let sign: (claims: object) => Promise<string>;

beforeAll(async () => {
  [database, folder] = await Promise.all([createTestDatabase(), makeDataFolder()]);
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' };
  const issuer = { issuer: 'https://idp.example', audience: 'plan', kind: 'citizen', jwks: { keys: [jwk] } };
  issuers = JSON.stringify([issuer]);
  sign = (claims) =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .setIssuer('https://idp.example')
      .setAudience('plan')
      .setExpirationTime('5m')
      .sign(privateKey);
});

afterAll(async () => {
  await Promise.all([database.drop(), folder.remove()]);
});

function normal(env: Record<string, string> = {}) {
  const config = readConfig({
    DATABASE_URL: database.appUrl,
    AUTH_ISSUERS: issuers,
    PERSON_NUMBER_KEY: KEY,
    DATA_DIR: folder.path,
    LOG_LEVEL: 'silent',
    ...env,
  });
  if (config.mode !== 'normal') throw new Error('not normal mode');
  return startNormal(config, silent);
}

function demonstration(env: Record<string, string>) {
  const config = readConfig({ DEMO: 'yes', DATA_DIR: folder.path, LOG_LEVEL: 'silent', ...env });
  if (config.mode !== 'demonstration') throw new Error('not demonstration mode');
  const { database: choice, dataDir } = config;
  const opening = openServer(choice, { dataDir, log: silent, demonstration: true });
  return startDemonstration(config, opening, 'http://127.0.0.1:3000', silent);
}

/** Asks as a client does: a service that says that it is busy, on a machine with much to do, is asked again. */
async function ask({ app }: Started, url: string, headers: Record<string, string> = {}) {
  for (;;) {
    const reply = await app.inject({ url, headers });
    if (reply.statusCode !== 503) return reply;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function stop({ app, release }: Started): Promise<void> {
  await app.close();
  await release();
}

describe('normal mode', () => {
  it('answers those whom its own issuers vouch for, and has nothing of the demonstration', async () => {
    const started = await normal();
    const token = await sign({ personalIdentityNumber: '192612049029' });
    const mine = await ask(started, '/v1/my/overview', { authorization: `Bearer ${token}` });
    expect(mine.statusCode).toBe(404);
    for (const url of ['/demo/clock', '/demo/issuer/staff/.well-known/openid-configuration']) {
      expect((await ask(started, url)).statusCode, url).toBe(404);
    }
    expect((await ask(started, '/health/ready')).json()).toEqual({ status: 'ready' });
    await stop(started);
  });

  it('is refused with the address of an owner, whose role row-level security does not hold', async () => {
    await expect(normal({ DATABASE_URL: database.ownerUrl })).rejects.toMatchObject({ code: 'role-too-strong' });
  });

  it('is refused on a database that lacks migrations', async () => {
    const behind = await createEmptyDatabase();
    await expect(normal({ DATABASE_URL: behind.appUrl })).rejects.toMatchObject({
      code: expect.stringMatching(/migrations-pending|role-without-rights/),
    });
    await behind.drop();
  });

  it('has a database that a demonstration does not open', async () => {
    await expect(
      demonstration({ DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl }),
    ).rejects.toMatchObject({ code: 'other-mode' });
  });
});

describe('a demonstration on a given server', () => {
  it('marks an empty database, which normal mode then does not open', async () => {
    const own = await createTestDatabase();
    const started = await demonstration({ DATABASE_URL: own.appUrl, DATABASE_OWNER_URL: own.ownerUrl });
    const discovery = await ask(started, '/demo/issuer/staff/.well-known/openid-configuration');
    expect(discovery.statusCode).toBe(200);
    await stop(started);
    await expect(normal({ DATABASE_URL: own.appUrl })).rejects.toMatchObject({ code: 'other-mode' });
    await own.drop();
  });
});

describe('a start with a faulty environment', () => {
  it('names every fault at once, repeats no value, and ends with 1', async () => {
    const env = {
      PATH: process.env.PATH,
      PORT: 'nittio',
      AUTH_ISSUERS: issuers,
      DEMO_CLOCK_START: '2026-02-30',
      RATE_LIMIT_PER_MINUTE: '-5',
    };
    const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
      execFile(process.execPath, ['--import', 'tsx', MAIN], { env }, (error, _stdout, text) => {
        resolve({ code: (error as { code?: unknown } | null)?.code, stderr: text });
      });
    });
    expect(code).toBe(1);
    for (const name of ['PORT', 'AUTH_ISSUERS', 'PERSON_NUMBER_KEY', 'DEMO_CLOCK_START', 'RATE_LIMIT_PER_MINUTE']) {
      expect(stderr).toContain(`- ${name}: `);
    }
    expect(stderr).not.toMatch(/nittio|2026-02-30|-5\b/);
  });
});
