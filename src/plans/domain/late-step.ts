import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import { type Acting, actingFor, actingUnit, primaryContact, unitOpening } from './acting-contact.ts';
import type { CandidateDuty, CandidateStep } from './choose-next-step.ts';
import type { PlanContext } from './context.ts';
import type { HsaId, Instant, PlanContent } from './model.ts';

/** What care is late with: since when, who has it in hand, and who gets in touch and when. */
export interface LateView {
  /** When it was due. */
  readonly due: Instant;
  /** The primary named contact or deputy, else the responsible unit. */
  readonly holder: Acting;
  /** The holder when the row is in the list of the holder's unit, else the responsible unit, which always has it. */
  readonly caller: Acting;
  /** Only while the caller's unit is open. */
  readonly callsToday: boolean;
  /** Else: when it opens next; absent when its hours are not known. */
  readonly opensAt?: Instant;
}

function lateView(due: number, holder: Acting, caller: Acting, context: PlanContext): LateView {
  const opening = unitOpening(caller.unit, context);
  return {
    due: toRfc3339Utc(due),
    holder,
    caller,
    callsToday: opening.open,
    ...(!opening.open && opening.opens !== undefined && { opensAt: toRfc3339Utc(opening.opens) }),
  };
}

/**
 * Who has a late step, and who calls (docs/domain.md 4): nobody is said to call who does not have the row in front of
 * them, and nobody "today" whose unit is closed.
 */
export function lateStep({ plan, step, moment }: CandidateStep, content: PlanContent, context: PlanContext): LateView {
  const primary = primaryContact(content, plan, swedishDate(context.now));
  const unit = actingUnit(step.responsibleNow, context);
  const holder = primary ? actingFor(primary, plan.leadUnit, context) : unit;
  const hasInList = context.hasInList ?? ((asked: HsaId) => asked === step.responsibleNow);
  return lateView(moment.at, holder, hasInList(holder.unit, step) ? holder : unit, context);
}

/** Who has a late duty: the unit in whose list it stands. */
export function lateDuty({ duty, moment }: CandidateDuty, context: PlanContext): LateView {
  const unit = actingUnit(duty.unit, context);
  return lateView(moment.at, unit, unit, context);
}
