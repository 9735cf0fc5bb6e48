import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealEntries } from '../../../src/audit-log/sealing/seal.ts';
import type { LogFault } from '../../../src/audit-log/verifying/fault.ts';
import { verifyLog } from '../../../src/audit-log/verifying/verify.ts';
import { migrate } from '../../../src/db/migrate.ts';
import { MIGRATIONS_FOLDER } from '../../../src/db/migration-files.ts';
import { createEmptyDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createEmptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'patientkontrakt-migrations-'));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

/** The migrations up to those that came with the hash. */
async function earlierMigrations(): Promise<string> {
  await cp(MIGRATIONS_FOLDER, folder, { recursive: true });
  const journal = join(folder, 'meta/_journal.json');
  const content = JSON.parse(await readFile(journal, 'utf8')) as { entries: { tag: string }[] };
  const until = content.entries.findIndex(({ tag }) => tag.endsWith('_audit_seals'));
  await writeFile(journal, JSON.stringify({ ...content, entries: content.entries.slice(0, until) }));
  for (const { tag } of content.entries.slice(until)) await rm(join(folder, `${tag}.sql`));
  return folder;
}

test('entries written before there were hashes are hashed as the service would have, and sealed', async () => {
  const silent = { log: () => undefined };
  await migrate(database.ownerUrl, { ...silent, folder: await earlierMigrations() });
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const odd = ['å "\\\\ \u2028 😀', '\t\n\u0001', ''];
  for (const text of odd) {
    await owner.query(
      `insert into audit_entries (id, at, patient_id, activity, action, purpose, outcome, reason, user_kind, user_id, user_name,
        resource_kinds, resource_ids, resource_owners, particulars, hits, request_id, route)
       values (gen_random_uuid(), now(), gen_random_uuid(), $1, $1, $1, $1, nullif($1, ''), $1, $1, null, array[$1, 'plan'],
        array[gen_random_uuid()], '{}', $2, 3, $1, $1)`,
      [text, JSON.stringify({ z: [1, 2.5, { b: null, a: text }], a: true, [text]: [], aa: {} })],
    );
  }
  await migrate(database.ownerUrl, silent);
  const app = new pg.Client({ connectionString: database.appUrl });
  await app.connect();
  expect(await sealEntries(app)).toMatchObject([{ number: 1, entries: odd.length }]);
  const faults: LogFault[] = [];
  const verified = await verifyLog(owner, { onFault: (fault) => faults.push(fault) });
  expect({ ...verified, faults }).toMatchObject({ entries: odd.length, faults: [] });
  await app.end();
  await owner.end();
});
