import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../../src/db/migrate.ts';
import { dropDatabase } from '../support/drop-database.ts';
import { asOwner, startTestServer, type TestServer } from '../support/test-server.ts';
import { PLANTED_FAULTS, type PlantedFault } from './faults.ts';
import { runInProcess } from './in-process.ts';
import type { Result } from './process.ts';
import type { OracleDatabase } from './service.ts';

/*
 * Shows that the oracle sees: plants each fault in a copy of the tree and lets the oracle run there until the first
 * difference, which there must be. `npm run test:faults`, or with words of the rules to try only those. It takes some
 * minutes, and tells for each after how many requests it was found.
 */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COPIED = ['src', 'test', 'migrations', 'docs', 'package.json', 'tsconfig.json'];
/** What a rule's fault changes is met at once or soon; what the whole run needs more than this for is not found. */
const REQUESTS = 8000;
const SEED = 11;

const say = (text: string) => process.stdout.write(`${text}\n`);

async function copyTree(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'planted-'));
  for (const name of COPIED) await cp(join(ROOT, name), join(folder, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function onDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

/** Lets the oracle run in a folder on a database of its own. */
async function runIn(folder: string, server: TestServer, template: string): Promise<Result> {
  const name = `pktest_${randomBytes(6).toString('hex')}`;
  await asOwner(server.ownerUrl, (client) =>
    client.query(`create database ${name} template ${template} strategy file_copy`),
  );
  const database: OracleDatabase = {
    ownerUrl: onDatabase(server.ownerUrl, name),
    appUrl: onDatabase(server.appUrl, name),
  };
  try {
    const parts = [{ database, seed: SEED, requests: REQUESTS }];
    return await runInProcess({ parts, stopAt: 1, stories: 0, isSteered: true }, folder);
  } finally {
    await asOwner(server.ownerUrl, (client) => dropDatabase(client, name));
  }
}

async function plant(folder: string, { file, find, instead }: PlantedFault, run: () => Promise<Result>) {
  const path = join(folder, 'src/access/policy', file);
  const lawful = await readFile(path, 'utf8');
  if (lawful.split(find).length !== 2) throw new Error(`${file} does not hold this once: ${find}`);
  await writeFile(
    path,
    lawful.replace(find, () => instead),
  );
  try {
    return await run();
  } finally {
    await writeFile(path, lawful);
  }
}

async function tryAll(wanted: readonly PlantedFault[], folder: string, server: TestServer): Promise<number> {
  const template = `pktest_${randomBytes(4).toString('hex')}_template`;
  await asOwner(server.ownerUrl, (client) =>
    client.query(`create database ${template} encoding 'UTF8' template template0`),
  );
  await migrate(onDatabase(server.ownerUrl, template), { log: () => undefined });
  let missed = 0;
  try {
    // What disagrees without a fault finds every fault.
    if ((await runIn(folder, server, template)).differences > 0) throw new Error('the oracle disagrees as it is');
    for (const planted of wanted) {
      const { differences, answered } = await plant(folder, planted, () => runIn(folder, server, template));
      if (differences === 0) missed++;
      say(`| ${planted.rule} | ${differences > 0 ? answered : `MISSED in ${answered}`} |`);
    }
  } finally {
    await asOwner(server.ownerUrl, (client) => dropDatabase(client, template));
  }
  return missed;
}

async function main(words: readonly string[]): Promise<void> {
  const wanted = PLANTED_FAULTS.filter(({ rule }) => words.length === 0 || words.some((word) => rule.includes(word)));
  const folder = await copyTree();
  const server = await startTestServer(process.env);
  try {
    const missed = await tryAll(wanted, folder, server);
    say(`${wanted.length - missed} of ${wanted.length} planted faults were found`);
    if (missed > 0) process.exitCode = 1;
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

await main(process.argv.slice(2));
