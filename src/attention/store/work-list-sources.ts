import { AT_WORK, DEFAULT_TIME_SETTINGS, LIVED, shown } from '../../plans/index.ts';
import type { WorkItemKind, WorkListName } from '../domain/work-lists.ts';
import { subjectWritten } from './findings.ts';

/** Parameters of the lists after the cursor and the limit: who asks, when it is, and whether only own work is wanted. */
const ME = '$12';
const NOW = '$13::timestamptz';
const MINE = '$14::boolean';
const DAY_BEGINS = '$15::timestamptz';
const DAY_ENDS = '$16::timestamptz';

const GOING = `t.state in ('agreed','booked','in-progress')`;
const PERFORMED_BY_ME = `(not ${MINE} or t.content->'performer'->>'staff' = ${ME} or t.content->'deputy'->>'staff' = ${ME})`;
/** A finding is the unit's; one's own is that about a step which one is to do. */
const FOUND_FOR_ME = `(not ${MINE} or exists (select from steps s where s.patient_id = t.patient_id and s.id = t.subject_id
    and (s.content->'performer'->>'staff' = ${ME} or s.content->'deputy'->>'staff' = ${ME})))`;
/** A visit is not late while it goes on. */
const NOT_GOING_ON = `not (t.content->'time'->>'form' = 'fixed' and coalesce((t.content->'time'->>'end')::timestamptz,
    t.due_at + interval '${DEFAULT_TIME_SETTINGS.visitMinutes} minutes') > ${NOW})`;

/** One kind of row in a list: the table's rows that belong there, and the instant that they stand in order by. */
export interface WorkSource {
  readonly kind: WorkItemKind;
  readonly table: 'steps' | 'handovers' | 'participants' | 'agreement_versions' | 'findings';
  readonly at: string;
  readonly where: string;
}

const step = (where: string): WorkSource => ({
  ...{ kind: 'step', table: 'steps', at: 't.due_at' },
  where: `${where} and ${PERFORMED_BY_ME}`,
});
const handover = (where: string): WorkSource => ({
  ...{ kind: 'handover', table: 'handovers', at: 't.answer_by' },
  where: `${where} and not ${MINE}`,
});

/** Both sides of `steps_work_list`, which starts with the unit. */
const OURS = `t.responsible_now = $3 and ${AT_WORK}`;

/**
 * What each list is made of. Only the unit's own rows and duties are read, by indexes that start with the unit; the
 * states are those that the domain's own tables let something be done from.
 */
export const WORK_SOURCES: Readonly<Record<WorkListName, readonly WorkSource[]>> = {
  today: [step(`${OURS} and ${GOING} and t.due_at > ${DAY_BEGINS} and t.due_at <= ${DAY_ENDS}`)],
  late: [step(`${OURS} and t.due_at <= ${NOW} and ${NOT_GOING_ON}`)],
  'to-receive': [handover(`t.to_unit = $3 and t.state = 'offered'`)],
  'to-accept': [
    step(`t.responsible_unit = $3 and t.state = 'proposed' and t.responsible_now <> $3`),
    handover(`t.to_unit = $3 and t.state = 'received'`),
  ],
  waiting: [
    step(`${OURS} and t.state = 'proposed' and t.responsible_unit is distinct from $3`),
    handover(`t.from_unit = $3 and t.state in ('offered','received')`),
  ],
  findings: [
    {
      kind: 'finding',
      table: 'findings',
      at: 't.since',
      where: `t.owner_unit = $3 and t.state = 'open' and ${FOUND_FOR_ME}`,
    },
  ],
  invitations: [
    {
      ...{ kind: 'participant', table: 'participants', at: 't.created_at' },
      where: `t.unit = $3 and t.state = 'invited' and not ${MINE}`,
    },
  ],
  approvals: [
    {
      ...{ kind: 'agreement-version', table: 'agreement_versions', at: 't.created_at' },
      where: `t.state = 'proposed' and not ${MINE}
        and (t.patient_id, t.plan_id) in (select p.patient_id, p.plan_id from participants p
          where p.unit = $3 and p.state = 'accepted' and not p.entered_in_error)
        and exists (select from jsonb_array_elements(t.content->'parts') part where part->'party'->>'unit' = $3)
        and not exists (select from agreement_acts a where a.patient_id = t.patient_id and a.plan_id = t.plan_id
          and a.version = t.version and a.content->'party'->>'unit' = $3 and not a.entered_in_error)`,
    },
  ],
};

/** The rows of one source, as SQL; `more` narrows or ends it. */
export function rowsOfSource({ kind, table, at, where }: WorkSource, more: string): string {
  // A finding is no contribution, and one about a hospital stay is in no plan.
  const isFinding = table === 'findings';
  const isLived = isFinding ? `(t.plan_id is null or ${LIVED})` : `not t.entered_in_error and ${LIVED}`;
  const isShown = shown(isFinding ? subjectWritten('t') : 't.changed_at');
  return `(select '${kind}' as kind, ${at} as at, t.patient_id, t.id, t.plan_id, t.revision, to_jsonb(t) as stored
    from ${table} t where ${where} and ${isLived} and ${isShown} ${more})`;
}
