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
 * @throws unknown-reference (422) naming the field, alike for another patient's thing and for one that does not exist
 */
export function withOwnKeys<T>(patientId: PatientId, value: T, field = ''): OwnKeys<T> {
  if (typeof value !== 'object' || value === null) return value as OwnKeys<T>;
  if (isRef(value)) {
    if (value.patientId === patientId) return value.id as OwnKeys<T>;
    throw unknownReference({ invalidParameters: [wrong(field, 'Finns inte i planen', 'Is not in the plan')] });
  }
  if (Array.isArray(value)) {
    return value.map((one, i) => withOwnKeys(patientId, one, `${field}[${i}]`)) as OwnKeys<T>;
  }
  const read: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value)) {
    if (one !== undefined) read[name] = withOwnKeys(patientId, one, field ? `${field}.${name}` : name);
  }
  return read as OwnKeys<T>;
}

/** A party as answers show it. */
export function publicParty(patientId: PatientId, party: Party) {
  if (party.kind !== 'relative') return party;
  return { kind: party.kind, relatedPersonId: publicId(patientId, party.relatedPersonId) };
}

/** A refusal with the things that it names made public: rules know keys, callers know ids. */
export function withPublicIds(error: unknown): unknown {
  if (!(error instanceof Problem) || !error.particulars.extra) return error;
  const extra = Object.entries(error.particulars.extra).map(([name, value]) => {
    const isThing = typeof value === 'object' && value !== null && isRef(value);
    return [name, isThing ? publicId(value.patientId, value.id) : value];
  });
  return new Problem(error.definition, { ...error.particulars, extra: Object.fromEntries(extra) });
}
