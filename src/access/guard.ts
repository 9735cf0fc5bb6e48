import type { AuditEntry, AuditRecorder } from '../audit/index.ts';
import type { Actor } from '../shared/actor.ts';
import { NIL_PATIENT, type PatientId } from '../shared/ids.ts';
import type { Problem } from '../shared/problem.ts';
import { forbidden, notFound } from '../shared/problems.ts';
import { ACTIONS, type Action } from './actions.ts';
import type { Grant } from './grant.ts';
import type { Facts } from './policy/facts.ts';
import { type Decision, decide } from './policy/policy.ts';
import { REASONS } from './policy/reasons.ts';

/** One request as use cases see it: who asks, and what the log needs to find it again. */
export interface Asking {
  readonly actor: Actor;
  readonly requestId: string;
  /** Method and route pattern, never the raw address. */
  readonly route: string;
}

/** The entry that a request leaves, whatever its outcome. */
export function entryFor(
  asking: Asking,
  action: Action,
  rest: Pick<AuditEntry, 'outcome' | 'resources'> & Partial<AuditEntry>,
): AuditEntry {
  return {
    actor: asking.actor,
    patientId: NIL_PATIENT,
    activity: ACTIONS[action],
    action,
    requestId: asking.requestId,
    route: asking.route,
    ...rest,
  };
}

/**
 * Asks the policy, and records a refusal before anyone is told of it.
 *
 * @throws Problem not-found when the actor may not know that the thing exists, forbidden when they may know but not do
 */
export async function admit<A extends Action>(
  recorder: AuditRecorder,
  asking: Asking,
  action: A,
  facts: Facts,
  patientId: PatientId = NIL_PATIENT,
): Promise<Grant<A>> {
  const decision = decide(action, asking.actor, facts);
  if (decision.allowed) return makeGrant(action, asking.actor, decision);
  await recorder.record([
    entryFor(asking, action, {
      patientId: facts.patientKnown ? patientId : NIL_PATIENT,
      outcome: 'Nekad',
      reason: decision.reason,
      resources: [],
    }),
  ]);
  throw refusal(decision);
}

function refusal(decision: Extract<Decision, { allowed: false }>): Problem {
  return decision.known ? forbidden({ detail: REASONS[decision.reason] }) : notFound();
}

function makeGrant<A extends Action>(
  action: A,
  actor: Actor,
  decision: Extract<Decision, { allowed: true }>,
): Grant<A> {
  return { action, actor, relation: decision.relation } as Grant<A>;
}
