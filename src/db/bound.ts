import type { ClientBase, Pool, PoolClient } from 'pg';
import type { Actor } from '../shared/actor.ts';
import { NIL_PATIENT, type PatientId } from '../shared/ids.ts';
import { runQuery } from './query.ts';
import { type Ending, inTransaction } from './transaction.ts';

/** What row-level security is told: who asks, from where, and whose record (undefined: nobody's, only own work). */
export interface Binding {
  readonly actor: Actor;
  readonly patientId?: PatientId;
  /** Another person whose record the same act changes: joining two, or parting them. */
  readonly otherPatientId?: PatientId;
  /** All whose records the same transaction changes, when they are many. */
  readonly persons?: readonly PatientId[];
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

const BIND = `select set_config('app.patient', coalesce(array_to_string(lock_for_change($1::text[], $2::uuid[]), ','), ''), true),
  set_config('app.kind', $3, true), set_config('app.unit', $4, true), set_config('app.provider', $5, true)`;

/**
 * Begins a transaction bound to an actor and a patient, under the patient's lock: two statements, sent together. One
 * writer at a time per person: it keeps rules that span things (one lead plan, no circle) true without refusing anyone,
 * since revisions are compared per thing. Other locks come first and in one order, persons after them in the order of
 * their keys, so that nobody waits in a ring.
 */
export async function beginBound(client: ClientBase, binding: Binding): Promise<void> {
  const { kind, unit, provider } = actorSettings(binding.actor);
  const locks = [...new Set(binding.locks)].sort();
  const named = [binding.patientId, binding.otherPatientId, ...(binding.persons ?? [])];
  const persons = named.filter((id) => id !== undefined);
  const begun = client.query('begin');
  const bound = runQuery(client, { name: 'bind_change', text: BIND, values: [locks, persons, kind, unit, provider] });
  await Promise.all([begun, bound]);
}

/** The person was joined or parted in the moment of being locked (migration 0012): nothing has been done yet. */
const JOINED_MEANWHILE = 'PK001';

/** Runs one change in a transaction bound to actor and patient, under the patient's lock. */
export async function inBoundTransaction<T>(
  pool: Pool,
  binding: Binding,
  work: (client: PoolClient) => Promise<T | Ending<T>>,
): Promise<T> {
  for (;;) {
    try {
      return await inTransaction(pool, work, (client) => beginBound(client, binding));
    } catch (error) {
      if ((error as { readonly code?: unknown }).code !== JOINED_MEANWHILE) throw error;
    }
  }
}
