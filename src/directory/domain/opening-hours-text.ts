import { parseLocalDate, WEEKDAYS, type Weekday } from '../../shared/calendar.ts';
import type { HolidayHours, OpeningException, OpeningHours, OpeningSpan } from '../../shared/opening-hours.ts';
import { fault, type Reader, type Reading } from './fields.ts';
import { canonicalHours, hoursFromObject, isSpan } from './opening-hours-form.ts';

const DAY_WORDS: Readonly<Record<Weekday, readonly string[]>> = {
  mon: ['mån', 'må', 'måndag', 'måndagar'],
  tue: ['tis', 'ti', 'tisdag', 'tisdagar'],
  wed: ['ons', 'on', 'onsdag', 'onsdagar'],
  thu: ['tors', 'tor', 'to', 'torsdag', 'torsdagar'],
  fri: ['fre', 'fr', 'fredag', 'fredagar'],
  sat: ['lör', 'lö', 'lördag', 'lördagar'],
  sun: ['sön', 'sö', 'söndag', 'söndagar'],
};
const DAY_BY_WORD = new Map(WEEKDAYS.flatMap((day) => DAY_WORDS[day].map((word) => [word, day] as const)));
const SPECIAL_DAYS = new Map<string, 'holidays' | 'eves'>([
  ['helgdag', 'holidays'],
  ['helgdagar', 'holidays'],
  ['röd dag', 'holidays'],
  ['röda dagar', 'holidays'],
  ['helgdagsafton', 'eves'],
  ['helgdagsaftnar', 'eves'],
]);
const SPECIAL_HOURS = new Map<string, HolidayHours>([
  ['stängt', 'closed'],
  ['som vanligt', 'as-usual'],
  ['som söndag', 'as-sunday'],
]);
const ALWAYS = 'dygnet runt';
const CLOSED = 'stängt';
const LONGEST = 2000;
/** Days or a date, then what applies: the rest begins with a digit that opens a time, or with one of the few words. */
const PART = /^(.+?) ((?:\d{1,2}[:.]\d\d ?-.*)|stängt|dygnet runt|som vanligt|som söndag)$/;
const TIMES = /^(\d{1,2})[:.](\d\d) ?- ?(\d{1,2})[:.](\d\d)$/;

/**
 * Reads opening hours in Swedish, as people write them on a door: parts with semicolons between, such as
 * `mån-fre 08:00-12:00, 13:00-17:00; lör 09:00-12:00; helgdag stängt; 2026-12-23 08:00-12:00`, or `dygnet runt`.
 *
 * Days not named are closed. Holidays are closed and eves like holidays unless the text says otherwise; a time that
 * ends at or before it begins ends the day after.
 *
 * @returns hours in canonical form; a fault that never repeats the text
 */
export function hoursFromText(text: string): Reading<OpeningHours> {
  if (text.length > LONGEST) return fault(`är för lång (högst ${LONGEST} tecken)`);
  const plain = text.normalize('NFC').toLowerCase().replace(/[–—−]/g, '-').replace(/\s+/g, ' ');
  const parts = plain
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) return fault('saknas');
  const draft = new Draft();
  for (const [index, part] of parts.entries()) {
    const said = draft.take(part);
    if (said !== undefined) return fault(`${said} (del ${index + 1})`);
  }
  return { value: canonicalHours(draft.hours()) };
}

/** Text or, from JSON, an object. */
export const openingHours: Reader<OpeningHours> = (raw) => {
  if (typeof raw === 'string') return hoursFromText(raw);
  return typeof raw === 'object' && raw !== null ? hoursFromObject(raw) : fault('ska vara text eller ett objekt');
};

/** Hours as they are put together part by part; `take` answers with what is wrong. */
class Draft {
  readonly #weekly: OpeningSpan[] = [];
  readonly #exceptions: OpeningException[] = [];
  readonly #special: { holidays?: HolidayHours; eves?: HolidayHours } = {};
  readonly #closed = new Set<string>();
  readonly #open = new Set<string>();
  #always = false;

  take(part: string): string | undefined {
    if (part === ALWAYS) {
      this.#always = true;
      return undefined;
    }
    if (part === CLOSED) return undefined;
    const [, days, what] = PART.exec(part) ?? [];
    if (days === undefined || what === undefined) return 'är inte dagar följda av tider';
    const special = SPECIAL_DAYS.get(days);
    if (special) return this.#takeSpecial(special, what);
    const spans = spansIn(what);
    if (spans === undefined) return 'har en tid som inte går att läsa (TT:MM-TT:MM)';
    if (parseLocalDate(days) !== undefined) return this.#takeDate(days, spans);
    const named = daysIn(days);
    return named === undefined ? 'har en dag som inte går att läsa' : this.#takeDays(named, spans);
  }

  #takeSpecial(which: 'holidays' | 'eves', what: string): string | undefined {
    const hours = SPECIAL_HOURS.get(what);
    if (hours === undefined) return 'helgdag kan vara stängt, som vanligt eller som söndag; ange annars datum';
    if (this.#special[which] !== undefined) return 'säger samma sak två gånger';
    this.#special[which] = hours;
    return undefined;
  }

  #takeDays(days: readonly Weekday[], spans: readonly Times[]): string | undefined {
    for (const day of days) if (!this.#noContradiction(day, spans)) return 'säger emot en tidigare del';
    for (const span of spans) this.#weekly.push({ days, ...span });
    return undefined;
  }

  #takeDate(date: string, spans: readonly Times[]): string | undefined {
    if (!this.#noContradiction(date, spans)) return 'säger emot en tidigare del';
    if (spans.length === 0) this.#exceptions.push({ date, closed: true });
    for (const span of spans) this.#exceptions.push({ date, ...span });
    return undefined;
  }

  #noContradiction(day: string, spans: readonly Times[]): boolean {
    const [mine, other] = spans.length === 0 ? [this.#closed, this.#open] : [this.#open, this.#closed];
    mine.add(day);
    return !other.has(day);
  }

  hours(): OpeningHours {
    const { holidays = 'closed', eves } = this.#special;
    const always = this.#always ? { always: true } : {};
    return { weekly: this.#weekly, holidays, ...(eves && { eves }), exceptions: this.#exceptions, ...always };
  }
}

interface Times {
  readonly from: string;
  readonly to: string;
}

function spansIn(what: string): Times[] | undefined {
  if (what === CLOSED) return [];
  if (what === ALWAYS) return [{ from: '00:00', to: '24:00' }];
  const spans = what.split(/, ?| och /).map((times) => {
    const [, fromHour, fromMinute, toHour, toMinute] = TIMES.exec(times.trim()) ?? [];
    return { from: `${fromHour?.padStart(2, '0')}:${fromMinute}`, to: `${toHour?.padStart(2, '0')}:${toMinute}` };
  });
  return spans.every(({ from, to }) => isSpan(from, to)) ? spans : undefined;
}

function daysIn(text: string): Weekday[] | undefined {
  if (text === 'alla dagar') return [...WEEKDAYS];
  const days: Weekday[] = [];
  for (const piece of text.split(/, ?| och /)) {
    const [first, last = first, more] = piece.split(/ ?- ?/).map((word) => DAY_BY_WORD.get(word));
    if (first === undefined || last === undefined || more !== undefined || piece.split('-').length > 2)
      return undefined;
    const length = (WEEKDAYS.indexOf(last) - WEEKDAYS.indexOf(first) + 7) % 7;
    for (let i = 0; i <= length; i++) days.push(WEEKDAYS[(WEEKDAYS.indexOf(first) + i) % 7]!);
  }
  return days;
}

const SPECIAL_WORDS: Readonly<Record<HolidayHours, string>> = {
  closed: 'stängt',
  'as-usual': 'som vanligt',
  'as-sunday': 'som söndag',
};

/** Opening hours in the words that `hoursFromText` reads; reading them again gives the same hours. */
export function hoursInText(hours: OpeningHours): string {
  const parts = hours.always ? [ALWAYS] : weekInText(hours);
  for (const date of new Set(hours.exceptions.map((exception) => exception.date))) {
    const own = hours.exceptions.filter((exception) => exception.date === date);
    const closed = own.some((exception) => exception.closed);
    parts.push(`${date} ${closed ? CLOSED : timesInText(own as readonly Times[])}`);
  }
  return parts.join('; ');
}

function weekInText({ weekly, holidays, eves }: OpeningHours): string[] {
  const words = WEEKDAYS.map((day) => timesInText(weekly.filter((span) => span.days.includes(day))));
  const parts: string[] = [];
  for (let first = 0; first < 7; first++) {
    let last = first;
    while (last < 6 && words[last + 1] === words[first]) last++;
    const name = (day: number) => DAY_WORDS[WEEKDAYS[day]!][0]!;
    if (words[first] !== '') parts.push(`${name(first)}${last > first ? `-${name(last)}` : ''} ${words[first]}`);
    first = last;
  }
  if (parts.length === 0) parts.push(CLOSED);
  parts.push(`helgdag ${SPECIAL_WORDS[holidays]}`);
  if (eves !== undefined) parts.push(`helgdagsafton ${SPECIAL_WORDS[eves]}`);
  return parts;
}

function timesInText(spans: readonly Times[]): string {
  const words = [...spans].sort((a, b) => (a.from < b.from ? -1 : 1)).map(({ from, to }) => `${from}-${to}`);
  return words.length === 1 && words[0] === '00:00-24:00' ? ALWAYS : words.join(', ');
}
