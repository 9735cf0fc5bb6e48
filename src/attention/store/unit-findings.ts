import { behind } from '../../db/keyset.ts';
import type { RecordPart } from '../../db/record-query.ts';
import { FINDING, subjectWritten } from './findings.ts';

/** Where a page of a unit's findings begins: after this one. */
export interface FindingPlace {
  readonly since: string;
  readonly patientId: string;
  readonly id: string;
}

/**
 * The acting unit's own open findings, across patients: only rows that the unit owns, and nothing of a protected person to who
 * is not on the person's list. `$8`–`$10` where the page begins, `$11` how many, `$12` who asks, `$13` when.
 */
export const unitFindingsPart: RecordPart = {
  name: 'unitFindings',
  sql: `select coalesce(json_agg(${FINDING('l')} order by l.since, l.patient_id, l.id), '[]'::json) from (
    select f.* from findings f where f.owner_unit = $3 and f.state = 'open'
      and ${behind(['f.since', 'f.patient_id', 'f.id'], 8)}
      and not is_withheld_from(f.patient_id, $12, $3, null, $13::timestamptz, ${subjectWritten('f')})
    order by f.since, f.patient_id, f.id limit $11) l`,
};
