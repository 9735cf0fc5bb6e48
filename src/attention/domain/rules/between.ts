import { isOpenHandover } from '../../../plans/domain/handover-state.ts';
import type { Handover, HsaId, Plan, Step } from '../../../plans/domain/model.ts';
import { epochOf, lateFrom } from '../../../plans/domain/when.ts';
import type { Candidate } from '../finding.ts';
import { DAY_MS, inPlan, type Look, type Rule } from '../look.ts';
import type { RuleName } from '../rule-list.ts';

function unanswered(rule: RuleName, state: Handover['state']): Rule {
  return (look, plan) =>
    inPlan(look.content.handover, plan)
      .filter((handover) => handover.state === state && isOpenHandover(handover))
      .map((handover) => ({
        rule,
        planId: plan.id,
        subjectKind: 'handover',
        subjectId: handover.id,
        from: lateFrom(handover.answerBy),
        ownerUnit: handover.escalateTo,
      }));
}

/** Nobody at the receiver has even seen it in time. The escalation party is alarmed; the duty stays where it is. */
export const handoverNotReceived = unanswered('handover-not-received', 'offered');

/** Seen and not taken over in time: received is not accepted. */
export const handoverNotAccepted = unanswered('handover-not-accepted', 'received');

/**
 * Two parties each believing that the other has it: a step that was handed back, or that the one who has it has called
 * misdirected, and nothing has been done or said about since.
 */
export const eachBelievesTheOther: Rule = (look, plan) =>
  inPlan(look.content.step, plan)
    .filter(({ state }) => state === 'agreed' || state === 'booked' || state === 'in-progress')
    .flatMap((step) => {
      const left = Math.max(handedBack(step, look), misdirected(step, look));
      if (left === Number.NEGATIVE_INFINITY || touchedSince(step, left, look)) return [];
      return [candidate(plan, step, left + look.settings.settledWithinDays * DAY_MS, step.responsibleNow)];
    });

function candidate(plan: Plan, step: Step, from: number, ownerUnit: HsaId): Candidate {
  return { rule: 'each-believes-the-other', planId: plan.id, subjectKind: 'step', subjectId: step.id, from, ownerUnit };
}

/** When the step's latest handover came back, as long as it has not been offered again. */
function handedBack(step: Step, { content }: Look): number {
  const own = content.handover.filter(({ aboutId, enteredInError }) => aboutId === step.id && !enteredInError);
  if (own.some(isOpenHandover)) return Number.NEGATIVE_INFINITY;
  const back = own.filter(({ state, fromUnit }) => state === 'returned' && fromUnit === step.responsibleNow);
  return Math.max(...back.map(({ answeredAt, changedAt }) => epochOf(answeredAt ?? changedAt)));
}

/** When the one who has the step last said that it had come to the wrong place, without a reply. */
function misdirected(step: Step, { content }: Look): number {
  const replied = new Set(content.feedback.map(({ answers }) => answers));
  const said = content.feedback.filter(
    ({ aboutId, what, fromUnit, id, enteredInError }) =>
      aboutId === step.id &&
      what === 'wrong-receiver' &&
      fromUnit === step.responsibleNow &&
      !enteredInError &&
      !replied.has(id),
  );
  return Math.max(...said.map(({ createdAt }) => epochOf(createdAt)));
}

function touchedSince(step: Step, at: number, { content }: Look): boolean {
  const reported = content.report.some(({ stepId, createdAt }) => stepId === step.id && epochOf(createdAt) > at);
  return reported || epochOf(step.changedAt) > at;
}
