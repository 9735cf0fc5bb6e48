import type { ThingId } from '../../shared/ids.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import { type Acting, primaryContact, unitName, whoFollowsUp } from './acting-contact.ts';
import { isShown } from './choose-next-step.ts';
import type { PlanContext } from './context.ts';
import { type HsaId, LEAD_KINDS, type Plan, type PlanContent, type SwedishDate } from './model.ts';

/** A plan as the overview names it. */
export interface PlanHead {
  readonly id: ThingId;
  readonly revision: number;
  readonly kind: Plan['kind'];
  /** The lead plan, or one that stands beside or under it. */
  readonly isLead: boolean;
  readonly partOf?: ThingId;
  readonly status: Plan['status'];
  readonly title: string;
  readonly purpose?: string;
  readonly periodFrom?: SwedishDate;
  readonly periodTo?: SwedishDate;
  readonly leadUnit: { readonly unit: HsaId; readonly name: string };
  readonly planningLead?: string;
}

/** When a plan is followed up, by whom, and what came of it. */
export interface FollowUpView {
  readonly planId: ThingId;
  readonly plannedOn: SwedishDate;
  readonly responsible: { readonly unit: HsaId; readonly name: string };
  readonly by: Acting;
  readonly doneOn?: SwedishDate;
  readonly outcome?: string;
  readonly story?: string;
  readonly rating?: number;
}

/** The header in the patient's view. */
export function planHead(plan: Plan, context: PlanContext): PlanHead {
  const { id, revision, kind, status, title, partOf, purpose, periodFrom, periodTo, planningLead } = plan;
  const hidden = planningLead?.staff !== undefined && context.staff?.get(planningLead.staff)?.protectedIdentity;
  return {
    id,
    revision,
    kind,
    isLead: LEAD_KINDS.includes(kind),
    ...(partOf !== undefined && { partOf }),
    status,
    title,
    ...(purpose !== undefined && { purpose }),
    ...(periodFrom !== undefined && { periodFrom }),
    ...(periodTo !== undefined && { periodTo }),
    leadUnit: { unit: plan.leadUnit, name: unitName(plan.leadUnit, context) },
    ...(planningLead && !hidden && { planningLead: planningLead.name }),
  };
}

/** Follow-ups, planned and done, in order of time. */
export function followUpsView(
  plans: readonly Plan[],
  content: PlanContent,
  context: PlanContext,
): readonly FollowUpView[] {
  const today = swedishDate(context.now);
  return content['follow-up']
    .filter(isShown)
    .flatMap((followUp) => {
      const plan = plans.find((one) => one.id === followUp.planId);
      if (!plan) return [];
      const { plannedOn, doneOn, outcome, story, rating, responsibleUnit } = followUp;
      const view: FollowUpView = {
        planId: plan.id,
        plannedOn,
        responsible: { unit: responsibleUnit, name: unitName(responsibleUnit, context) },
        by: whoFollowsUp(plan, primaryContact(content, plan, today), context),
        ...(doneOn !== undefined && { doneOn }),
        ...(outcome !== undefined && { outcome }),
        ...(story !== undefined && { story }),
        ...(rating !== undefined && { rating }),
      };
      return [view];
    })
    .sort((a, b) => (a.plannedOn < b.plannedOn ? -1 : 1));
}
