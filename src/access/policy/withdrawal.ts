import type { ThingId } from '../../shared/ids.ts';
import type { HsaId } from '../../shared/owned.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { Facts } from './facts.ts';
import type { ContributionFacts } from './facts-plan.ts';
import type { Shown } from './sight.ts';
import { type SipStanding, sipStandsAfter } from './sip.ts';
import { seenFrom, someoneAt } from './someone-at.ts';
import { staffReader } from './staff-reader.ts';

/** What one unit stops seeing of one owner's contributions. */
export interface LossOfSight {
  readonly unit: HsaId;
  readonly owner: HsaId;
  readonly before: Shown;
  readonly after: Shown;
  /** How many contributions change so. */
  readonly count: number;
}

/** Who stops seeing what, and what becomes of an active SIP. What each owner has written stays with the owner. */
export interface WithdrawalEffect {
  readonly losses: readonly LossOfSight[];
  readonly sip?: SipStanding;
}

/**
 * What withdrawing one consent would do, for the patient to know before (nothing is changed): for each unit that the
 * facts know, which owners' contributions its staff would stop seeing. In a SIP that falls, everyone's.
 *
 * Judged for a member of staff with full rights, so that nobody's loss is left out. Own steps, copies already handed and
 * the outline remain and are not listed.
 *
 * @param contributions what to judge; without them one ordinary step of each owner in the plan
 */
export function effectOfWithdrawal(
  facts: Facts & { readonly now: number },
  consentId: ThingId,
  contributions: readonly ContributionFacts[] = stepsOfOwners(facts),
): WithdrawalEffect {
  const consents = (facts.consents ?? []).map((it) =>
    it.id === consentId ? { ...it, state: 'withdrawn' as const } : it,
  );
  const after = { ...facts, consents };
  const losses = [...(facts.units?.values() ?? [])].flatMap((unit) => lossesOf(unit, facts, after, contributions));
  if (facts.plan?.kind !== 'SIP' || facts.plan.status !== 'active') return { losses };
  return { losses, sip: sipStandsAfter(consents, facts) };
}

function lossesOf(
  unit: UnitFacts,
  before: Facts,
  after: Facts,
  contributions: readonly ContributionFacts[],
): LossOfSight[] {
  const [seenBefore, seenAfter] = [before, after].map((facts) => staffReader(someoneAt(unit), seenFrom(unit, facts)));
  const losses = new Map<string, LossOfSight>();
  for (const c of contributions) {
    const change = { before: seenBefore!(c).shown, after: seenAfter!(c).shown };
    if (change.before === change.after) continue;
    const key = `${c.ownerUnit} ${change.before} ${change.after}`;
    const count = (losses.get(key)?.count ?? 0) + 1;
    losses.set(key, { unit: unit.hsaId, owner: c.ownerUnit, ...change, count });
  }
  return [...losses.values()];
}

function stepsOfOwners({ plan }: Facts): readonly ContributionFacts[] {
  const owners = new Map((plan?.owners ?? []).map((it) => [`${it.unit} ${it.provider}`, it]));
  return [...owners.values()].map(({ unit, provider }) => ({
    kind: 'step',
    ownerUnit: unit,
    ownerProvider: provider,
    approvedForPatient: false,
    duties: [],
  }));
}
