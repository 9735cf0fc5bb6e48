import type { HsaId } from '../../shared/owned.ts';
import type { Contribution, ContributionKind, PlanContent } from '../domain/model.ts';
import { KINDS } from '../store/tables.ts';
import { keepVisibleParts, outlineOf, type VisiblePlan } from './visible.ts';

/**
 * What one provider has written of a plan that a reader sees: nothing of others' leaves with it, and of a header that is
 * another's only which plan it is. Undefined when the provider has written nothing that the reader sees.
 */
export function ownPartOf(plan: VisiblePlan, provider: HsaId): VisiblePlan | undefined {
  const content = {} as Record<ContributionKind, readonly Contribution[]>;
  const isOwn = (thing: Contribution) => thing.recordedBy.provider === provider;
  for (const kind of KINDS) content[kind] = (plan.content[kind] as readonly Contribution[]).filter(isOwn);
  if (KINDS.every((kind) => content[kind].length === 0)) return undefined;
  const own = keepVisibleParts(content as unknown as PlanContent);
  const header = isOwn(plan.header) ? plan.header : outlineOf(plan.header);
  // What more there is concerns the one who reads, not the one to whom it goes.
  return { ...plan, header, content: own, hasMore: false };
}
