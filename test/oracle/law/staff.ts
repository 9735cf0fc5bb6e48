import type { StaffAsking } from '../people.ts';
import { findUnit, placeOf, providerOf } from '../places.ts';
import type { PlanOf } from '../world.ts';
import {
  type AnyThing,
  copyOf,
  isLastinglyUnable,
  isProtected,
  isTold,
  no,
  type Question,
  underProtection,
  type Verdict,
  within,
  yes,
} from './question.ts';
import { isBlocked, isChildUnable, isInside, isJoined, ownerForbids, readingConsents, sipAllows } from './sharing.ts';
import { dutyLeft, endedAt, hasRelation, isIn, isOver } from './taking-part.ts';

export type StaffQuestion = Question<StaffAsking>;

export const hasRight = ({ asking }: StaffQuestion, act: string) => {
  if (asking.rights) return asking.rights.some((right) => right.startsWith(`${act};`));
  return ['Läsa', 'Skriva', 'Signera'].includes(act);
};

const mayReadWithin = ({ asking }: StaffQuestion, reach: RegExp) =>
  !asking.rights || asking.rights.some((right) => right.startsWith('Läsa;') && reach.test(right));
/** The last word of a right is how far it goes: the unit (VE), the provider (VG), shared documentation (SJF). */
export const readsShared = (question: StaffQuestion) => mayReadWithin(question, /;SJF$/);
const readsProvider = (question: StaffQuestion) => mayReadWithin(question, /;(VG|SJF)$/);

/** What is wrong with the one who asks, whatever is asked for. */
export function standingOf({ asking }: StaffQuestion): string | undefined {
  const unit = findUnit(asking.unit);
  if (!unit || unit.closed || unit.provider !== asking.provider) return 'unknown-unit';
  if (asking.scope !== undefined) return 'outside-scope';
  return asking.rights === undefined && providerOf(asking.unit).kind === 'care' ? 'no-commission' : undefined;
}

/** The identity is protected, and the one who asks is not on the list. */
export const isHiddenFrom = (question: StaffQuestion) => isProtected(question) && !isListed(question);

export const isListed = ({ world, now, asking }: StaffQuestion) =>
  world.listed.some(
    (it) => it.staff === asking.staff && (it.unit === undefined || it.unit === asking.unit) && within(now, it),
  );

const PRACTICAL = [
  'plan',
  'step',
  'named-contact',
  'participant',
  'safety-net-item',
  'commitment',
  'follow-up',
  'agreement-version',
  'agreement-act',
];

/** Within the provider: who takes part in the care, and nothing that is blocked between units (PDL 4:1, 4:4). */
function innerSecrecy(question: StaffQuestion, plan: PlanOf, thing: AnyThing): Verdict {
  const { unit } = question.asking;
  if (!isInside(unit)) return no('outside-shared-documentation');
  if (!isInside(thing.owner)) return no('owner-outside-shared-documentation');
  if (!readsProvider(question)) return no('inner-secrecy');
  if (!hasRelation(question, plan, unit)) return no('inner-secrecy');
  if (isBlocked(question, thing, unit)) return no('blocked');
  if (providerOf(unit).kind === 'care') return yes('inner-secrecy');
  return practical(plan, thing, unit, 'inner-secrecy');
}

/** Lag 2022:913 3:1 and 3:2. */
function sharedReading(question: StaffQuestion, plan: PlanOf, thing: AnyThing): Verdict {
  const { world, now, asking } = question;
  const { unit } = asking;
  const isCare = providerOf(unit).kind === 'care';
  if (!isInside(unit) || (!isCare && placeOf(unit).area === 'health')) return no('outside-shared-documentation');
  if (!isJoined(asking.provider, now)) return no('provider-not-joined');
  if (!readsShared(question)) return no('shared-reading-right-missing');
  if (world.patient.deceasedOn) return no('deceased');
  if (!hasRelation(question, plan, unit))
    return no(isOver(plan, unit) ? 'part-is-over' : isCare ? 'no-care-relation' : 'no-intervention');
  const forbidden = ownerForbids(question, thing);
  if (forbidden) return no(forbidden);
  if (isBlocked(question, thing, unit)) return no('blocked');
  if (!sipAllows(question, plan, unit)) return no('sip-consent-missing');
  const ground = consentGround(question, plan, thing);
  if (ground.shown === 'nothing' || isCare) return ground;
  return practical(plan, thing, unit, ground.why);
}

/** Social care's task is practical: what it needs, no mistakes, no clinical text. Who leads the plan needs all of it. */
function practical(plan: PlanOf, thing: AnyThing, unit: string, ground: string): Verdict {
  if (thing.mistaken) return no('entered-in-error');
  return plan.lead === unit || PRACTICAL.includes(thing.kind) ? yes(ground, 'limited') : no('not-needed');
}

function consentGround(question: StaffQuestion, plan: PlanOf, thing: AnyThing): Verdict {
  const isCare = providerOf(question.asking.unit).kind === 'care';
  const consents = readingConsents(question, plan, question.asking.unit);
  if (consents.some(({ kinds }) => !kinds || kinds.includes(thing.kind)))
    return yes(isCare ? 'care-provider-reads' : 'social-care-provider-reads');
  // The exceptions are for reading with one's own kind: social care's reach no care provider (3:2, 3:4).
  const reaches =
    isCare || question.settings.socialCareExceptionsReachCare || providerOf(thing.owner).kind === 'social-care';
  if (reaches && isChildUnable(question)) return yes('child-cannot-consent');
  if (reaches && isLastinglyUnable(question)) return yes('lastingly-unable');
  if (consents.length > 0) return no('not-in-consent');
  return no(isCare ? 'read-care-consent-missing' : 'read-social-consent-missing');
}

/** In an emergency care providers read what is unblocked with other care providers (3:6). */
function emergency(question: StaffQuestion, thing: AnyThing): Verdict {
  const { world, now, asking, settings } = question;
  const isOpen = world.emergencies.some(
    (it) => it.staff === asking.staff && it.unit === asking.unit && within(now, it),
  );
  if (!isOpen || providerOf(asking.unit).kind !== 'care' || !isInside(asking.unit)) return no('no-emergency');
  if (!isJoined(asking.provider, now) || !readsShared(question) || world.patient.deceasedOn) return no('no-emergency');
  const owner = providerOf(thing.owner);
  if (owner.id === asking.provider) {
    // Who acts in an emergency takes part in the care.
    if (!isInside(thing.owner)) return no('owner-outside-shared-documentation');
    return isBlocked(question, thing, asking.unit) ? no('blocked') : yes('emergency');
  }
  if (owner.kind === 'social-care' && !settings.emergencyOpensSocialCare) return no('no-care-relation');
  if (!isInside(thing.owner) || !isJoined(owner.id, now)) return no('owner-not-joined');
  if (settings.emergencyNeedsInformation && !isTold(question, owner.id) && !isLastinglyUnable(question))
    return no('information-not-given');
  return isBlocked(question, thing, asking.unit) ? no('blocked') : yes('emergency');
}

/** Own steps and promises, and what is about them; a participant whose part is over reads nothing new. */
function ownDuty(question: StaffQuestion, plan: PlanOf, thing: AnyThing): Verdict {
  const { unit } = question.asking;
  const duty = dutyLeft(plan, thing, unit);
  if (!duty) return no(isOver(plan, unit) ? 'part-is-over' : 'no-relation');
  // What it has been asked for may be blocked; what it has taken on is its own.
  if (duty === 'asked' && isBlocked(question, thing, unit)) return no('blocked');
  return yes('own-duty', 'limited');
}

function handedCopy(question: StaffQuestion, thing: AnyThing, past: boolean): Verdict {
  const { unit, provider } = question.asking;
  const copy = copyOf(question, thing, (to) => (to.kind === 'unit' ? to.id === unit : to.id === provider));
  return copy?.isPast === past ? yes('handed-copy', copy.whole ? 'whole' : 'limited') : no('no-relation');
}

/** Of the header kind, status and lead, and the named contacts, for whoever takes part. */
function outline({ asking: { unit } }: StaffQuestion, plan: PlanOf, thing: AnyThing): Verdict {
  if ((thing.kind !== 'plan' && thing.kind !== 'named-contact') || thing.mistaken) return no('no-relation');
  if (isIn(plan, unit)) return yes('participant-outline', 'outline');
  if (!isOver(plan, unit)) return no('no-relation');
  const isNew = thing.changedAt > endedAt(plan, unit)!;
  return thing.kind === 'plan' && !isNew ? yes('participant-outline', 'outline') : no('part-is-over');
}

/** How much one member of staff may see of one thing. */
export function staffSees(question: StaffQuestion, plan: PlanOf, thing: AnyThing): Verdict {
  const wrong = standingOf(question);
  if (wrong) return no(wrong);
  if (!hasRight(question, 'Läsa')) return no('right-to-read-missing');
  const { unit, provider } = question.asking;
  const isHidden = isProtected(question) || underProtection(question, thing);
  if (isHidden && !isListed(question)) return no('protected-identity');
  if (thing.owner === unit) return yes('own-unit');
  const first =
    providerOf(thing.owner).id === provider
      ? innerSecrecy(question, plan, thing)
      : sharedReading(question, plan, thing);
  const rest = [
    () => emergency(question, thing),
    () => handedCopy(question, thing, false),
    () => ownDuty(question, plan, thing),
    () => outline(question, plan, thing),
  ];
  if (first.shown === 'whole') return first;
  let best = first;
  for (const way of rest) {
    const verdict = way();
    if (RANK[verdict.shown] > RANK[best.shown]) best = verdict;
  }
  // What was handed over and has changed since is shown as it was, to who sees nothing of it as it is.
  return best.shown === 'nothing' ? orElse(handedCopy(question, thing, true), best) : best;
}

const orElse = (verdict: Verdict, other: Verdict) => (verdict.shown === 'nothing' ? other : verdict);

const RANK = { nothing: 0, outline: 1, limited: 2, whole: 3 } as const;
