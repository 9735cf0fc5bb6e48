import type { RawRecord, RecordPart } from '../../db/record-query.ts';
import type { RowChange } from '../../db/save-rows.ts';
import type { Finding } from '../domain/finding.ts';

/** A row of findings as {@link Finding}, in SQL. */
export const FINDING = (f: string) => `json_strip_nulls(json_build_object('patientId', ${f}.patient_id, 'id', ${f}.id,
  'revision', ${f}.revision, 'rule', ${f}.rule, 'severity', ${f}.severity, 'planId', ${f}.plan_id,
  'subjectKind', ${f}.subject_kind, 'subjectId', ${f}.subject_id, 'ownerUnit', ${f}.owner_unit,
  'ownerProvider', ${f}.owner_provider, 'state', ${f}.state, 'since', ${f}.since, 'foundAt', ${f}.found_at,
  'endedAt', ${f}.ended_at, 'explained', ${f}.explained))`;

/**
 * When the step that a finding is about was last worded, or the admission notice of its stay was sent, in SQL; null when it is
 * about something else.
 */
export const subjectWritten = (f: string) =>
  `coalesce((select s.changed_at from steps s where s.patient_id = ${f}.patient_id and s.id = ${f}.subject_id),
    (select m.created_at from discharge_messages m where m.patient_id = ${f}.patient_id and m.id = ${f}.subject_id))`;

/** The person's findings that hold, explained ones included; of one plan when one is meant. */
export const holdingPart: RecordPart = {
  name: 'holding',
  sql: `select coalesce(json_agg(${FINDING('f')} order by f.since, f.id), '[]'::json) from findings f
    where f.patient_id = any ((select keys from k)::uuid[]) and ($2::uuid is null or f.plan_id = $2) and f.ended_at is null`,
};

/** All of them, also those that are over. */
export const findingsPart: RecordPart = {
  name: 'findings',
  sql: holdingPart.sql.replace('and f.ended_at is null', ''),
};

/** A finding from its row as `to_jsonb` gives it. */
export function findingFromRow(row: Readonly<Record<string, unknown>>): Finding {
  const named = Object.entries(row).filter(([, value]) => value !== null);
  const camel = (name: string) => name.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
  return inUtc(Object.fromEntries(named.map(([name, value]) => [camel(name), value])) as unknown as Finding);
}

/** What a part of findings gave. */
export function readFindings(raw: RawRecord, part: 'holding' | 'findings'): readonly Finding[] {
  return (raw[part] as Finding[]).map(inUtc);
}

export function inUtc(finding: Finding): Finding {
  const utc = (at: string) => new Date(at).toISOString();
  return {
    ...finding,
    since: utc(finding.since),
    foundAt: utc(finding.foundAt),
    ...(finding.endedAt ? { endedAt: utc(finding.endedAt) } : {}),
  };
}

export function findingRow(finding: Finding, write: 'insert' | 'update'): RowChange {
  const row = {
    ...{ patient_id: finding.patientId, id: finding.id, revision: finding.revision, rule: finding.rule },
    ...{ severity: finding.severity, plan_id: finding.planId ?? null, subject_kind: finding.subjectKind },
    ...{ subject_id: finding.subjectId, owner_unit: finding.ownerUnit, owner_provider: finding.ownerProvider },
    ...{ state: finding.state, since: finding.since, found_at: finding.foundAt },
    ended_at: finding.endedAt ?? null,
    explained: finding.explained ?? null,
  };
  return { table: 'findings', write, row };
}
