import type { Pool } from 'pg';
import type { AuditEntry, AuditRecorder, Operator } from '../audit/index.ts';
import type { Actor } from '../shared/actor.ts';
import type { Clock } from '../shared/clock.ts';
import { type Ids, NIL_PATIENT, type PatientId } from '../shared/ids.ts';
import type { HsaId } from '../shared/owned.ts';
import { Problem } from '../shared/problem.ts';
import { notFound } from '../shared/problems.ts';
import { ACTIONS, type Action } from './actions.ts';
import type { Grant, Sealed } from './grant.ts';
import { decide } from './policy/decide.ts';
import type { Facts } from './policy/facts.ts';
import type { LawSettings } from './policy/settings.ts';
import { refusalFor } from './problems.ts';

/** One request as use cases see it: who asks, and what the log needs to find it again. */
export interface Asking {
  readonly actor: Actor;
  readonly requestId: string;
  /** Method and route pattern, never the raw address. */
  readonly route: string;
  /** Who works at the database itself in the actor's name: then it is they whom the log names. */
  readonly operator?: Operator;
}

/** The entry that a request leaves, whatever its outcome. */
export function entryFor(
  asking: Asking,
  action: Action,
  rest: Pick<AuditEntry, 'outcome' | 'resources'> & Partial<AuditEntry>,
): AuditEntry {
  return {
    actor: asking.operator ?? asking.actor,
    patientId: NIL_PATIENT,
    activity: ACTIONS[action],
    action,
    requestId: asking.requestId,
    route: asking.route,
    ...rest,
  };
}

/** What a use case is given to work with: the log, the two clocks, and where new keys come from. */
export interface Desk {
  readonly pool: Pool;
  readonly recorder: AuditRecorder;
  readonly clock: Clock;
  readonly realNow: () => number;
  readonly ids: Ids;
  /** Points where the law leaves a choice; what applies unless said is in `policy/settings.ts`. */
  readonly law?: LawSettings;
}

/** When a request is judged, and by which settings: what its facts are read with. */
export interface Moment {
  /** Business time, epoch milliseconds. */
  readonly now: number;
  readonly settings?: LawSettings;
}

/** The moment of a request. In a change it is taken under the person's lock. */
export function momentOf({ clock, law }: Pick<Desk, 'clock' | 'law'>): Moment {
  return { now: clock.now(), ...(law ? { settings: law } : {}) };
}

/** What a record gives the policy to judge by, and staff whom no answer from it names. */
export type RecordFacts = Facts & { readonly protectedStaff?: ReadonlySet<HsaId> };

/** The facts of a sealed record, at the business time of the request unless the record was read for another. */
export function factsNow<R>(desk: Desk, record: Sealed<R>, facts: (record: R) => RecordFacts): RecordFacts {
  const given = record.facts(facts);
  // Those of plans have their own; a copy of them all cost as much as the decision.
  const isWhole = given.now !== undefined && (desk.law === undefined || given.settings !== undefined);
  return isWhole ? given : { ...momentOf(desk), ...given };
}

/** A refusal by the policy, on its way to the log and then to the one who asked. */
export class Refusal extends Error {
  readonly entry: AuditEntry;
  readonly problem: Problem;

  constructor(entry: AuditEntry, problem: Problem) {
    super(entry.reason);
    this.entry = entry;
    this.problem = problem;
  }
}

/**
 * Asks the policy.
 *
 * @throws Refusal not-found when the actor may not know that the thing exists, forbidden when they may know but not do;
 *   to be recorded with {@link recordingRefusals} once no transaction is open
 */
export function admit<A extends Action>(
  asking: Asking,
  action: A,
  facts: Facts,
  patientId: PatientId = NIL_PATIENT,
): Grant<A> {
  const decision = decide(action, asking.actor, facts);
  if (decision.allowed) return { action, actor: asking.actor, relation: decision.relation } as Grant<A>;
  const entry = entryFor(asking, action, {
    patientId: facts.patientKnown ? patientId : NIL_PATIENT,
    outcome: 'Nekad',
    reason: decision.reason,
    resources: [],
  });
  const isTold = decision.known && (facts.patientKnown || isToldOfAnyone(action, asking.actor, facts));
  throw new Refusal(entry, isTold ? refusalFor(decision.reason) : notFound());
}

/**
 * Whether the actor would be told the same of a hidden person. If not, a reason would tell one who is not there at all
 * from one whom the actor may not know of (OSL 21:3, 22:1).
 */
function isToldOfAnyone(action: Action, actor: Actor, facts: Facts): boolean {
  const ofHidden = decide(action, actor, { ...facts, patientKnown: true, patient: undefined });
  return !ofHidden.allowed && ofHidden.known;
}

/** Tells whose record a request turned out to be about, once the policy has let it in. */
export type AboutPatient = (patientId: PatientId) => void;

/**
 * Runs a use case, and commits the log entry of a refusal before anyone is told of it: the policy's, and that of a rule
 * of the plan which says that this is another's to do, or not there to see.
 */
export async function recordingRefusals<T>(
  desk: Desk,
  asking: Asking,
  action: Action,
  work: (about: AboutPatient) => Promise<T>,
): Promise<T> {
  let patientId = NIL_PATIENT;
  try {
    return await work((admitted) => {
      patientId = admitted;
    });
  } catch (error) {
    if (error instanceof Refusal) {
      await desk.recorder.record([error.entry]);
      throw error.problem;
    }
    if (error instanceof Problem && (error.definition.kind === 'forbidden' || error.definition.kind === 'not-found')) {
      await desk.recorder.record([
        entryFor(asking, action, { patientId, outcome: 'Nekad', reason: error.definition.code, resources: [] }),
      ]);
    }
    throw error;
  }
}
