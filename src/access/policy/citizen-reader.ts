import type { CitizenActor } from '../../shared/actor.ts';
import { HOUR_MS } from '../../shared/calendar.ts';
import type { HsaId, Instant } from '../../shared/owned.ts';
import { mayBeWrittenIn } from './blocks.ts';
import { type CitizenRole, type Standing, standingOf } from './citizen-standing.ts';
import type { Facts } from './facts.ts';
import type { ContributionFacts } from './facts-plan.ts';
import type { Ground } from './grounds.ts';
import { mayHold, nowOf } from './periods.ts';
import { isListed, isProtectedNow } from './protection.ts';
import type { Reason } from './reasons.ts';
import { settingsOf } from './settings.ts';
import { nothing, type Sight } from './sight.ts';

/**
 * What the patient, or who lawfully stands in the patient's place, is shown of each contribution: what is approved for
 * the patient, in the patient's text, and never that anything is left out. Blocks are between care providers and hide
 * nothing from the patient. Where the care is tells where the person is: of a protected person no place is told, on
 * whatever door, since screen and paper may be seen by others (OSL 21:3).
 */
export function citizenReader(actor: CitizenActor, facts: Facts): (c: ContributionFacts) => Sight {
  const standing = standingOf(facts);
  if ('reason' in standing) return () => nothing(standing.reason);
  const mayReadProtected = facts.isSelf || isListed(actor, facts);
  const ground = groundOf(standing);
  const seen: Sight = {
    ...{ shown: 'limited', ground, mayKnowLeftOut: false },
    ...(isProtectedNow(facts) ? { placeless: true } : {}),
  };
  return (c) => {
    const reason = whyNotShown(c, standing, facts, mayReadProtected);
    return reason ? nothing(reason) : seen;
  };
}

/** Who has recorded something beside the plans (a consent, a relation, a copy, an access), and whom it names. */
export interface OnRecord {
  readonly unit?: HsaId | undefined;
  readonly provider?: HsaId | undefined;
  readonly at?: Instant | undefined;
  readonly names?: { readonly unit?: HsaId | undefined; readonly provider?: HsaId | undefined } | undefined;
}

/**
 * What the patient's side is told of what is recorded beside the plans: where units have decided to open their own data
 * (13–15 years), theirs alone; and nothing of whom a sealing closes, as recorder or as named, since that the person
 * turns there is what must not be shown (PDL 5:5, 4:4; OSL 12:3).
 */
export function citizenMayKnow(facts: Facts): (on: OnRecord) => boolean {
  const standing = standingOf(facts);
  if ('reason' in standing) return () => false;
  const { onlyUnits } = standing;
  return ({ unit = '', provider = '', at, names }) => {
    if (onlyUnits && !onlyUnits.has(unit)) return false;
    const by = { ownerUnit: unit, ownerProvider: provider, ...(at === undefined ? {} : { writtenAt: at }) };
    return !isSealed(by, facts) && !(names && isSealedAway(names, facts));
  };
}

/**
 * Whether a sealing closes all of a unit or provider that is named. A unit that is named without its provider may be
 * of any: what is missing counts against.
 */
function isSealedAway({ unit, provider }: NonNullable<OnRecord['names']>, facts: Facts): boolean {
  const now = nowOf(facts);
  return (facts.sealings ?? []).some((seal) => {
    if (!mayHold(seal, now)) return false;
    if (seal.unit !== undefined) return seal.unit === unit;
    if (seal.provider === undefined) return false;
    return seal.provider === provider || (unit !== undefined && provider === undefined);
  });
}

const GROUND_OF: Readonly<Record<CitizenRole, Ground>> = {
  patient: 'patient',
  guardian: 'guardian',
  representative: 'representative',
  proxy: 'proxy',
  relative: 'relative',
};

function groundOf({ as, onlyUnits }: Standing): Ground {
  return onlyUnits ? 'unit-decision' : GROUND_OF[as];
}

function whyNotShown(
  c: ContributionFacts,
  standing: Standing,
  facts: Facts,
  mayReadProtected: boolean,
): Reason | undefined {
  if (c.writtenUnderProtection && !mayReadProtected) return 'protected-identity';
  if (standing.onlyUnits && !standing.onlyUnits.has(c.ownerUnit)) {
    return standing.as === 'guardian' ? 'child-too-old-for-guardian' : 'too-young';
  }
  if (standing.as === 'relative' && !isOwnOf(standing, c)) return 'relative-not-allowed';
  if (c.enteredInError) return 'entered-in-error';
  if (!c.approvedForPatient) return 'not-approved-for-patient';
  if (c.underTwoSix) return 'lasting-inability';
  if (isSealed(c, facts)) return 'sealed';
  return isAwaitingSignature(c, facts) ? 'unsigned' : undefined;
}

/** A step or promise that the relative has said yes to. */
function isOwnOf({ relatedPersonId }: Standing, { duties }: ContributionFacts): boolean {
  return duties.some((duty) => duty.state === 'accepted' && duty.relatedPersonId === relatedPersonId);
}

/** Closed to every citizen, the patient too. When the sealings could not be read everything counts as sealed. */
function isSealed(c: Pick<ContributionFacts, 'ownerUnit' | 'ownerProvider' | 'writtenAt'>, facts: Facts): boolean {
  const now = nowOf(facts);
  if (facts.sealings === undefined) return true;
  return facts.sealings.some(
    (seal) =>
      (seal.provider === undefined || seal.provider === c.ownerProvider) &&
      (seal.unit === undefined || seal.unit === c.ownerUnit) &&
      mayBeWrittenIn(seal.written, c) &&
      mayHold(seal, now),
  );
}

/** Unsigned entries under HSL wait as long as the setting says (PDL 3:10); others need no signature by that law. */
function isAwaitingSignature({ unsignedSince, legalBasis }: ContributionFacts, facts: Facts): boolean {
  const delay = settingsOf(facts).unsignedDelayHours;
  if (unsignedSince === undefined || delay <= 0 || legalBasis === 'SoL' || legalBasis === 'LSS') return false;
  return !(nowOf(facts) >= Date.parse(unsignedSince) + delay * HOUR_MS);
}
