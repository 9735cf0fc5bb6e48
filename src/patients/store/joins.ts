import type { PoolClient } from 'pg';
import { type ProtectedAccess, Sealed, unitFactsSql } from '../../access/index.ts';
import { instantOf, ownedFromRow, type StoredRow } from '../../db/owned-row.ts';
import { runQuery } from '../../db/query.ts';
import type { RecordPart } from '../../db/record-query.ts';
import type { RowChange } from '../../db/save-rows.ts';
import type { Actor } from '../../shared/actor.ts';
import type { PatientId, ThingId } from '../../shared/ids.ts';
import type { ChangedBy } from '../../shared/owned.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { JoinAct, PersonToJoin } from '../domain/join.ts';
import type { Patient } from '../domain/patient.ts';

/** The trace of joining and parting of one person's keys. */
export const joinActsPart: RecordPart = {
  name: 'joinActs',
  sql: `select coalesce(json_agg(t), '[]'::json) from patient_joins t where t.patient_id = any ((select keys from k)::uuid[])`,
};

export function readJoinActs(rows: unknown): readonly JoinAct[] {
  return (rows as StoredRow[]).map((row) => ({
    patientId: row.patient_id as PatientId,
    id: row.id as ThingId,
    joinedId: row.joined_id as PatientId,
    act: row.act as JoinAct['act'],
    at: instantOf(row.at),
    by: row.by as ChangedBy,
    why: row.why as string,
  }));
}

export function joinActRow({ patientId, id, joinedId, act, at, by, why }: JoinAct): RowChange {
  const row = { patient_id: patientId, id, joined_id: joinedId, act, at, by, why };
  return { table: 'patient_joins', write: 'insert', row };
}

/** Two persons (or one who is two) with all that was joined to either before, read under their locks. */
export interface PairRecord {
  readonly right: PersonToJoin & Listed;
  /** Nobody when only one was asked for. */
  readonly other: PersonToJoin & Listed;
  /** All keys of both. */
  readonly keys: readonly PatientId[];
  readonly acts: readonly JoinAct[];
  readonly actorUnit?: UnitFacts;
}

/** Who may know of the person, when the person is protected. */
interface Listed {
  readonly access: readonly ProtectedAccess[];
}

interface StoredPair {
  readonly actorUnit: UnitFacts | null;
  readonly keys: readonly { readonly patient_id: PatientId; readonly canonical_id: PatientId }[];
  readonly patients: readonly StoredRow[];
  readonly leading: readonly PatientId[];
  readonly joinActs: readonly StoredRow[];
  readonly protectedAccess: readonly (ProtectedAccess & { readonly patientId: PatientId })[];
}

/**
 * Plans stand above patients and cannot be asked, so this is where their table is looked into: only whose active lead
 * plan there is, under the locks that starting one takes.
 */
const PAIR = `with k as materialized (select bound_patients() as keys)
select json_build_object(
  'actorUnit', (${unitFactsSql('$1')}),
  'keys', (select coalesce(json_agg(t), '[]'::json) from patient_keys t where t.patient_id = any ((select keys from k)::uuid[])),
  'patients', (select coalesce(json_agg(t), '[]'::json) from patients t where t.patient_id = any ((select keys from k)::uuid[])),
  'leading', (select coalesce(json_agg(p.patient_id), '[]'::json) from plans p
    where p.patient_id = any ((select keys from k)::uuid[]) and p.kind in ('SIP', 'OVERENSKOMMELSE')
      and p.status = 'active' and not p.entered_in_error),
  'protectedAccess', (select coalesce(json_agg(t.content || jsonb_build_object('patientId', t.patient_id)), '[]'::json)
    from access_facts t where t.patient_id = any ((select keys from k)::uuid[]) and t.kind = 'protected-access'
      and not t.entered_in_error),
  'joinActs', (${joinActsPart.sql})) as pair`;

/** Reads two persons in a transaction that is bound to both, sealed until the policy has decided. */
export async function loadPair(
  client: PoolClient,
  actor: Actor,
  asked: { readonly right: PatientId; readonly other?: PatientId },
): Promise<Sealed<PairRecord>> {
  const unit = actor.kind === 'staff' ? actor.unitHsaId : null;
  const result = await runQuery<{ pair: StoredPair }>(client, { name: 'patient_pair', text: PAIR, values: [unit] });
  const { actorUnit, keys, patients, leading, joinActs, protectedAccess } = result.rows[0]!.pair;
  const goesBy = new Map(keys.map((key) => [key.patient_id, key.canonical_id]));
  const person = (id: PatientId | undefined): PersonToJoin & Listed => {
    const canonical = id && goesBy.get(id);
    const row = patients.find(({ patient_id }) => patient_id === canonical);
    return {
      patient: row && ownedFromRow<Patient>(row),
      access: protectedAccess.filter(({ patientId }) => goesBy.get(patientId) === canonical),
      hasActiveLeadPlan: canonical !== undefined && leading.some((key) => goesBy.get(key) === canonical),
    };
  };
  return new Sealed({
    right: person(asked.right),
    other: person(asked.other),
    keys: keys.map(({ patient_id }) => patient_id),
    acts: readJoinActs(joinActs),
    actorUnit: actorUnit ?? undefined,
  });
}
