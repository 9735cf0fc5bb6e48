import { decide } from '../../access/index.ts';
import type { AuditedResource } from '../../audit/index.ts';
import type { RelatedPerson } from '../../patients/index.ts';
import type { Actor } from '../../shared/actor.ts';
import type { PatientId, ThingId } from '../../shared/ids.ts';
import type { PlanContext } from '../domain/context.ts';
import { type Contribution, LEAD_KINDS, type PlanContent } from '../domain/model.ts';
import { type NextStep, nextStepOfOverview, nextStepOfPlan } from '../domain/next-step.ts';
import type { OverviewRecord } from '../store/record.ts';
import { KINDS } from '../store/tables.ts';
import { contextOf } from './context.ts';
import { countingReports } from './counting-reports.ts';
import { factsOf } from './facts.ts';
import { shardsOf } from './present-keys.ts';
import { mergedContent, resourcesIn, type VisiblePlan, visiblePlans } from './visible.ts';

/** A person's plans as one reader may see them, with what it takes to tell of them in another form than ours. */
export interface SeenPlans {
  readonly plans: readonly VisiblePlan[];
  /** The key that the person goes by, else the one that was asked for. */
  readonly patientId: PatientId;
  /** Whose shard each thing that the reader sees is in. */
  readonly shards: ReadonlyMap<string, PatientId>;
  readonly context: PlanContext;
  readonly relatedPersons: readonly Pick<RelatedPerson, 'patientId' | 'id' | 'approvedForPatient' | 'enteredInError'>[];
  /** Whether the reader is shown a thing with nothing of it left out, hidden or replaced. */
  isWhole(id: ThingId): boolean;
  /** A lead plan's is that of all the person's plans together, a part plan's its own. */
  nextStepOf(plan: VisiblePlan): NextStep | undefined;
}

/**
 * Whether the reader is told who near the person has taken something on: the patient's side, and who may read related
 * persons. To anyone else, a system or staff with the plan alone, it is a relative: the more so of a person with
 * protected identity, of whom nothing is told of those around (OSL 21:3).
 */
function namesRelatives(record: OverviewRecord, actor: Actor): boolean {
  if (actor.kind === 'citizen') return true;
  // Scopes narrow what is asked for, not who the reader is.
  const { scopes: _narrowed, ...reader } = actor;
  return decide('representative.read', reader as Actor, factsOf(record, actor)).allowed;
}

/** The plans of a record as this actor may see them, in Swedish. */
export function seenPlans(record: OverviewRecord, actor: Actor, now: number): SeenPlans {
  const plans = visiblePlans(record, actor);
  const whole = contextOf(record, now, 'sv');
  const context = namesRelatives(record, actor) ? whole : { ...whole, relatives: new Map() };
  const content = mergedContent(plans);
  const told: PlanContent = { ...content, report: countingReports(record, content) };
  const together = nextStepOfOverview(told, context);
  return {
    plans,
    patientId: record.patient?.patientId ?? record.patientId,
    shards: shardsOf(content),
    context,
    relatedPersons: record.relatedPersons,
    isWhole: (id) =>
      KINDS.some((kind) => {
        const things: readonly Contribution[] = record.content[kind];
        const own = things.find((thing) => thing.id === id);
        // What is shown in part is a copy.
        return own !== undefined && plans.some((plan) => (plan.content[kind] as readonly Contribution[]).includes(own));
      }),
    nextStepOf: ({ header }) => {
      const own = nextStepOfPlan(told, header.id, context);
      return own && LEAD_KINDS.includes(header.kind) ? together : own;
    },
  };
}

/** What left with an answer, for the log: of the things that the reader sees, those named. */
export function leftOf({ plans }: Pick<SeenPlans, 'plans'>, left: Iterable<ThingId>): AuditedResource[] {
  const named = new Set<string>(left);
  return resourcesIn(mergedContent(plans)).filter(({ id }) => named.has(id));
}
