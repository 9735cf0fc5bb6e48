import {
  type Action,
  type Answered,
  type Asking,
  admit,
  type Desk,
  type LoggedAct,
  momentOf,
  Refusal,
  writing,
} from '../access/index.ts';
import type { IdempotencyRequest, IdempotentResult } from '../db/idempotency.ts';
import { actorNotAllowed } from '../http/problems.ts';
import type { StaffActor } from '../shared/actor.ts';
import type { PatientId, ThingId } from '../shared/ids.ts';
import { Problem } from '../shared/problem.ts';
import {
  answerWith,
  type ChangedThing,
  contextOf,
  madeBy,
  type PlanChange,
  replayed,
  translated,
} from './change-plan.ts';
import { type PlanCreation, wholePlanChanges } from './create-plan.ts';
import type { Change } from './domain/contribution.ts';
import type { Contribution, ContributionKind, HsaId, Plan } from './domain/model.ts';
import { applyChanges, isClosed } from './domain/plan-in-hand.ts';
import { demandRelatives } from './plan-of.ts';
import { coalesced, eventsOf, fieldsOf, planIdOf, resourcesOf, rowsOf } from './store/changes.ts';
import { type ChangeRecord, loadForChange } from './store/record.ts';
import { factsOf } from './view/facts.ts';

/** What a part has made or changed, for the parts after it and for the answer. */
export interface MadeThing {
  readonly kind: ContributionKind;
  readonly thing: Contribution;
  readonly planId: ThingId;
  /** Whether it was not there before. */
  readonly fresh: boolean;
}

/** What the parts before have made, by their names. */
export type MadeByName = ReadonlyMap<string, MadeThing>;

/** One part of a request that does several things: a whole new plan, or a change of one. */
export interface TogetherPart {
  /** What later parts and refusals know it by. */
  readonly name: string;
  readonly action: Action;
  /** The change once its turn has come, since it may name what earlier parts make; undefined when there is nothing to do. */
  readonly change?: (made: MadeByName) => PlanChange | undefined;
  /** What the sender's system has made before is left as it is. */
  readonly onlyNew?: boolean;
  readonly create?: (made: MadeByName) => Omit<PlanCreation, 'idempotency' | 'named'>;
  /** Whether the request goes on when a rule of the plan says no to this part. */
  readonly mayFail?: (problem: Problem) => boolean;
}

export interface Together {
  /** Whose record: one person's, under one lock. */
  readonly patientId: PatientId;
  readonly parts: readonly TogetherPart[];
  /** Units that the parts name. */
  readonly named: readonly HsaId[];
  readonly idempotency?: IdempotencyRequest;
}

/** What each part came to, by its name; parts that did nothing are not there. */
export interface TogetherAnswer {
  readonly made: MadeByName;
  readonly things: ReadonlyMap<string, ChangedThing>;
}

/** The state of a request that is being carried out: each part sees what those before it have changed. */
class Doing {
  record: ChangeRecord;
  readonly changes: Change[] = [];
  readonly made = new Map<string, MadeThing>();
  readonly acts = new Map<Action, Change[]>();

  constructor(record: ChangeRecord) {
    this.record = record;
  }

  add({ name, action }: TogetherPart, changes: readonly Change[], made: MadeThing): void {
    this.changes.push(...changes);
    this.record = { ...this.record, content: applyChanges(this.record.content, changes) };
    const earlier = this.made.get(name);
    this.made.set(name, earlier?.kind === made.kind ? { ...made, fresh: earlier.fresh || made.fresh } : made);
    this.acts.set(action, [...(this.acts.get(action) ?? []), ...changes]);
  }
}

/** A refusal that says which part of the request it is of. */
function refusalOf(name: string, error: unknown): unknown {
  if (error instanceof Refusal) return new Refusal(error.entry, refusalOf(name, error.problem) as Problem);
  if (!(error instanceof Problem)) return error;
  return new Problem(error.definition, { ...error.particulars, extra: { ...error.particulars.extra, part: name } });
}

function create(desk: Desk, asking: Asking, doing: Doing, part: TogetherPart): void {
  const { actor } = asking;
  if (actor.kind !== 'staff') throw actorNotAllowed();
  admit(asking, part.action, { ...momentOf(desk), ...factsOf(doing.record, actor) }, doing.record.patientId);
  // A plan that is over cannot be brought up to date, and being sent again is no fault of it.
  const isLeft = (plan: Plan) => part.onlyNew === true || isClosed(plan);
  const staff: Asking & { readonly actor: StaffActor } = { ...asking, actor };
  const { changes, made, known } = wholePlanChanges(desk, staff, doing.record, part.create!(doing.made), isLeft);
  doing.add(part, changes, { kind: 'plan', thing: made, planId: made.id, fresh: !known });
}

function change(desk: Desk, asking: Asking, doing: Doing, part: TogetherPart): void {
  const asked = part.change!(doing.made);
  if (!asked) return;
  const { record } = doing;
  const facts = { ...momentOf(desk), ...factsOf(record, asking.actor, asked.plan.id) };
  admit(asking, asked.action, facts, record.patientId);
  const context = contextOf(desk, asking.actor, record, asked);
  demandRelatives(record, asked.relatives ?? []);
  const changes = coalesced(asked.rule(context));
  const { kind, thing } = madeBy(changes, context, asked.answerWith);
  const fresh = changes.some(({ before, after }) => !before && after.id === thing.id);
  doing.add(part, changes, { kind, thing, planId: planIdOf(thing), fresh });
}

function doPart(desk: Desk, asking: Asking, doing: Doing, part: TogetherPart): void {
  try {
    if (part.create) create(desk, asking, doing, part);
    else change(desk, asking, doing, part);
  } catch (error) {
    if (error instanceof Problem && part.mayFail?.(error)) return;
    throw refusalOf(part.name, error);
  }
}

function loggedActs(doing: Doing): LoggedAct[] {
  return [...doing.acts].map(([action, changes]) => {
    const own = coalesced(changes);
    return { action, resources: resourcesOf(own), particulars: fieldsOf(own) };
  });
}

/**
 * Does several things to one person's plans in one transaction, on behalf of whoever is asking: all of them or none, in
 * their order, each by the rule and under the decision that it would have alone.
 *
 * @throws Problem of the first part that is refused, its name in `extra.part`
 */
export function changeTogether(desk: Desk, asking: Asking, together: Together): Promise<Answered<TogetherAnswer>> {
  const { patientId, parts, named } = together;
  const { actor } = asking;
  return writing<ChangeRecord, Action, TogetherAnswer>(desk, asking, {
    action: parts[0]!.action,
    patientId,
    idempotency: together.idempotency,
    load: (client) => loadForChange({ pool: desk.pool, client }, actor, { patientId, ...momentOf(desk) }, named),
    facts: (record) => factsOf(record, actor, firstPlan(parts[0]!)),
    work: (_grant, record) => {
      const doing = new Doing(record);
      for (const part of parts) doPart(desk, asking, doing, part);
      const changes = coalesced(doing.changes);
      const [first] = doing.made.values();
      return {
        rows: rowsOf(changes, doing.record.content),
        events: eventsOf(changes),
        resources: resourcesOf(changes),
        acts: loggedActs(doing),
        result: resultOf(patientId, first),
        answer: { made: doing.made, things: thingsOf(doing, asking) },
      };
    },
    replay: (_grant, record, made) => {
      const thing = replayed(record, actor, made);
      const { name } = parts[0]!;
      const own = { kind: thing.kind, thing: thing.thing, planId: planIdOf(thing.thing), fresh: true };
      return { made: new Map([[name, own]]), things: new Map([[name, thing]]) };
    },
    shownBy: ({ things }) => [...things.values()].flatMap(({ kind, thing }) => resourcesOf([{ kind, after: thing }])),
  }).catch(translated);
}

/** What a key leads back to: the first thing that was made; without any, the person. */
function resultOf(patientId: PatientId, first: MadeThing | undefined): IdempotentResult {
  const nothing = { resourceKind: 'plan', resourceId: patientId as string as ThingId };
  const own = first && { planId: first.planId, resourceKind: first.kind, resourceId: first.thing.id };
  return { status: 200, patientId: first?.thing.patientId ?? patientId, ...(own ?? nothing) };
}

/** The plan that the request's own decision is about: none when it makes one. */
function firstPlan(part: TogetherPart): ThingId | undefined {
  return part.create ? undefined : part.change?.(new Map())?.plan.id;
}

function thingsOf({ made, record }: Doing, { actor }: Asking): ReadonlyMap<string, ChangedThing> {
  return new Map([...made].map(([name, one]) => [name, answerWith(record, actor, one.planId, one)]));
}
