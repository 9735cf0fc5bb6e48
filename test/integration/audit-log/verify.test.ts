import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { entryHash, type HashedFields } from '../../../src/audit/index.ts';
import { fileSink } from '../../../src/audit-log/sealing/file-sink.ts';
import { catchUp, type SealSink } from '../../../src/audit-log/sealing/sink.ts';
import { createLogWorld, entry, type LogWorld } from './log-world.ts';

let world: LogWorld;
let folder: string;
let sink: SealSink;
let kept: string;

const TABLES = ['audit_entries', 'audit_sealed', 'audit_seals', 'audit_unsealed'];

/** Three seals of three entries, all kept outside; and a copy, since each test spoils something. */
beforeAll(async () => {
  world = await createLogWorld();
  folder = await mkdtemp(join(tmpdir(), 'patientkontrakt-seals-'));
  sink = fileSink(join(folder, 'deep', 'seals.jsonl'));
  for (let i = 0; i < 3; i++) {
    await world.write(3);
    await world.seal();
  }
  await catchUp(world.pool, sink);
  kept = await readFile(file(), 'utf8');
  await world.tamper(...TABLES.map((table) => `create table copy_of_${table} as table ${table}`));
});
beforeEach(async () => {
  await writeFile(file(), kept);
  await world.tamper(
    ...TABLES.flatMap((table) => [`delete from ${table}`, `insert into ${table} select * from copy_of_${table}`]),
  );
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const file = () => join(folder, 'deep', 'seals.jsonl');
/** An entry of seal 2, as a condition. */
const ONE = `id = (select id from audit_sealed where seal = 2 order by id limit 1)`;
const kinds = async (withSink = false) =>
  (await world.verify(withSink ? sink : undefined)).faults.map(({ kind, seal }) => `${kind} ${seal ?? ''}`.trim());

/** Gives the entry the hash that it should have, as somebody who has read this code would. */
async function rehash(): Promise<string> {
  const { rows } = await world.owner.query<HashedFields>(
    `select *, audit_instant(at) as at, resource_ids::text[] from audit_entries where ${ONE}`,
  );
  const hash = entryHash(rows[0]!);
  await world.tamper(`update audit_entries set hash = '\\x${hash}' where ${ONE}`);
  return hash;
}

const reseal = (number: number) => `
  update audit_seals s set previous = coalesce((select p.hash from audit_seals p where p.number = s.number - 1), s.previous) where number = ${number};
  update audit_seals s set root = (select sha256(string_agg(l.hash, ''::bytea order by l.hash)) from audit_sealed l where l.seal = s.number),
    entries = (select count(*) from audit_sealed l where l.seal = s.number) where number = ${number};
  update audit_seals s set hash = audit_seal_hash(s) where number = ${number}`;

test('a log that nobody has touched is whole', async () => {
  expect(await world.verify(sink)).toEqual({
    entries: 9,
    seals: 3,
    kept: 3,
    waiting: 0,
    culledBefore: undefined,
    faults: [],
  });
});

describe('verifying finds', () => {
  test.each([
    [`user_name = 'Någon Annan'`],
    ['user_name = null'],
    [`outcome = 'Nekad'`],
    [`reason = ''`],
    [`resource_owners = array['SE0000000000-TSTK01']`],
    ['resource_ids = resource_ids || resource_ids'],
    [`particulars = jsonb_set(particulars, '{nested,b}', '2')`],
    ['hits = 1'],
  ])('a changed entry: %s', async (change) => {
    await world.tamper(`update audit_entries set ${change} where ${ONE}`);
    const { faults } = await world.verify();
    expect(faults).toEqual([
      { kind: 'entry-changed', seal: 2, entry: expect.objectContaining({ id: expect.any(String) }) },
    ]);
    await rehash();
    expect(await kinds()).toEqual(['entry-changed 2']);
  });

  test('a changed entry whose hash was changed wherever it stands, by the seal', async () => {
    await world.tamper(`update audit_entries set user_name = 'Någon Annan' where ${ONE}`);
    const hash = await rehash();
    await world.tamper(`update audit_sealed set hash = '\\x${hash}' where ${ONE}`);
    expect(await kinds()).toEqual(['seal-contents 2']);
    await world.tamper(reseal(2));
    expect(await kinds()).toEqual(['seal-changed 3']);
    await world.tamper(reseal(3));
    // The whole chain is new and fits: only what was kept outside tells.
    expect(await kinds()).toEqual([]);
    expect(await kinds(true)).toEqual(['kept-seal-differs 2', 'kept-seal-differs 3']);
  });

  test('an entry that was changed before it was sealed', async () => {
    await world.write(1);
    await world.tamper(`update audit_entries set activity = 'Skriva' where id in (select id from audit_unsealed)`);
    expect(await kinds()).toEqual(['entry-changed']);
    await world.seal();
    expect(await kinds()).toEqual(['entry-changed 4']);
  });

  test('another patient or time than was written', async () => {
    await world.tamper(`update audit_entries set patient_id = gen_random_uuid() where ${ONE}`);
    expect((await kinds()).toSorted()).toEqual(['entry-inserted', 'entry-removed 2']);
    await world.tamper(
      `update audit_entries set at = at + interval '1 microsecond' where id = (select id from audit_sealed where seal = 3 limit 1)`,
    );
    expect((await kinds()).toSorted()).toEqual([
      'entry-inserted',
      'entry-inserted',
      'entry-removed 2',
      'entry-removed 3',
    ]);
  });

  test('a removed entry, also when what was noted of it is removed too', async () => {
    await world.tamper(`delete from audit_entries where ${ONE}`);
    const { faults } = await world.verify();
    expect(faults).toEqual([{ kind: 'entry-removed', seal: 2, entry: expect.anything() }]);
    await world.tamper(`delete from audit_sealed where ${ONE}`);
    expect(await kinds()).toEqual(['seal-contents 2']);
  });

  test('an entry that was put in beside the service, and one that was put in with an old time', async () => {
    const copy = (
      at: string,
    ) => `insert into audit_entries (id, at, patient_id, activity, action, purpose, outcome, user_kind,
      user_id, resource_kinds, resource_ids, resource_owners, request_id, route, hash) select gen_random_uuid(), ${at}, patient_id, activity,
      action, purpose, outcome, user_kind, user_id, resource_kinds, resource_ids, resource_owners, request_id, route, hash
      from audit_entries where ${ONE}`;
    await world.tamper(copy('at'));
    expect(await kinds()).toEqual(['entry-inserted']);
    await world.recorder(() => Date.now() - 40 * 86_400_000).record([entry()]);
    await world.seal();
    expect((await kinds()).toSorted()).toEqual(['entry-backdated 4', 'entry-inserted']);
  });

  test('entries that changed places between seals', async () => {
    await world.tamper(`update audit_sealed set seal = 3 where ${ONE}`);
    expect(await kinds()).toEqual(['seal-contents 2', 'seal-contents 3']);
    await world.tamper(
      `update audit_sealed set seal = 2 where id = (select id from audit_sealed where seal = 3 order by hash limit 1)`,
    );
    expect((await kinds()).every((kind) => kind.startsWith('seal-contents'))).toBe(true);
  });

  test('a changed seal, a removed one and ones that changed places', async () => {
    await world.tamper("update audit_seals set sealed_at = sealed_at + interval '1 second' where number = 2");
    expect(await kinds()).toEqual(['seal-changed 2']);
    await world.tamper('delete from audit_seals where number = 2');
    expect(await kinds()).toEqual(['seal-missing 2']);
    expect(await kinds(true)).toEqual(['seal-missing 2', 'kept-seal-missing 2']);
    await world.tamper('update audit_seals set number = 2 where number = 3');
    expect(await kinds()).toEqual(expect.arrayContaining(['seal-changed 2', 'seal-missing 3']));
  });

  test('that the newest seals are gone, by what was in them; and with all of it gone, by what was kept outside', async () => {
    await world.tamper('delete from audit_seals where number = 3');
    expect(await kinds()).toEqual(['seal-missing 3']);
    await world.tamper(
      'delete from audit_entries where id in (select id from audit_sealed where seal = 3)',
      'delete from audit_sealed where seal = 3',
    );
    expect(await kinds()).toEqual([]);
    expect(await kinds(true)).toEqual(['kept-seal-missing 3']);
  });

  test('what was changed in the file outside', async () => {
    const lines = (await readFile(file(), 'utf8')).split('\n');
    lines[1] = lines[1]!.replace(/"hash":"./, '"hash":"x');
    await writeFile(file(), lines.join('\n'));
    expect(await kinds(true)).toEqual(['kept-seal-differs 2']);
  });

  test('what was taken out of the file outside, in the middle and at the end', async () => {
    const lines = kept.split('\n');
    await writeFile(file(), `${lines[0]}\n${lines[2]}\n`);
    expect(await kinds(true)).toEqual(['seal-not-kept 2']);
    await writeFile(file(), '');
    // What has just been sealed may still be on its way there.
    expect(await kinds(true)).toEqual([]);
    await world.tamper(`update audit_seals set sealed_at = sealed_at - interval '2 hours'`);
    const found = await kinds(true);
    expect(found.filter((kind) => kind.startsWith('seal-not-kept'))).toEqual(
      [1, 2, 3].map((n) => `seal-not-kept ${n}`),
    );
  });

  test('entries that no seal takes', async () => {
    await world.recorder(() => Date.now() - 2 * 3_600_000).record([entry()]);
    expect(await kinds()).toEqual(['entry-unsealed']);
  });
});

test('a period looks at its own entries alone, and still follows the chain', async () => {
  const old = Date.now() - 70 * 86_400_000;
  await world.recorder(() => old).record([entry(), entry()]);
  await world.tamper(`update audit_entries set activity = 'Skriva' where at < now() - interval '60 days'`);
  const day = 86_400_000;
  const recent = await world.verify(undefined, { from: Date.now() - day, until: Date.now() + day });
  expect(recent).toMatchObject({ entries: 9, seals: 3, faults: [] });
  const then = await world.verify(undefined, { from: old - day, until: old + day });
  expect(then.entries).toBe(2);
  expect(then.faults.map(({ kind }) => kind)).toEqual(['entry-changed', 'entry-changed']);
});

describe('the file outside', () => {
  const numbers = async () => {
    const found: number[] = [];
    for await (const { number } of sink.read()) found.push(number);
    return found;
  };

  test('gets what it lacks, once, whoever made the seals and however many ask', async () => {
    await world.write(1);
    await world.seal();
    await world.write(1);
    await world.seal();
    await Promise.all([1, 2, 3, 4].map(() => catchUp(world.pool, sink)));
    expect(await numbers()).toEqual([1, 2, 3, 4, 5]);
    expect(await catchUp(world.pool, sink)).toBe(0);
  });

  test('survives a line that was cut off', async () => {
    await world.write(1);
    await world.seal();
    await appendFile(file(), '{"number":4,"kind":"ent');
    await catchUp(world.pool, sink);
    expect(await numbers()).toEqual([1, 2, 3, 4]);
    expect((await world.verify(sink)).faults).toEqual([]);
  });

  test('is not written to when it and the database disagree', async () => {
    await world.tamper('delete from audit_seals where number = 3');
    await expect(catchUp(world.pool, sink)).rejects.toThrow(/disagree about seal 3/);
    await world.tamper('update audit_seals set hash = root where number = 2');
    await expect(catchUp(world.pool, sink)).rejects.toThrow(/disagree/);
    expect(await numbers()).toEqual([1, 2, 3]);
  });
});
