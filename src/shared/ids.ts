import { randomFillSync, randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

declare const brand: unique symbol;

/** The key that a person's rows are sharded by: a random UUID (v4), never derived from a number. */
export type PatientId = string & { readonly [brand]: 'PatientId' };

/** A thing's own key within its patient (or, for reference rows, alone): a UUIDv7. */
export type ThingId = string & { readonly [brand]: 'ThingId' };

/** Where a thing lives: whose it is, and which. A query never looks for `id` alone. */
export interface ThingRef {
  readonly patientId: PatientId;
  readonly id: ThingId;
}

/** The patient key of log rows about no known person. */
export const NIL_PATIENT = '00000000-0000-0000-0000-000000000000' as PatientId;

/** Source of new keys. A port, so that tests can foresee them. */
export interface Ids {
  patientId(): PatientId;
  thingId(): ThingId;
}

const KEY_BYTES = 16;

/** Random bytes are taken from the system for many keys at a time: one request may make hundreds. */
const POOLED_KEYS = 256;
const pooled = new Uint8Array(POOLED_KEYS * KEY_BYTES);
let taken = pooled.length;

/** What the next key is made of: filled anew for each, so that a key leaves nothing behind but its text. */
const latest = { random: new Uint8Array(KEY_BYTES), msecs: 0, seq: 0 };
const keyBytes = new Uint8Array(KEY_BYTES);

/** Each 16 bytes are given once. */
function takeRandom(): void {
  if (taken === pooled.length) {
    randomFillSync(pooled);
    taken = 0;
  }
  for (let i = 0; i < KEY_BYTES; i++) latest.random[i] = pooled[taken++]!;
}

/** A UUIDv7 that sorts after every one that this process has made before, also within a millisecond (RFC 9562 6.2). */
function nextUuid(): string {
  takeRandom();
  const now = Date.now();
  if (now > latest.msecs) {
    const { random } = latest;
    latest.msecs = now;
    // Begins in the lower half, so that counting on hardly ever comes to the end.
    latest.seq = ((random[6]! & 0x7f) << 24) | (random[7]! << 16) | (random[8]! << 8) | random[9]!;
  } else {
    latest.seq = (latest.seq + 1) | 0;
    if (latest.seq === 0) latest.msecs += 1;
  }
  return uuidText(uuidv7(latest, keyBytes));
}

export const randomIds: Ids = {
  patientId: () => randomUUID() as PatientId,
  thingId: () => nextUuid() as ThingId,
};

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const KEY_LETTERS = 26;
const KEY_PATTERN = '[a-z2-7]{25}[aeimquy4]';

/** A patient's or a reference row's public id: one key, 26 lower-case base32 letters (RFC 4648). */
export const KEY_ID_PATTERN = new RegExp(`^${KEY_PATTERN}$`);

/** A thing's public id: `<patient key>-<own key>`, 53 characters, a valid FHIR id. */
export const THING_ID_PATTERN = new RegExp(`^${KEY_PATTERN}-${KEY_PATTERN}$`);

/** As many as fit what one answer repeats: its patient's key stands in each of its things, and theirs where they are referred to. */
const RECENT = 1024;
const recentKeys: string[] = Array.from({ length: RECENT }, () => '');
const recentLetters: string[] = [...recentKeys];

/** By its last digits, which are random. */
function placeOf(uuid: string): number {
  let sum = 0;
  for (let i = uuid.length - 4; i < uuid.length; i++) sum = sum * 31 + uuid.charCodeAt(i);
  return sum % RECENT;
}

function encodeKey(uuid: string): string {
  const place = placeOf(uuid);
  if (recentKeys[place] === uuid) return recentLetters[place]!;
  const letters = encoded(uuid);
  recentKeys[place] = ownText(uuid);
  recentLetters[place] = letters;
  return letters;
}

/** By character code: what a hexadecimal digit or a base32 letter stands for. */
const DIGIT = valuesOf('0123456789abcdef');
const VALUE = valuesOf(ALPHABET);

function valuesOf(letters: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let i = 0; i < letters.length; i++) values[letters.charCodeAt(i)] = i;
  return values;
}

const HYPHEN = 45;
const HEX = Buffer.from('0123456789abcdef');
const LETTERS = Buffer.from(ALPHABET);
/** Written from the beginning each time, and read at once: text grown letter by letter took twice as long. */
const written = Buffer.alloc(36);

/** In one piece: text put together of sixteen is kept as sixteen until somebody reads it. */
function uuidText(bytes: Uint8Array): string {
  let at = 0;
  for (const byte of bytes) {
    written[at++] = HEX[byte >> 4]!;
    written[at++] = HEX[byte & 15]!;
    if (isHyphenPlace(at)) written[at++] = HYPHEN;
  }
  return written.toString('latin1', 0, at);
}

/** Where in a key's text its hyphens stand. */
export const isHyphenPlace = (at: number): boolean => at === 8 || at === 13 || at === 18 || at === 23;

function encoded(uuid: string): string {
  let at = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < uuid.length; i++) {
    const code = uuid.charCodeAt(i);
    if (code === HYPHEN) continue;
    held = (held << 4) | DIGIT[code]!;
    bits += 4;
    if (bits >= 5) {
      bits -= 5;
      written[at++] = LETTERS[(held >> bits) & 31]!;
      held &= (1 << bits) - 1;
    }
  }
  if (bits > 0) written[at++] = LETTERS[(held << (5 - bits)) & 31]!;
  return written.toString('latin1', 0, at);
}

/** The same text, alone: what was cut out of another text keeps the whole of that in memory, here a whole record. */
function ownText(uuid: string): string {
  return written.toString('latin1', 0, written.write(uuid, 'latin1'));
}

function decodeKey(letters: string): string {
  let at = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < letters.length && at < 36; i++) {
    held = (held << 5) | VALUE[letters.charCodeAt(i)]!;
    bits += 5;
    while (bits >= 4 && at < 36) {
      bits -= 4;
      written[at++] = HEX[(held >> bits) & 15]!;
      if (isHyphenPlace(at)) written[at++] = HYPHEN;
      held &= (1 << bits) - 1;
    }
  }
  return written.toString('latin1', 0, at);
}

/** The public form of a patient's own id. */
export function publicPatientId(patientId: PatientId): string {
  return encodeKey(patientId);
}

/** The public form of a thing's id; it carries the shard, so that no look-up has to guess where the row lives. */
export function publicId(patientId: PatientId, id: ThingId): string {
  return `${encodeKey(patientId)}-${encodeKey(id)}`;
}

/** The public form of a reference row's id. */
export function publicReferenceId(id: ThingId): string {
  return encodeKey(id);
}

/** Reads a patient's public id; undefined when it is not one. */
export function parsePatientId(text: string): PatientId | undefined {
  return KEY_ID_PATTERN.test(text) ? (decodeKey(text) as PatientId) : undefined;
}

/** Reads a thing's public id; undefined when it is not one. */
export function parseThingId(text: string): ThingRef | undefined {
  if (!THING_ID_PATTERN.test(text)) return undefined;
  return {
    patientId: decodeKey(text.slice(0, KEY_LETTERS)) as PatientId,
    id: decodeKey(text.slice(KEY_LETTERS + 1)) as ThingId,
  };
}

/** Reads a reference row's public id; undefined when it is not one. */
export function parseReferenceId(text: string): ThingId | undefined {
  return KEY_ID_PATTERN.test(text) ? (decodeKey(text) as ThingId) : undefined;
}
