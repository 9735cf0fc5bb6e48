import { type Asking, type Desk, momentOf, reading } from '../access/index.ts';
import type { PatientId } from '../shared/ids.ts';
import type { PlanContent } from './domain/model.ts';
import { loadRecord } from './store/record.ts';
import { factsOf } from './view/facts.ts';
import { ownThings } from './view/own-things.ts';
import { resourcesIn } from './view/visible.ts';

/**
 * What a relative has taken on for a patient, for the relative, where the deployment has opened it
 * (`relativeSeesOwnSteps`). By two trips, the log entry among them, as any other read.
 *
 * @throws notFound for whoever is not a registered relative of the patient's, and for all while it is closed
 */
export function readOwnThings(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
): Promise<Pick<PlanContent, 'step' | 'commitment'>> {
  return reading(desk, asking, {
    action: 'own-steps.read',
    load: () => loadRecord(desk.pool, asking.actor, { patientId, ...momentOf(desk) }),
    facts: (record) => factsOf(record, asking.actor),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const own = ownThings(record, asking.actor);
      return { answer: own, resources: resourcesIn(own) };
    },
  });
}
