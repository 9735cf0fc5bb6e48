// Fails when the schema in src/db/schema says something that no migration does, when the journal and the files differ,
// or when the journal is out of order: `node scripts/check-migrations.mjs [schema] [migrations]`. `drizzle-kit generate` works on a copy, so that a check never writes a migration.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

// Both relative to the project, as drizzle-kit wants them; others than these are for the check's own test.
const [SCHEMA = 'src/db/schema/index.ts', MIGRATIONS = 'migrations'] = process.argv.slice(2);

/** Every file below a folder with its text. */
function readTree(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}

/** What is wrong between the journal and the files beside it. */
function journalFaults(tree) {
  const { entries } = JSON.parse(tree.get(join('meta', '_journal.json')) ?? '{"entries":[]}');
  const listed = new Set(entries.map(({ tag }) => `${tag}.sql`));
  const files = [...tree.keys()].filter((name) => name.endsWith('.sql'));
  return [
    ...files
      .filter((name) => !listed.has(name))
      .map((name) => `${name} is not in meta/_journal.json: it would never run`),
    ...[...listed].filter((name) => !tree.has(name)).map((name) => `${name} is in meta/_journal.json but missing`),
    ...entries.filter(({ idx }, place) => idx !== place).map(({ tag }) => `${tag} has the wrong number in the journal`),
    ...entries
      .filter(({ tag, idx }) => Number(tag.slice(0, 4)) !== idx)
      .map(({ tag }) => `${tag} is numbered unlike its place`),
    ...entries
      .filter(({ when }, place) => place > 0 && when <= entries[place - 1].when)
      .map(({ tag }) => `${tag} is older than the one before it: make it anew`),
  ];
}

/** What `drizzle-kit generate` adds to or changes in a copy of the migrations. */
function generated(before) {
  // Inside the project: drizzle-kit takes the path as relative to it.
  mkdirSync('node_modules/.cache', { recursive: true });
  const copy = mkdtempSync(join('node_modules', '.cache', 'migrations-'));
  try {
    cpSync(MIGRATIONS, copy, { recursive: true });
    const args = [
      'node_modules/drizzle-kit/bin.cjs',
      'generate',
      '--dialect',
      'postgresql',
      '--schema',
      SCHEMA,
      '--out',
      copy,
      '--name',
      'unwritten',
    ];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // It asks questions (renamed or new?) when it cannot tell, and then ends with success but without an answer.
    if (status !== 0 || !/nothing to migrate|Your SQL migration file/.test(stdout)) {
      return [`drizzle-kit generate failed: ${(stderr || stdout).trim()}`];
    }
    const after = readTree(copy);
    return [...after]
      .filter(([name, text]) => before.get(name) !== text)
      .map(([name, text]) => (name.endsWith('.sql') ? `${name} would be generated:\n${text}` : `${name} would change`));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

const tree = readTree(MIGRATIONS);
const inJournal = journalFaults(tree);
const faults = inJournal.length > 0 ? inJournal : generated(tree);
if (faults.length > 0) {
  console.error(
    `${faults.join('\n')}\n\nThe migrations do not say what the schema says. Run npm run db:generate and review the file.`,
  );
  process.exit(1);
}
console.log(
  `migrations: ${[...tree.keys()].filter((name) => name.endsWith('.sql')).length} files agree with the schema`,
);
