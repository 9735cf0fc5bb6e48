import { MINUTE_MS } from '../../shared/calendar.ts';
import { localInstant, wallClock } from '../../shared/swedish-time.ts';

/** Several changes in a row are one notice. */
const SETTLES_MINUTES = 15;
/** Nobody is woken: notices go out from 08:00 and before 20:00, Swedish time. */
const FROM_MINUTE = 8 * 60;
const UNTIL_MINUTE = 20 * 60;

/** When a notice about something that happened now is to go out, epoch milliseconds. */
export function sendAt(now: number): number {
  const settled = now + SETTLES_MINUTES * MINUTE_MS;
  const { day, minute } = wallClock(settled);
  if (minute < FROM_MINUTE) return localInstant(day, FROM_MINUTE);
  return minute < UNTIL_MINUTE ? settled : localInstant(day + 1, FROM_MINUTE);
}
