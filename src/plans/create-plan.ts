import { type Answered, type Asking, actFor, type Desk, demandLegalBasis, momentOf, writing } from '../access/index.ts';
import type { IdempotencyRequest } from '../db/idempotency.ts';
import type { StaffActor } from '../shared/actor.ts';
import type { PatientId } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import type { UnitFacts } from '../shared/unit-facts.ts';
import { answerWith, type ChangedThing, replayed, translated } from './change-plan.ts';
import type { Change, NewOwned } from './domain/contribution.ts';
import { type CreatePlan, createPlan, type PlannedStep } from './domain/create-plan.ts';
import { leadPlanOf } from './domain/lead-plan.ts';
import type { Contribution, HsaId, Plan } from './domain/model.ts';
import { applyChanges } from './domain/plan-in-hand.ts';
import { resendPlan } from './domain/resend-plan.ts';
import { isSame } from './domain/same.ts';
import { demandRelatives, type NamedRelative } from './plan-of.ts';
import { externalIdTaken } from './problems.ts';
import { coalesced, eventsOf, fieldsOf, rowsOf } from './store/changes.ts';
import { type ChangeRecord, loadForChange } from './store/record.ts';
import { factsOf } from './view/facts.ts';
import { planInSight } from './view/plan-in-sight.ts';
import { resourcesIn } from './view/visible.ts';

export interface PlanCreation {
  readonly command: CreatePlan;
  readonly idempotency?: IdempotencyRequest;
  /** Units that the request names. */
  readonly named: readonly HsaId[];
  /** Related persons that the request names. */
  readonly relatives: readonly NamedRelative[];
}

/**
 * Makes a whole plan for a person, on behalf of the acting unit, in one transaction: every part of it or none. A plan that
 * the source system has sent before is brought up to date, and never doubled.
 *
 * @throws notFound for a person that is not there; what the rules of its parts refuse; external-id-taken (409) when the
 *   source system's id is another patient's, or of a plan that the actor takes no part in
 */
export function createWholePlan(
  desk: Desk,
  asking: Asking & { readonly actor: StaffActor },
  { command: sent, idempotency, named, relatives }: PlanCreation,
): Promise<Answered<ChangedThing>> {
  const { patientId } = sent;
  const { actor } = asking;
  return writing<ChangeRecord, 'plan.create', ChangedThing>(desk, asking, {
    action: 'plan.create',
    patientId,
    idempotency,
    load: (client) => loadForChange({ pool: desk.pool, client }, actor, { patientId, ...momentOf(desk) }, named),
    facts: (record) => factsOf(record, actor),
    work: (_grant, record) => {
      const { changes, made } = wholePlanChanges(desk, asking, record, { command: sent, relatives });
      const after: ChangeRecord = { ...record, content: applyChanges(record.content, changes) };
      const answer = answerWith(after, actor, made.id, { kind: 'plan', thing: made });
      return {
        rows: rowsOf(changes, after.content),
        events: eventsOf(changes),
        resources: resourcesIn(answer.plan.whole().content),
        particulars: fieldsOf(changes),
        result: { status: 201, patientId: made.patientId, planId: made.id, resourceKind: 'plan', resourceId: made.id },
        answer,
      };
    },
    replay: (_grant, record, made) => replayed(record, actor, made),
    shownBy: ({ plan }) => resourcesIn(plan.whole().content),
  }).catch(translated);
}

/**
 * What making a whole plan changes in a person's record as it is: all of the plan, or what differs in one that the source
 * system has sent before.
 *
 * @param isLeft whether such a plan is left as it is
 */
export function wholePlanChanges(
  desk: Desk,
  asking: Asking & { readonly actor: StaffActor },
  record: ChangeRecord,
  { command: sent, relatives }: Pick<PlanCreation, 'command' | 'relatives'>,
  isLeft: (known: Plan) => boolean = () => false,
): { readonly changes: readonly Change[]; readonly made: Contribution; readonly known: boolean } {
  const unit = record.units.get(asking.actor.unitHsaId);
  if (!record.patientKnown || !unit) throw notFound();
  const command = { ...sent, patientId: keyForNew(record) };
  demandLegalBases(unit, command);
  demandRelatives(record, relatives);
  const act = actFor(asking, unit, toRfc3339Utc(record.now), desk.ids);
  const known = knownPlan(record, asking.actor, command);
  if (known && isLeft(known)) return { changes: [], made: known, known: true };
  const changes = known
    ? coalesced(resendPlan({ plan: known, content: record.content, units: record.units }, command, act))
    : createPlan(record.content, record.units, command, act);
  return { changes, made: known ?? changes[0]!.after, known: known !== undefined };
}

/**
 * The key that a new plan is written on: that of the person's lead plan, since one plan's steps cannot move to another key
 * when it takes over; else the one that the person goes by.
 */
function keyForNew({ content, goesBy, patientId }: ChangeRecord): PatientId {
  return leadPlanOf(content.plan)?.patientId ?? goesBy ?? patientId;
}

/** The plan that the actor's source system has sent before, under the same id, for this person. */
function knownPlan(record: ChangeRecord, actor: StaffActor, { externalId }: CreatePlan): Plan | undefined {
  const known =
    externalId &&
    record.content.plan.find(
      (plan) => plan.recordedBy.provider === actor.providerHsaId && isSame(plan.externalId, externalId),
    );
  // What leads to a plan that the actor may not know of is taken, as it is when it leads to another patient's.
  if (known && !planInSight(record, actor, known.id)) throw externalIdTaken();
  return known;
}

/** @throws legal-basis-not-yours (422) naming the part whose law is not the unit's */
function demandLegalBases(unit: UnitFacts, command: CreatePlan): void {
  demandLegalBasis(unit, command.legalBasis);
  for (const [field, parts] of Object.entries(command)) {
    if (!Array.isArray(parts)) continue;
    (parts as readonly (NewOwned & Pick<PlannedStep, 'assessment'>)[]).forEach((part, i) => {
      const { legalBasis, assessment } = part;
      if (legalBasis) demandLegalBasis(unit, legalBasis, `${field}[${i}].legalBasis`);
      if (assessment) demandLegalBasis(unit, assessment.legalBasis, `${field}[${i}].assessment.legalBasis`);
    });
  }
}
