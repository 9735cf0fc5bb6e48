import type { PoolClient } from 'pg';
import { type Asking, admit, type Desk, entryFor, momentOf, Refusal, type Sealed } from '../access/index.ts';
import { type AuditEntry, auditRow, type Operator } from '../audit/index.ts';
import { inBoundTransaction } from '../db/bound.ts';
import { type RowChange, saveRows } from '../db/save-rows.ts';
import { Ending } from '../db/transaction.ts';
import { outboxRows } from '../events/index.ts';
import type { StaffActor } from '../shared/actor.ts';
import type { PatientId } from '../shared/ids.ts';
import { Problem } from '../shared/problem.ts';
import { isExternalIdTaken } from './change-plan.ts';
import { type PlanCreation, wholePlanChanges } from './create-plan.ts';
import { applyChanges } from './domain/plan-in-hand.ts';
import { externalIdTaken } from './problems.ts';
import { eventsOf, fieldsOf, resourcesOf, rowsOf } from './store/changes.ts';
import { loadNewcomers } from './store/newcomers.ts';
import { type ChangeRecord, loadForChange } from './store/record.ts';
import { factsOf } from './view/facts.ts';

/** One plan to bring in: in whose name, and the plan as `POST /v1/plans` would make it. */
export interface ImportedPlan {
  readonly actor: StaffActor;
  readonly creation: PlanCreation;
}

/** What became of one plan: made, known before and brought up to date, or refused by a rule that tells why. */
export type ImportOutcome =
  | { readonly is: 'created' | 'known' }
  | { readonly is: 'refused'; readonly problem: Problem };

/** Who runs the import, and what the log needs to find it again. */
export interface ImportRun extends Pick<Asking, 'requestId' | 'route'> {
  readonly operator: Operator;
  /** Judges everything and writes nothing. */
  readonly dryRun: boolean;
}

/**
 * Brings in plans as the API would make them: by the same rules, with history, events and a log entry for each, which
 * names the operator. Persons of whom nothing else is known yet come many to a transaction; everybody else one at a time,
 * as a request of their own.
 *
 * @returns what became of each, in the order given
 * @throws only faults; what a rule refuses is an outcome
 */
export async function importPlans(
  desk: Desk,
  run: ImportRun,
  plans: readonly ImportedPlan[],
): Promise<ImportOutcome[]> {
  const outcomes = new Map<ImportedPlan, ImportOutcome>();
  await together(desk, run, plans, outcomes).catch((error: unknown) => {
    // One of them bears an id that is taken: then each has to stand for itself.
    if (!isExternalIdTaken(error)) throw error;
    outcomes.clear();
  });
  for (const plan of plans) if (!outcomes.has(plan)) outcomes.set(plan, await alone(desk, run, plan));
  return plans.map((plan) => outcomes.get(plan)!);
}

const askingFor = ({ requestId, route, operator }: ImportRun, { actor }: ImportedPlan) => ({
  actor,
  requestId,
  route,
  operator,
});

async function together(
  desk: Desk,
  run: ImportRun,
  plans: readonly ImportedPlan[],
  outcomes: Map<ImportedPlan, ImportOutcome>,
): Promise<void> {
  const [first] = plans;
  if (!first) return;
  const persons = [...new Set(plans.map(({ creation }) => creation.command.patientId))];
  await inBoundTransaction(desk.pool, { actor: first.actor, persons }, async (client) => {
    const rows: RowChange[] = [];
    for (const [plan, record] of await newcomersIn(client, desk, plans, persons)) {
      const judged = judge(desk, run, plan, record);
      outcomes.set(plan, judged.outcome);
      rows.push(...judged.rows);
    }
    return new Ending(undefined, run.dryRun ? Promise.resolve() : saveRows(client, rows));
  });
}

/** A person's first plan of these, for the persons of whom nothing is known. */
async function newcomersIn(
  client: PoolClient,
  desk: Desk,
  plans: readonly ImportedPlan[],
  persons: readonly PatientId[],
): Promise<[ImportedPlan, Sealed<ChangeRecord>][]> {
  const named = new Set(plans.flatMap(({ actor, creation }) => [actor.unitHsaId, ...creation.named]));
  const records = await loadNewcomers({ pool: desk.pool, client }, persons, [...named], momentOf(desk).now);
  return plans.flatMap((plan): [ImportedPlan, Sealed<ChangeRecord>][] => {
    const { patientId } = plan.creation.command;
    const record = records.get(patientId);
    records.delete(patientId);
    return record ? [[plan, record]] : [];
  });
}

interface Judged {
  readonly outcome: ImportOutcome;
  readonly rows: readonly RowChange[];
}

/** All rows of one plan, or why there are none; a refusal that the log must know of is a row too. */
function judge(desk: Desk, run: ImportRun, plan: ImportedPlan, sealed: Sealed<ChangeRecord>): Judged {
  const asking = askingFor(run, plan);
  try {
    const { facts, patientId } = sealed.facts((it) => ({ facts: factsOf(it, plan.actor), patientId: it.patientId }));
    const record = sealed.open(admit(asking, 'plan.create', { ...momentOf(desk), ...facts }, patientId));
    const { changes, made, known } = wholePlanChanges(desk, asking, record, plan.creation);
    const resources = resourcesOf(changes.length > 0 ? changes : [{ kind: 'plan', after: made }]);
    const seen = { resources, particulars: fieldsOf(changes) };
    const entry = entryFor(asking, 'plan.create', { patientId, outcome: 'Beviljad', ...seen });
    const rows = [
      ...rowsOf(changes, applyChanges(record.content, changes)),
      logRow(desk, entry),
      ...outboxRows(eventsOf(changes), desk.ids),
    ];
    return { outcome: { is: known ? 'known' : 'created' }, rows };
  } catch (error) {
    if (error instanceof Refusal) return refused(error.problem, [logRow(desk, error.entry)]);
    if (error instanceof Problem) return refused(error, []);
    throw error;
  }
}

const refused = (problem: Problem, rows: readonly RowChange[]): Judged => ({
  outcome: { is: 'refused', problem },
  rows,
});
const insert = (table: string, row: Record<string, unknown>): RowChange => ({ table, write: 'insert', row });

function logRow(desk: Desk, entry: AuditEntry): RowChange {
  return insert('audit_entries', auditRow(entry, desk.ids.thingId(), new Date(desk.realNow())));
}

/** One plan in a transaction of its own, on all that is recorded of the person. */
async function alone(desk: Desk, run: ImportRun, plan: ImportedPlan): Promise<ImportOutcome> {
  const { actor, creation } = plan;
  const { patientId } = creation.command;
  try {
    return await inBoundTransaction<ImportOutcome>(desk.pool, { actor, patientId }, async (client) => {
      const sealed = await loadForChange(
        { pool: desk.pool, client },
        actor,
        { patientId, ...momentOf(desk) },
        creation.named,
      );
      const { outcome, rows } = judge(desk, run, plan, sealed);
      return new Ending(outcome, run.dryRun ? Promise.resolve() : saveRows(client, rows));
    });
  } catch (error) {
    if (isExternalIdTaken(error)) return { is: 'refused', problem: externalIdTaken() };
    throw error;
  }
}
