import { DAY_MS, dayNumber, MINUTE_MS, parseLocalDate } from './calendar.ts';

const FORM =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/;
const LONGEST = '2026-11-16T10:20:00.123456789+01:00'.length;

/**
 * Reads an RFC 3339 date-time as epoch milliseconds, for every instant that comes in over REST, FHIR or a file.
 *
 * Strict: capital `T` and `Z`, seconds and an offset are required, the date must exist (`2026-02-30` is refused) and
 * the year be 1000 or later; a leap second (`:60`) is refused. Parts of a millisecond are cut off, not rounded, so
 * that an instant is never moved ahead of itself.
 *
 * @returns undefined when the text is not such a date-time
 */
export function parseInstant(text: string): number | undefined {
  const parts = text.length <= LONGEST ? FORM.exec(text) : null;
  const date = parts ? parseLocalDate(parts[1]!) : undefined;
  if (!parts || date === undefined) return undefined;
  const [, , hour, minute, second, fraction = '', sign, offsetHour, offsetMinute] = parts;
  const clock = Number(hour) * 3_600_000 + Number(minute) * MINUTE_MS + Number(second) * 1000;
  const offset = sign ? (Number(offsetHour) * 60 + Number(offsetMinute)) * MINUTE_MS : 0;
  const at = dayNumber(date) * DAY_MS + clock + Number(fraction.padEnd(3, '0').slice(0, 3));
  return sign === '-' ? at + offset : at - offset;
}

/**
 * An instant as RFC 3339 in UTC, always with milliseconds and `Z`, so that such texts sort as time does.
 *
 * @throws RangeError when the instant is not a number or lies outside the years 0 to 9999
 */
export function toRfc3339Utc(at: number): string {
  const text = new Date(at).toISOString();
  if (text.length !== 24) throw new RangeError('instant outside the years that RFC 3339 can write');
  return text;
}
