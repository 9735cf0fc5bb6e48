import type { PlanOf, Thing } from '../world.ts';
import { isUnit } from './question.ts';
import { sees } from './sees.ts';
import type { StaffQuestion } from './staff.ts';

const OPEN = ['wished', 'proposed', 'agreed', 'booked', 'in-progress', 'on-hold'];
const OVER: readonly PlanOf['status'][] = ['completed', 'revoked', 'entered-in-error'];

/** Open steps that a unit is to act on, and those that it is asked to take, each as far as it may be seen. */
export function onWorkList(question: StaffQuestion): (readonly [id: string, level: string])[] {
  const { unit } = question.asking;
  const isWork = ({ kind, state, mistaken, unit: now, party }: Thing) =>
    kind === 'step' &&
    !mistaken &&
    OPEN.includes(state!) &&
    (now === unit || (isUnit(party, unit) && state === 'proposed'));
  const living = question.world.plans.filter(({ status }) => !OVER.includes(status));
  return living.flatMap((plan) =>
    plan.things.filter(isWork).flatMap((thing) => {
      const { shown } = sees(question, plan, thing);
      if (shown === 'nothing') return [];
      // A list across persons tells no more than the duty of what others have written, whatever the reader may open.
      const isOwn = thing.owner === unit && shown === 'whole';
      return [[thing.id, isOwn ? 'with clinical text' : 'shown'] as const];
    }),
  );
}
