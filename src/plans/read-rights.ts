import {
  type AllowedAction,
  type Asking,
  allowedActions,
  type Desk,
  decide,
  type Existence,
  existenceShown,
  momentOf,
  reading,
} from '../access/index.ts';
import type { PatientId, ThingRef } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import { loadRecord } from './store/record.ts';
import { factsOf } from './view/facts.ts';
import { plansInQuestion } from './view/person-contributions.ts';
import { visiblePlan } from './view/visible.ts';

/**
 * Everything that can be done with a plan, and whether this actor may, so that a user interface can show it with the
 * reason. Whose step or promise it is, and what the plan's state allows, is told by the plan itself.
 *
 * @throws notFound for a plan that is not there and for one that the reader may not know of, alike
 */
export function readAllowedActions(desk: Desk, asking: Asking, ref: ThingRef): Promise<readonly AllowedAction[]> {
  const { actor } = asking;
  return reading(desk, asking, {
    action: 'plan.allowed-actions',
    load: () => loadRecord(desk.pool, actor, { patientId: ref.patientId, planId: ref.id, ...momentOf(desk) }),
    facts: (record) => factsOf(record, actor, ref.id),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const plan = visiblePlan(record, actor, ref.id);
      if (!plan) throw notFound();
      const { id, recordedBy } = plan.header;
      return {
        answer: allowedActions(actor, factsOf(record, actor, ref.id)),
        resources: [{ kind: 'plan', id, owner: recordedBy.provider }],
      };
    },
  });
}

/**
 * Whether there is more about a person than the reader may see: that unblocked data exist, and to care providers that
 * blocked data do, never whose or what (lag 2022:913 2:4–5). For who has a relation to the patient.
 *
 * @throws notFound
 */
export function readExistence(desk: Desk, asking: Asking, patientId: PatientId): Promise<Existence> {
  const { actor } = asking;
  return reading(desk, asking, {
    action: 'existence.read',
    load: () => loadRecord(desk.pool, actor, { patientId, ...momentOf(desk) }),
    // The relation may be an own one to the patient, or follow from a duty in one of the plans.
    facts: (record) => {
      const byDuty = plansInQuestion(record, actor).find(({ facts }) => decide('existence.read', actor, facts).allowed);
      return byDuty?.facts ?? factsOf(record, actor);
    },
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const found = plansInQuestion(record, actor).map(({ facts, contributions }) =>
        existenceShown(actor, facts, contributions),
      );
      const answer = { unblocked: found.some((one) => one.unblocked), blocked: found.some((one) => one.blocked) };
      return { answer, resources: [] };
    },
  });
}
