import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import type { Instant, Step } from '../domain/model.ts';
import { occurrencesFrom } from '../domain/recurrence.ts';
import { dayOf, endOf, epochOf } from '../domain/when.ts';

/**
 * The instant by which a step stands in a unit's list: the start of a fixed time, else the last moment in time; of a
 * series, its first occurrence from the day of the latest change on. Undefined when nothing says when.
 *
 * Only an order for the list: what is late is judged by the domain, on the reports.
 */
export function dueAt(step: Step): Instant | undefined {
  const at = dueEpoch(step);
  return at === undefined ? undefined : toRfc3339Utc(at);
}

function dueEpoch(step: Step): number | undefined {
  const { time, agreedLatest } = step;
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
    case 'recurring':
      return occurrencesFrom(time.series, dayOf(step.changedAt)).next().value?.startsAt;
    default: {
      const by = time?.by ?? agreedLatest;
      return by === undefined ? undefined : endOf(by);
    }
  }
}
