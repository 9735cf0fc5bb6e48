import fc from 'fast-check';
import type { LocalDate, Weekday } from '../../../src/shared/calendar.ts';
import type { OpeningException, OpeningHours, OpeningSpan } from '../../../src/shared/opening-hours.ts';

/**
 * Opening hours said a second time, as plainly as can be, for tests to compare with: every minute of some weeks, what
 * the platform's clock shows in it, and the days off written out by hand.
 */
export interface Timeline {
  readonly start: number;
  /** `YYYY-MM-DD HH:MM` for each minute from `start`. */
  readonly shown: readonly string[];
}

const CLOCK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  dateStyle: 'short',
  timeStyle: 'short',
});

const PUBLIC = ['2026-04-03', '2026-04-05', '2026-04-06', '2026-12-25', '2026-12-26', '2027-01-01', '2027-01-06'];
const EVES = ['2026-12-24', '2026-12-31'];
const NAMES: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MINUTE = 60_000;

/** Minutes between two instants given in RFC 3339. */
export function timeline(from: string, to: string): Timeline {
  const start = Date.parse(from);
  const shown: string[] = [];
  for (let at = start; at < Date.parse(to); at += MINUTE) shown.push(CLOCK.format(at));
  return { start, shown };
}

/** Christmas to Epiphany, the two shifts of 2026, and Easter: every kind of day there is. */
export const WEEKS: Readonly<Record<string, () => Timeline>> = {
  'Christmas, New Year and Epiphany': () => timeline('2026-12-21T00:00:00+01:00', '2027-01-11T00:00:00+01:00'),
  'the spring shift and Easter': () => timeline('2026-03-27T00:00:00+01:00', '2026-04-09T00:00:00+02:00'),
  'the autumn shift': () => timeline('2026-10-23T00:00:00+02:00', '2026-10-28T00:00:00+01:00'),
};

function plusOneDay(date: LocalDate): LocalDate {
  return new Date(Date.parse(`${date}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function spansFor(hours: OpeningHours, date: LocalDate): { from: string; to: string }[] {
  const own = hours.exceptions.filter((exception) => exception.date === date);
  if (own.some((exception) => exception.closed)) return [];
  if (own.length > 0) return own.map(({ from, to }) => ({ from: from!, to: to! }));
  if (hours.always) return [{ from: '00:00', to: '24:00' }];
  let rule: string = 'as-usual';
  if (PUBLIC.includes(date)) rule = hours.holidays;
  if (EVES.includes(date)) rule = hours.eves ?? hours.holidays;
  if (rule === 'closed') return [];
  const name = rule === 'as-sunday' ? 'sun' : NAMES[new Date(`${date}T12:00:00Z`).getUTCDay()]!;
  return hours.weekly.filter((span) => span.days.includes(name));
}

/** For each minute of the timeline whether the hours are open: 1 or 0. */
export function openMinutes(hours: OpeningHours, weeks: Timeline): Uint8Array {
  const open = new Uint8Array(weeks.shown.length);
  const firstShowing = (moment: string) => {
    const found = weeks.shown.findIndex((shown) => shown >= moment);
    return found === -1 ? weeks.shown.length : found;
  };
  const firstDate = new Date(weeks.start - 86_400_000).toISOString().slice(0, 10);
  for (let date = firstDate; date <= weeks.shown.at(-1)!.slice(0, 10); date = plusOneDay(date)) {
    for (const { from, to } of spansFor(hours, date)) {
      const end = to > from ? `${date} ${to}` : `${plusOneDay(date)} ${to}`;
      open.fill(1, firstShowing(`${date} ${from}`), Math.max(firstShowing(`${date} ${from}`), firstShowing(end)));
    }
  }
  return open;
}

const times = fc.oneof(
  fc.integer({ min: 0, max: 95 }).map((quarter) => new Date(quarter * 15 * MINUTE).toISOString().slice(11, 16)),
  fc.constantFrom('00:00', '02:00', '02:17', '02:30', '03:00', '07:00', '08:00', '16:30', '20:00', '23:59'),
);
const ends = fc.oneof({ weight: 9, arbitrary: times }, { weight: 1, arbitrary: fc.constant('24:00') });
const spans: fc.Arbitrary<OpeningSpan> = fc.record({ days: fc.subarray([...NAMES]), from: times, to: ends });
const rules = fc.constantFrom('closed', 'as-usual', 'as-sunday');

/** Any opening hours at all, with exceptions on days of the timeline. */
export function anyHours(weeks: Timeline): fc.Arbitrary<OpeningHours> {
  const dates = [...new Set(weeks.shown.map((shown) => shown.slice(0, 10)))];
  const exceptions: fc.Arbitrary<OpeningException> = fc.oneof(
    fc.record({ date: fc.constantFrom(...dates), closed: fc.constant(true) }),
    fc.record({ date: fc.constantFrom(...dates), from: times, to: ends }),
  );
  return fc.record({
    weekly: fc.array(spans, { maxLength: 3 }),
    holidays: rules,
    eves: fc.option(rules, { nil: undefined }),
    exceptions: fc.array(exceptions, { maxLength: 3 }),
    always: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
  }) as fc.Arbitrary<OpeningHours>;
}
