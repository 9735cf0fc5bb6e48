import type { WrittenPeriod } from '../../access/policy/facts-person.ts';
import type { PatientId, ThingId } from '../../shared/ids.ts';
import { type Act, type HsaId, type Instant, type NewOwned, newOwned, revised } from '../../shared/owned.ts';
import { wrong } from '../../shared/problem.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import { blockAlreadyLifted, blockDates, blockUnitUnknown, innerBlockNeedsUnit } from '../problems.ts';
import type { Block, LiftGround, TimedLift } from './model.ts';
import { isOver, newPeriod } from './periods.ts';

export interface NewBlock extends Pick<NewOwned, 'legalBasis'> {
  readonly reach: Block['reach'];
  /** Whose data; the own unit's (inner) or own provider's (outer) for staff who do not say. */
  readonly provider?: HsaId;
  readonly unit?: HsaId;
  readonly written?: WrittenPeriod;
  readonly from?: Instant;
  readonly until?: Instant;
}

/** What the directory says of whom a block is about. */
export interface BlockedParty {
  readonly provider: HsaId;
  readonly unit?: HsaId;
}

/**
 * Whose data a block is about, as the directory knows them.
 *
 * @param own the acting member of staff's unit; absent for the patient, who must say
 * @throws innerBlockNeedsUnit, blockUnitUnknown
 */
export function blockedParty(
  given: Pick<NewBlock, 'reach' | 'provider' | 'unit'>,
  own: UnitFacts | undefined,
  units: ReadonlyMap<HsaId, UnitFacts>,
  providers: ReadonlySet<HsaId>,
): BlockedParty {
  const isUnsaid = given.unit === undefined && given.provider === undefined;
  const unit = given.unit ?? (isUnsaid && given.reach === 'inner' ? own?.hsaId : undefined);
  if (unit === undefined) {
    if (given.reach === 'inner') {
      throw innerBlockNeedsUnit({ invalidParameters: [wrong('unit', 'Fältet saknas.', 'The field is missing.')] });
    }
    const provider = given.provider ?? own?.provider.hsaId;
    const isKnown = provider !== undefined && (provider === own?.provider.hsaId || providers.has(provider));
    if (!isKnown) throw unknown('provider');
    return { provider };
  }
  const facts = unit === own?.hsaId ? own : units.get(unit);
  if (!facts) throw unknown('unit');
  if (given.provider !== undefined && given.provider !== facts.provider.hsaId) throw unknown('provider');
  return { provider: facts.provider.hsaId, unit };
}

function unknown(name: 'unit' | 'provider') {
  const field = wrong(
    name,
    'Finns inte i katalogen, eller hör inte ihop.',
    'Is not in the directory, or not together.',
  );
  return blockUnitUnknown({ invalidParameters: [field] });
}

/**
 * Sets a block, in force at once unless it is to begin later. It beats every consent.
 *
 * @throws blockDates, also for a written period that ends before it begins
 */
export function setBlock(act: Act, patientId: PatientId, given: NewBlock, party: BlockedParty): Block {
  const { reach, written, from, until, legalBasis } = given;
  checkWritten(written);
  const period = newPeriod({ from, until }, act.now, blockDates);
  const owned = newOwned(act, patientId, { approvedForPatient: true, legalBasis });
  return { ...owned, reach, ...party, ...(written ? { written } : {}), ...period };
}

function checkWritten(written: WrittenPeriod | undefined): void {
  if (written?.from === undefined || written.until === undefined) return;
  if (Date.parse(written.until) > Date.parse(written.from)) return;
  const field = wrong('written.until', 'Ska vara senare än written.from.', 'Must be after written.from.');
  throw blockDates({ invalidParameters: [field] });
}

/** Whether a block still holds for others: not lifted for good, and not past its end. */
export function isStanding(block: Block, now: Instant): boolean {
  return block.liftedAt === undefined && !isOver(block, now);
}

/** Lifts a block for good. @throws blockAlreadyLifted */
export function liftBlock(act: Pick<Act, 'now' | 'by'>, block: Block, ground: LiftGround, why?: string): Block {
  if (!isStanding(block, act.now)) throw blockAlreadyLifted();
  return revised<Block>(block, act, { liftedAt: act.now, liftGround: ground }, why);
}

/** Lifts a block for one unit for a time; for all others it stands. @throws blockAlreadyLifted, blockDates */
export function liftBlockFor(
  act: Pick<Act, 'now' | 'by'>,
  block: Block,
  lift: { readonly unit: HsaId; readonly until: Instant; readonly ground: LiftGround; readonly requestId?: ThingId },
  why?: string,
): Block {
  if (!isStanding(block, act.now)) throw blockAlreadyLifted();
  newPeriod({ until: lift.until }, act.now, blockDates);
  const added: TimedLift = { ...lift, from: act.now };
  return revised<Block>(block, act, { liftedFor: [...(block.liftedFor ?? []), added] }, why);
}
