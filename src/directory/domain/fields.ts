import { type LocalDate, parseLocalDate } from '../../shared/calendar.ts';
import { normalizeHsaId } from '../../shared/hsa-id.ts';

/** One field read: what it means, or in Swedish what is wrong with it. Never what it held: it may be a personnummer. */
export type Reading<T> = { readonly value: T } | { readonly fault: string };

/** Reads a field as a file gives it: text from CSV; text, number, boolean, list or object from JSON. */
export type Reader<T> = (raw: unknown) => Reading<T>;

/** Control characters, and halves of surrogate pairs, which Postgres cannot store. */
const UNSTORABLE = /[\p{Cc}\p{Cs}]/u;
const LINE_CHARACTERS = /[\n\r\t]/g;

export const fault = (text: string): { readonly fault: string } => ({ fault: text });

/** Text in one line, trimmed, in one Unicode form. */
export function text(longest: number): Reader<string> {
  return (raw) => readText(raw, longest, (value) => value);
}

/** Text that may hold line breaks. */
export function longText(longest: number): Reader<string> {
  return (raw) => readText(raw, longest, (value) => value.replace(LINE_CHARACTERS, ''));
}

function readText(raw: unknown, longest: number, checked: (value: string) => string): Reading<string> {
  if (typeof raw !== 'string') return fault('ska vara text');
  const value = raw.trim().normalize('NFC');
  if (value === '') return fault('saknas');
  if (value.length > longest) return fault(`är för lång (högst ${longest} tecken)`);
  if (UNSTORABLE.test(checked(value))) return fault('innehåller tecken som inte får finnas i text');
  return { value };
}

/** An HSA-id in the one form that is stored. */
export const hsaId: Reader<string> = (raw) => {
  if (typeof raw !== 'string') return fault('ska vara ett HSA-id i text');
  const value = normalizeHsaId(raw.trim());
  return value === undefined
    ? fault('är inte ett HSA-id (SE, tio siffror, bindestreck, bokstäver a–z och siffror)')
    : { value };
};

/** Several HSA-ids: a list in JSON; in CSV separated by spaces, commas or vertical bars. Each once, sorted. */
export const hsaIds: Reader<readonly string[]> = (raw) => {
  const parts = typeof raw === 'string' ? raw.split(/[\s,|]+/).filter((part) => part !== '') : raw;
  if (!Array.isArray(parts)) return fault('ska vara en lista av HSA-id');
  if (parts.length > 200) return fault('har för många HSA-id (högst 200)');
  const values = new Set<string>();
  for (const part of parts) {
    const reading = hsaId(part);
    if ('fault' in reading) return fault('innehåller något som inte är ett HSA-id');
    values.add(reading.value);
  }
  return { value: [...values].sort() };
};

/**
 * One of a closed list, by its code or by a Swedish word for it, without regard to case.
 *
 * @param words each Swedish word with the code that it stands for
 */
export function oneOf<T extends string>(codes: readonly T[], words: Readonly<Record<string, T>>): Reader<T> {
  const meanings = new Map<string, T>([...codes.map((code) => [code, code] as const), ...Object.entries(words)]);
  return (raw) => {
    const value = typeof raw === 'string' ? meanings.get(raw.trim().normalize('NFC').toLowerCase()) : undefined;
    return value === undefined ? fault(`ska vara ett av: ${codes.join(', ')}`) : { value };
  };
}

const YES = new Set(['ja', 'j', 'true', 'yes', '1', 'sant']);
const NO = new Set(['nej', 'n', 'false', 'no', '0', 'falskt']);

/** Yes or no. */
export const yesNo: Reader<boolean> = (raw) => {
  if (typeof raw === 'boolean') return { value: raw };
  const word = typeof raw === 'string' ? raw.trim().toLowerCase() : '';
  if (YES.has(word)) return { value: true };
  return NO.has(word) ? { value: false } : fault('ska vara ja eller nej');
};

/** A Swedish calendar date, `2026-11-16`. */
export const date: Reader<LocalDate> = (raw) => {
  const value = typeof raw === 'string' ? parseLocalDate(raw.trim()) : undefined;
  return value === undefined ? fault('är inte ett datum (ÅÅÅÅ-MM-DD)') : { value };
};

/** A whole number from 0 to 9999. */
export const ordinal: Reader<number> = (raw) => {
  const value = typeof raw === 'string' && /^\d{1,4}$/.test(raw.trim()) ? Number(raw) : raw;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 9999
    ? { value }
    : fault('ska vara ett heltal från 0 till 9999');
};

/** Digits only, of one of these lengths; a text, so that leading zeros stay. */
export function digits(...lengths: readonly number[]): Reader<string> {
  return (raw) => {
    const value = typeof raw === 'string' ? raw.trim() : '';
    return /^\d+$/.test(value) && lengths.includes(value.length)
      ? { value }
      : fault(`ska vara ${lengths.join(' eller ')} siffror`);
  };
}

/**
 * An organisation number, ten digits, with or without its hyphen.
 *
 * That of a sole trader is the owner's personnummer and is refused: it has a month, at most 12, where a legal person
 * has at least 20 (Skatteverket SKV 709). The made-up 0000000000 is let through.
 */
export const organizationNumber: Reader<string> = (raw) => {
  const value = typeof raw === 'string' ? raw.trim().replace(/^(\d{6})-(\d{4})$/, '$1$2') : '';
  if (!/^\d{10}$/.test(value)) return fault('ska vara tio siffror');
  if (value !== '0000000000' && Number(value.slice(2, 4)) < 20)
    return fault('är inte en juridisk persons nummer (en enskild firmas nummer är ett personnummer och lagras inte)');
  return { value };
};
