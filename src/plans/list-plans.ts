import { type Asking, type Desk, momentOf, reading } from '../access/index.ts';
import type { PatientId } from '../shared/ids.ts';
import { unitOf } from './domain/party.ts';
import type { PlanCriteria } from './search-persons.ts';
import { loadRecord } from './store/record.ts';
import { factsOf } from './view/facts.ts';
import { resourcesIn, type VisiblePlan, visiblePlans } from './view/visible.ts';

/**
 * Lists one person's plans that the reader may know of; none is an empty list, whether the person is unknown, has no
 * plan, or has plans that the reader takes no part in.
 */
export function listPlans(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
  criteria: PlanCriteria = {},
): Promise<readonly VisiblePlan[]> {
  return reading(desk, asking, {
    action: 'plan.list',
    load: () => loadRecord(desk.pool, asking.actor, { patientId, ...momentOf(desk) }),
    facts: (record) => factsOf(record, asking.actor),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const plans = visiblePlans(record, asking.actor).filter((plan) => fits(plan, criteria));
      return {
        answer: plans,
        resources: plans.flatMap((plan) => resourcesIn(plan.content).filter(({ kind }) => kind === 'plan')),
        search: ['patientId', ...Object.keys(criteria)],
        hits: plans.length,
      };
    },
  });
}

/** Judged on what the reader sees: a criterion tells nothing of what was left out. */
function fits({ header, content }: VisiblePlan, { kind, owner, party, legalBasis, text }: PlanCriteria): boolean {
  const { recordedBy, title, purpose } = header;
  const words = `${title} ${purpose ?? ''}`.toLocaleLowerCase('sv');
  return (
    (kind === undefined || header.kind === kind) &&
    (owner === undefined || recordedBy.unit === owner || recordedBy.provider === owner) &&
    (party === undefined || content.participant.some((one) => unitOf(one.party) === party)) &&
    (legalBasis === undefined || header.legalBasis === legalBasis) &&
    (text === undefined || words.includes(text.toLocaleLowerCase('sv')))
  );
}
