import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { Facts } from './facts.ts';
import type { WrittenPeriod } from './facts-person.ts';
import type { ContributionFacts } from './facts-plan.ts';
import type { BlockFacts } from './facts-sharing.ts';
import { holds, mayHold, nowOf } from './periods.ts';
import { settingsOf } from './settings.ts';

/**
 * Tells which contributions are blocked for a unit (PDL 4:4, lag 2022:913 2:3). A block holds at once and beats every
 * consent; it never hides anything from the unit that wrote it. When the blocks could not be read everything counts as
 * blocked for others.
 */
export function blockedFor(unit: UnitFacts, facts: Facts): (c: ContributionFacts) => boolean {
  const { blocks } = facts;
  const isOwn = (c: ContributionFacts) => c.ownerUnit === unit.hsaId && c.ownerProvider === unit.provider.hsaId;
  if (blocks === undefined) return (c) => !isOwn(c);
  const against = blocks.filter((block) => hidesFrom(block, unit, facts) && isInForce(block, unit, facts));
  if (against.length === 0) return () => false;
  return (c) => !isOwn(c) && against.some((block) => covers(block, c));
}

/** Whom a block is against: inner every other unit, outer every other provider. */
function hidesFrom({ reach, provider }: BlockFacts, unit: UnitFacts, facts: Facts): boolean {
  const isOtherProvider = provider !== unit.provider.hsaId;
  if (reach === 'outer') return isOtherProvider;
  return !isOtherProvider || settingsOf(facts).innerBlockHidesFromOtherProviders;
}

/** Whose data a block is about, and written when. */
function covers({ provider, unit, written }: BlockFacts, c: ContributionFacts): boolean {
  if (provider !== c.ownerProvider || (unit !== undefined && unit !== c.ownerUnit)) return false;
  return mayBeWrittenIn(written, c);
}

/** In its period, not lifted for good, and not lifted for this unit now (PDL 4:5). */
function isInForce(block: BlockFacts, unit: UnitFacts, facts: Facts): boolean {
  const now = nowOf(facts);
  if (!mayHold(block, now)) return false;
  if (block.liftedAt !== undefined && Date.parse(block.liftedAt) <= now) return false;
  return !block.liftedFor?.some((lift) => lift.unit === unit.hsaId && holds(lift, now));
}

/** Whether a contribution cannot be ruled out to be of the period: one without a time may be of any. */
export function mayBeWrittenIn(
  written: WrittenPeriod | undefined,
  { writtenAt }: Pick<ContributionFacts, 'writtenAt'>,
): boolean {
  if (written === undefined || writtenAt === undefined) return true;
  const at = Date.parse(writtenAt);
  const before = written.from !== undefined && at < Date.parse(written.from);
  const after = written.until !== undefined && at >= Date.parse(written.until);
  return !before && !after;
}
