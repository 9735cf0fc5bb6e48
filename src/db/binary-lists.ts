import { isHyphenPlace } from '../shared/ids.ts';

/**
 * Arrays in the form that the database itself keeps them in. Keys, texts and documents then need not be written with
 * quotes, looked through for them, and read again character by character: a tenth of what it cost to write many rows.
 */

/** How one value is written at a place of the list under way; gives where it ends. */
type WriteValue = (value: unknown, at: number) => number;

/** Grows as it is needed; nothing waits while a list is made in it. */
let room = Buffer.allocUnsafe(1 << 16);

function makeRoom(upTo: number): void {
  if (upTo <= room.length) return;
  const more = Buffer.allocUnsafe(Math.max(upTo, room.length * 2));
  room.copy(more);
  room = more;
}

const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;

/** One-dimensional, counted from one, of this type; null where there is no value. */
function listBytes(type: number, values: readonly unknown[], write: WriteValue): Buffer {
  let hasNulls = 0;
  let at = HEADER_BYTES;
  makeRoom(at);
  for (const value of values) {
    makeRoom(at + LENGTH_BYTES);
    if (value === null || value === undefined) {
      hasNulls = 1;
      at = room.writeInt32BE(-1, at);
    } else {
      const end = write(value, at + LENGTH_BYTES);
      room.writeInt32BE(end - at - LENGTH_BYTES, at);
      at = end;
    }
  }
  for (const [i, word] of [values.length === 0 ? 0 : 1, hasNulls, type, values.length, 1].entries())
    room.writeInt32BE(word, i * 4);
  // A list of nothing has no dimension to tell of.
  return Buffer.from(room.subarray(0, values.length === 0 ? HEADER_BYTES - 8 : at));
}

const JSONB_FORM = 1;

/** The types whose lists are sent like this, each with its number in every server. */
export const BINARY_LISTS: Readonly<Record<string, (values: readonly unknown[]) => Buffer>> = {
  uuid: (values) => listBytes(2950, values, writeUuid),
  text: (values) => listBytes(25, values, (value, at) => writeText(textOf(value), at)),
  jsonb: (values) =>
    listBytes(3802, values, (value, at) => {
      makeRoom(at + 1);
      room[at] = JSONB_FORM;
      return writeLong(JSON.stringify(value), at + 1);
    }),
};

const UUID_BYTES = 16;
const UUID_LENGTH = 36;
const DASH = 45;

/** @throws TypeError for anything else than a key as we write them */
function writeUuid(value: unknown, at: number): number {
  const text = String(value);
  makeRoom(at + UUID_BYTES);
  let to = at;
  let wrong = text.length === UUID_LENGTH ? 0 : NO_DIGIT;
  for (let i = 0; to < at + UUID_BYTES; i += 2) {
    if (isHyphenPlace(i) && text.charCodeAt(i++) !== DASH) wrong = NO_DIGIT;
    const high = DIGITS[text.charCodeAt(i)] ?? NO_DIGIT;
    const low = DIGITS[text.charCodeAt(i + 1)] ?? NO_DIGIT;
    wrong |= high | low;
    room[to++] = (high << 4) | low;
  }
  if (wrong & NO_DIGIT) throw new TypeError('a key that is none');
  return to;
}

const NO_DIGIT = 0x100;
/** What a character's number is worth as a hexadecimal digit. */
const DIGITS = Array.from({ length: 128 }, (_, code) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase());
  return digit < 0 ? NO_DIGIT : digit;
});

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') throw new TypeError('an object in a column that holds none');
  return String(value);
}

/** Longer than this, asking the system to write it is quicker than doing it here. */
const SHORT = 40;
const ASCII_END = 128;

function writeText(text: string, at: number): number {
  if (text.length > SHORT) return writeChecked(text, at);
  makeRoom(at + text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= ASCII_END) return writeChecked(text, at);
    room[at + i] = code;
  }
  return at + text.length;
}

const HALF_CHARACTER = /\p{Surrogate}/u;

/** @throws TypeError for half of a character pair, which would be stored as another text than was sent */
function writeChecked(text: string, at: number): number {
  if (HALF_CHARACTER.test(text)) throw new TypeError('a text that is not Unicode');
  return writeLong(text, at);
}

const MOST_BYTES_EACH = 3;

function writeLong(text: string, at: number): number {
  makeRoom(at + text.length * MOST_BYTES_EACH);
  return at + room.write(text, at, 'utf8');
}
