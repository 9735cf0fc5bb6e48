import { Sealed } from '../../access/index.ts';
import { type ReadingPlace, runQuery } from '../../db/query.ts';
import type { RawRecord } from '../../db/record-query.ts';
import { directoryOf, versionPart } from '../../directory/index.ts';
import type { PatientId } from '../../shared/ids.ts';
import type { HsaId } from '../domain/model.ts';
import { NO_CONTENT } from '../domain/plan-in-hand.ts';
import { type ChangeRecord, changeFrom } from './record.ts';

/**
 * Persons with nothing but themselves: one key, alive, never protected, no plan and no related person. All that a rule
 * of a new plan could ask about them is that they are there.
 */
const NEWCOMERS = `select json_agg(json_build_object('id', p.patient_id, 'numbers', p.content->'numbers'))
  from patients p join patient_keys k on k.patient_id = p.patient_id and k.canonical_id = p.patient_id
  where p.patient_id = any ($1::uuid[]) and p.id = p.patient_id and p.deceased_on is null
    and p.protected_identity is null and p.content->'protectedWhile' is null
    and not exists (select from patient_keys a where a.canonical_id = p.patient_id and a.patient_id <> p.patient_id)
    and not exists (select from plans t where t.patient_id = p.patient_id)
    and not exists (select from related_persons t where t.patient_id = p.patient_id)
    and not exists (select from access_facts t where t.patient_id = p.patient_id and t.kind = 'protected-access')`;

const TEXT = `select (${NEWCOMERS}) as newcomers, (${versionPart.sql}) as version`;

interface Newcomer {
  readonly id: PatientId;
  readonly numbers: unknown;
}

interface Found {
  readonly newcomers: readonly Newcomer[] | null;
  readonly version: unknown;
}

/**
 * The records of those of these persons who are newcomers, in one statement: as `loadForChange` would give them one by
 * one. In a transaction that is bound to all of them.
 *
 * @param named units that any of the plans names
 * @param now business time, epoch milliseconds
 */
export async function loadNewcomers(
  { pool, client }: Required<ReadingPlace>,
  persons: readonly PatientId[],
  named: readonly HsaId[],
  now: number,
): Promise<Map<PatientId, Sealed<ChangeRecord>>> {
  const statement = { name: 'plan_newcomers', text: TEXT, values: [persons] };
  for (;;) {
    const { rows } = await runQuery<Found & Record<string, unknown>>(client, statement);
    const { newcomers, version } = rows[0]!;
    const directory = await directoryOf(pool).at(version, named, client);
    if (!directory) continue;
    const beside = { content: NO_CONTENT, directory };
    const recordOf = ({ id, numbers }: Newcomer) => changeFrom(rawOf(id, numbers), { patientId: id, now }, beside);
    return new Map((newcomers ?? []).map((one) => [one.id, new Sealed(recordOf(one))]));
  }
}

function rawOf(id: PatientId, numbers: unknown): RawRecord {
  const person = { goesBy: true, numbers, deceasedOn: null, protectedIdentity: null };
  const law = { goesBy: id, persons: [person], related: null, consents: null, facts: null };
  return { keys: [id], law, handed: null, consents: [], relatedKeys: [], deadlineRules: [] };
}
