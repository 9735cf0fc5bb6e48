import { addDays } from '../../shared/calendar.ts';
import type { ThingId } from '../../shared/ids.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import type { PlanContext } from './context.ts';
import { labelOf } from './field-labels.ts';
import type { ApprovalMethod, Instant, Step, SwedishDate } from './model.ts';
import { isOwnOfFamily, type OccurrenceState, occurrencesOf, type StepReports } from './occurrences.ts';
import { type WriterView, writerView } from './overview-people.ts';
import type { PartyView } from './party-view.ts';
import type { Occurrence } from './recurrence.ts';
import { seriesInWords } from './series-words.ts';
import { isToldEachTime, momentOf, passedOwnTime, type StepMoment } from './step-time.ts';
import { type StepView, stepView, type WhenView } from './step-view.ts';
import { dayInWords } from './when-words.ts';

/** One occurrence near today. */
export interface OccurrenceTold {
  /** Its scheduled day: its name in a report. */
  readonly on: SwedishDate;
  /** The day it happens on. */
  readonly day: SwedishDate;
  readonly at?: Instant;
  readonly moved: boolean;
  readonly state: OccurrenceState;
  /** Its time is over and nobody has said what happened. */
  readonly missed: boolean;
}

/** A step among what "I / my network / you" do. */
export interface StepDoing extends StepView {
  /** Care is late with it. */
  readonly late: boolean;
  /** The patient's own passed time, that is asked about. */
  readonly asked: boolean;
  /** Who said yes or no, when and how. */
  readonly answer?: { readonly by: WriterView; readonly at: Instant; readonly method?: ApprovalMethod };
  /** To a wish of the patient's: why not. */
  readonly reason?: string;
  /** Of a series, a week back and a week ahead. */
  readonly occurrences?: readonly OccurrenceTold[];
}

/** What goes on day by day and is not told as a next step each time. */
export interface EveryDay {
  readonly stepId: ThingId;
  readonly planId: ThingId;
  readonly what: string;
  readonly who: PartyView;
  /** `varje dag 07:00`. */
  readonly often: string;
  /** Only if something else happens. */
  readonly condition?: string;
  /** Today's, when there is one. */
  readonly today?: OccurrenceState;
}

/** A time of the patient's own (or a relative's) that has passed without a tick. */
export interface AskAbout {
  readonly stepId: ThingId;
  readonly planId: ThingId;
  readonly what: string;
  readonly who: PartyView;
  /** Which occurrences, by their scheduled days. */
  readonly occurrences?: readonly SwedishDate[];
  readonly question: string;
}

/** A time that is booked, and what the patient can do about it. */
export interface BookedTime {
  readonly stepId: ThingId;
  readonly planId: ThingId;
  readonly occurrence?: SwedishDate;
  readonly what: string;
  readonly when: WhenView;
  readonly how?: StepView['how'];
  readonly who: PartyView;
  readonly changeableByPatient: boolean;
  /** Whether and how it can be changed, in words. */
  readonly change: string;
  /** "Ändrad": which facts, when. */
  readonly changed?: StepView['changed'];
  readonly laterThanAgreed: boolean;
}

const GOING = new Set<Step['state']>(['agreed', 'booked', 'in-progress']);
/** How far around now the times of a series are told, on every door; a series has no end of its own. */
export const DAYS_AROUND = 7;

/** A step with what the moment makes of it, found once for all that is told of it. */
export interface StepNow {
  readonly step: Step;
  readonly reports: StepReports;
  readonly going: boolean;
  readonly moment?: StepMoment;
  /** The patient's own passed times, to be asked about. */
  readonly passed?: ReturnType<typeof passedOwnTime>;
  readonly view: StepView;
}

/** Finds what the moment makes of a step. */
export function stepNow(step: Step, reports: StepReports, context: PlanContext): StepNow {
  const going = GOING.has(step.state);
  if (!going) return { step, reports, going, view: stepView(step, undefined, context) };
  const moment = momentOf(step, reports, context.now, context.settings);
  const passed = passedOwnTime(step, reports, context.now, context.settings);
  return { step, reports, going, moment, passed, view: stepView(step, moment?.occurrence, context) };
}

function occurrencesTold(step: Step, reports: StepReports, context: PlanContext): readonly OccurrenceTold[] {
  const today = swedishDate(context.now);
  const days = { from: addDays(today, -DAYS_AROUND), to: addDays(today, DAYS_AROUND) };
  return occurrencesOf(step, reports, days, context.now, context.settings).map(({ occurrence, state, overdue }) => {
    const { on, day, moved } = occurrence;
    const at = occurrence.clock ? toRfc3339Utc(occurrence.startsAt) : undefined;
    return { on, day, at, moved, state, missed: overdue };
  });
}

/** A step in full, with who answered and, of a series, what has happened lately. */
export function stepDoing({ step, reports, moment, passed, view }: StepNow, context: PlanContext): StepDoing {
  const answered = step.answeredBy;
  const isWish = step.recordedBy.kind === 'patient';
  return {
    late: moment !== undefined && !isOwnOfFamily(step) && moment.lateFrom <= context.now,
    asked: passed !== undefined,
    answer: answered && { by: writerView(answered, context), at: answered.at, method: answered.method },
    reason: isWish ? step.reason : undefined,
    occurrences: step.time?.form === 'recurring' ? occurrencesTold(step, reports, context) : undefined,
    // Last: fields added to a copy cost twenty times what a copy into them does.
    ...view,
  };
}

/** A series that goes on day by day; undefined for one that is told each time, has not begun or is over. */
export function everyDay({ step, reports, going, view }: StepNow, context: PlanContext): EveryDay | undefined {
  if (step.time?.form !== 'recurring' || !going) return undefined;
  const { series } = step.time;
  const today = swedishDate(context.now);
  const told = step.condition === undefined && isToldEachTime(step, series, context.settings);
  if (told || (series.endsOn !== undefined && series.endsOn < today)) return undefined;
  const now = occurrencesOf(step, reports, { from: today, to: today }, context.now, context.settings)[0];
  return {
    stepId: step.id,
    planId: step.planId,
    what: view.what,
    who: view.who,
    often: seriesInWords(series, today, context.language),
    condition: step.condition,
    today: now?.state,
  };
}

function question(
  what: string,
  passed: readonly Occurrence[] | 'passed',
  when: WhenView | undefined,
  context: PlanContext,
) {
  const today = swedishDate(context.now);
  const days =
    passed === 'passed' ? when?.words : passed.map((o) => dayInWords(o.day, today, context.language)).join(', ');
  const about = days === undefined ? what : `${what} (${days})`;
  return context.language === 'sv' ? `Hur gick det med: ${about}?` : `How did it go with: ${about}?`;
}

/** What to ask the patient about; never a reproach and never a broken promise. */
export function askAbout({ step, passed, view }: StepNow, context: PlanContext): AskAbout | undefined {
  if (passed === undefined || step.condition !== undefined) return undefined;
  const { what, who } = view;
  return {
    stepId: step.id,
    planId: step.planId,
    what,
    who,
    ...(passed !== 'passed' && { occurrences: passed.map((o) => o.on) }),
    question: question(what, passed, view.when, context),
  };
}

const CHANGE = {
  sv: {
    self: 'Du kan ändra tiden själv.',
    ask: 'Passar inte tiden? Säg till, så hittar vi en annan.',
  },
  en: {
    self: 'You can change the time yourself.',
    ask: 'Does the time not suit you? Tell us and we will find another.',
  },
} as const;

/** The clock time that a step is booked to, as long as it is not over. */
export function bookedTime({ step, moment, view }: StepNow, context: PlanContext): BookedTime | undefined {
  if (!moment?.fixed || moment.lateFrom <= context.now || step.condition !== undefined) return undefined;
  const { id, planId, what, when, how, who, changed, laterThanAgreed } = view;
  const byPatient = when?.changeable?.byPatient === true;
  const words = CHANGE[context.language];
  return {
    stepId: id,
    planId,
    occurrence: moment.occurrence?.on,
    what,
    when: when!,
    how,
    who,
    changeableByPatient: byPatient,
    change: when?.changeable?.how ?? (byPatient ? words.self : words.ask),
    changed,
    laterThanAgreed,
  };
}

/** A fact marked "ändrad", in the list of what is new. */
export interface ChangedFact {
  readonly stepId: ThingId;
  readonly planId: ThingId;
  readonly what: string;
  readonly at: Instant;
  readonly fields: readonly string[];
  /** `Ändrad: Tid, Hur och var`. */
  readonly words: string;
  readonly laterThanAgreed: boolean;
}

export function changedFact({ step, view }: StepNow, context: PlanContext): ChangedFact | undefined {
  if (!step.factsChanged) return undefined;
  const { what, laterThanAgreed } = view;
  const { at, fields } = step.factsChanged;
  const words =
    context.language === 'sv' ? `Ändrad: ${fields.map(labelOf).join(', ')}` : `Changed: ${fields.join(', ')}`;
  return { stepId: step.id, planId: step.planId, what, at, fields, words, laterThanAgreed };
}
