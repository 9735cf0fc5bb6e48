import pg, { type Pool, type PoolClient } from 'pg';
import type { Actor } from '../shared/actor.ts';
import { NIL_PATIENT, type PatientId } from '../shared/ids.ts';
import { inTransaction } from './transaction.ts';

/** What row-level security is told: who asks, from where, and whose record (undefined: nobody's, only own work). */
export interface Binding {
  readonly actor: Actor;
  readonly patientId?: PatientId;
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
 * anyone, since revisions are compared per thing. Only ids and HSA-ids go in, as literals: a string of several
 * statements takes no parameters.
 */
export function beginBound(binding: Binding): string {
  const { kind, unit, provider } = actorSettings(binding.actor);
  const literal = pg.escapeLiteral;
  const patient = binding.patientId === undefined ? undefined : `${literal(binding.patientId)}::uuid`;
  const bound = patient === undefined ? `''` : `array_to_string(${KEYS_OF_PERSON(patient)}, ',')`;
  const lock = patient
    ? `select pg_advisory_xact_lock(hashtextextended(coalesce((select canonical_id from patient_keys where patient_id = ${patient}), ${patient})::text, 0));`
    : '';
  return `begin; ${lock} select set_config('app.patient', ${bound}, true), set_config('app.kind', ${literal(kind)}, true), set_config('app.unit', ${literal(unit)}, true), set_config('app.provider', ${literal(provider)}, true)`;
}

/** Runs one change in a transaction bound to actor and patient, under the patient's lock. */
export function inBoundTransaction<T>(
  pool: Pool,
  binding: Binding,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return inTransaction(pool, work, beginBound(binding));
}
