import { type PatientId, publicId, type ThingId, type ThingRef } from '../../shared/ids.ts';
import { Problem, wrong } from '../../shared/problem.ts';
import type { Party } from '../domain/model.ts';
import { unknownReference } from '../problems.ts';

/** What a request holds, with the ids of things as the domain holds them: own keys within the patient. */
export type OwnKeys<T> = T extends ThingRef
  ? ThingId
  : T extends readonly (infer I)[]
    ? readonly OwnKeys<I>[]
    : T extends object
      ? { readonly [K in keyof T]: OwnKeys<T[K]> }
      : T;

function isRef(value: object): value is ThingRef {
  return 'patientId' in value && 'id' in value;
}

/**
 * Reads a request's body for one patient's plan: every thing that it names must be of that patient.
 *
 * @param patientId undefined where things under the person's other keys may be named, and the rule finds them or not
 * @throws unknown-reference (422) naming the field, alike for another patient's thing and for one that does not exist
 */
export function withOwnKeys<T>(patientId: PatientId | undefined, value: T): OwnKeys<T> {
  return ownKeysIn(patientId, value, undefined) as OwnKeys<T>;
}

/** Where in a body something stands: put in words only when that is told. */
export interface Place {
  readonly within: Place | undefined;
  readonly name: string | number;
}

function ownKeysIn(patientId: PatientId | undefined, value: unknown, place: Place | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const read = value.map((one, i) => ownKeysIn(patientId, one, { within: place, name: i }));
    return read.every((one, i) => one === value[i]) ? value : read;
  }
  if (isRef(value)) {
    if (patientId === undefined || value.patientId === patientId) return value.id;
    throw unknownReference({ invalidParameters: [wrong(inWords(place), 'Finns inte i planen', 'Is not in the plan')] });
  }
  return fieldsRead(patientId, value as Readonly<Record<string, unknown>>, place);
}

/** Without what is undefined; itself, and not a copy, where nothing is named in it: most of a body is texts and times. */
function fieldsRead(
  patientId: PatientId | undefined,
  value: Readonly<Record<string, unknown>>,
  place: Place | undefined,
): object {
  let read: Record<string, unknown> | undefined;
  for (const name in value) {
    const one = value[name];
    const own = typeof one === 'object' && one !== null ? ownKeysIn(patientId, one, { within: place, name }) : one;
    if (own === undefined || own !== one) read ??= fieldsBefore(name, value);
    if (read && own !== undefined) read[name] = own;
  }
  return read ?? value;
}

function fieldsBefore(end: string, value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const name in value) {
    if (name === end) break;
    fields[name] = value[name];
  }
  return fields;
}

/** Where something stands, as callers know places: dotted. */
export function inWords(place: Place | undefined): string {
  if (!place) return '';
  return place.within ? `${inWords(place.within)}.${place.name}` : String(place.name);
}

/** A party as answers show it. */
export function publicParty(patientId: PatientId, party: Party) {
  if (party.kind !== 'relative') return party;
  return { kind: party.kind, relatedPersonId: publicId(patientId, party.relatedPersonId) };
}

/**
 * A refusal as callers know things: the things that it names by their public ids, and fields by dotted paths like those
 * of every other refusal. Rules know keys, and write places in brackets.
 */
export function withPublicIds(error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  const { extra, invalidParameters } = error.particulars;
  return new Problem(error.definition, {
    ...error.particulars,
    ...(extra && { extra: madePublic(extra) as Record<string, unknown> }),
    ...(invalidParameters && {
      invalidParameters: invalidParameters.map((one) => ({ ...one, name: one.name.replace(/\[(\d+)\]/g, '.$1') })),
    }),
  });
}

function madePublic(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(madePublic);
  if (isRef(value)) return publicId(value.patientId, value.id);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, madePublic(one)]));
}
