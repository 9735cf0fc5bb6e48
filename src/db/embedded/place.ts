import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LOGIN_ROLES } from '../roles.ts';
import { StartRefusal } from '../start-refusal.ts';
import { usableBinaries } from './binaries.ts';
import { awaitFreeCluster, type ClusterFolder } from './postmaster.ts';
import { canEnter, chooseServerUser, type ServerUser } from './server-user.ts';

/** The cluster's superuser: for the launcher and its tests alone. */
export const SUPERUSER = 'postgres';

/** One embedded cluster on disk, with what is needed to start it. */
export interface Place extends ClusterFolder {
  readonly bin: string;
  readonly user: ServerUser | undefined;
  /** Password per login role. */
  readonly passwords: Readonly<Record<string, string>>;
}

/** The environment that the server's programs get: no PG* setting and no locale of the person starting it leaks in. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SYSTEMROOT, TMPDIR } = process.env;
  return { PATH, ...(SYSTEMROOT && { SYSTEMROOT }), ...(TMPDIR && { TMPDIR }), LC_ALL: 'C', TZ: 'UTC' };
}

/**
 * Opens the cluster of a data folder, creating it at the first start.
 *
 * `<dataDir>/postgres` is the place itself, or, when root starts it below a folder that the server's account cannot
 * enter, a link to a folder of unguessable name elsewhere. It is made beside and published by one rename or link, so
 * an interrupted first start leaves nothing that a later one takes for a cluster, and of two at once one wins.
 */
export async function openPlace(dataDir: string, durable: boolean): Promise<Place> {
  await mkdir(dataDir, { recursive: true });
  const published = join(dataDir, 'postgres');
  if (!(await exists(published))) await create(dataDir, published, durable);
  const folder = await realpath(published).catch((cause) => {
    throw new StartRefusal('data-missing', gone(published), cause);
  });
  const cluster = join(folder, 'cluster');
  const owner = await stat(cluster);
  if (process.getuid !== undefined && process.getuid() !== 0 && process.getuid() !== owner.uid) {
    throw new StartRefusal('data-of-another-user', notYours(dataDir));
  }
  const user = chooseServerUser({ uid: owner.uid, gid: owner.gid });
  const passwords = JSON.parse(await readFile(join(folder, 'credentials.json'), 'utf8')) as Record<string, string>;
  return { folder, cluster, user, passwords, bin: await usableBinaries(user, folder) };
}

/**
 * Removes an embedded cluster for good, also where it lies outside the data folder.
 *
 * @throws StartRefusal `data-in-use` when a living process runs it
 */
export async function removePlace(dataDir: string): Promise<void> {
  const published = join(dataDir, 'postgres');
  const folder = await realpath(published).catch(() => undefined);
  if (folder !== undefined) {
    await awaitFreeCluster({ folder, cluster: join(folder, 'cluster') });
    await rm(folder, { recursive: true, force: true });
  }
  await rm(published, { recursive: true, force: true });
}

async function create(dataDir: string, published: string, durable: boolean): Promise<void> {
  const user = chooseServerUser();
  const inside = canEnter(user, dataDir);
  const staging = await mkdtemp(join(inside ? dataDir : await elsewhere(), 'postgres-'));
  try {
    await chmod(staging, user === undefined ? 0o700 : 0o711);
    await initialise(staging, user, durable);
    const publish = inside ? rename(staging, published) : symlink(staging, published);
    await publish;
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    // Another start published its cluster while we made ours: theirs is as good.
    if (!(await exists(published))) throw error;
  }
}

/** A folder of the system that only root may write to, else the machine's temporary one that survives a restart. */
async function elsewhere(): Promise<string> {
  for (const parent of ['/var/lib/patientkontrakt', '/var/tmp']) {
    try {
      await mkdir(parent, { recursive: true, mode: 0o755 });
      await access(parent, 2);
      return parent;
    } catch {
      // Read-only system folders: try the next.
    }
  }
  return tmpdir();
}

async function initialise(staging: string, user: ServerUser | undefined, durable: boolean): Promise<void> {
  const names = [SUPERUSER, ...Object.values(LOGIN_ROLES)];
  const passwords = Object.fromEntries(names.map((name) => [name, randomBytes(24).toString('base64url')]));
  await writeFile(join(staging, 'credentials.json'), JSON.stringify(passwords), { mode: 0o600 });
  const cluster = join(staging, 'cluster');
  await mkdir(cluster, { mode: 0o700 });
  const passwordFile = join(staging, 'initial-password');
  await writeFile(passwordFile, `${passwords[SUPERUSER]}\n`, { mode: 0o600 });
  if (user !== undefined) for (const path of [cluster, passwordFile]) await chown(path, user.uid, user.gid);
  try {
    const bin = await usableBinaries(user, staging);
    // C.UTF-8 sorts alike on every machine; Swedish order is asked for by name, with the collation "sv-x-icu".
    const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
    const access = [`--username=${SUPERUSER}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    const args = [`--pgdata=${cluster}`, ...locale, ...access, '--no-instructions', ...(durable ? [] : ['--no-sync'])];
    await promisify(execFile)(join(bin, 'initdb'), args, { ...user, cwd: '/', env: serverEnvironment() });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  // Not stat: a link whose target is gone must be told apart from a data folder that never had a cluster.
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function gone(published: string) {
  return {
    sv: `Databasens filer som ${published} pekar på finns inte längre. Återställ dem, eller ta bort länken för att börja om tomt.`,
    en: `The database files that ${published} points to are gone. Restore them, or remove the link to begin anew, empty.`,
  };
}

function notYours(dataDir: string) {
  return {
    sv: `Databasen i ${dataDir} tillhör en annan användare. Starta som den användaren eller ange en egen DATA_DIR.`,
    en: `The database in ${dataDir} belongs to another user. Start as that user or set a DATA_DIR of your own.`,
  };
}
