import pg, { type Pool, type PoolClient } from 'pg';
import type { Actor } from '../shared/actor.ts';
import { NIL_PATIENT, type PatientId } from '../shared/ids.ts';
import { inTransaction } from './transaction.ts';

/** What row-level security is told: who asks, from where, and whose record (undefined: nobody's, only own work). */
export interface Binding {
  readonly actor: Actor;
  readonly patientId?: PatientId;
  /** Another person whose record the same act changes: joining two, or parting them. */
  readonly otherPatientId?: PatientId;
  /** What else one at a time may work on, as texts that name it: a personal number's hash, a client's key. */
  readonly locks?: readonly string[];
}

/** The actor's unit and provider as row-level security compares them; empty is nobody. */
export function actorSettings(actor: Actor): { kind: string; unit: string; provider: string } {
  switch (actor.kind) {
    case 'staff':
      return { kind: 'staff', unit: actor.unitHsaId, provider: actor.providerHsaId };
    case 'system':
      return { kind: 'system', unit: '', provider: actor.providerHsaId };
    case 'citizen':
      return { kind: 'citizen', unit: '', provider: '' };
  }
}

/** SQL for all keys of one person: an alias made by joining two keys is the same person. */
export const KEYS_OF_PERSON = (id: string) => `coalesce(
  (select array_agg(a.patient_id) from patient_keys a
    where a.canonical_id = (select c.canonical_id from patient_keys c where c.patient_id = ${id})),
  array[coalesce(${id}, '${NIL_PATIENT}'::uuid)])`;

/**
 * The statements that begin a transaction bound to an actor and a patient, and take the patient's lock, in one trip.
 * One writer at a time per person: it keeps rules that span things (one lead plan, no circle) true without refusing
 * anyone, since revisions are compared per thing. Other locks come first and in one order, persons after them in the
 * order of their keys, so that nobody waits in a ring. Only ids, hashes and HSA-ids go in, as literals: a string of
 * several statements takes no parameters.
 */
export function beginBound(binding: Binding): string {
  const { kind, unit, provider } = actorSettings(binding.actor);
  const literal = pg.escapeLiteral;
  const locks = [...new Set(binding.locks)]
    .sort()
    .map((name) => `select pg_advisory_xact_lock(hashtextextended(${literal(name)}, 0)); `);
  const persons = [binding.patientId, binding.otherPatientId].filter((id) => id !== undefined);
  const bound =
    persons.length === 0 ? `''` : `array_to_string(lock_persons(${literal(`{${persons.join(',')}}`)}::uuid[]), ',')`;
  return `begin; ${locks.join('')}select set_config('app.patient', ${bound}, true), set_config('app.kind', ${literal(kind)}, true), set_config('app.unit', ${literal(unit)}, true), set_config('app.provider', ${literal(provider)}, true)`;
}

/** Runs one change in a transaction bound to actor and patient, under the patient's lock. */
export function inBoundTransaction<T>(
  pool: Pool,
  binding: Binding,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return inTransaction(pool, work, beginBound(binding));
}
