import { type Asking, type Desk, momentOf, reading } from '../access/index.ts';
import type { PatientId } from '../shared/ids.ts';
import { loadRecord } from './store/record.ts';
import { factsOf } from './view/facts.ts';
import { type OwnThings, ownThings } from './view/own-things.ts';

/**
 * What a relative has taken on for a patient, for the relative, where the deployment has opened it
 * (`relativeSeesOwnSteps`). By two trips, the log entry among them, as any other read.
 *
 * @throws notFound for whoever is not a registered relative of the patient's, and for all while it is closed
 */
export function readOwnThings(desk: Desk, asking: Asking, patientId: PatientId): Promise<OwnThings> {
  return reading(desk, asking, {
    action: 'own-steps.read',
    load: () => loadRecord(desk.pool, asking.actor, { patientId, ...momentOf(desk) }),
    facts: (record) => factsOf(record, asking.actor),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const own = ownThings(record, asking.actor);
      const left = (kind: 'step' | 'commitment', things: OwnThings['steps'] | OwnThings['commitments']) =>
        things.map((thing) => ({ kind, id: thing.id, owner: thing.recordedBy.provider }));
      return { answer: own, resources: [...left('step', own.steps), ...left('commitment', own.commitments)] };
    },
  });
}
