import { createHmac } from 'node:crypto';
import personnummerModule from 'personnummer';
import { addMonths, type LocalDate, parseLocalDate } from './calendar.ts';

// The package is a CommonJS class, while its types describe an ES module with a default export.
const Personnummer = personnummerModule as unknown as typeof personnummerModule.default;

export type PersonNumberKind = 'personnummer' | 'samordningsnummer' | 'reservnummer';

/** A number that has been read and found right. Never logged, never in an id, a URL, an error or a file name. */
export interface PersonNumber {
  readonly kind: PersonNumberKind;
  /** Twelve characters without separator: digits, or for a reservnummer digits and capital letters. */
  readonly digits: string;
}

export interface PersonNumberFault {
  readonly fault: 'form' | 'date' | 'check-digit';
}

const LONG = /^(\d{8})([-+]?)(\d{4})$/;
const SHORT = /^(\d{6})([-+])(\d{4})$/;
const RESERVE = /^(\d{8})-?(?=[0-9A-Z]*[A-Z])([0-9A-Z]{4})$/i;
const LONGEST = 13;
const FIRST_YEAR = 1800;
const LAST_YEAR = 2099;
const COORDINATION_DAYS = 60;
const SHORTEST_KEY_BYTES = 32;

function birthDateOf(digits: string): { date: LocalDate; kind: 'personnummer' | 'samordningsnummer' } | undefined {
  const day = Number(digits.slice(6, 8));
  const coordination = day > COORDINATION_DAYS;
  const birthDay = String(coordination ? day - COORDINATION_DAYS : day).padStart(2, '0');
  const date = parseLocalDate(`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${birthDay}`);
  if (date === undefined) return undefined;
  return { date, kind: coordination ? 'samordningsnummer' : 'personnummer' };
}

/** The twelve digits of `YYMMDD-NNNN`: minus until the year a person turns 100, plus from that year on. */
function withCentury(short: RegExpExecArray, today: LocalDate): string {
  const thisYear = Number(today.slice(0, 4));
  const latest = short[2] === '+' ? thisYear - 100 : thisYear;
  const year = latest - ((((latest - Number(short[1]!.slice(0, 2))) % 100) + 100) % 100);
  return `${String(year).padStart(4, '0')}${short[1]!.slice(2)}${short[3]}`;
}

function readDigits(text: string, today: LocalDate | undefined): string | undefined {
  const long = LONG.exec(text);
  if (long) {
    const year = Number(long[1]!.slice(0, 4));
    const plusTooYoung = long[2] === '+' && today !== undefined && Number(today.slice(0, 4)) - year < 100;
    return year < FIRST_YEAR || year > LAST_YEAR || plusTooYoung ? undefined : long[1]! + long[3]!;
  }
  const short = today === undefined ? null : SHORT.exec(text);
  return short ? withCentury(short, today!) : undefined;
}

/**
 * Reads a personal identity number as people and systems write it.
 *
 * Accepted:
 * - personnummer: `YYYYMMDDNNNC`, also with `-` or `+` before the last four; and, when `today` is given, `YYMMDD-NNNC`
 *   or `YYMMDD+NNNC`, whose century the sign and today's year decide (folkbokföringslagen 18 §);
 * - samordningsnummer: the same with 60 added to the day;
 * - reservnummer, national (`XXYYMMDDNNGC`) or a region's own: eight digits and four characters of A-Z and 0-9, at least
 *   one of them a letter, in either case, `-` allowed before the last four. It is kept as it is: no date, sex or check
 *   digit is read from it, because each series has rules of its own.
 *
 * Refused: ten digits without a sign (the century would be a guess), a `+` on someone younger (when `today` is given),
 * births before 1800, after 2099 or (when `today` is given) after today, and series of reservnummer in digits only,
 * which cannot be told from a mistyped personnummer. White space is not trimmed.
 */
export function parsePersonNumber(text: string, today?: LocalDate): PersonNumber | PersonNumberFault {
  if (text.length > LONGEST) return { fault: 'form' };
  const reserve = RESERVE.exec(text);
  if (reserve) return { kind: 'reservnummer', digits: (reserve[1]! + reserve[2]!).toUpperCase() };
  const digits = readDigits(text, today);
  if (digits === undefined) return { fault: 'form' };
  const birth = birthDateOf(digits);
  if (!birth || (today !== undefined && birth.date > today)) return { fault: 'date' };
  return Personnummer.valid(digits) ? { kind: birth.kind, digits } : { fault: 'check-digit' };
}

/** The birth date that a number states; undefined for a reservnummer, whose holder's must be told apart from it. */
export function birthDate(number: PersonNumber): LocalDate | undefined {
  return number.kind === 'reservnummer' ? undefined : birthDateOf(number.digits)?.date;
}

/** The sex that a number states (odd third digit of the birth number: male); undefined for a reservnummer. */
export function sex(number: PersonNumber): 'female' | 'male' | undefined {
  if (number.kind === 'reservnummer') return undefined;
  return Number(number.digits[10]) % 2 === 1 ? 'male' : 'female';
}

/**
 * A number as it is shown to people: `YYMMDD-NNNC`, with `+` from 1 January of the year when the person turns 100
 * (folkbokföringslagen 18 §); a reservnummer as its twelve characters.
 */
export function formatPersonNumber(number: PersonNumber, today: LocalDate): string {
  const { kind, digits } = number;
  if (kind === 'reservnummer') return digits;
  const sign = Number(today.slice(0, 4)) - Number(digits.slice(0, 4)) >= 100 ? '+' : '-';
  return `${digits.slice(2, 8)}${sign}${digits.slice(8)}`;
}

/**
 * Whole years lived on a date, the birthday included from its first minute in Sweden. Who is born on 29 February
 * turns a year older on the 28th when the year has no 29th: the month's last day stands in for the day it lacks
 * (lag 1930:173 1 §). Negative before birth.
 */
export function ageOn(birth: LocalDate, date: LocalDate): number {
  const years = Number(date.slice(0, 4)) - Number(birth.slice(0, 4));
  return date < addMonths(birth, years * 12) ? years - 1 : years;
}

/**
 * The keyed hash by which a person is looked up: HMAC-SHA-256 of the twelve characters, in hexadecimal. Kinds need no
 * marking, since no twelve characters are of two kinds.
 *
 * @throws Error when the key is shorter than 256 bits: there are so few personal numbers that the key is the secret
 */
export function hashPersonNumber(key: Buffer, digits: string): string {
  if (key.length < SHORTEST_KEY_BYTES) throw new Error('the key for personal numbers must have at least 32 bytes');
  return createHmac('sha256', key).update(digits).digest('hex');
}
