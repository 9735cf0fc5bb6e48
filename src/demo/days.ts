import { addDays, dayNumber, HOUR_MS, type LocalDate } from '../shared/calendar.ts';
import { workingDayOnOrAfter } from '../shared/holidays.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import { localInstant, swedishDate } from '../shared/swedish-time.ts';

/** Days told from the demonstration's today, so that its plans have something ahead of them whenever it is started. */
export interface Days {
  readonly today: LocalDate;
  /** So many days from today; before it when negative. */
  day(count: number): LocalDate;
  /** The first working day that is at least so many days away. */
  workday(count: number): LocalDate;
  /** A Swedish clock time on a day, `13:00`, as an instant. */
  at(date: LocalDate, time: string): string;
  /** An instant so many hours before now. */
  ago(hours: number): string;
}

/** @param now epoch milliseconds, business time */
export function daysFrom(now: number): Days {
  const today = swedishDate(now);
  return {
    today,
    day: (count) => addDays(today, count),
    workday: (count) => workingDayOnOrAfter(addDays(today, count)),
    at: (date, time) => {
      const [hours = 0, minutes = 0] = time.split(':').map(Number);
      return toRfc3339Utc(localInstant(dayNumber(date), hours * 60 + minutes));
    },
    ago: (hours) => toRfc3339Utc(now - hours * HOUR_MS),
  };
}
