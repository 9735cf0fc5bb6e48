import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type EmbeddedServer, startEmbedded } from '../../../src/db/embedded/start.ts';
import { ask, type DataFolder, makeDataFolder } from '../../support/data-folder.ts';

describe('the embedded server', () => {
  let own: DataFolder;
  let server: EmbeddedServer;

  beforeAll(async () => {
    own = await makeDataFolder();
    server = await startEmbedded({ dataDir: own.path, log: () => undefined });
  });

  afterAll(async () => {
    await server.stop();
    await own.remove();
  });

  it('keeps data between starts, under the same logins', async () => {
    await ask(server.ownerUrl, `create table kept as select 'ö' as word`);
    await server.stop();
    server = await startEmbedded({ dataDir: own.path, log: () => undefined });
    expect(await ask(server.ownerUrl, 'select word from kept')).toEqual(['ö']);
    expect(await ask(server.appUrl, 'select current_user')).toEqual(['patientkontrakt_app_login']);
  });

  it('has the memory that a start asks for, in place of what suits a demonstration', async () => {
    await server.stop();
    const settings = { shared_buffers: '16MB', max_wal_size: '2GB' };
    server = await startEmbedded({ dataDir: own.path, settings, log: () => undefined });
    const told = Object.keys(settings).map((name) => ask(server.ownerUrl, 'select current_setting($1)', [name]));
    expect((await Promise.all(told)).flat()).toEqual(['16MB', '2GB']);
  });

  it('is durable, speaks UTF-8 and UTC, sorts as Swedish does when asked to, and hears loopback alone', async () => {
    const settings = ['fsync', 'synchronous_commit', 'server_encoding', 'timezone', 'listen_addresses'];
    const values = await Promise.all(
      settings.map((name) => ask(server.ownerUrl, 'select current_setting($1)', [name])),
    );
    expect(values.flat()).toEqual(['on', 'on', 'UTF8', 'UTC', '127.0.0.1']);
    const sorted = `select word from unnest(array['ö', 'å', 'ä', 'z', 'é']) word order by word collate "sv-x-icu"`;
    expect(await ask(server.ownerUrl, sorted)).toEqual(['é', 'z', 'å', 'ä', 'ö']);
  });

  it('lets nobody in without the password, keeps that for its own user and leaves no password file behind', async () => {
    const without = new URL(server.ownerUrl);
    without.password = 'wrong';
    await expect(ask(without.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    const folder = await realpath(join(own.path, 'postgres'));
    expect((await readdir(folder)).sort()).toEqual(['cluster', 'credentials.json', 'owner.json', 'server.log']);
    for (const name of ['credentials.json', 'server.log']) {
      expect((await stat(join(folder, name))).mode & 0o077).toBe(0);
    }
  });

  it('gives the service an owner that is no superuser, so that what it may do here it may in production', async () => {
    expect(await ask(server.ownerUrl, 'select rolsuper from pg_roles where rolname = current_user')).toEqual([false]);
  });

  it('writes neither the statement nor the value of a failed insert to its log', async () => {
    await ask(server.ownerUrl, 'create table numbers (number text unique)');
    await ask(server.ownerUrl, `insert into numbers values ('199103162393')`);
    await expect(ask(server.ownerUrl, `insert into numbers values ('199103162393')`)).rejects.toThrow(/duplicate key/);
    const log = await readFile(join(own.path, 'postgres/server.log'), 'utf8');
    expect(log).toContain('duplicate key');
    expect(log).not.toContain('199103162393');
  });

  it('tells when the server ends without having been asked to', async () => {
    await server.stop();
    const told = vi.fn();
    server = await startEmbedded({ dataDir: own.path, log: () => undefined, onUnexpectedExit: told });
    const { postmaster } = JSON.parse(await readFile(join(own.path, 'postgres/owner.json'), 'utf8')) as {
      postmaster: number;
    };
    process.kill(postmaster, 'SIGQUIT');
    await vi.waitFor(() => expect(told).toHaveBeenCalledOnce(), { timeout: 10_000 });
  });
});
