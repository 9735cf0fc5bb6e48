import {
  type Asking,
  type Desk,
  momentOf,
  personFactParts,
  reading,
  readPersonFacts,
  Sealed,
} from '../access/index.ts';
import { recordQuery } from '../db/record-query.ts';
import type { PatientId, ThingRef } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import { type Join, joinsOf } from './domain/join.ts';
import { joinActsPart, readJoinActs } from './store/joins.ts';
import { patientParts, readPatients } from './store/record-parts.ts';

const joinRecord = recordQuery('patient_joins', [...personFactParts, ...patientParts, joinActsPart]);

/** Lists the trace of joining and parting: every join to the person, latest last, also those parted again. */
export function listJoins(desk: Desk, asking: Asking, patientId: PatientId): Promise<readonly Join[]> {
  return readJoins(desk, asking, patientId, (joins) => joins);
}

/** Reads one join. @throws notFound */
export async function readJoin(desk: Desk, asking: Asking, of: PatientId, ref: ThingRef): Promise<Join> {
  const [join] = await readJoins(desk, asking, of, (joins) => {
    const found = joins.filter(({ id, patientId }) => id === ref.id && patientId === ref.patientId);
    if (found.length === 0) throw notFound();
    return found;
  });
  return join!;
}

function readJoins(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
  choose: (joins: readonly Join[]) => readonly Join[],
): Promise<readonly Join[]> {
  return reading(desk, asking, {
    action: 'patient.read',
    load: async () => {
      const raw = await joinRecord(desk.pool, asking.actor, { patientId });
      const { canonical } = readPatients(raw);
      return new Sealed({
        canonical,
        facts: readPersonFacts(raw, asking.actor, momentOf(desk)),
        joins: joinsOf(readJoinActs(raw.joinActs)),
      });
    },
    facts: (record) => record.facts,
    patientOf: () => patientId,
    show: (_grant, { canonical, joins }) => {
      if (!canonical) throw notFound();
      const shown = choose(joins);
      const owner = canonical.recordedBy.provider;
      const resources = shown.map(({ id }) => ({ kind: 'patient-join', id, owner }));
      return { answer: shown, resources, hits: shown.length };
    },
  });
}
