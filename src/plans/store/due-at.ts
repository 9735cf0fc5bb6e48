import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import type { Instant, Recurrence, Report, Step } from '../domain/model.ts';
import { effectiveReports, reportsOf } from '../domain/occurrences.ts';
import { occurrencesFrom } from '../domain/recurrence.ts';
import { dayOf, endOf, epochOf } from '../domain/when.ts';

/**
 * The instant by which a step stands in a unit's list: the start of a fixed time, else the last moment in time; of a
 * series, its first occurrence after the latest one that was reported. Undefined when nothing says when.
 *
 * Only a place in the list, written with every change and report; what is late is judged by the domain.
 */
export function dueAt(step: Step, reports: readonly Report[]): Instant | undefined {
  const at = step.time?.form === 'recurring' ? nextOccurrence(step, step.time.series, reports) : dueEpoch(step);
  return at === undefined ? undefined : toRfc3339Utc(at);
}

function nextOccurrence(step: Step, series: Recurrence, reports: readonly Report[]): number | undefined {
  let latest = '';
  for (const [on, report] of reportsOf(effectiveReports(reports), step.id)) {
    if (report.outcome !== 'undone' && on > latest) latest = on;
  }
  for (const occurrence of occurrencesFrom(series, latest || dayOf(step.createdAt))) {
    if (occurrence.on > latest) return occurrence.endsAt;
  }
  return undefined;
}

function dueEpoch({ time, agreedLatest }: Step): number | undefined {
  switch (time?.form) {
    case 'fixed':
      return epochOf(time.start);
    case 'window':
      return endOf(time.to);
    case 'waiting-list':
      return endOf(time.expected);
    case 'latest-by':
    case 'as-needed':
      return endOf(time.by);
    case 'patient-books':
      return time.by === undefined ? undefined : endOf(time.by);
    default:
      return agreedLatest === undefined ? undefined : endOf(agreedLatest);
  }
}
