import type { CitizenAsking } from '../people.ts';
import { providerOf } from '../places.ts';
import type { PlanOf, RelatedPerson } from '../world.ts';
import {
  type AnyThing,
  ageAt,
  dayHolds,
  isLastinglyUnable,
  isProtected,
  isRelated,
  isTold,
  no,
  type Question,
  underProtection,
  type Verdict,
  within,
  yes,
} from './question.ts';

export type CitizenQuestion = Question<CitizenAsking>;

/** The one who asks is the patient. */
const isSelf = ({ world, asking }: CitizenQuestion) => world.patient.name === asking.id;

const ownRelations = ({ world, asking }: CitizenQuestion) =>
  world.related.filter((it) => it.who === asking.id && !it.mistaken);

/** Why a citizen has no way in at all, or what the way is. */
export interface Way {
  readonly ground?: 'patient' | 'unit-decision' | 'guardian' | 'representative' | 'proxy' | 'relative';
  readonly why: string;
  /** Only things of these units. */
  readonly units?: ReadonlySet<string>;
  /** Only what is this related person's own. */
  readonly only?: ReadonlySet<string>;
}

const refused = (why: string): Way => ({ why });

function decided({ world, now }: CitizenQuestion, opensFor: 'child' | 'guardian', related?: string): Set<string> {
  const holding = world.unitDecisions.filter(
    (it) =>
      it.opensFor === opensFor &&
      within(now, it) &&
      (it.related === undefined || opensFor === 'child' || it.related === related),
  );
  return new Set(holding.map(({ unit }) => unit));
}

function patientWay(question: CitizenQuestion): Way {
  const { settings, world } = question;
  if (world.patient.deceasedOn) return refused('deceased');
  const age = ageAt(question);
  if (age === undefined) return refused('age-unknown');
  if (age >= settings.ownAccessFromAge) return { ground: 'patient', why: 'patient' };
  const units = decided(question, 'child');
  if (age < settings.guardianAccessUntilAge || units.size === 0) return refused('too-young');
  return { ground: 'unit-decision', why: 'unit-decision', units };
}

function guardianWay(question: CitizenQuestion, it: RelatedPerson): Way {
  const { world, now, settings } = question;
  const age = ageAt(question);
  if (age === undefined) return refused('age-unknown');
  if (
    world.guardianBlocks.some((block) => within(now, block) && (block.related === undefined || block.related === it.id))
  )
    return refused('guardian-blocked');
  if (age >= settings.ownAccessFromAge) return refused('child-too-old-for-guardian');
  if (age < settings.guardianAccessUntilAge) return { ground: 'guardian', why: 'guardian' };
  const units = decided(question, 'guardian', it.id);
  return units.size > 0 ? { ground: 'guardian', why: 'guardian', units } : refused('child-too-old-for-guardian');
}

function relatedWay(question: CitizenQuestion, it: RelatedPerson): Way {
  const { world, now, settings } = question;
  if (world.patient.deceasedOn) return refused('deceased');
  if (!dayHolds(it, now)) return refused('relation-not-in-force');
  const isListed = world.listed.some((one) => one.related === it.id && within(now, one));
  if ((isProtected(question) || it.isProtected) && !isListed) return refused('protected-identity');
  const age = ageAt(question);
  switch (it.relation) {
    case 'guardian':
      return guardianWay(question, it);
    case 'legal-representative':
      if (age === undefined) return refused('age-unknown');
      return it.decision && age >= settings.representativeFromAge
        ? { ground: 'representative', why: 'representative' }
        : refused('decision-missing');
    case 'proxy':
      return settings.proxyMayRead ? { ground: 'proxy', why: 'proxy' } : refused('proxy-not-allowed');
    case 'relative':
      return settings.relativeSeesOwnSteps
        ? { ground: 'relative', why: 'relative', only: new Set([it.id]) }
        : refused('relative-not-allowed');
  }
}

/** Every way that a citizen might come in by. */
export function waysOf(question: CitizenQuestion): Way[] {
  if (isSelf(question)) return [patientWay(question)];
  const ways = ownRelations(question).map((it) => relatedWay(question, it));
  return ways.length > 0 ? ways : [refused('another-patient')];
}

function inWay(question: CitizenQuestion, way: Way, plan: PlanOf, thing: AnyThing): Verdict {
  if (!way.ground) return no(way.why);
  const { world, now, settings } = question;
  if (!isSelf(question) && underProtection(question, thing) && !isOnList(question)) return no('protected-identity');
  const isUntold = isLastinglyUnable(question) && !isTold(question, providerOf(thing.owner).id);
  if (way.only && !(isRelated(thing.party, way.only) || isRelated(thing.to, way.only)))
    return no('relative-not-allowed');
  if (way.units && !way.units.has(thing.owner))
    return no(way.ground === 'guardian' ? 'child-too-old-for-guardian' : 'too-young');
  if (thing.mistaken) return no('entered-in-error');
  if (!thing.approved || plan.status === 'draft' || plan.status === 'entered-in-error')
    return no('not-approved-for-patient');
  if (isUnsigned(thing) && thing.basis === 'HSL' && now < thing.changedAt + settings.unsignedDelayHours * 3_600_000)
    return no('unsigned');
  const isSealed = world.sealings.some((it) => {
    if (!within(now, it)) return false;
    if (it.unit !== undefined && it.unit !== thing.owner) return false;
    if (it.provider !== undefined && it.provider !== providerOf(thing.owner).id) return false;
    const { from = Number.NEGATIVE_INFINITY, until } = it.written ?? {};
    return within(thing.writtenAt, { from, ...(until === undefined ? {} : { until }) });
  });
  if (isSealed) return no('sealed');
  if (isUntold) return no('lasting-inability');
  return yes(way.why, 'limited');
}

/** A related person whose access somebody has reviewed. */
const isOnList = (question: CitizenQuestion) =>
  ownRelations(question).some(({ id }) =>
    question.world.listed.some((one) => one.related === id && within(question.now, one)),
  );

const isUnsigned = (thing: AnyThing) => !thing.signed && thing.by === 'staff';

/** Of a protected person no place is told to the patient's side, whoever is on the list. */
export const isToldNoPlace = (question: Question) => question.asking.kind === 'citizen' && isProtected(question);

/** How much a citizen may see of one thing: by whichever way shows it. */
export function citizenSees(question: CitizenQuestion, plan: PlanOf, thing: AnyThing): Verdict {
  const verdicts = waysOf(question).map((way) => inWay(question, way, plan, thing));
  return verdicts.find(({ shown }) => shown !== 'nothing') ?? verdicts[0]!;
}
