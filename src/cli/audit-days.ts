import { parseLocalDate } from '../shared/calendar.ts';
import { UsageError } from './command.ts';

/** Reads a day that was given as an option. @throws UsageError when it is not one */
export function dayOf(name: string, text: string | undefined) {
  if (text === undefined) return undefined;
  const day = parseLocalDate(text);
  if (day === undefined) throw new UsageError(`--${name} ska vara en dag som finns, ÅÅÅÅ-MM-DD.`);
  return day;
}
