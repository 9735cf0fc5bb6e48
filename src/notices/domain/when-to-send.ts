import { addDays, MINUTE_MS } from '../../shared/calendar.ts';
import { startOfDay, swedishDate, wallClock } from '../../shared/swedish-time.ts';

/** Several changes in a row are one notice. */
const SETTLES_MINUTES = 15;
/** Nobody is woken: notices go out from 08:00 and before 20:00, Swedish time. */
const FROM_MINUTE = 8 * 60;
const UNTIL_MINUTE = 20 * 60;

/** When a notice about something that happened now is to go out, epoch milliseconds. */
export function sendAt(now: number): number {
  const settled = now + SETTLES_MINUTES * MINUTE_MS;
  const { minute } = wallClock(settled);
  const today = swedishDate(settled);
  if (minute < FROM_MINUTE) return atMinute(today, FROM_MINUTE);
  return minute < UNTIL_MINUTE ? settled : atMinute(addDays(today, 1), FROM_MINUTE);
}

/** 08:00 by the clock, also on the two days when clocks change in the night. */
function atMinute(date: string, minute: number): number {
  const guess = startOfDay(date) + minute * MINUTE_MS;
  return guess + (minute - wallClock(guess).minute) * MINUTE_MS;
}
