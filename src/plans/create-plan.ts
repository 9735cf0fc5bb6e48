import { type Answered, type Asking, actFor, type Desk, demandLegalBasis, momentOf, writing } from '../access/index.ts';
import type { IdempotencyRequest } from '../db/idempotency.ts';
import type { StaffActor } from '../shared/actor.ts';
import { notFound } from '../shared/problems.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import { answerWith, type ChangedThing, replayed, translated } from './change-plan.ts';
import { type CreatePlan, createPlan } from './domain/create-plan.ts';
import type { HsaId } from './domain/model.ts';
import { eventsOf, fieldsOf, resourcesOf, rowsOf, withChanges } from './store/changes.ts';
import { loadRecord, type PlanRecord } from './store/record.ts';
import { factsOf } from './view/facts.ts';
import { resourcesIn } from './view/visible.ts';

export interface PlanCreation {
  readonly command: CreatePlan;
  readonly idempotency?: IdempotencyRequest;
  /** Units that the request names. */
  readonly named: readonly HsaId[];
}

/**
 * Makes a whole plan for a person, on behalf of the acting unit, in one transaction: every part of it or none.
 *
 * @throws notFound for a person that is not there; what the rules of its parts refuse
 */
export function createWholePlan(
  desk: Desk,
  asking: Asking & { readonly actor: StaffActor },
  { command, idempotency, named }: PlanCreation,
): Promise<Answered<ChangedThing>> {
  const { patientId } = command;
  const { actor } = asking;
  return writing<PlanRecord, 'plan.create', ChangedThing>(desk, asking, {
    action: 'plan.create',
    patientId,
    idempotency,
    load: (client) => loadRecord(client, actor, { patientId, ...momentOf(desk) }, named),
    facts: (record) => factsOf(record, actor),
    work: (_grant, record) => {
      const unit = record.units.get(actor.unitHsaId);
      if (!record.patient || !unit) throw notFound();
      demandLegalBasis(unit, command.legalBasis);
      const now = toRfc3339Utc(record.now);
      const changes = createPlan(record.content, record.units, command, actFor(asking, unit, now, desk.ids));
      const made = changes[0]!.after;
      const after: PlanRecord = { ...record, content: withChanges(record.content, changes) };
      return {
        rows: rowsOf(changes, after.content),
        events: eventsOf(changes),
        resources: resourcesOf(changes),
        particulars: fieldsOf(changes),
        result: { status: 201, patientId, planId: made.id, resourceKind: 'plan', resourceId: made.id },
        answer: answerWith(after, actor, made.id, { kind: 'plan', thing: made }),
      };
    },
    replay: (_grant, record, made) => replayed(record, actor, made),
    shownBy: ({ plan }) => resourcesIn(plan.content),
  }).catch(translated);
}
