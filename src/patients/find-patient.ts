import type { Pool, PoolClient } from 'pg';
import { type Asking, type Desk, isHidden, momentOf, reading } from '../access/index.ts';
import { runQuery } from '../db/query.ts';
import type { PatientId } from '../shared/ids.ts';
import { resourceOf } from './store/changes.ts';
import { apart, loadPatient, type PatientRecord } from './store/record.ts';

/**
 * Finds a person by a number that the person holds or has held. Nobody found is an empty list, and the search is in the
 * log either way: as a search, and in the log of the person who was found.
 */
export function findPatients(desk: Desk, asking: Asking, numberHash: string): Promise<readonly PatientRecord[]> {
  const byHash = (hash: string) => loadPatient(desk.pool, asking.actor, { numberHash: hash, ...momentOf(desk) });
  const isFound = (sealed: Awaited<ReturnType<typeof byHash>>) =>
    sealed.facts(({ facts }) => facts.patientKnown && !isHidden(asking.actor, facts));
  return reading(desk, asking, {
    action: 'patient.find',
    load: async () => {
      const first = await byHash(numberHash);
      // Asked of nobody and of a protected person alike: the work done must not tell them apart.
      return isFound(first) ? first : byHash(apart(numberHash));
    },
    facts: (record) => record.facts,
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      // A protected person is not even found by who is not on the list: the answer is the one for nobody.
      const found = record.canonical && !isHidden(asking.actor, record.facts) ? [record.canonical] : [];
      return {
        answer: found.length > 0 ? [record] : [],
        resources: found.map((patient) => resourceOf('patient', patient)),
        search: ['personNumber'],
        hits: found.length,
      };
    },
  });
}

/**
 * The key that a number leads to, for a slice that must know whose record to load and lock before it asks the policy.
 * It gives nothing out by itself: a key opens nothing without a grant.
 */
export async function findPatientKey(db: Pool | PoolClient, numberHash: string): Promise<PatientId | undefined> {
  const result = await runQuery<{ patient_id: PatientId }>(db, {
    name: 'patient_key_by_number',
    text: `select k.canonical_id as patient_id from person_numbers n join patient_keys k on k.patient_id = n.patient_id
      where n.hash = $1`,
    values: [numberHash],
  });
  return result.rows[0]?.patient_id;
}
