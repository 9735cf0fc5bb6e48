import { saveStatement, tableColumns } from '../../src/db/save-rows.ts';
import { contentText } from '../../src/plans/store/content-rows.ts';
import { workListPart } from '../../src/plans/store/work-list.ts';

/** A statement by its name, prepared once per connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/**
 * One plan from its rows, under row-level security: the service's own way of reading content, for one known key, without
 * who asks, whose consent and what the directory says. A faster way that the service finds is the limit's at once. What
 * comes is passed on as it is: making JSON of it is no work of the database's.
 */
export const READ: Statement = {
  name: 'limit_read',
  text: `with k as materialized (select array[$1::uuid] as keys),
s as materialized (select set_config('app.patient', $1::text, true) as bound)
select (${contentText('plan').sql}) as content
from s where s.bound is not null`,
};

/** The service's own statement of a unit's work list, for a unit that is known. */
export const WORK_LIST: Statement = {
  name: 'limit_work_list',
  text: `with s as materialized (select set_config('app.patient', '', true) as bound, set_config('app.kind', 'staff', true),
  set_config('app.unit', $3, true), set_config('app.provider', $4, true))
select (${workListPart.sql}) as record from s where s.bound is not null and $1::uuid is null and $2::uuid is null
  and $5::text is null and $6::text is null and $7::text is null`,
};

/** A stored answer, passed through. */
export const DOCUMENT: Statement = {
  name: 'limit_document',
  text: 'select body from bench_documents where patient_id = $1 and plan_id = $2',
};

/** What a change tells; its place in the sequence is given later. */
const outbox = 'patient_id, id, event, plan_id, resource_kind, resource_id, revision, owner_unit, owner_provider, at';
const audit = tableColumns('audit_entries').join(', ');

/** The rows that a step's update writes: the step, the log entry and what is told; the database adds the wording before. */
export const STEP: Statement = {
  name: 'limit_step',
  text: `with u as (update steps set revision = revision + 1, changed_at = $3, changed_name = $4,
    content = content || jsonb_build_object('performer', jsonb_build_object('name', $4::text))
    where patient_id = $1 and id = $2 returning *),
a as (insert into audit_entries (${audit}) select ${audit} from json_populate_recordset(null::audit_entries, $5::json)),
o as (insert into outbox (${outbox}) select patient_id, $6::uuid, 'plan.step.changed', plan_id, 'step', id, revision,
  recorded_unit, recorded_provider, changed_at from u)
select revision from u`,
};

/** The statement that writes a whole plan's rows: the service's own writer's. */
export { saveStatement };
