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

/** A step's state in words, as the patient and every document is told it. */
export const STEP_STATE_WORDS: Readonly<Record<Language, Readonly<Record<StepState, string>>>> = {
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

function lastOf(time: Exclude<SingleTime, { readonly form: 'fixed' }>): When | undefined {
  if (time.form === 'window') return time.to;
  return time.form === 'waiting-list' ? time.expected : time.by;
}

/** When something that happens once is. */
export function singleWhen(time: SingleTime, context: PlanContext): WhenView {
  const fixed = time.form === 'fixed' ? time : undefined;
  return {
    form: time.form,
    start: fixed?.start,
    end: fixed?.end,
    from: time.form === 'window' ? time.from : undefined,
    by: time.form === 'fixed' ? undefined : lastOf(time),
    words: timeInWords(time, swedishDate(context.now), context.language),
    changeable: fixed?.changeable,
    link: time.form === 'patient-books' ? time.link : undefined,
  };
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

/** How one meets, and where. */
export function howOf(step: Pick<Step, 'way'>, context: Pick<PlanContext, 'language'>): HowView | undefined {
  return step.way && { words: WAY_WORDS[context.language][step.way.kind], ...step.way };
}

/** The person who does it; nobody whose name is protected, and nobody who no longer works there. */
export function performerOf(step: Pick<Step, 'performer' | 'deputy'>, context: PlanContext): string | undefined {
  for (const person of [step.performer, step.deputy]) {
    const staff = person?.staff === undefined ? undefined : context.staff?.get(person.staff);
    if (person && staff?.active !== false && !staff?.protectedIdentity) return person.name;
  }
  return undefined;
}

/**
 * A step as the patient meets it. Never the clinical text.
 *
 * What there is nothing of is undefined, and not left out: objects with the same fields are made, copied and written in a
 * fraction of the time, and an overview holds each step several times.
 */
export function stepView(step: Step, occurrence: Occurrence | undefined, context: PlanContext): StepView {
  return {
    id: step.id,
    planId: step.planId,
    revision: step.revision,
    state: step.state,
    stateWords: STEP_STATE_WORDS[context.language][step.state],
    order: step.order,
    what: whatOf(step),
    purpose: step.purpose,
    who: partyView(step.responsibleParty, context),
    performer: performerOf(step, context),
    responsibleNow: { unit: step.responsibleNow, name: unitName(step.responsibleNow, context) },
    when: whenOf(step, occurrence, context),
    how: howOf(step, context),
    condition: step.condition,
    agreedLatest: step.agreedLatest,
    laterThanAgreed: isPastAgreed(step),
    changed: step.factsChanged,
    proposal: step.proposal && {
      agreementVersion: step.proposal.agreementVersion,
      changes: step.proposal.changes,
    },
    predecessors: step.predecessors,
  };
}
