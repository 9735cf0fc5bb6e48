import type { AuditedResource } from '../audit/index.ts';
import type { Actor } from '../shared/actor.ts';
import type { PlanContext } from './domain/context.ts';
import type { PlanContent } from './domain/model.ts';
import { type Overview, overviewOf } from './domain/overview.ts';
import type { Language } from './domain/when-words.ts';
import type { OverviewRecord } from './store/record.ts';
import { contextOf } from './view/context.ts';
import { countingReports } from './view/counting-reports.ts';
import { mergedContent, resourcesIn, visiblePlans } from './view/visible.ts';

/** The overview of a record as one reader may tell it to the patient, and what it was made of. */
export interface ToldOverview {
  readonly overview: Overview;
  readonly context: PlanContext;
  readonly content: PlanContent;
  readonly resources: readonly AuditedResource[];
  /** Something of the plans is not among it, and the law lets the reader know so. */
  readonly hasMore: boolean;
}

/**
 * Makes the patient's overview of what this reader may see: the patient's own, or that which staff print or read aloud
 * to the patient. Only what is approved for the patient is in it, whoever reads.
 *
 * @param now epoch milliseconds: a sheet is told as of when it was printed
 */
export function tellOverview(record: OverviewRecord, actor: Actor, now: number, language: Language): ToldOverview {
  const plans = visiblePlans(record, actor);
  const content = mergedContent(plans);
  const told: PlanContent = { ...content, report: countingReports(record, content) };
  const context = contextOf(record, now, language);
  return {
    overview: overviewOf(told, context),
    context,
    content: told,
    resources: resourcesIn(content),
    hasMore: plans.some((plan) => plan.hasMore),
  };
}

/**
 * The overview as the patient meets it, made of the record itself: for the service's own judgement of what the patient
 * holds in hand, and shown to nobody.
 */
export function overviewOfRecord(
  record: OverviewRecord,
  now: number,
): Pick<ToldOverview, 'overview' | 'context' | 'content'> {
  const context = contextOf(record, now, 'sv');
  return { overview: overviewOf(record.content, context), context, content: record.content };
}
