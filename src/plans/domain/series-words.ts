import { WEEKDAYS, weekday } from '../../shared/calendar.ts';
import type { Recurrence, SwedishDate } from './model.ts';
import { dayInWords, type Language } from './when-words.ts';

const SWEDISH_DAYS = ['måndagar', 'tisdagar', 'onsdagar', 'torsdagar', 'fredagar', 'lördagar', 'söndagar'];
const ENGLISH_DAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];
const UNITS = {
  sv: { day: 'dag', week: 'vecka', month: 'månad' },
  en: { day: 'day', week: 'week', month: 'month' },
} as const;

/** `8:e`, `21:a`. */
function swedishOrdinal(n: number): string {
  const ends = n % 10;
  return (ends === 1 || ends === 2) && n % 100 !== 11 && n % 100 !== 12 ? `${n}:a` : `${n}:e`;
}

function every(unit: Recurrence['every'], interval: number, language: Language): string {
  const name = UNITS[language][unit];
  if (language === 'en')
    return interval === 1 ? `every ${name}` : interval === 2 ? `every other ${name}` : `every ${interval} ${name}s`;
  return interval === 1
    ? `varje ${name}`
    : interval === 2
      ? `varannan ${name}`
      : `var ${swedishOrdinal(interval)} ${name}`;
}

function weekdaysInWords(series: Recurrence, language: Language): string {
  const wanted = series.weekdays?.length ? series.weekdays : [weekday(series.startsOn)];
  const names = language === 'sv' ? SWEDISH_DAYS : ENGLISH_DAYS;
  const days = WEEKDAYS.flatMap((day, i) => (wanted.includes(day) ? [names[i]!] : []));
  const and = language === 'sv' ? 'och' : 'and';
  return days.length === 1 ? days[0]! : `${days.slice(0, -1).join(', ')} ${and} ${days.at(-1)}`;
}

/**
 * How often a series comes, in plain words: `varje dag 07:00`, `måndagar och torsdagar`, `måndagar var 8:e vecka`,
 * `varannan månad`; with its end when it has one.
 */
export function seriesInWords(series: Recurrence, today: SwedishDate, language: Language): string {
  const interval = Math.max(1, Math.trunc(series.interval));
  const often: string[] = [];
  if (series.every === 'week' || series.weekdays?.length) often.push(weekdaysInWords(series, language));
  if (often.length === 0 || interval > 1 || series.every === 'month')
    often.push(every(series.every, interval, language));
  if (series.timeOfDay !== undefined) often.push(series.timeOfDay);
  if (series.endsOn !== undefined) {
    often.push(`${language === 'sv' ? 'till och med' : 'until'} ${dayInWords(series.endsOn, today, language)}`);
  }
  return often.join(' ');
}
