import type { ThingId } from '../../shared/ids.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import { unitName } from './acting-contact.ts';
import type { PlanContext } from './context.ts';
import type { HsaId, Instant, Step, StepState, SwedishDate, When } from './model.ts';
import { type PartyView, partyView } from './party-view.ts';
import type { Occurrence } from './recurrence.ts';
import { seriesInWords } from './series-words.ts';
import { isPastAgreed } from './step-fields.ts';
import type { SingleTime } from './step-time.ts';
import { type Language, latestInWords, occurrenceInWords, timeInWords } from './when-words.ts';

/** When something is, for machines and in words. */
export interface WhenView {
  readonly form: SingleTime['form'] | 'recurring' | 'agreed-latest';
  /** A clock time. */
  readonly start?: Instant;
  readonly end?: Instant;
  /** A span of time, or at the latest when. */
  readonly from?: When;
  readonly by?: When;
  /** The day of an occurrence without a clock time. */
  readonly on?: SwedishDate;
  /** `torsdag 26 november 13:00`. */
  readonly words: string;
  /** Of a series: how often, in words. */
  readonly often?: string;
  readonly changeable?: { readonly byPatient: boolean; readonly how?: string };
  readonly link?: string;
}

export interface HowView {
  readonly kind: NonNullable<Step['way']>['kind'];
  readonly words: string;
  readonly careLevel?: string;
  readonly place?: string;
}

export interface StepView {
  readonly id: ThingId;
  readonly planId: ThingId;
  readonly revision: number;
  readonly state: StepState;
  /** `föreslaget, inte bekräftat`: so that nothing is told as if it were agreed. */
  readonly stateWords: string;
  readonly order: number;
  /** The plain words for the patient, else the title. */
  readonly what: string;
  readonly purpose: Step['purpose'];
  readonly who: PartyView;
  /** Who in care does it, when named. */
  readonly performer?: string;
  readonly responsibleNow: { readonly unit: HsaId; readonly name: string };
  readonly when?: WhenView;
  readonly how?: HowView;
  readonly condition?: string;
  readonly agreedLatest?: When;
  /** The time is later than what was agreed; a new version is proposed. */
  readonly laterThanAgreed: boolean;
  /** "Ändrad": which facts, when. */
  readonly changed?: Step['factsChanged'];
  /** A change of what was agreed that is not answered yet: stands beside what is in force. */
  readonly proposal?: { readonly agreementVersion: number; readonly changes: Readonly<Record<string, unknown>> };
  readonly predecessors: readonly ThingId[];
}

const WAY_WORDS = {
  sv: {
    visit: 'Besök',
    home: 'Hemma hos dig',
    phone: 'Telefon',
    video: 'Video',
    message: 'Meddelande',
    letter: 'Brev',
    self: 'Du gör det själv',
  },
  en: {
    visit: 'Visit',
    home: 'At your home',
    phone: 'Phone',
    video: 'Video',
    message: 'Message',
    letter: 'Letter',
    self: 'You do it yourself',
  },
} as const;

const STATE_WORDS: Readonly<Record<Language, Readonly<Record<StepState, string>>>> = {
  sv: {
    wished: 'önskat, inte besvarat',
    proposed: 'föreslaget, inte bekräftat',
    agreed: 'överenskommet',
    booked: 'bokat',
    'in-progress': 'pågår',
    done: 'gjort',
    'not-done': 'blev inte gjort',
    declined: 'avböjt',
    cancelled: 'inställt',
    'on-hold': 'vilar',
    'entered-in-error': 'felaktigt infört',
  },
  en: {
    wished: 'wished for, not answered',
    proposed: 'proposed, not confirmed',
    agreed: 'agreed',
    booked: 'booked',
    'in-progress': 'in progress',
    done: 'done',
    'not-done': 'was not done',
    declined: 'declined',
    cancelled: 'cancelled',
    'on-hold': 'on hold',
    'entered-in-error': 'entered in error',
  },
};

/** What a step is called to the patient: the plain words, which are the only ones meant for the patient, else the title. */
export function whatOf(step: Pick<Step, 'patientText' | 'title'>): string {
  return step.patientText?.trim() || step.title;
}

function machineTime(time: SingleTime): Omit<WhenView, 'words'> {
  switch (time.form) {
    case 'fixed':
      return { form: time.form, start: time.start, ...(time.end && { end: time.end }), changeable: time.changeable };
    case 'window':
      return { form: time.form, from: time.from, by: time.to };
    case 'waiting-list':
      return { form: time.form, by: time.expected };
    case 'patient-books':
      return { form: time.form, ...(time.by && { by: time.by }), ...(time.link && { link: time.link }) };
    default:
      return { form: time.form, by: time.by };
  }
}

/** When something that happens once is. */
export function singleWhen(time: SingleTime, context: PlanContext): WhenView {
  return { ...machineTime(time), words: timeInWords(time, swedishDate(context.now), context.language) };
}

/** When a step is: of a series the occurrence that is told, or how often it comes; without a time, at the latest when. */
export function whenOf(step: Step, occurrence: Occurrence | undefined, context: PlanContext): WhenView | undefined {
  const today = swedishDate(context.now);
  if (step.time === undefined) {
    if (step.agreedLatest === undefined) return undefined;
    const words = latestInWords(step.agreedLatest, today, context.language);
    return { form: 'agreed-latest', by: step.agreedLatest, words };
  }
  if (step.time.form !== 'recurring') return singleWhen(step.time, context);
  const often = seriesInWords(step.time.series, today, context.language);
  if (!occurrence) return { form: 'recurring', words: often, often };
  const words = occurrenceInWords(occurrence, today, context.language);
  const when = occurrence.clock ? { start: toRfc3339Utc(occurrence.startsAt) } : { on: occurrence.day };
  return { form: 'recurring', ...when, words, often };
}

/** How one meets. */
export function howOf(step: Pick<Step, 'way'>, context: Pick<PlanContext, 'language'>): HowView | undefined {
  return step.way && { ...step.way, words: WAY_WORDS[context.language][step.way.kind] };
}

/** The person who does it; nobody whose name is protected, and nobody who no longer works there. */
export function performerOf(step: Pick<Step, 'performer' | 'deputy'>, context: PlanContext): string | undefined {
  for (const person of [step.performer, step.deputy]) {
    const staff = person?.staff === undefined ? undefined : context.staff?.get(person.staff);
    if (person && staff?.active !== false && !staff?.protectedIdentity) return person.name;
  }
  return undefined;
}

/** A step as the patient meets it. Never the clinical text. */
export function stepView(step: Step, occurrence: Occurrence | undefined, context: PlanContext): StepView {
  const when = whenOf(step, occurrence, context);
  const how = howOf(step, context);
  const performer = performerOf(step, context);
  return {
    id: step.id,
    planId: step.planId,
    revision: step.revision,
    state: step.state,
    stateWords: STATE_WORDS[context.language][step.state],
    order: step.order,
    what: whatOf(step),
    purpose: step.purpose,
    who: partyView(step.responsibleParty, context),
    ...(performer !== undefined && { performer }),
    responsibleNow: { unit: step.responsibleNow, name: unitName(step.responsibleNow, context) },
    ...(when && { when }),
    ...(how && { how }),
    ...(step.condition !== undefined && { condition: step.condition }),
    ...(step.agreedLatest !== undefined && { agreedLatest: step.agreedLatest }),
    laterThanAgreed: isPastAgreed(step),
    ...(step.factsChanged && { changed: step.factsChanged }),
    ...(step.proposal && {
      proposal: { agreementVersion: step.proposal.agreementVersion, changes: step.proposal.changes },
    }),
    predecessors: step.predecessors,
  };
}
