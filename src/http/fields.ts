import { z } from 'zod';
import { type LocalDate, parseLocalDate } from '../shared/calendar.ts';
import { normalizeHsaId } from '../shared/hsa-id.ts';
import {
  type PatientId,
  parsePatientId,
  parseReferenceId,
  parseThingId,
  type ThingId,
  type ThingRef,
} from '../shared/ids.ts';
import { type PersonNumber, parsePersonNumber } from '../shared/person-number.ts';
import type { Words } from '../shared/problem.ts';
import { parseInstant, toRfc3339Utc } from '../shared/rfc3339.ts';
import { isBlank } from '../shared/text.ts';
import { isStorable } from './bad-text.ts';
import { because } from './reasons.ts';

/**
 * The fields that requests are made of. Each reads text into the form that the service holds, refuses in its own words
 * and describes itself in the document.
 *
 * Those that read (`thingId`, `instant` …) are for requests only: zod cannot run them backwards, so in a response schema
 * they give 500. Answers use `thingIdText`, `instantText` and plain strings.
 */

interface Meta {
  readonly description: string;
  readonly examples: string[];
  readonly format?: string;
}

function reading<T>(read: (text: string) => T | undefined, reason: Words, meta: Meta) {
  return z
    .string()
    .meta({ ...meta })
    .transform((text, context): T => {
      const value = read(text);
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', ...because(reason.sv, reason.en) });
      return z.NEVER;
    });
}

const KEY = 'abcdefghijklmnopqrstuvwxya';
const OTHER_KEY = 'agm4kq7zabcdefghijklmnopqe';
const NO_SUCH_ID: Words = { sv: 'Är inte ett id härifrån.', en: 'Is not an id of ours.' };

const THING_META = { description: 'Id för en uppgift om en patient.', examples: [`${KEY}-${OTHER_KEY}`] };
const PATIENT_META = { description: 'Patientens id. Aldrig ett personnummer.', examples: [KEY] };
const REFERENCE_META = { description: 'Id i ett register (enhet, person, kontaktväg).', examples: [OTHER_KEY] };

/** A thing's public id in a request, read into whose it is and which. */
export const publicThingId = reading<ThingRef>(parseThingId, NO_SUCH_ID, THING_META);
/** A patient's public id in a request. */
export const publicPatientId = reading<PatientId>(parsePatientId, NO_SUCH_ID, PATIENT_META);
/** A reference row's public id in a request. */
export const publicReferenceId = reading<ThingId>(parseReferenceId, NO_SUCH_ID, REFERENCE_META);

export const thingIdText = z.string().meta(THING_META);
export const patientIdText = z.string().meta(PATIENT_META);
export const referenceIdText = z.string().meta(REFERENCE_META);

const INSTANT_META = {
  description: 'Tidpunkt enligt RFC 3339.',
  format: 'date-time',
  examples: ['2026-11-16T10:00:00Z'],
};
const DATE_META = { description: 'Dag, ÅÅÅÅ-MM-DD.', format: 'date', examples: ['2026-11-16'] };

/** An offset can carry the last evening of year 9999 into a year that RFC 3339 cannot write. */
const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** An instant in a request: RFC 3339 with any offset, a date that exists; held and answered in UTC with milliseconds. */
export const instant = reading(
  (text) => {
    const at = parseInstant(text);
    return at === undefined || at > LAST_INSTANT ? undefined : toRfc3339Utc(at);
  },
  {
    sv: 'Ska vara en tidpunkt som finns, med tidszon, till exempel 2026-11-16T10:00:00+01:00.',
    en: 'Must be an existing date and time with a time zone, for example 2026-11-16T10:00:00+01:00.',
  },
  { ...INSTANT_META, examples: ['2026-11-16T11:00:00+01:00'] },
);
export const instantText = z.string().meta(INSTANT_META);

/** Every offset and every day's end stays within what RFC 3339 can write. */
const LATEST_MOMENT = Date.UTC(9999, 0, 1);

/**
 * A day or an instant in a request, held as an instant.
 *
 * @param ofDay what a day means here: its first instant, or the first after it
 */
export function dayOrInstant(ofDay: (day: LocalDate) => number, description: string) {
  return reading(
    (text) => {
      const day = parseLocalDate(text);
      const at = day === undefined ? parseInstant(text) : ofDay(day);
      return at !== undefined && at < LATEST_MOMENT ? toRfc3339Utc(at) : undefined;
    },
    {
      sv: 'Ska vara en dag eller en tidpunkt med tidszon som finns, till exempel 2027-03-31.',
      en: 'Must be an existing day, or an existing time with a time zone, for example 2027-03-31.',
    },
    { description, examples: ['2027-03-31', '2027-03-31T16:00:00+02:00'] },
  );
}

/** A calendar day in a request. 30 February is refused. */
export const date = reading(
  parseLocalDate,
  {
    sv: 'Ska vara en dag som finns, till exempel 2026-11-16.',
    en: 'Must be an existing date, for example 2026-11-16.',
  },
  DATE_META,
);
export const dateText = z.string().meta(DATE_META);

/** An HSA-id in a request, in the one form that is stored and compared. */
export const hsaId = reading(
  normalizeHsaId,
  {
    sv: 'Ska vara ett HSA-id, till exempel SE0000000000-TST1.',
    en: 'Must be an HSA-id, for example SE0000000000-TST1.',
  },
  { description: 'HSA-id.', examples: ['SE0000000000-TST1'] },
);

const LANGUAGE_TAG = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/;

/** A language as BCP 47 writes it, `sv`, `ar`, `fi`. */
export const languageCode = reading(
  (text) => (LANGUAGE_TAG.test(text) ? text : undefined),
  { sv: 'Ska vara en språkkod, till exempel sv eller ar.', en: 'Must be a language code, for example sv or ar.' },
  { description: 'Språkkod enligt BCP 47.', examples: ['sv'] },
);

/**
 * A personal identity number in a body (never in a URL), twelve characters, read into its kind and stored form.
 *
 * @param today the day in Sweden, to tell the century of `YYMMDD-NNNC`; without it only full numbers are taken
 */
export function personNumber(today?: () => LocalDate) {
  const read = (value: string) => {
    const number = parsePersonNumber(value, today?.());
    return 'fault' in number ? undefined : number;
  };
  return reading<PersonNumber>(
    read,
    {
      sv: 'Ska vara ett giltigt personnummer, samordningsnummer eller reservnummer.',
      en: 'Must be a valid Swedish personal identity, coordination or reserve number.',
    },
    { description: 'Personnummer, samordningsnummer eller reservnummer, tolv tecken.', examples: ['192612049029'] },
  );
}

const SEEN = because('Får inte bara vara blanksteg.', 'May not be only spaces.');
const STORABLE = because(
  'Texten innehåller tecken som inte går att lagra.',
  'The text holds characters that cannot be stored.',
);
const LINE_BREAK = /[\r\n\u2028\u2029]/;

/**
 * Text for people, kept byte for byte: nothing is trimmed or normalized, since the patient's own words are the patient's.
 * Refused: more than `max` characters, only white space, and characters that cannot be stored.
 */
export function text(max: number) {
  const visible = (value: string) => value === '' || !isBlank(value);
  return z.string().min(1).max(max).refine(visible, SEEN).refine(isStorable, STORABLE);
}

/**
 * Text that a rule judges itself, blanks too, so that it can refuse them with the paragraph that asks for a reason.
 * Otherwise as `text`.
 */
export function anyText(max: number) {
  return z.string().min(1).max(max).refine(isStorable, STORABLE);
}

/** Text of one line: a title, a name. As `text`, and line breaks are refused. */
export function line(max: number) {
  return text(max).refine(
    (value) => !LINE_BREAK.test(value),
    because('Får bara vara en rad.', 'Must be a single line.'),
  );
}

/** Revision of a thing, in answers. */
export const revision = z
  .int()
  .min(1)
  .meta({ description: 'Uppgiftens revision; samma tal som i ETag.', examples: [3] });
