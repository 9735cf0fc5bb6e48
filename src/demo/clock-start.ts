import { parseLocalDate } from '../shared/calendar.ts';
import { parseInstant } from '../shared/rfc3339.ts';
import { parseLocal, startOfDay } from '../shared/swedish-time.ts';

/**
 * Reads the moment at which a demonstration's clock starts: a date means its first moment in Sweden, a date-time
 * without offset is Swedish local time (the first of the two in the hour that comes twice), one with offset is that
 * instant.
 *
 * @returns epoch milliseconds; undefined when the text is none of these, or names a day or an hour that does not
 *   exist (30 February, the hour that the change to summer time leaves out)
 */
export function readClockStart(text: string): number | undefined {
  const date = parseLocalDate(text);
  if (date !== undefined) return startOfDay(date);
  const local = parseLocal(text);
  return 'at' in local ? local.at : parseInstant(text);
}
