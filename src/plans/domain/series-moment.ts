import { swedishDate } from '../../shared/swedish-time.ts';
import type { Recurrence, Step, SwedishDate } from './model.ts';
import { isBooked, isOwnOfFamily, occurrenceLateFrom, occurrenceState, type StepReports } from './occurrences.ts';
import { closestDaysApart, type Occurrence, occurrenceOn, occurrencesFrom } from './recurrence.ts';
import type { TimeSettings } from './time-settings.ts';
import { startOf } from './when.ts';

/** When a step (or its occurrence that counts) is to happen, in epoch milliseconds; Infinity where nothing is said. */
export interface StepMoment {
  /** What it is ordered by: the start of a fixed time, the end of a window, latest-by and the like. */
  readonly at: number;
  /** The first instant when it is late, if nobody has reported it. */
  readonly lateFrom: number;
  /** Booked to a clock time. */
  readonly fixed: boolean;
  readonly occurrence?: Occurrence;
}

/** Whether every occurrence of the step is told as it comes, not the first alone. */
export function isToldEachTime(step: Step, series: Recurrence, settings: TimeSettings): boolean {
  return closestDaysApart(series) > settings.farApartDays || (series.timeOfDay !== undefined && !isOwnOfFamily(step));
}

export interface LastReported {
  readonly day: SwedishDate;
  readonly at: number;
}

/** The latest occurrence that someone has reported: what came before it is history, whatever was ticked. */
export function lastReported(series: Recurrence, reports: StepReports): LastReported | undefined {
  const moved = new Set(series.exceptions?.filter((e) => e.movedTo !== undefined).map((e) => e.on));
  let latest = '';
  const mayBeLast: SwedishDate[] = [];
  for (const [on, report] of reports) {
    if (on === '' || occurrenceState(report) === 'due') continue;
    // Only moved ones can be later than their day says; a series of years has many reports.
    if (moved.has(on)) mayBeLast.push(on);
    else if (on > latest) latest = on;
  }
  if (latest !== '') mayBeLast.push(latest);
  const found = mayBeLast.map((on) => {
    const occurrence = occurrenceOn(series, on);
    return { day: occurrence?.day ?? on, at: occurrence?.startsAt ?? startOf(on) };
  });
  return found.sort((a, b) => b.at - a.at)[0];
}

/** Whether an occurrence is still to be reported, and not before one that has been. */
export function isToDo(occurrence: Occurrence, reports: StepReports, last: LastReported | undefined): boolean {
  return occurrenceState(reports.get(occurrence.on)) === 'due' && occurrence.endsAt > (last?.at ?? -Infinity);
}

/** The occurrences that have been moved, in no order. */
function movedOccurrences(series: Recurrence): readonly Occurrence[] {
  return (series.exceptions ?? []).flatMap((exception) => {
    const occurrence = exception.movedTo === undefined ? undefined : occurrenceOn(series, exception.on);
    return occurrence?.moved ? [occurrence] : [];
  });
}

/** The first unmoved occurrence on or after a day that counts for the next step and is to do. */
function firstUnmoved(
  step: Step,
  series: Recurrence,
  from: SwedishDate,
  settings: TimeSettings,
  toDo: (occurrence: Occurrence) => boolean,
): Occurrence | undefined {
  if (isToldEachTime(step, series, settings)) {
    for (const occurrence of occurrencesFrom(series, from))
      if (!occurrence.moved && toDo(occurrence)) return occurrence;
    return undefined;
  }
  const first = occurrencesFrom(series, series.startsOn).next().value;
  return first && !first.moved && first.on >= from && toDo(first) ? first : undefined;
}

function countsWhenMoved(step: Step, series: Recurrence, occurrence: Occurrence, settings: TimeSettings): boolean {
  if (isBooked(step, occurrence) || isToldEachTime(step, series, settings)) return true;
  return occurrencesFrom(series, series.startsOn).next().value?.on === occurrence.on;
}

/**
 * The occurrence of a series that counts for the next step, with the one rule for all: the first of the series, and
 * later ones only when they are more than `farApartDays` apart or booked to a clock time. Taken is the earliest that
 * nobody has reported, after the latest that somebody has. The patient's own passed ones are left out.
 */
export function seriesMoment(
  step: Step,
  series: Recurrence,
  reports: StepReports,
  now: number,
  settings: TimeSettings,
) {
  const last = lastReported(series, reports);
  const own = isOwnOfFamily(step);
  const from = own ? laterDay(last?.day, swedishDate(now)) : (last?.day ?? series.startsOn);
  const toDo = (occurrence: Occurrence) =>
    isToDo(occurrence, reports, last) && !(own && occurrenceLateFrom(step, occurrence, settings) <= now);
  const unmoved = firstUnmoved(step, series, from, settings, toDo);
  const moved = movedOccurrences(series).filter((o) => toDo(o) && countsWhenMoved(step, series, o, settings));
  const all = unmoved ? [unmoved, ...moved] : moved;
  return all.map((occurrence) => occurrenceMoment(step, occurrence, settings)).sort((a, b) => a.at - b.at)[0];
}

function laterDay(a: SwedishDate | undefined, b: SwedishDate): SwedishDate {
  return a !== undefined && a > b ? a : b;
}

function occurrenceMoment(step: Step, occurrence: Occurrence, settings: TimeSettings): StepMoment {
  return {
    at: occurrence.clock ? occurrence.startsAt : occurrence.endsAt,
    lateFrom: occurrenceLateFrom(step, occurrence, settings),
    fixed: isBooked(step, occurrence),
    occurrence,
  };
}
