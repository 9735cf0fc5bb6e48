import type { Step } from '../../plans/domain/model.ts';
import { seriesInWords } from '../../plans/domain/series-words.ts';
import { endOf, isDate, startOf } from '../../plans/domain/when.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import type { FhirView } from './view.ts';

const instant = (at: number) => toRfc3339Utc(at);

/**
 * The time that a step is meant for. Days are told as the instants where they begin and end in Sweden, so that
 * `_sort=period` puts a day's deadline after a clock time of that day, as our own order does.
 */
export function executionPeriod(step: Pick<Step, 'time' | 'agreedLatest'>): fhir4.Period | undefined {
  const { time, agreedLatest } = step;
  switch (time?.form) {
    case 'fixed':
      return { start: time.start, end: time.end };
    case 'window':
      return { start: instant(startOf(time.from)), end: lastInstant(time.to) };
    case 'waiting-list':
      return { end: lastInstant(time.expected) };
    case 'recurring': {
      const { startsOn, endsOn } = time.series;
      return { start: startsOn, end: endsOn };
    }
  }
  const by = time?.by ?? agreedLatest;
  return by === undefined ? undefined : { end: lastInstant(by) };
}

/** A day counts to its last millisecond in Sweden; an instant is its own end. */
function lastInstant(when: string): string {
  return isDate(when) ? instant(endOf(when) - 1) : when;
}

/** At the latest when it is to be done, by its time or by what was agreed. */
export function dueOf(step: Pick<Step, 'time' | 'agreedLatest'>): string | undefined {
  const { time, agreedLatest } = step;
  if (time === undefined) return agreedLatest;
  switch (time.form) {
    case 'recurring':
      return agreedLatest;
    case 'fixed':
      return agreedLatest ?? time.end ?? time.start;
    case 'window':
      return agreedLatest ?? time.to;
    case 'waiting-list':
      return agreedLatest ?? time.expected;
    default:
      return agreedLatest ?? time.by;
  }
}

/** How often a series comes, in words: FHIR's Task has no series. */
export function seriesExtension(view: FhirView, step: Step): fhir4.Extension[] {
  if (step.time?.form !== 'recurring') return [];
  const today = swedishDate(view.context.now);
  const valueString = seriesInWords(step.time.series, today, 'sv');
  return [{ url: view.urls.extension('series'), valueString }];
}
