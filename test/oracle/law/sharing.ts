import { findUnit, placeOf, principalOf, providerOf, providerPlace } from '../places.ts';
import type { ConsentGiven, PlanOf } from '../world.ts';
import {
  type AnyThing,
  ageAt,
  dayHolds,
  everything,
  isLastinglyUnable,
  isTold,
  type Question,
  within,
} from './question.ts';

/** Lag 2022:913: what the law asks for before one provider reads what another has written. */

/** Areas that the law covers; social care only the two last. */
export const isInside = (unit: string) => ['health', 'older', 'disability'].includes(placeOf(unit).area);

export function isJoined(provider: string, now: number): boolean {
  const { joinedFrom, joinedTo } = providerPlace(provider);
  return (
    joinedFrom !== undefined && Date.parse(joinedFrom) <= now && (joinedTo === undefined || now < Date.parse(joinedTo))
  );
}

/** For a child the consent is the guardians': every one of today must have said yes, and only while there is custody. */
function guardiansAgree(question: Question, consent: ConsentGiven): boolean {
  if (!consent.guardians) return true;
  const { world, now, settings } = question;
  const age = ageAt(question);
  if (age === undefined || age >= settings.guardianConsentUntilAge) return false;
  const today = world.related.filter((it) => it.relation === 'guardian' && !it.mistaken && dayHolds(it, now));
  const answers = consent.guardians.filter((one) => today.some(({ id }) => id === one.related));
  return today.length > 0 && today.every(({ id }) => answers.some((one) => one.related === id && one.answer === 'yes'));
}

export function consentHolds(question: Question, consent: ConsentGiven, plan: PlanOf): boolean {
  if (consent.mistaken || consent.state !== 'given' || !within(question.now, consent)) return false;
  return (consent.plan === undefined || consent.plan === plan.id) && guardiansAgree(question, consent);
}

const isTo = (consent: ConsentGiven, kind: ConsentGiven['to']['kind'], id: string) =>
  consent.to.kind === kind && consent.to.id === id;

/** Consents to exactly this reading, by this unit or its provider. */
export function readingConsents(question: Question, plan: PlanOf, unit: string): ConsentGiven[] {
  const provider = providerOf(unit);
  const type = provider.kind === 'care' ? 'read-care' : 'read-social';
  return question.world.consents.filter(
    (one) =>
      one.type === type &&
      (isTo(one, 'unit', unit) || isTo(one, 'provider', provider.id)) &&
      consentHolds(question, one, plan),
  );
}

/** Principals that take part: by a unit that takes part or is to do something that is needed. */
function principalsOf(plan: PlanOf, kind: 'region' | 'municipality'): Set<string> {
  const needed = ['proposed', 'agreed', 'booked', 'in-progress', 'on-hold', 'done'];
  const found = new Set<string>();
  for (const thing of plan.things) {
    if (thing.mistaken || typeof thing.party !== 'object' || !('unit' in thing.party)) continue;
    const counts = thing.kind === 'step' ? needed : thing.kind === 'participant' ? ['invited', 'accepted'] : [];
    if (!counts.includes(thing.state ?? '')) continue;
    const principal = principalOf(thing.party.unit);
    if (principal.kind === kind) found.add(principal.id);
  }
  return found;
}

/** Who stands for the region or the kommun: the one with the overall responsibility, else any. */
function partners(plan: PlanOf, kind: 'region' | 'municipality'): string[] {
  const all = principalsOf(plan, kind);
  return plan.leadPrincipal !== undefined && all.has(plan.leadPrincipal) ? [plan.leadPrincipal] : [...all];
}

/** Every unit that stands somewhere in a plan. */
function unitsIn(plan: PlanOf): Set<string> {
  const parties = plan.things.flatMap(({ party, to, unit, support }) => [party, to, unit, support]);
  const named = parties.flatMap((one) => (typeof one === 'object' ? ('unit' in one ? one.unit : []) : (one ?? [])));
  return new Set([plan.lead, plan.creator, ...everything(plan).map(({ owner }) => owner), ...named]);
}

/** Whether a consent lets a principal plan: it is to the principal, or to a provider or unit of it that is in the plan. */
function covers({ to }: ConsentGiven, principal: string, units: ReadonlySet<string>): boolean {
  if (to.kind === 'principal') return to.id === principal;
  return [...units].some(
    (unit) =>
      findUnit(unit) !== undefined &&
      principalOf(unit).id === principal &&
      (to.kind === 'unit' ? unit === to.id : providerOf(unit).id === to.id),
  );
}

/** In a SIP: consent to plan together, for the reader and for both principals. */
export function sipAllows(question: Question, plan: PlanOf, unit: string): boolean {
  if (plan.kind !== 'SIP') return true;
  if (question.settings.sipWithoutConsentWhenUnable && isLastinglyUnable(question)) return true;
  const consents = question.world.consents.filter((one) => one.type === 'sip' && consentHolds(question, one, plan));
  const isMine = consents.some(
    (one) =>
      isTo(one, 'unit', unit) ||
      isTo(one, 'provider', providerOf(unit).id) ||
      isTo(one, 'principal', principalOf(unit).id),
  );
  const units = unitsIn(plan).add(unit);
  const isCovered = (kind: 'region' | 'municipality') =>
    partners(plan, kind).some((principal) => consents.some((one) => covers(one, principal, units)));
  return isMine && isCovered('region') && isCovered('municipality');
}

/** A child who cannot consent needs none (3:1, 3:2 second paragraphs). */
export function isChildUnable(question: Question): boolean {
  const age = ageAt(question);
  if (age === undefined || age >= 18) return false;
  const { world, now, settings } = question;
  return (
    age < settings.childUnableToConsentBelowAge || world.inability.some((it) => it.kind === 'child' && within(now, it))
  );
}

/** Why nobody outside the owner's provider may read a thing of theirs, whoever reads. */
export function ownerForbids(question: Question, thing: AnyThing): string | undefined {
  const owner = providerOf(thing.owner);
  if (!isInside(thing.owner)) return 'owner-outside-shared-documentation';
  if (owner.kind === 'social-care' && placeOf(thing.owner).area === 'health')
    return 'owner-outside-shared-documentation';
  if (!isJoined(owner.id, question.now)) return 'owner-not-joined';
  if (!isTold(question, owner.id) && !isLastinglyUnable(question)) return 'information-not-given';
  return undefined;
}

/** Whether a thing is blocked for a unit. Its own unit it never is. */
export function isBlocked({ world, now, settings }: Question, thing: AnyThing, reader: string): boolean {
  const owner = providerOf(thing.owner).id;
  const isOwnProvider = providerOf(reader).id === owner;
  return world.blocks.some((block) => {
    if (!within(now, block) || (block.liftedAt !== undefined && block.liftedAt <= now)) return false;
    if (block.provider !== owner || (block.unit !== undefined && block.unit !== thing.owner)) return false;
    if (block.reach === 'outer' && isOwnProvider) return false;
    if (block.reach === 'inner' && !isOwnProvider && !settings.innerBlockHidesFromOtherProviders) return false;
    if (block.liftedFor?.some((lift) => lift.unit === reader && within(now, lift))) return false;
    const { from = Number.NEGATIVE_INFINITY, until } = block.written ?? {};
    return within(thing.writtenAt, { from, ...(until === undefined ? {} : { until }) });
  });
}
