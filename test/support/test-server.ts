import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import pg from 'pg';
import { removePlace } from '../../src/db/embedded/place.ts';
import { prepareServer } from '../../src/db/embedded/prepare.ts';
import { startEmbedded } from '../../src/db/embedded/start.ts';
import { ensureGroupRoles, ensureLoginRole, GROUP_ROLES, LOGIN_ROLES } from '../../src/db/roles.ts';

/** The server that this run tests against; every address may be pointed at another database of the same server. */
export interface TestServer {
  readonly kind: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly jobsUrl: string;
  readonly retentionUrl: string;
  stop(): Promise<void>;
}

/**
 * Chooses a server: the one that DATABASE_OWNER_URL (or DATABASE_URL alone) names, else a container when a Docker
 * engine answers, else the embedded one in a folder of its own. The last two are thrown away afterwards.
 */
export async function startTestServer(env: NodeJS.ProcessEnv): Promise<TestServer> {
  const ownerUrl = env.DATABASE_OWNER_URL ?? env.DATABASE_URL;
  if (ownerUrl) return useGiven(ownerUrl, env.DATABASE_OWNER_URL ? env.DATABASE_URL : undefined);
  return (await dockerAnswers()) ? startContainer() : startTemporary();
}

/** The client alone proves nothing: an engine that answers has a version. */
async function dockerAnswers(): Promise<boolean> {
  const asked = promisify(execFile)('docker', ['info', '--format', '{{.ServerVersion}}'], { timeout: 10_000 });
  return asked.then(
    ({ stdout }) => stdout.trim() !== '',
    () => false,
  );
}

const NOT_DURABLE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

async function startContainer(): Promise<TestServer> {
  const settings = NOT_DURABLE.flatMap((setting) => ['-c', setting]);
  const container = await new PostgreSqlContainer('postgres:18').withCommand(['postgres', ...settings]).start();
  const passwords = Object.fromEntries(Object.values(LOGIN_ROLES).map((name) => [name, newPassword()]));
  const urlFor = (role: string | undefined, database: string) => {
    const superuser = `${container.getUsername()}:${container.getPassword()}`;
    const login = role === undefined ? superuser : `${role}:${passwords[role]}`;
    return `postgres://${login}@${container.getHost()}:${container.getPort()}/${database}`;
  };
  await prepareServer(urlFor, 'patientkontrakt', passwords);
  return {
    kind: 'postgres:18 i en container',
    ownerUrl: urlFor(LOGIN_ROLES.owner, 'patientkontrakt'),
    appUrl: urlFor(LOGIN_ROLES.app, 'patientkontrakt'),
    jobsUrl: urlFor(LOGIN_ROLES.jobs, 'patientkontrakt'),
    retentionUrl: urlFor(LOGIN_ROLES.retention, 'patientkontrakt'),
    stop: async () => {
      await container.stop();
    },
  };
}

async function startTemporary(): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'patientkontrakt-test-'));
  // Started by root, the server runs as another account, which must be able to enter.
  await chmod(dataDir, 0o755);
  const server = await startEmbedded({ dataDir, durable: false, log: () => undefined });
  const stop = async () => {
    await server.stop();
    await removePlace(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ...server, kind: 'inbyggd PostgreSQL', stop };
}

/** Makes login roles of this run's own on a server that others may use too, and takes them away again. */
async function useGiven(ownerUrl: string, appUrl: string | undefined): Promise<TestServer> {
  const run = randomBytes(4).toString('hex');
  const logins = {
    app: `pktest_${run}_app`,
    jobs: `pktest_${run}_jobs`,
    retention: `pktest_${run}_retention`,
  } as const;
  const passwords = { app: newPassword(), jobs: newPassword(), retention: newPassword() };
  await asOwner(ownerUrl, async (client) => {
    await ensureGroupRoles(client);
    for (const group of ['app', 'jobs', 'retention'] as const) {
      await ensureLoginRole(client, logins[group], passwords[group], group);
    }
    const given = appUrl === undefined ? '' : decodeURIComponent(new URL(appUrl).username);
    if (given !== '' && !(await isInApp(client, given))) {
      await client.query(`grant ${GROUP_ROLES.app} to ${pg.escapeIdentifier(given)}`);
    }
  });
  return {
    kind: 'given server',
    ownerUrl,
    appUrl: appUrl ?? withLogin(ownerUrl, logins.app, passwords.app),
    jobsUrl: withLogin(ownerUrl, logins.jobs, passwords.jobs),
    retentionUrl: withLogin(ownerUrl, logins.retention, passwords.retention),
    stop: () =>
      asOwner(ownerUrl, async (client) => {
        for (const login of Object.values(logins)) await client.query(`drop role ${login}`);
      }),
  };
}

async function isInApp(client: pg.Client, login: string): Promise<boolean> {
  const text = `select pg_has_role($1::name, $2::name, 'usage') as member`;
  const { rows } = await client.query<{ member: boolean }>(text, [login, GROUP_ROLES.app]);
  return rows[0]?.member === true;
}

function newPassword(): string {
  return randomBytes(18).toString('base64url');
}

function withLogin(url: string, name: string, password: string): string {
  const address = new URL(url);
  address.username = name;
  address.password = password;
  return address.href;
}

/** Runs owner's work on one connection, ended afterwards. */
export async function asOwner<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
