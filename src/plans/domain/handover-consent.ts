import { type Act, type Change, changed, revised } from './contribution.ts';
import { isOpenHandover } from './handover-state.ts';
import type { Handover, PlanContent } from './model.ts';

const WITHDRAWN = 'Patientens samtycke till att planera tillsammans gäller inte längre för mottagaren.';

/**
 * Handovers in a SIP that go back because consent no longer covers who is asked: the duty has been with the sender all the
 * time, and nobody answers for what they may no longer be told.
 *
 * @param covers whether consent to plan together still holds for who is asked
 */
export function handoversBack(
  content: Pick<PlanContent, 'plan' | 'handover'>,
  covers: (handover: Handover) => boolean,
  act: Pick<Act, 'now' | 'by'>,
): Change[] {
  const shared = new Set(content.plan.filter(({ kind }) => kind === 'SIP').map(({ id }) => id));
  return content.handover
    .filter((one) => isOpenHandover(one) && shared.has(one.planId) && !covers(one))
    .map((one) =>
      changed('handover', one, revised<Handover>(one, act, { state: 'cancelled', reason: WITHDRAWN }, WITHDRAWN)),
    );
}
