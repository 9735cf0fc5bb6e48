import type { StaffActor } from '../../shared/actor.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import { unitOf } from './acting-unit.ts';
import type { Facts } from './facts.ts';
import type { ContributionFacts } from './facts-plan.ts';
import { leftOutRule } from './left-out.ts';
import { isHidden, isListed } from './protection.ts';
import type { Reason } from './reasons.ts';
import { rightMissing } from './rights.ts';
import { type Answer, isMore, NOT_THIS_WAY, nothing, type Sight } from './sight.ts';
import { emergencyAccess } from './ways/emergency.ts';
import { handedCopy } from './ways/handed-copy.ts';
import { innerSecrecy } from './ways/inner-secrecy.ts';
import { outline } from './ways/outline.ts';
import { ownDuty } from './ways/own-duty.ts';
import { ownUnit } from './ways/own-unit.ts';
import { sharedDocumentation } from './ways/shared-documentation.ts';
import type { Way } from './ways/way.ts';

/**
 * All ways there are. Each stands alone: the reader is shown what the best of them gives, and default is nothing. The
 * first that concerns the contribution also says why not more; emergency before consent, since who opens in an emergency
 * must learn what is blocked.
 */
const WAYS: readonly Way[] = [
  ownUnit,
  innerSecrecy,
  emergencyAccess,
  sharedDocumentation,
  ownDuty,
  handedCopy,
  outline,
];

/** What staff are shown of each contribution of one patient's plan. */
export function staffReader(actor: StaffActor, facts: Facts): (c: ContributionFacts) => Sight {
  const unit = unitOf(actor, facts);
  const bar = whyBarred(actor, unit, facts);
  if (!unit || bar) return () => nothing(bar ?? 'unknown-unit');
  const reader = { actor, unit, facts };
  const ways = WAYS.map((way) => way(reader));
  const mayKnow = leftOutRule(reader);
  const mayReadProtected = isListed(actor, facts);
  return (c) => {
    if (c.writtenUnderProtection && !mayReadProtected) return nothing('protected-identity');
    return bestOf(ways, c, mayKnow);
  };
}

/** What keeps staff out of everything, own unit's contributions included. */
export function whyBarred(actor: StaffActor, unit: UnitFacts | undefined, facts: Facts): Reason | undefined {
  if (!unit) return 'unknown-unit';
  if (!facts.patientKnown) return 'no-relation';
  if (isHidden(actor, facts)) return 'protected-identity';
  return rightMissing(actor, unit, 'read', 'VE', facts);
}

type Judge = (c: ContributionFacts) => Answer;

function bestOf(ways: readonly Judge[], c: ContributionFacts, mayKnow: ReturnType<typeof leftOutRule>): Sight {
  let best: Answer = NOT_THIS_WAY;
  let reason: Reason | undefined;
  for (const way of ways) {
    const answer = way(c);
    if (answer.shown === 'nothing') reason ??= answer.reason;
    else if (isMore(answer, best)) best = answer;
    if (best.shown === 'whole' && best.asOf === undefined) return seenWhole(best);
  }
  const why = reason ?? (best.shown === 'nothing' ? 'no-relation' : 'not-needed');
  const mayKnowLeftOut = mayKnow(c, why);
  if (best.shown === 'nothing') return { shown: 'nothing', reason: why, mayKnowLeftOut };
  return { shown: best.shown, ground: best.ground, asOf: best.asOf, reason: why, mayKnowLeftOut };
}

function seenWhole({ ground }: Extract<Answer, { shown: 'whole' | 'limited' | 'outline' }>): Sight {
  return { shown: 'whole', ground, mayKnowLeftOut: false };
}
