import { addDays } from '../../shared/calendar.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import { type Act, type Change, changed, revised } from './contribution.ts';
import type { Plan, PlanContent } from './model.ts';
import { epochOf } from './when.ts';

/** What staff and patient read of why a discharge plan rests. */
const WORSE = 'Avbrott i utskrivningsklar: du stannar kvar tills vidare.';

/**
 * Discharge plans that rest because the patient has become worse after the notice that he or she was ready: what was to
 * come at home waits. Only the ward's own plans, since no unit puts another's on hold; it decides by the next day, and
 * nothing starts again by itself.
 */
export function restAtInterruption(content: Pick<PlanContent, 'plan'>, act: Act): Change[] {
  const decideBy = addDays(swedishDate(epochOf(act.now)), 1);
  return content.plan
    .filter((plan) => plan.kind === 'SPU' && plan.status === 'active' && plan.leadUnit === act.owner.unit)
    .filter((plan) => !plan.enteredInError)
    .map((plan) => {
      const onHold = { reason: WORSE, decidesUnit: plan.leadUnit, decideBy, interruption: true } as const;
      return changed('plan', plan, revised<Plan>(plan, act, { status: 'on-hold', onHold }, WORSE));
    });
}
