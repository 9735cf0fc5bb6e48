import type { Instant } from '../../shared/owned.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import { listInWords } from '../../shared/text.ts';
import { explanationNotOwed, NOT_YOURS } from '../problems.ts';
import { primaryContact, unitName } from './acting-contact.ts';
import type { OwedDuty } from './choose-next-step.ts';
import type { PlanContext } from './context.ts';
import { type Act, type Change, changed, revised } from './contribution.ts';
import type { Plan, PlanContent } from './model.ts';
import { inPlan, type PlanInHand } from './plan-in-hand.ts';

const PRINCIPALS = { region: 'regionen', municipality: 'kommunen' } as const;

/**
 * A SIP that rests because consent to plan together no longer covers both principals (docs/domain.md 7): at once, each
 * owner keeps its own steps, and the patient is owed an explanation. A new consent is a new decision; nothing starts
 * again by itself.
 *
 * @param explainBy by when the patient is to be told what it means
 */
export function holdUncovered(
  plan: Plan,
  uncovered: readonly (keyof typeof PRINCIPALS)[],
  explainBy: Instant,
  act: Pick<Act, 'now' | 'by'>,
): Change {
  const whom = listInWords(uncovered.map((kind) => PRINCIPALS[kind]));
  const reason = `Samtycket till att planera tillsammans gäller inte längre för ${whom}.`;
  const onHold = { reason, decidesUnit: plan.leadUnit, decideBy: explainBy, explainBy };
  return changed('plan', plan, revised<Plan>(plan, act, { status: 'on-hold', onHold }, reason));
}

/**
 * Notes that the patient has been told what it means that the SIP rests, by the named contact's or planning lead's unit.
 *
 * @throws explanation-not-owed (409), planning-lead-only (403)
 */
export function explainHold(hand: PlanInHand, act: Act): Change[] {
  const { plan } = hand;
  const { onHold } = plan;
  if (onHold?.explainBy === undefined || onHold.explainedAt !== undefined) throw explanationNotOwed();
  const contacts = inPlan(hand, 'named-contact').filter(({ state }) => state === 'designated');
  const owing = [plan.leadUnit, ...contacts.map(({ unit }) => unit)];
  if (!owing.includes(act.owner.unit)) throw NOT_YOURS['planning-lead-only']();
  return [changed('plan', plan, revised<Plan>(plan, act, { onHold: { ...onHold, explainedAt: act.now } }))];
}

/** What care owes a patient whose consent has fallen: to be told what it means, by the primary named contact. */
export function explanationsOwed(
  content: PlanContent,
  context: Pick<PlanContext, 'now' | 'units'>,
): readonly OwedDuty[] {
  return content.plan.flatMap((plan) => {
    const { explainBy, explainedAt } = plan.onHold ?? {};
    if (plan.status !== 'on-hold' || explainBy === undefined || explainedAt !== undefined) return [];
    const contact = primaryContact(content, plan, swedishDate(context.now));
    const unit = contact?.unit ?? plan.leadUnit;
    const who = (language: 'sv' | 'en') => contact?.person?.name ?? unitName(unit, { ...context, language });
    return [
      {
        id: `explain-withdrawal:${plan.id}`,
        planId: plan.id,
        duty: 'explain-withdrawal',
        unit,
        what: {
          sv: `${who('sv')} hör av sig och förklarar vad det betyder att planen vilar`,
          en: `${who('en')} will be in touch and explain what it means that the plan rests`,
        },
        time: { form: 'latest-by', by: explainBy },
      },
    ];
  });
}
