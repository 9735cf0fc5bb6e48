import type { HsaId, Instant } from '../../shared/owned.ts';
import type { ParticipantFacts, PlanFacts } from './facts-plan.ts';

/** A unit's part in a plan: none, one that it has, or one that is over, since when. */
export type UnitsPart =
  | { readonly is: 'none' }
  | { readonly is: 'current'; readonly participant?: ParticipantFacts }
  | { readonly is: 'over'; readonly endedAt?: Instant };

const NONE: UnitsPart = { is: 'none' };

/**
 * What part a unit has in a plan. An invitation counts as a part until it is declined; the planning lead has one without
 * being invited, and so has the unit that created the plan unless it left. Who has only written something is past it.
 */
export function partOf(unit: HsaId, plan: PlanFacts): UnitsPart {
  const own = plan.participants.filter((participant) => participant.unit === unit);
  const standing = own.filter(({ state }) => state === 'accepted' || state === 'invited');
  const current = standing.find(({ state }) => state === 'accepted') ?? standing[0];
  if (current) return { is: 'current', participant: current };
  if (unit === plan.leadUnit) return { is: 'current' };
  if (own.length > 0) return { is: 'over', endedAt: latestEnd(own) };
  if (unit === plan.createdByUnit || plan.concerned?.includes(unit)) return { is: 'current' };
  return plan.owners.some((owner) => owner.unit === unit) ? { is: 'over' } : NONE;
}

/** Unknown when one end is: then nothing can be told to be older than it. */
function latestEnd(ended: readonly ParticipantFacts[]): Instant | undefined {
  const ends = ended.map(({ endedAt }) => endedAt);
  if (ends.includes(undefined)) return undefined;
  return (ends as Instant[]).reduce((a, b) => (Date.parse(a) < Date.parse(b) ? b : a));
}

/** A plan in these states still has duties; an absent state has none. */
const OPEN: ReadonlySet<string | undefined> = new Set(['draft', 'proposed', 'active', 'on-hold']);

/**
 * Whether a unit has said yes to a duty that is not over, the planning lead's included, in a plan that is not closed.
 * This is what a current patient relation or an ongoing intervention is derived from; it ends when the duty ends.
 */
export function hasAcceptedDuty(unit: HsaId, plan: PlanFacts): boolean {
  if (!OPEN.has(plan.status)) return false;
  if (unit === plan.leadUnit) return true;
  return plan.participants.some((it) => it.unit === unit && it.state === 'accepted' && it.hasDuty === true);
}
