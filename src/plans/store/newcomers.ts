import type { PoolClient } from 'pg';
import { Sealed } from '../../access/index.ts';
import { runQuery } from '../../db/query.ts';
import type { RawRecord } from '../../db/record-query.ts';
import { unitsPart } from '../../directory/index.ts';
import type { PatientId } from '../../shared/ids.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { HsaId } from '../domain/model.ts';
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

const TEXT = `select (${NEWCOMERS}) as newcomers, (${unitsPart('select unnest($2::text[])').sql}) as units`;

interface Found {
  readonly newcomers: readonly { readonly id: PatientId; readonly numbers: unknown }[] | null;
  readonly units: readonly UnitFacts[];
}

/**
 * The records of those of these persons who are newcomers, in one statement: as `loadForChange` would give them one by
 * one. In a transaction that is bound to all of them.
 *
 * @param named units that any of the plans names
 * @param now business time, epoch milliseconds
 */
export async function loadNewcomers(
  client: PoolClient,
  persons: readonly PatientId[],
  named: readonly HsaId[],
  now: number,
): Promise<Map<PatientId, Sealed<ChangeRecord>>> {
  const { rows } = await runQuery<Found & Record<string, unknown>>(client, {
    name: 'plan_newcomers',
    text: TEXT,
    values: [persons, named],
  });
  const { newcomers, units } = rows[0]!;
  return new Map(
    (newcomers ?? []).map(({ id, numbers }) => [
      id,
      new Sealed(changeFrom(rawOf(id, numbers, units), { patientId: id, now })),
    ]),
  );
}

function rawOf(id: PatientId, numbers: unknown, units: readonly UnitFacts[]): RawRecord {
  const person = { goesBy: true, numbers, deceasedOn: null, protectedIdentity: null };
  // What is brought in is answered by a count: no staff are named.
  const law = { goesBy: id, persons: [person], related: null, consents: null, facts: null, protectedStaff: [] };
  return { keys: [id], law, handed: null, units, consents: [], relatedKeys: [], deadlineRules: [], content: null };
}
