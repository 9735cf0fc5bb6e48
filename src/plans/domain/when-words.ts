import { WEEKDAYS, weekday } from '../../shared/calendar.ts';
import { swedishDate, swedishTime } from '../../shared/swedish-time.ts';
import { dateInWords } from '../../shared/swedish-words.ts';
import type { SwedishDate, When } from './model.ts';
import type { Occurrence } from './recurrence.ts';
import type { SingleTime } from './step-time.ts';
import { dayOf, epochOf, isDate } from './when.ts';

export type Language = 'sv' | 'en';

const ENGLISH_DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const ENGLISH_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/**
 * `måndag 23 november`, `Monday 23 November`; the year only when it is another than today's. The day is always named,
 * never "imorgon": the same words are printed and read aloud another day.
 */
export function dayInWords(date: SwedishDate, today: SwedishDate, language: Language): string {
  if (language === 'sv') return dateInWords(date, today);
  const year = date.slice(0, 4) === today.slice(0, 4) ? '' : ` ${Number(date.slice(0, 4))}`;
  const day = ENGLISH_DAYS[WEEKDAYS.indexOf(weekday(date))];
  return `${day} ${Number(date.slice(8, 10))} ${ENGLISH_MONTHS[Number(date.slice(5, 7)) - 1]}${year}`;
}

/** `måndag 23 november 12:00`. */
export function momentWithDay(at: number, today: SwedishDate, language: Language): string {
  return `${dayInWords(swedishDate(at), today, language)} ${swedishTime(at)}`;
}

/** A day, or day and clock time. */
export function whenInWords(when: When, today: SwedishDate, language: Language): string {
  return isDate(when) ? dayInWords(when, today, language) : momentWithDay(epochOf(when), today, language);
}

const LATEST = { sv: 'senast', en: 'by' } as const;

/** `senast måndag 23 november 12:00`. */
export function latestInWords(by: When, today: SwedishDate, language: Language): string {
  return `${LATEST[language]} ${whenInWords(by, today, language)}`;
}

function fixedInWords(start: number, end: number | undefined, today: SwedishDate, language: Language): string {
  const begins = momentWithDay(start, today, language);
  if (end === undefined || end <= start) return begins;
  return swedishDate(end) === swedishDate(start)
    ? `${begins}–${swedishTime(end)}`
    : `${begins} – ${momentWithDay(end, today, language)}`;
}

/** A window whose beginning is only a day tells its end: `måndag 23 november före 12:00`. */
function windowInWords(from: When, to: When, today: SwedishDate, language: Language): string {
  const [between, and, before] = language === 'sv' ? ['mellan', 'och', 'före'] : ['between', 'and', 'before'];
  if (dayOf(from) !== dayOf(to)) {
    return `${between} ${whenInWords(from, today, language)} ${and} ${whenInWords(to, today, language)}`;
  }
  const day = dayInWords(dayOf(to), today, language);
  if (isDate(to)) {
    const after = language === 'sv' ? 'efter' : 'after';
    return isDate(from) ? day : `${day} ${after} ${swedishTime(epochOf(from))}`;
  }
  const end = swedishTime(epochOf(to));
  return isDate(from) ? `${day} ${before} ${end}` : `${day} ${between} ${swedishTime(epochOf(from))} ${and} ${end}`;
}

const FORMS = {
  sv: { books: 'du bokar tiden själv', needed: 'vid behov', queue: 'du står i kö, beräknad tid' },
  en: { books: 'you book the time yourself', needed: 'when needed', queue: 'you are on a waiting list, expected' },
} as const;

/** When something that happens once is to happen, to follow what it is: `Möte hemma` … `torsdag 26 november 13:00`. */
export function timeInWords(time: SingleTime, today: SwedishDate, language: Language): string {
  const words = FORMS[language];
  switch (time.form) {
    case 'fixed':
      return fixedInWords(epochOf(time.start), time.end === undefined ? undefined : epochOf(time.end), today, language);
    case 'window':
      return windowInWords(time.from, time.to, today, language);
    case 'latest-by':
      return latestInWords(time.by, today, language);
    case 'as-needed':
      return `${words.needed}, ${latestInWords(time.by, today, language)}`;
    case 'waiting-list':
      return `(${words.queue} ${whenInWords(time.expected, today, language)})`;
    case 'patient-books': {
      const by = time.by === undefined ? '' : `, ${latestInWords(time.by, today, language)}`;
      return `(${words.books}${by})`;
    }
  }
}

/** When one occurrence of a series is. */
export function occurrenceInWords(occurrence: Occurrence, today: SwedishDate, language: Language): string {
  return occurrence.clock
    ? momentWithDay(occurrence.startsAt, today, language)
    : dayInWords(occurrence.day, today, language);
}
