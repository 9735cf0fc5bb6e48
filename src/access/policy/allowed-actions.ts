import type { Actor } from '../../shared/actor.ts';
import { ACTIONS, type Action } from '../actions.ts';
import { decide } from './decide.ts';
import type { Facts } from './facts.ts';
import type { Reason } from './reasons.ts';
import { RULES } from './rules.ts';

/** One line of "what may I do with this plan": the reason only when the actor may know it. */
export interface AllowedAction {
  readonly action: Action;
  readonly allowed: boolean;
  readonly reason?: Reason;
}

const IN_PLAN = (Object.keys(ACTIONS) as Action[]).filter((action) => RULES[action].inPlan);

/**
 * Everything that can be done with the plan that `facts` are about, for a user interface to show what this actor may and
 * why not the rest. Whose step or promise it is and what the plan's state allows is not judged here.
 */
export function allowedActions(actor: Actor, facts: Facts): readonly AllowedAction[] {
  return IN_PLAN.map((action) => {
    const decision = decide(action, actor, facts);
    if (decision.allowed) return { action, allowed: true };
    return decision.known ? { action, allowed: false, reason: decision.reason } : { action, allowed: false };
  });
}
