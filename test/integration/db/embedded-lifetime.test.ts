import { execFileSync } from 'node:child_process';
import { readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EmbeddedServer, startEmbedded } from '../../../src/db/embedded/start.ts';
import { ask, type DataFolder, kill, makeDataFolder } from '../../support/data-folder.ts';

let made: DataFolder;
let data: DataFolder;
const started: EmbeddedServer[] = [];

/** Not durable, for speed: what is lost when power goes is not what these tests are about. */
async function start(): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir: data.path, durable: false, log: () => undefined });
  started.push(server);
  return server;
}

async function readPids(): Promise<{ postmaster: number }> {
  return JSON.parse(await readFile(join(data.path, 'postgres/owner.json'), 'utf8')) as { postmaster: number };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

beforeAll(async () => {
  made = await makeDataFolder();
  await (await startEmbedded({ dataDir: made.path, durable: false, log: () => undefined })).stop();
});

afterAll(() => made.remove());

beforeEach(async () => {
  data = await makeDataFolder({ copyOf: made });
});

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
  await data.remove();
});

describe('a process that is killed', () => {
  it('leaves no server behind and loses nothing that was acknowledged', async () => {
    const holder = await data.hold();
    await ask(holder.ownerUrl!, 'create table kept (n integer)');
    await ask(holder.ownerUrl!, 'insert into kept values (1)');
    const { postmaster } = await readPids();
    await kill(holder.process);
    await vi.waitFor(() => expect(isAlive(postmaster)).toBe(false), { timeout: 10_000, interval: 20 });
    const next = await start();
    expect(await ask(next.ownerUrl, 'select n from kept')).toEqual([1]);
  });

  it('can be started again at once, while its server is still on its way out', async () => {
    const holder = await data.hold();
    await ask(holder.ownerUrl!, 'create table kept (n integer)');
    await kill(holder.process);
    const next = await start();
    expect(await ask(next.ownerUrl, 'select count(*)::int from kept')).toEqual([0]);
  });

  it('is succeeded also when the server itself was killed with it', async () => {
    const holder = await data.hold('durable');
    await ask(holder.ownerUrl!, 'create table kept as select 7 as n');
    const { postmaster } = await readPids();
    holder.process.kill('SIGKILL');
    process.kill(postmaster, 'SIGKILL');
    const next = await start();
    expect(await ask(next.ownerUrl, 'select n from kept')).toEqual([7]);
  });
});

describe('a server that even its supervisor left behind', () => {
  it('is stopped by the next start, which takes over its data', async () => {
    const holder = await data.hold();
    await ask(holder.ownerUrl!, 'create table kept as select 7 as n');
    const { postmaster } = await readPids();
    const supervisor = Number(execFileSync('ps', ['-o', 'ppid=', '-p', `${postmaster}`]));
    process.kill(supervisor, 'SIGKILL');
    await kill(holder.process);
    expect(await ask(holder.ownerUrl!, 'select n from kept')).toEqual([7]);
    const next = await start();
    await expect(ask(holder.ownerUrl!, 'select n from kept')).rejects.toThrow(/ECONNREFUSED/);
    expect(await ask(next.ownerUrl, 'select n from kept')).toEqual([7]);
  });
});

describe('two on one data folder', () => {
  it('the second is refused with the number of the first', async () => {
    const holder = await data.hold();
    await expect(start()).rejects.toMatchObject({ code: 'data-in-use' });
    await expect(start()).rejects.toThrow(`process ${holder.process.pid}`);
    expect(await ask(holder.ownerUrl!, 'select 1')).toEqual([1]);
  });

  it('started at the same moment on an empty folder, exactly one gets it', async () => {
    const empty = await makeDataFolder();
    const outcomes = await Promise.all([empty.hold(), empty.hold()]);
    const winners = outcomes.filter((outcome) => outcome.ownerUrl !== undefined);
    expect(winners).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.refused === 'data-in-use')).toHaveLength(1);
    expect(await ask(winners[0]!.ownerUrl!, 'select 1')).toEqual([1]);
    expect(await readdir(empty.path)).toEqual(['postgres']);
    await empty.remove();
  });

  it('a pid file whose number now belongs to another program is not taken for a server', async () => {
    const first = await start();
    await first.stop();
    const folder = await realpath(join(data.path, 'postgres'));
    await writeFile(
      join(folder, 'cluster/postmaster.pid'),
      `${process.pid}\n${folder}/cluster\n1\n5432\n\n\n\nready\n`,
    );
    const second = await start();
    expect(await ask(second.ownerUrl, 'select 1')).toEqual([1]);
  });
});
