import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NIL_PATIENT, type PatientId, randomIds } from '../../../src/shared/ids.ts';
import { createLogWorld, entry, type LogWorld } from './log-world.ts';

const R01 = 'SE0000000000-TSTR01';
const K01 = 'SE0000000000-TSTK01';
const patient = randomIds.patientId();
const other = randomIds.patientId();

let world: LogWorld;
let app: pg.Client;

beforeAll(async () => {
  world = await createLogWorld();
  const shown = { resources: [{ kind: 'plan', id: randomIds.thingId(), owner: K01 }] };
  const citizen = { actor: { kind: 'citizen' as const, issuer: 'x', personNumberHash: 'hash' } };
  await world
    .recorder()
    .record([
      entry({ patientId: patient }),
      entry({ patientId: patient, ...shown }),
      entry({ patientId: patient, ...citizen, ...shown }),
      entry({ patientId: other }),
      entry({ patientId: NIL_PATIENT, resources: [] }),
      entry({ patientId: NIL_PATIENT, actor: undefined, resources: [] }),
    ]);
  app = new pg.Client({ connectionString: world.database.appUrl });
  await app.connect();
});
afterAll(async () => {
  await app.end();
  await world.close();
});

interface Settings {
  readonly patient?: PatientId | string;
  readonly kind?: string;
  readonly provider?: string;
  readonly log?: string;
}

/** How many entries the service's role sees, by patient, with these settings. */
async function seen(settings: Settings): Promise<Record<string, number>> {
  await app.query('begin');
  try {
    for (const [name, value] of Object.entries(settings)) {
      await app.query('select set_config($1, $2, true)', [`app.${name}`, value]);
    }
    const { rows } = await app.query<{ id: string; n: number }>(
      'select patient_id as id, count(*)::int as n from audit_entries group by 1',
    );
    return Object.fromEntries(rows.map(({ id, n }) => [id, n]));
  } finally {
    await app.query('rollback');
  }
}

const CITIZEN = { kind: 'citizen', provider: '' };
const STAFF = { kind: 'staff', provider: R01 };

describe('the service sees of the log', () => {
  test.each<[string, Settings]>([
    ['nobody bound, nothing said', {}],
    ['a patient bound, as every other read does', { patient, ...CITIZEN }],
    ['staff with a patient bound', { patient, ...STAFF }],
    ['an empty reason', { patient, ...CITIZEN, log: '' }],
    ['another reason', { patient, ...CITIZEN, log: 'curiosity' }],
    ['an extract of nobody', { ...CITIZEN, log: 'extract' }],
    ['an extract of an empty patient', { patient: '', ...CITIZEN, log: 'extract' }],
    [
      'an extract of the nil patient: what is about nobody is nobody’s',
      { patient: NIL_PATIENT, ...CITIZEN, log: 'extract' },
    ],
    ['an extract of somebody without entries', { patient: randomIds.patientId(), ...CITIZEN, log: 'extract' }],
    ['an extract by nobody', { patient, log: 'extract' }],
    ['an extract by a system', { patient, kind: 'system', provider: R01, log: 'extract' }],
    ['an extract by staff of no provider', { patient, kind: 'staff', provider: '', log: 'extract' }],
    [
      'an extract by staff of a provider that has nothing to do with it',
      { patient, kind: 'staff', provider: 'SE0000000000-TSTR02', log: 'extract' },
    ],
    ['a review by nobody', { log: 'review' }],
    ['a review by staff of no provider', { kind: 'staff', provider: '', log: 'review' }],
    ['a review by a citizen', { kind: 'citizen', provider: R01, log: 'review' }],
    ['a review by a system', { kind: 'system', provider: R01, log: 'review' }],
  ])('nothing: %s', async (_what, settings) => expect(await seen(settings)).toEqual({}));

  test('the bound patient’s own, all of it, for the patient', async () => {
    expect(await seen({ patient, ...CITIZEN, log: 'extract' })).toEqual({ [patient]: 3 });
  });

  test('what the own provider’s users did or data were shown of, for staff', async () => {
    expect(await seen({ patient, ...STAFF, log: 'extract' })).toEqual({ [patient]: 2 });
    expect(await seen({ patient, kind: 'staff', provider: K01, log: 'extract' })).toEqual({ [patient]: 2 });
    expect(await seen({ ...STAFF, log: 'review' })).toEqual({ [patient]: 2, [other]: 1, [NIL_PATIENT]: 1 });
    expect(await seen({ kind: 'staff', provider: K01, log: 'review' })).toEqual({ [patient]: 2 });
  });
});

test('the service changes nothing of the log, by no door', async () => {
  const tables = [
    'audit_entries',
    'audit_sealed',
    'audit_unsealed',
    'audit_seals',
    'audit_retentions',
    'audit_reviews',
    'audit_review_findings',
    'audit_review_conclusions',
  ];
  const { rows } = await world.owner.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent in ('audit_entries'::regclass, 'audit_sealed'::regclass)`,
  );
  const first = [rows[0]!.name, 'audit_entries_default', 'audit_sealed_default'];
  for (const table of [...tables, ...first]) {
    const column = table === 'audit_seals' ? 'number' : table === 'audit_retentions' ? 'id' : 'at';
    const of = /review_findings/.test(table) ? 'number' : column;
    for (const text of [
      `update ${table} set ${of} = ${of}`,
      `delete from ${table}`,
      `truncate ${table}`,
      `drop table ${table}`,
    ]) {
      await expect(app.query(text), text).rejects.toThrow(/permission denied|must be owner/);
    }
  }
  for (const name of first) await expect(app.query(`select from ${name}`)).rejects.toThrow(/permission denied/);
  await expect(app.query('alter table audit_entries disable row level security')).rejects.toThrow(/must be owner/);
});
