import type { Criterion } from '../ask.ts';
import type { StaffAsking } from '../people.ts';
import { providerOf } from '../places.ts';
import type { ExportAsked, PlanOf } from '../world.ts';
import { type CitizenQuestion, waysOf } from './citizen.ts';
import { type Question, within } from './question.ts';
import { isThere, type Seen, seenIn } from './sees.ts';
import { isInside, isJoined } from './sharing.ts';
import { hasRight, isHiddenFrom, readsShared, type StaffQuestion, standingOf } from './staff.ts';
import { isHiddenFromSystem } from './system.ts';
import { isIn } from './taking-part.ts';

/** The answer to "may I": not there at all, refused with a reason that may be told, or allowed. */
export type Answer = { readonly is: 'hidden' | 'refused' | 'allowed'; readonly why?: string };
const hidden = (why: string): Answer => ({ is: 'hidden', why });
const refused = (why: string): Answer => ({ is: 'refused', why });
const allowed: Answer = { is: 'allowed' };

/** What can be done with a plan, and who may by the part they have in it. */
type Part = 'inside' | 'outside' | 'former' | 'reader' | 'citizen' | 'proxy' | 'system';
interface Act {
  readonly right: 'Läsa' | 'Skriva' | 'Signera';
  readonly by: readonly Part[];
}
const EVERYBODY: readonly Part[] = ['inside', 'outside', 'former', 'reader', 'citizen', 'proxy', 'system'];
const read = (...not: readonly Part[]): Act => ({ right: 'Läsa', by: EVERYBODY.filter((part) => !not.includes(part)) });
const write = (...by: readonly Part[]): Act => ({ right: 'Skriva', by });

export const PLAN_ACTS: Readonly<Record<string, Act>> = {
  'plan.read': read(),
  'plan.read-history': read(),
  'plan.look-up': read(),
  'plan.allowed-actions': read(),
  'plan.export': read('reader', 'proxy'),
  'plan.change': write('inside'),
  'plan.transition': write('inside', 'citizen'),
  'plan.add-content': write('inside', 'citizen', 'system'),
  'content.change': write('inside', 'outside', 'former', 'citizen', 'system'),
  'content.sign': { right: 'Signera', by: ['inside', 'outside', 'former'] },
  'content.disagree': write('inside', 'outside', 'former', 'citizen'),
  'step.add': write('inside', 'outside', 'citizen', 'system'),
  'step.answer': write('inside', 'outside', 'former', 'citizen'),
  'step.change': write('inside', 'outside', 'former', 'citizen', 'system'),
  'step.report': write('inside', 'outside', 'former', 'citizen', 'system'),
  'participant.answer': write('inside', 'outside', 'citizen'),
  'commitment.answer': write('inside', 'outside', 'former', 'citizen'),
  'commitment.judge': write('inside', 'outside', 'former', 'citizen'),
  'remark.write': write('inside', 'outside', 'citizen'),
  'agreement.propose': write('inside'),
  'agreement.answer': { right: 'Signera', by: ['inside', 'outside', 'citizen'] },
  'receipt.answer': write('inside', 'citizen'),
  'handover.offer': write('inside', 'outside', 'former', 'system'),
  'handover.answer': write('inside', 'outside', 'former'),
  'feedback.write': write('inside', 'outside', 'former'),
  'finding.explain': write('inside', 'outside', 'former'),
};

/** What the one who asks is to a plan that is there for them. */
export function partIn(question: Question, plan: PlanOf): Part {
  const { asking } = question;
  if (asking.kind === 'citizen') {
    const grounds = waysOf({ ...question, asking }).flatMap(({ ground }) => ground ?? []);
    return grounds.every((ground) => ground === 'proxy' || ground === 'relative') ? 'proxy' : 'citizen';
  }
  if (asking.kind === 'system') return 'system';
  if (isIn(plan, asking.unit)) return isInside(asking.unit) ? 'inside' : 'outside';
  const owns = [plan.header, ...plan.things].some(({ owner }) => owner === asking.unit);
  const wasIn = plan.things.some(
    (it) =>
      it.kind === 'participant' &&
      !it.mistaken &&
      typeof it.party === 'object' &&
      'unit' in it.party &&
      it.party.unit === asking.unit,
  );
  return owns || wasIn ? 'former' : 'reader';
}

/** Whether something may be done with one plan, whoever's step or promise in it is meant. */
export function mayAct(question: Question, plan: PlanOf, action: string): Answer {
  const act = PLAN_ACTS[action]!;
  const { asking } = question;
  if (asking.kind === 'staff') {
    const staff = { ...question, asking };
    const wrong = standingOf(staff);
    if (wrong) return stopped(wrong);
    if (!hasRight(staff, act.right)) return refused(RIGHTS[act.right]);
  }
  if (asking.kind === 'citizen' && isOnlyRelative({ ...question, asking })) return refused('not-for-this-actor');
  // Who may write there knows that it is there, also without the right to read it.
  const seen = seenForActing(question, plan);
  if (!isThere(question, plan, seen)) return hidden(seen[0]!.verdict.why);
  if (!act.by.includes(partIn(question, plan))) return refused('not-for-this-actor');
  // Nobody changes what they may not read.
  return asking.kind === 'staff' && !hasRight({ ...question, asking }, 'Läsa')
    ? hidden('right-to-read-missing')
    : allowed;
}

const LOOKED = new WeakMap<Question, Map<PlanOf, readonly Seen[]>>();

/** The same for every act that one question is about. */
function seenForActing(question: Question, plan: PlanOf): readonly Seen[] {
  const looked = LOOKED.get(question) ?? new Map<PlanOf, readonly Seen[]>();
  const { asking } = question;
  const seen =
    looked.get(plan) ?? seenIn(asking.kind === 'staff' ? { ...question, asking: withReading(asking) } : question, plan);
  LOOKED.set(question, looked.set(plan, seen));
  return seen;
}

/** Staff may ask about anybody, and get an empty list; a citizen only where there is a way in. */
export function mayList(question: Question): Answer {
  const { asking } = question;
  if (asking.kind === 'system') return hidden('another-providers');
  if (asking.kind === 'citizen') {
    if (waysOf({ ...question, asking }).some(({ ground }) => ground === 'proxy')) return allowed;
    if (isOnlyRelative({ ...question, asking })) return refused('not-for-this-actor');
    const may = mayActOnPerson(question, 'information.record');
    return may.why === 'not-for-this-actor' ? allowed : may;
  }
  const wrong = standingOf({ ...question, asking });
  if (wrong) return stopped(wrong);
  return hasRight({ ...question, asking }, 'Läsa') ? allowed : refused('right-to-read-missing');
}

/** A search that names no person: nobody's, and a care provider's is banned where it would tell of social services (PDL 2:8). */
export function maySearchPersons(question: Question, by: Criterion): Answer {
  const { asking } = question;
  const may = mayList(question);
  if (may.is !== 'allowed' || asking.kind !== 'staff' || providerOf(asking.unit).kind !== 'care') return may;
  return tellsOfSocialServices(by) ? refused('search-ban') : may;
}

function tellsOfSocialServices({ owner, party, kind, legalBasis, text }: Criterion): boolean {
  const isCare = (unit: string | undefined) => unit === undefined || providerOf(unit).kind === 'care';
  return (
    !isCare(owner) || !isCare(party) || kind === 'GP' || !['HSL', undefined].includes(legalBasis) || text !== undefined
  );
}

/** A relative has own steps, and never the plan. */
function isOnlyRelative(question: CitizenQuestion): boolean {
  const grounds = waysOf(question).flatMap(({ ground }) => ground ?? []);
  return grounds.length > 0 && grounds.every((ground) => ground === 'relative');
}

const withReading = (asking: StaffAsking): StaffAsking =>
  asking.rights ? { ...asking, rights: [...asking.rights, 'Läsa;alla;VE'] } : asking;

/** Who comes from a unit that is none is told nothing at all; who lacks something else is told what. */
export const stopped = (wrong: string): Answer => (wrong === 'unknown-unit' ? hidden(wrong) : refused(wrong));

const RIGHTS = {
  Läsa: 'right-to-read-missing',
  Skriva: 'right-to-write-missing',
  Signera: 'right-to-sign-missing',
} as const;

/** What is recorded about a person rather than in a plan. */
export interface PersonAct {
  readonly right: string;
  readonly missing: string;
  /** Whether the person may do it for themselves, and with what the guardian is refused. */
  readonly self: boolean;
  readonly guardian?: string;
  /** What is the person's own, and a representative's, but no guardian's. */
  readonly notGuardian?: true;
  /** What else is asked of staff: why not. */
  readonly demand?: (question: StaffQuestion) => string | undefined;
  readonly openTo?: 'all-areas';
  /** Of the living only. */
  readonly living?: true;
  /** What a provider's own record system does too. */
  readonly systems?: true;
}

const BY_STAFF = { right: 'Skriva', missing: 'right-to-write-missing', self: false } as const;
const BLOCKS = {
  ...{ right: 'Spärradministration', missing: 'block-administration-missing', self: true },
  guardian: 'guardian-may-not-block',
} as const;
const PLAN_OFFICE = { right: 'Planadministration', missing: 'plan-administration-missing', self: false } as const;
const READS = { right: 'Läsa', missing: 'right-to-read-missing', self: false, openTo: 'all-areas' } as const;

export const PERSON_ACTS: Readonly<Record<string, PersonAct>> = {
  // The law names who is told, and a hospital's record system is what sends.
  'discharge.send': { ...BY_STAFF, openTo: 'all-areas', systems: true },
  'discharge.read': { ...READS, systems: true },
  'information.record': { ...BY_STAFF, living: true },
  'care-relation.register': { ...BY_STAFF, living: true },
  // Whose relation it is that is ended.
  'care-relation.end': {
    ...BY_STAFF,
    demand: ({ world, asking }) => (world.relations[0]?.unit === asking.unit ? undefined : 'not-own-unit'),
  },
  'block.set': BLOCKS,
  'block.set of another': { ...BLOCKS, demand: () => 'not-own-provider' },
  'guardian-block.set': PLAN_OFFICE,
  'unit-decision.record': PLAN_OFFICE,
  'sealing.set': { ...PLAN_OFFICE, self: true, notGuardian: true },
  'protection.set': PLAN_OFFICE,
  'protection.grant-access': PLAN_OFFICE,
  'log.extract': { right: 'Loggkontroll', missing: 'log-review-missing', self: true, demand: whyNotByTwo },
  'export.ask': PLAN_OFFICE,
  'export.answer': { ...PLAN_OFFICE, demand: whyNotSecond },
  'export.take': { ...PLAN_OFFICE, demand: whyNotTaken },
  'disclosure.make': { ...BY_STAFF, openTo: 'all-areas', demand: () => 'disclosure-without-ground' },
  'emergency.open': { ...READS, demand: whyNotOpen },
  'emergency.close': { ...READS, demand: (question) => (hasOpened(question) ? undefined : 'no-emergency') },
};

/** The first that was asked for, if it is the own provider's to deal with: another unit's only by a right over all of it. */
function firstExport({ asking, world }: StaffQuestion): ExportAsked | string | undefined {
  const [first] = world.exports;
  if (!first) return undefined;
  if (providerOf(first.unit).id !== asking.provider) return 'not-own-provider';
  const reaches = first.unit === asking.unit || asking.rights?.includes('Planadministration;alla;VG');
  return reaches ? first : 'plan-administration-missing';
}

/** Another than the one who asked. */
function whyNotSecond(question: StaffQuestion): string | undefined {
  const first = firstExport(question);
  if (first === undefined) return 'not-own-provider';
  if (typeof first === 'string') return first;
  return first.staff === question.asking.staff ? 'second-person-needed' : undefined;
}

/** The one who asked, when another has said yes. */
function whyNotTaken(question: StaffQuestion): string | undefined {
  const first = firstExport(question);
  if (typeof first === 'string') return first;
  return first?.staff === question.asking.staff && first.approvedBy ? undefined : 'second-person-needed';
}

/** The log of who is or has been protected is handed out by who may take out what is written, for as long. */
function whyNotByTwo({ asking, world, now }: StaffQuestion): string | undefined {
  if (world.patient.grade === undefined) return undefined;
  const isByTwo = world.exports.some((it) => it.staff === asking.staff && it.approvedBy && now < it.until);
  return isByTwo ? undefined : 'second-person-needed';
}

/** Care providers only, inside the law and joined, with the right to read what others write, and of the living. */
function whyNotOpen(question: StaffQuestion): string | undefined {
  const { asking, now, world } = question;
  if (providerOf(asking.unit).kind !== 'care') return 'emergency-only-for-care-providers';
  if (!isInside(asking.unit)) return 'outside-shared-documentation';
  if (!isJoined(asking.provider, now)) return 'provider-not-joined';
  if (!readsShared(question)) return 'shared-reading-right-missing';
  return world.patient.deceasedOn ? 'deceased' : undefined;
}

const hasOpened = (question: StaffQuestion) =>
  whyNotOpen(question) === undefined &&
  question.world.emergencies.some(
    (it) => it.staff === question.asking.staff && it.unit === question.asking.unit && within(question.now, it),
  );

function staffActs(question: StaffQuestion, act: PersonAct): Answer {
  const { unit } = question.asking;
  const wrong = standingOf(question);
  if (wrong) return stopped(wrong);
  if (!hasRight(question, act.right)) return refused(act.missing);
  if (isHiddenFrom(question)) return hidden('protected-identity');
  if (!act.openTo && !isInside(unit)) return hidden('outside-shared-documentation');
  if (act.living && question.world.patient.deceasedOn) return refused('deceased');
  const demanded = act.demand?.(question);
  if (demanded) return refused(demanded);
  return allowed;
}

function citizenActs(question: CitizenQuestion, act: PersonAct): Answer {
  const ways = waysOf(question);
  const isGuardian = ways.some(({ ground, why }) => ground === 'guardian' || why === 'child-too-old-for-guardian');
  if (act.guardian && isGuardian) return refused(act.guardian);
  const found = ways.filter(({ ground }) => ground !== undefined);
  const isNone = ['relative', 'proxy', ...(act.notGuardian ? ['guardian'] : [])];
  const way = found.find(({ ground }) => !isNone.includes(ground!));
  if (!way && found.length > 0) return refused('not-for-this-actor');
  const isPatient = question.world.patient.name === question.asking.id;
  if (!way)
    return isPatient && ['too-young', 'age-unknown'].includes(ways[0]!.why)
      ? refused(ways[0]!.why)
      : hidden(ways[0]!.why);
  return act.self ? allowed : refused('not-for-this-actor');
}

/** Whether something may be done about the person. */
export function mayActOnPerson(question: Question, action: string): Answer {
  const act = PERSON_ACTS[action]!;
  const { asking } = question;
  if (asking.kind === 'staff') return staffActs({ ...question, asking }, act);
  if (asking.kind === 'citizen') return citizenActs({ ...question, asking }, act);
  if (!act.systems) return hidden('not-for-this-actor');
  return isHiddenFromSystem({ ...question, asking }) ? hidden('protected-identity') : allowed;
}
