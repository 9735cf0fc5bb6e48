import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { removePlace } from './embedded/place.ts';
import { startEmbedded } from './embedded/start.ts';
import { ensureGroupRoles, ensureLoginRole } from './roles.ts';
import { readRoleFacts, tooStrong } from './safety.ts';
import type { StartLog } from './start-refusal.ts';

/** The embedded server, or one given by the application's address, the owner's, or both. */
export type ServerChoice =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'server'; readonly url?: string; readonly ownerUrl?: string };

export interface ServerOptions {
  readonly dataDir: string;
  readonly log: StartLog;
  /** Demonstration may be given an owner's address alone and then makes a login role for itself. Normal mode never. */
  readonly demonstration: boolean;
  readonly onUnexpectedExit?: () => void;
}

export interface DatabaseServer {
  readonly appUrl: string;
  /** For migrations. Undefined when only the application's address is known. */
  readonly ownerUrl?: string;
  /** For culling and verifying the log. Undefined when it is not ours to know. */
  readonly retentionUrl?: string;
  /** Stops the server if it is ours; one that was given is left running. */
  stop(): Promise<void>;
}

/** Gives the addresses to work with, starting the embedded server when none is given. */
export async function openServer(choice: ServerChoice, options: ServerOptions): Promise<DatabaseServer> {
  if (choice.kind === 'embedded') return startEmbedded(options);
  const stop = async () => undefined;
  const { url, ownerUrl } = choice;
  if (url !== undefined && (ownerUrl !== undefined || !options.demonstration)) return { appUrl: url, ownerUrl, stop };
  const only = ownerUrl ?? url;
  if (only === undefined) throw new Error('a given server has at least one address');
  if (!options.demonstration) throw new Error('normal mode needs the address of the application role');
  const appUrl = await loginBesideOwner(only, options.dataDir);
  return appUrl === undefined ? { appUrl: only, stop } : { appUrl, ownerUrl: only, stop };
}

/** Makes the demonstration's own login role on a server; undefined when the given address is no owner's. */
async function loginBesideOwner(url: string, dataDir: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    if (tooStrong(await readRoleFacts(client)) === undefined) return undefined;
    const login = await keptLogin(dataDir);
    await ensureGroupRoles(client);
    await ensureLoginRole(client, login.name, login.password, 'app');
    const address = new URL(url);
    address.username = login.name;
    address.password = login.password;
    return address.href;
  } finally {
    await client.end();
  }
}

/** One login per data folder, so that two demonstrations on one server do not change each other's password. */
async function keptLogin(dataDir: string): Promise<{ name: string; password: string }> {
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, 'database-login.json');
  const fresh = {
    name: `patientkontrakt_demo_${randomBytes(6).toString('hex')}`,
    password: randomBytes(24).toString('base64url'),
  };
  // 'wx' fails when it is there already, from an earlier start or one at this very moment.
  await writeFile(file, JSON.stringify(fresh), { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return JSON.parse(await readFile(file, 'utf8')) as { name: string; password: string };
}

/**
 * Takes away the embedded server's files of a data folder, also those that lie outside it.
 *
 * @throws StartRefusal `data-in-use` when a living process runs it
 */
export function removeDatabase(dataDir: string): Promise<void> {
  return removePlace(dataDir);
}
