import { type Relation, relationTo, sees } from '../../access/index.ts';
import type { AuditedResource } from '../../audit/index.ts';
import type { Actor } from '../../shared/actor.ts';
import type { ThingId } from '../../shared/ids.ts';
import type { Contribution, ContributionKind, Plan, PlanContent } from '../domain/model.ts';
import type { PlanRecord } from '../store/record.ts';
import { KINDS } from '../store/tables.ts';
import { contributionFactsIn, factsOf, planFacts } from './facts.ts';

/** One plan as one reader may see it: what is refused is not in it, and nothing tells that it was. */
export interface VisiblePlan {
  readonly relation: Relation;
  readonly header: Plan;
  /** An outline holds kind, status and lead only. */
  readonly headerShown: 'whole' | 'outline';
  readonly content: PlanContent;
}

/** The plans of a record that the actor may know of, each filtered contribution by contribution. */
export function visiblePlans(record: PlanRecord, actor: Actor): VisiblePlan[] {
  const plans = record.content.plan.map((plan) => visiblePlan(record, actor, plan.id));
  return plans.filter((plan) => plan !== undefined);
}

/** One plan as the actor may see it; undefined when it does not exist for them. */
export function visiblePlan(record: PlanRecord, actor: Actor, planId: ThingId): VisiblePlan | undefined {
  const header = record.content.plan.find((plan) => plan.id === planId);
  if (!header) return undefined;
  const relation = relationTo(planFacts(record.content, planId), actor, factsOf(record, actor, planId));
  if (!relation) return undefined;
  const factsFor = contributionFactsIn(record.content);
  const shown = sees(relation, actor, factsFor('plan', header));
  if (shown === 'nothing') return undefined;
  const content = {} as Record<ContributionKind, Contribution[]>;
  for (const kind of KINDS) {
    content[kind] = [];
    for (const thing of record.content[kind]) {
      if (('planId' in thing ? thing.planId : thing.id) !== planId) continue;
      if (sees(relation, actor, factsFor(kind, thing)) !== 'nothing') content[kind].push(forReader(relation, thing));
    }
  }
  const headerSeen = shown === 'outline' ? outlineOf(header) : header;
  content.plan = [headerSeen];
  return {
    relation,
    header: headerSeen,
    headerShown: shown,
    content: keepVisibleParts(content as unknown as PlanContent),
  };
}

/** Only the patient's own text reaches the patient: clinical text and notes for colleagues do not leave. */
function forReader<T extends Contribution>(relation: Relation, thing: T): T {
  if (relation !== 'patient') return thing;
  const hidden: Record<string, unknown> = { ...thing };
  delete hidden.clinicalText;
  if ('stepId' in thing) delete hidden.note;
  return hidden as unknown as T;
}

/**
 * Shows earlier wordings by the same policy as today's. A wording is shown only while the present one is, so that what
 * has been taken from a reader is not found in the past.
 */
export function earlierWordings<T extends { readonly kind: ContributionKind; readonly thing: Contribution }>(
  record: PlanRecord,
  actor: Actor,
  seen: VisiblePlan,
  wordings: readonly T[],
): T[] {
  const factsFor = contributionFactsIn(record.content);
  const present = new Set(KINDS.flatMap((kind) => seen.content[kind].map((thing) => thing.id)));
  return wordings.flatMap((wording) => {
    if (!present.has(wording.thing.id)) return [];
    const shown = sees(seen.relation, actor, factsFor(wording.kind, wording.thing));
    if (shown === 'nothing') return [];
    const thing =
      shown === 'outline' && wording.kind === 'plan'
        ? outlineOf(wording.thing as Plan)
        : forReader(seen.relation, wording.thing);
    return [{ ...wording, thing }];
  });
}

/** Kind, status and lead, and whose it is; title, purpose and the rest follow the access rules. */
function outlineOf(plan: Plan): Plan {
  const { patientId, id, revision, recordedBy, legalBasis, approvedForPatient, enteredInError } = plan;
  const { createdAt, changedAt, changedBy, kind, status, createdByUnit, leadUnit, planningLead, leadPrincipal } = plan;
  return {
    ...{ patientId, id, revision, recordedBy, legalBasis, approvedForPatient, enteredInError, createdAt, changedAt },
    ...{ changedBy, kind, status, createdByUnit, leadUnit, planningLead, leadPrincipal },
    title: '',
    language: plan.language,
  };
}

/** An agreement version names its parts; a reader is told only of those that they see. */
function keepVisibleParts(content: PlanContent): PlanContent {
  const seen = new Set<string>([...content.step, ...content.commitment, ...content.goal].map((thing) => thing.id));
  return {
    ...content,
    'agreement-version': content['agreement-version'].map((version) => ({
      ...version,
      parts: version.parts.filter((part) => seen.has(part.id)),
    })),
  };
}

/** All that several visible plans hold, as one content: the patient meets one overview. */
export function mergedContent(plans: readonly VisiblePlan[]): PlanContent {
  const content = {} as Record<ContributionKind, Contribution[]>;
  for (const kind of KINDS) content[kind] = plans.flatMap((plan) => plan.content[kind] as readonly Contribution[]);
  return content as unknown as PlanContent;
}

/** What left with an answer, for the log. */
export function resourcesIn(content: PlanContent): AuditedResource[] {
  return KINDS.flatMap((kind) =>
    content[kind].map((thing) => ({ kind, id: thing.id, owner: thing.recordedBy.provider })),
  );
}
