import { chmod, cp, lstat, mkdir, mkdtemp, readFile, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findPackage, usableBinaries } from '../../../src/db/embedded/binaries.ts';
import { chooseServerUser } from '../../../src/db/embedded/server-user.ts';
import { startEmbedded } from '../../../src/db/embedded/start.ts';
import { ask, makeDataFolder } from '../../support/data-folder.ts';

const isRoot = process.getuid?.() === 0;
let scratch: string;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'patientkontrakt-binaries-'));
  await chmod(scratch, 0o755);
});

afterEach(() => rm(scratch, { recursive: true, force: true }));

/** The package as npm leaves it when install scripts are blocked: no library links, no execute bits. */
async function copyAsPacked(to: string): Promise<{ native: string; version: string }> {
  const { native, version } = findPackage();
  const target = join(to, 'package/native');
  const filter = async (path: string) => !path.endsWith('.a') && !(await lstat(path)).isSymbolicLink();
  await cp(native, target, { recursive: true, filter });
  for (const program of ['initdb', 'pg_ctl', 'postgres']) await chmod(join(target, 'bin', program), 0o644);
  return { native: target, version };
}

it('mends a package whose install scripts did not run', async () => {
  const packed = await copyAsPacked(scratch);
  const copies = join(scratch, 'copies');
  await mkdir(copies);
  expect(await usableBinaries(chooseServerUser(), copies, packed)).toBe(join(packed.native, 'bin'));
  expect((await stat(join(packed.native, 'bin/postgres'))).mode & 0o111).toBe(0o111);
  const links = JSON.parse(await readFile(join(packed.native, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
  for (const { target } of links) expect((await stat(join(scratch, 'package', target))).isFile()).toBe(true);
});

it('copies the programs where the server account can enter when the clone lies below a closed home folder', async () => {
  const home = join(scratch, 'home');
  await mkdir(home);
  const packed = await copyAsPacked(home);
  await chmod(home, 0o700);
  const copies = join(scratch, 'copies');
  await mkdir(copies);
  const bin = await usableBinaries(chooseServerUser(), copies, packed);
  // An ordinary user runs the server itself, and enters its own home.
  expect(bin).toBe(join(isRoot ? join(copies, `binaries-${packed.version}`) : packed.native, 'bin'));
});

it('places the data where the server account can enter, under no guessable name, and finds them again', async () => {
  const data = await makeDataFolder({ mode: 0o700 });
  const first = await startEmbedded({ dataDir: data.path, durable: false, log: () => undefined });
  await ask(first.ownerUrl, 'create table kept as select 1 as n');
  await first.stop();
  const folder = await realpath(join(data.path, 'postgres'));
  expect((await lstat(join(data.path, 'postgres'))).isSymbolicLink()).toBe(isRoot);
  expect(folder).toMatch(isRoot ? /\/postgres-\w{6}$/ : `${data.path}/postgres`);
  expect((await stat(join(folder, 'cluster'))).uid).toBe(chooseServerUser()?.uid ?? process.getuid?.());
  const second = await startEmbedded({ dataDir: data.path, durable: false, log: () => undefined });
  expect(await ask(second.ownerUrl, 'select n from kept')).toEqual([1]);
  await second.stop();
  await data.remove();
  await expect(stat(folder)).rejects.toThrow(/ENOENT/);
});

it('says so when the files that a data folder points to are gone', async () => {
  const data = await makeDataFolder({ mode: 0o700 });
  const server = await startEmbedded({ dataDir: data.path, durable: false, log: () => undefined });
  await server.stop();
  await rm(await realpath(join(data.path, 'postgres')), { recursive: true });
  const again = startEmbedded({ dataDir: data.path, durable: false, log: () => undefined });
  // Inside the data folder nothing is left that could tell: it begins anew, as an emptied folder should.
  if (isRoot) await expect(again).rejects.toMatchObject({ code: 'data-missing' });
  else await (await again).stop();
  await data.remove();
});
