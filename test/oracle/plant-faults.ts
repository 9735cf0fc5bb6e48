import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PLANTED_FAULTS, type PlantedFault } from './faults.ts';

/*
 * Shows that the oracle sees: plants each fault in a copy of the tree and lets the oracle run there, which must fail.
 * `npm run test:faults`, or with words of the rules to try only those. It takes some minutes.
 */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COPIED = ['src', 'test', 'migrations', 'docs', 'package.json', 'tsconfig.json', 'vitest.config.ts'];
/** Seeds are few and requests small in number: what a rule's fault changes is met at once or soon. */
const RUN = { ORACLE_SEED: '11', ORACLE_REQUESTS: '4000', ORACLE_STORIES: '0' };

async function copyTree(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'planted-'));
  for (const name of COPIED) await cp(join(ROOT, name), join(folder, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Whether the oracle agrees with the service in a folder. */
function agreesIn(folder: string): Promise<boolean> {
  const args = ['vitest', 'run', 'test/oracle/oracle.test.ts'];
  const child = spawn('npx', args, {
    cwd: folder,
    env: { ...process.env, ...RUN },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  const listen = (text: Buffer) => {
    told += text.toString();
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      // A copy that does not start at all has found nothing.
      if (code !== 0 && !told.includes('differences')) reject(new Error(told));
      else resolve(code === 0);
    });
  });
}

async function isFound(folder: string, { file, find, instead }: PlantedFault): Promise<boolean> {
  const path = join(folder, 'src/access/policy', file);
  const lawful = await readFile(path, 'utf8');
  if (lawful.split(find).length !== 2) throw new Error(`${file} does not hold this once: ${find}`);
  await writeFile(
    path,
    lawful.replace(find, () => instead),
  );
  try {
    return !(await agreesIn(folder));
  } finally {
    await writeFile(path, lawful);
  }
}

async function main(words: readonly string[]): Promise<void> {
  const wanted = PLANTED_FAULTS.filter(({ rule }) => words.length === 0 || words.some((word) => rule.includes(word)));
  const folder = await copyTree();
  const missed: string[] = [];
  try {
    if (!(await agreesIn(folder))) throw new Error('without any planted fault the oracle already disagrees');
    for (const planted of wanted) {
      const found = await isFound(folder, planted);
      if (!found) missed.push(planted.rule);
      process.stdout.write(`${found ? 'found' : 'MISSED'}: ${planted.rule}\n`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  process.stdout.write(`${wanted.length - missed.length} of ${wanted.length} planted faults were found\n`);
  if (missed.length > 0) process.exitCode = 1;
}

await main(process.argv.slice(2));
