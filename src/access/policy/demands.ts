import type { Actor } from '../../shared/actor.ts';
import type { HsaId } from '../../shared/owned.ts';
import { unitOf } from './acting-unit.ts';
import { isDeceased } from './care-relation.ts';
import { holdsNow } from './consents.ts';
import type { Facts } from './facts.ts';
import type { GivenConsent } from './facts-sharing.ts';
import type { Reason } from './reasons.ts';
import { type Right, rightMissing } from './rights.ts';
import { emergencyOf, whyNoEmergency } from './ways/emergency.ts';
import { whyReaderMayNot } from './ways/shared-documentation.ts';
import type { Reader } from './ways/way.ts';

/** What an action asks for beyond relation and rights: a reason to refuse, or undefined. */
export type Demand = (actor: Actor, facts: Facts) => Reason | undefined;

/** A demand on staff only: patients act on their own data, systems are bound elsewhere. */
function ofStaff(demand: (reader: Reader) => Reason | undefined): Demand {
  return (actor, facts) => {
    if (actor.kind !== 'staff') return undefined;
    const unit = unitOf(actor, facts);
    return unit ? demand({ actor, unit, facts }) : 'unknown-unit';
  };
}

/** The dead consent to nothing more. */
export const ofTheLiving: Demand = (_actor, facts) => (isDeceased(facts) ? 'deceased' : undefined);

/** Staff act on their own unit only. */
export const onOwnUnit = ofStaff(({ unit, facts }) => (facts.target?.unit === unit.hsaId ? undefined : 'not-own-unit'));

/** Staff act on their own provider's data only, and beyond their own unit with a right that reaches so far. */
export function onOwnProvider(right: Right): Demand {
  return ofStaff(({ actor, unit, facts }) => {
    const { target } = facts;
    if (target?.provider !== unit.provider.hsaId) return 'not-own-provider';
    return target.unit === unit.hsaId ? undefined : rightMissing(actor, unit, right, 'VG', facts);
  });
}

const onOwnBlocks = onOwnProvider('block-administration');
const onOwnContributions = onOwnProvider('write');

/** Guardians may not block a child's data (PDL 4:4, lag 2022:913 2:3); staff block own provider's at the patient's wish. */
export const mayBlock: Demand = (actor, facts) => {
  if (actor.kind === 'citizen' && !facts.isSelf && facts.related?.some(({ kind }) => kind === 'guardian')) {
    return 'guardian-may-not-block';
  }
  return onOwnBlocks(actor, facts);
};

/** A relation is registered by the unit that has it, of its provider's kind, to someone who lives. */
export const ownCareRelation = ofStaff((reader) => {
  const { actor, unit, facts } = reader;
  const kind = facts.target?.relationKind;
  const isFitting = kind !== undefined && (kind === 'care') === (unit.provider.kind === 'care');
  return onOwnUnit(actor, facts) ?? (isFitting ? ofTheLiving(actor, facts) : 'not-for-this-actor');
});

/** Care providers only (lag 2022:913 3:6). That a reason is given, and not of blanks, is for the one who writes it. */
export const mayOpenInEmergency = ofStaff(whyNoEmergency);

/** Who has opened in an emergency that holds now. */
export const inEmergency = ofStaff((reader) => (emergencyOf(reader) ? undefined : 'no-emergency'));

/** To ask for a block to be lifted: an emergency, and a patient who cannot ask (lag 2022:913 3:5). */
export const inEmergencyWithoutPatient = ofStaff((reader) =>
  emergencyOf(reader)?.patientCannotLift ? undefined : 'no-emergency',
);

/** Only who has a lawful relation is told that data exist (lag 2022:913 2:4–5). */
export const withRelation = ofStaff(whyReaderMayNot);

const onOwnExports = onOwnProvider('plan-administration');

/** What leaves about a protected person is certified by another of the same provider than the one who asked for it. */
export const bySecondPerson = ofStaff(({ actor, facts }) => {
  const refusal = onOwnExports(actor, facts);
  if (refusal) return refusal;
  const askedBy = facts.target?.exporting?.askedBy;
  return askedBy === undefined || askedBy === actor.employeeHsaId ? 'second-person-needed' : undefined;
});

/** It is taken out by the one who asked, once another has said yes. */
export const withSecondPerson = ofStaff(({ actor, facts }) => {
  const refusal = onOwnExports(actor, facts);
  return refusal ?? (isByTwo(actor.employeeHsaId, facts) ? undefined : 'second-person-needed');
});

function isByTwo(employee: HsaId, { target }: Facts): boolean {
  const { askedBy, approvedBy } = target?.exporting ?? {};
  return askedBy === employee && approvedBy !== undefined && approvedBy !== employee;
}

/** The log of who has been or is protected tells where the person has been: by two, when staff hand it out. */
export const withSecondPersonWhenProtected = ofStaff(({ actor, facts }) =>
  facts.patient?.protection === 'none' || isByTwo(actor.employeeHsaId, facts) ? undefined : 'second-person-needed',
);

/** One copy to one receiver, of own data, on a ground that the law knows (OSL 10:1, 12:2, 25:1, 26:1). */
export const onLawfulGround = ofStaff(({ actor, facts }) => {
  const { receiver, ground } = facts.target ?? {};
  const refusal = onOwnContributions(actor, facts);
  if (refusal) return refusal;
  if (!receiver || !ground) return 'disclosure-without-ground';
  return ground !== 'consent' || hasDisclosureConsent(receiver, facts) ? undefined : 'disclosure-without-ground';
});

function hasDisclosureConsent(receiver: GivenConsent['recipient'], facts: Facts): boolean {
  return (facts.consents ?? []).some(
    (consent) =>
      consent.id === facts.target?.consentId &&
      consent.type === 'disclosure' &&
      isSame(consent.recipient, receiver) &&
      holdsNow(consent, facts),
  );
}

function isSame(a: GivenConsent['recipient'], b: GivenConsent['recipient']): boolean {
  if (a.kind === 'person' || b.kind === 'person')
    return a.kind === 'person' && b.kind === 'person' && a.name === b.name;
  return a.kind === b.kind && a.hsaId === b.hsaId;
}
