import { type Action, type Answered, type Asking, actFor, type Desk, momentOf, writing } from '../access/index.ts';
import type { IdempotencyRequest, IdempotentResult } from '../db/idempotency.ts';
import type { Actor } from '../shared/actor.ts';
import type { ThingId, ThingRef } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import type { UnitFacts } from '../shared/unit-facts.ts';
import { ownerUnit } from './acting-unit.ts';
import type { Act, Change } from './domain/contribution.ts';
import { lapsedHandovers } from './domain/handover-lapse.ts';
import type { Contribution, ContributionKind, HsaId, Plan } from './domain/model.ts';
import { applyChanges, type PlanInHand } from './domain/plan-in-hand.ts';
import { demandRelatives, type NamedRelative } from './plan-of.ts';
import { externalIdTaken } from './problems.ts';
import { coalesced, eventsOf, fieldsOf, resourcesOf, rowsOf } from './store/changes.ts';
import { type AskedByRules, askedBy, type ChangeRecord, loadForChange } from './store/record.ts';
import { factsOf } from './view/facts.ts';
import { type PlanInSight, planInSight } from './view/plan-in-sight.ts';
import { asShownTo } from './view/visible.ts';

/** What a rule of the plan is given: the plan in hand, what its actor sees of it, and the act. */
export interface RuleContext {
  readonly actor: Actor;
  readonly record: ChangeRecord;
  /** The plan as stored, whole also where the actor sees an outline. */
  readonly hand: PlanInHand;
  readonly seen: PlanInSight;
  readonly act: Act;
  /** What the rule asks for beside these; its change must have said that it `asks`. */
  readonly asked: () => AskedByRules;
  /** The acting unit; absent for the patient and for systems. */
  readonly unit?: UnitFacts;
}

/** The thing that a request made or changed, with the plan as its actor sees it afterwards. */
export interface ChangedThing {
  readonly kind: ContributionKind;
  readonly thing: Contribution;
  readonly plan: PlanInSight;
}

export interface PlanChange {
  readonly action: Action;
  readonly plan: ThingRef;
  /** The thing that the request is about, when it is not the plan itself. */
  readonly about?: ThingId;
  /** The unit that a system acts for, where it is not that of the thing it is about. */
  readonly actsFor?: (record: ChangeRecord) => HsaId | undefined;
  /** `person` when the rule must know the person's other plans too (activation, replacement). */
  readonly scope?: 'plan' | 'person';
  /** Status of the answer: 201 when the request makes a thing. */
  readonly status: 200 | 201;
  readonly idempotency?: IdempotencyRequest;
  /** Units that the request names: the rules must know them even when the plan does not yet. */
  readonly named?: readonly HsaId[];
  /** Related persons that the request names. */
  readonly relatives?: readonly NamedRelative[];
  /** The rule asks for consents or agreed deadlines: see `asked`. Related persons are read when the request names some. */
  readonly asks?: true;
  /** The kind of thing to answer with, and which when it was there before. */
  readonly answerWith: {
    readonly kind: ContributionKind;
    readonly find?: (context: RuleContext) => Contribution | undefined;
  };
  /** Gives the changes; none when everything is as the request wants it. Throws a Problem to write nothing. */
  readonly rule: (context: RuleContext) => readonly Change[];
}

/**
 * Changes a plan by one of its rules, on behalf of whoever is asking.
 *
 * Change, history, log entry and outgoing events are written together or not at all, under the person's lock, on the
 * record as it is then.
 *
 * @throws Problem not-found for a plan that is not there or that the actor may not know of; what the rule refuses
 */
export function changePlan(desk: Desk, asking: Asking, change: PlanChange): Promise<Answered<ChangedThing>> {
  const { patientId, id: planId } = change.plan;
  const target = { patientId, planId: change.scope === 'person' ? undefined : planId };
  const asks = change.asks ?? (change.relatives ?? []).length > 0;
  return writing<ChangeRecord, Action, ChangedThing>(desk, asking, {
    action: change.action,
    patientId,
    idempotency: change.idempotency,
    load: (client) =>
      loadForChange({ pool: desk.pool, client }, asking.actor, { ...target, ...momentOf(desk) }, change.named, asks),
    facts: (record) => factsOf(record, asking.actor, planId),
    work: (_grant, record) => {
      const context = contextOf(desk, asking.actor, record, change);
      demandRelatives(record, change.relatives ?? []);
      const made = change.rule(context);
      const changes = coalesced([...made, ...lapsedHandovers(context.hand, made, context.act)]);
      const thing = madeBy(changes, context, change.answerWith);
      const after: ChangeRecord = { ...record, content: applyChanges(record.content, changes) };
      return {
        rows: rowsOf(changes, after.content),
        events: eventsOf(changes),
        resources: changes.length > 0 ? resourcesOf(changes) : resourcesOf([{ kind: thing.kind, after: thing.thing }]),
        particulars: fieldsOf(changes),
        result: { status: change.status, patientId, planId, resourceKind: thing.kind, resourceId: thing.thing.id },
        answer: answerWith(after, asking.actor, planId, thing),
      };
    },
    replay: (_grant, record, made) => replayed(record, asking.actor, made),
    shownBy: ({ kind, thing }) => resourcesOf([{ kind, after: thing }]),
  }).catch(translated);
}

/** Says in the plan's own words what only the database could refuse. */
export function translated(error: unknown): never {
  throw isExternalIdTaken(error) ? externalIdTaken() : error;
}

/** The look-up of source systems' ids refused a second thing by the same one: it is another patient's, or of another kind. */
export function isExternalIdTaken(error: unknown): boolean {
  const { code, constraint } = error as { readonly code?: unknown; readonly constraint?: unknown };
  return code === '23505' && constraint === 'external_ids_pkey';
}

/** What a rule is given, on the record as it is when its turn has come. */
export function contextOf(
  desk: Desk,
  actor: Actor,
  record: ChangeRecord,
  { plan: ref, about = ref.id, actsFor }: Pick<PlanChange, 'plan' | 'about' | 'actsFor'>,
): RuleContext {
  const seen = planInSight(record, actor, ref.id);
  const plan = record.content.plan.find((p) => p.id === ref.id);
  if (!seen || !plan) throw notFound();
  const owner = ownerUnit(record, actor, plan, about, actsFor?.(record));
  const unit = actor.kind === 'staff' ? owner : undefined;
  const hand = { plan, content: record.content, units: record.units };
  // Read under the person's lock, so that later revisions have later times: the plan as it was at a moment depends on it.
  const now = toRfc3339Utc(record.now);
  const act = actFor({ actor }, owner, now, desk.ids);
  return { actor, record, hand, seen, unit, act, asked: () => askedBy(record) };
}

/** A thing that was just made or changed, with the plan as its actor sees it now. */
export function answerWith(
  record: ChangeRecord,
  actor: Actor,
  planId: Plan['id'],
  { kind, thing: made }: { readonly kind: ContributionKind; readonly thing: Contribution },
): ChangedThing {
  const plan = planInSight(record, actor, planId);
  if (!plan) throw notFound();
  // A thing may leave its writer's sight by the change itself (a step given up): the writer is told what they did.
  return { kind, thing: plan.thing(kind, made.id) ?? asShownTo(plan.relation, record, kind, made), plan };
}

/** What the request made or changed; when nothing had to change, the thing that it was about, as it is. */
export function madeBy(
  changes: readonly Change[],
  context: RuleContext,
  { kind, find }: PlanChange['answerWith'],
): { readonly kind: ContributionKind; readonly thing: Contribution } {
  const own = changes.filter((change) => change.kind === kind);
  const fresh = own.find(({ before }) => !before);
  // Only what makes nothing new is about what was there: another's report may bear the same key.
  const present = fresh ? undefined : find?.(context);
  const made = fresh ?? own.find(({ after }) => !present || after.id === present.id);
  const thing = made?.after ?? present;
  if (!thing) throw new Error('a rule made nothing of what its route answers with');
  return { kind, thing };
}

/** What an earlier request with the same key made, as it is now and under present access. */
export function replayed(record: ChangeRecord, actor: Actor, made: IdempotentResult): ChangedThing {
  const plan = made.planId && planInSight(record, actor, made.planId);
  if (!plan) throw notFound();
  const kind = made.resourceKind as ContributionKind;
  const thing = plan.thing(kind, made.resourceId);
  if (!thing) throw notFound();
  return { kind, thing, plan };
}
