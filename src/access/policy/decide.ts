import type { Actor } from '../../shared/actor.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { Action } from '../actions.ts';
import { isInside, unitOf } from './acting-unit.ts';
import { standingOf } from './citizen-standing.ts';
import type { Facts } from './facts.ts';
import { isHidden } from './protection.ts';
import type { Reason } from './reasons.ts';
import { type Relation, relationTo } from './relation.ts';
import { rightMissing } from './rights.ts';
import { RULES, type Rule } from './rules.ts';
import { withinScopes } from './scopes.ts';

export type Decision =
  | { readonly allowed: true; readonly relation: Relation | 'none' }
  /** `known`: the actor may know that the thing exists, so that the refusal may say so (403, not 404). */
  | { readonly allowed: false; readonly reason: Reason; readonly known: boolean };

/**
 * Whether this actor may do this, on these facts: pure and total, so that it can be read, tested and replaced as one
 * thing. Default is no, and whatever is missing counts against the actor.
 *
 * What the actor lacks whatever is asked about (a unit, a right, a scope) is judged first: the answer is then the same
 * for what exists and what does not. What is then *shown* is filtered contribution by contribution, see `readerOf`.
 */
export function decide(action: Action, actor: Actor, facts: Facts): Decision {
  const rule = RULES[action];
  if (!withinScopes(actor, action)) return refuse('outside-scope', true);
  const unit = actor.kind === 'staff' ? unitOf(actor, facts) : undefined;
  if (actor.kind === 'staff') {
    if (!unit) return refuse('unknown-unit', false);
    const missing = rightMissing(actor, unit, rule.right, rule.reach ?? 'VE', facts);
    if (missing) return refuse(missing, true);
  }
  if (rule.open) {
    const isOpen = rule.open === 'everyone' || actor.kind === rule.open;
    return isOpen ? { allowed: true, relation: 'none' } : refuse('not-for-this-actor', true);
  }
  const relation = relationFor(rule, actor, unit, facts);
  if ('reason' in relation) return explained(action, actor, relation, facts);
  const refusal = rule.demand?.(actor, facts);
  return refusal ? refuse(refusal, true) : { allowed: true, relation: relation.is };
}

type RelationOrRefusal = { readonly is: Relation } | { readonly reason: Reason; readonly known: boolean };

function relationFor(rule: Rule, actor: Actor, unit: UnitFacts | undefined, facts: Facts): RelationOrRefusal {
  if (isHidden(actor, facts) && !rule.asIfUnknown) return { reason: 'protected-identity', known: false };
  if (facts.plan && rule.inPlan) {
    const is = relationTo(facts.plan, actor, facts);
    if (!is) return { reason: whyNoRelation(actor, facts), known: false };
    return rule.inPlan.includes(is) ? { is } : { reason: 'not-for-this-actor', known: true };
  }
  return rule.toPerson ? relationToPerson(rule.toPerson, actor, unit, facts) : { reason: 'no-relation', known: false };
}

function whyNoRelation(actor: Actor, facts: Facts): Reason {
  if (isHidden(actor, facts)) return 'protected-identity';
  if (actor.kind !== 'citizen') return 'no-relation';
  const standing = standingOf(facts);
  return 'reason' in standing ? standing.reason : 'another-patient';
}

function relationToPerson(
  allowed: readonly Relation[],
  actor: Actor,
  unit: UnitFacts | undefined,
  facts: Facts,
): RelationOrRefusal {
  if (actor.kind === 'citizen') {
    const standing = standingOf(facts);
    // The young and the patient without an age know that they are the patient; nobody else is told anything.
    if ('reason' in standing) return { reason: standing.reason, known: facts.isSelf && standing.reason !== 'deceased' };
    return allowed.includes(standing.as) ? { is: standing.as } : { reason: 'not-for-this-actor', known: true };
  }
  if (actor.kind === 'system') {
    return allowed.includes('system') ? { is: 'system' } : { reason: 'not-for-this-actor', known: false };
  }
  const is = unit && isInside(unit) ? 'insider' : 'outsider';
  if (allowed.includes(is)) return { is };
  const isForStaff = allowed.includes('insider');
  return { reason: isForStaff ? 'outside-shared-documentation' : 'no-relation', known: false };
}

/** A guardian who may no longer read is still told, when trying to block, that guardians may not (PDL 4:4). */
function explained(action: Action, actor: Actor, refusal: { reason: Reason; known: boolean }, facts: Facts): Decision {
  const isGuardian = actor.kind === 'citizen' && refusal.reason === 'child-too-old-for-guardian';
  if (action === 'block.set' && isGuardian && !isHidden(actor, facts)) return refuse('guardian-may-not-block', true);
  return refuse(refusal.reason, refusal.known);
}

function refuse(reason: Reason, known: boolean): Decision {
  return { allowed: false, reason, known };
}
