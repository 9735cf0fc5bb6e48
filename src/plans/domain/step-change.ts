import { wrong } from '../../shared/problem.ts';
import { stepAlreadyAccepted, stepEnded } from '../problems.ts';
import { isAgreedPart } from './agreement-versions.ts';
import { withAgreedChange } from './change-control.ts';
import type { Act, Change } from './contribution.ts';
import type { Party, Step } from './model.ts';
import { inviteMissing } from './participant-commands.ts';
import { checkParty, isSameParty } from './party.ts';
import { type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { responsibleWhileAsked } from './responsibility.ts';
import { differing, type Fields, isSame, picked } from './same.ts';
import { demandAssessment } from './self-care.ts';
import {
  AGREED_FIELDS,
  checkStepReferences,
  checkTime,
  isPast,
  latestOf,
  type StepField,
  TOLD_FACTS,
} from './step-fields.ts';
import { checkOrder } from './step-order.ts';
import { ACCEPTED_STATES, ENDED_STATES, UNANSWERED_STATES } from './step-state.ts';
import { actsAs, demand, isUnit, mayChangeStep } from './who-may.ts';

export type StepFields = Fields<Step, StepField>;
type AgreedField = (typeof AGREED_FIELDS)[number];

/** Facts with their mark: which of them are new to those who plan by them, since when. */
function marked(step: Step, facts: Partial<Step>, act: Act): Partial<Step> {
  const told = TOLD_FACTS.filter((name) => name in facts);
  if (told.length === 0 || UNANSWERED_STATES.includes(step.state)) return facts;
  const fields = [...new Set([...(step.factsChanged?.fields ?? []), ...told])];
  return { ...facts, factsChanged: { at: act.now, fields } };
}

/**
 * What a new time makes of the agreed latest date: a time past it proposes that date anew, and one that comes back within
 * it takes back what only the passed time had proposed.
 */
function latestWanted(hand: PlanInHand, step: Step, facts: Partial<Step>): Partial<Step> {
  const { agreedLatest, proposal } = step;
  if (!('time' in facts) || agreedLatest === undefined || !isAgreedPart(hand, step.id)) return {};
  const at = latestOf(facts.time);
  const waiting = proposal?.changes.agreedLatest as Step['agreedLatest'] | null | undefined;
  if (at !== undefined && isPast(at, agreedLatest)) {
    return waiting != null && !isPast(at, waiting) ? {} : { agreedLatest: at };
  }
  const followed = waiting != null && isSame(waiting, latestOf(step.time));
  return followed ? { agreedLatest } : {};
}

/**
 * Applies facts to a step at once, marked "ändrad" where others plan by them, and agreed content by change control.
 *
 * @param facts fields that differ
 * @param wanted agreed content as it is to be
 */
export function applyToStep(
  hand: PlanInHand,
  step: Step,
  facts: Partial<Step>,
  wanted: Partial<Step>,
  act: Act,
): Change[] {
  return withAgreedChange(
    hand,
    'step',
    step,
    { ...latestWanted(hand, step, facts), ...wanted },
    marked(step, facts, act),
    act,
  );
}

function checkFacts(hand: PlanInHand, step: Step, facts: Partial<Step>): void {
  checkTime(facts.time);
  checkStepReferences(hand, facts, step.contact?.namedContactId ? [step.contact.namedContactId] : []);
  if (facts.predecessors) {
    checkOrder(hand, { id: step.id, predecessors: facts.predecessors }, step.predecessors);
  }
  // Whose eye is on an accepted step passes by handover, or else a unit could give it away in silence.
  if ('supportUnit' in facts && !UNANSWERED_STATES.includes(step.state)) {
    throw stepAlreadyAccepted({
      invalidParameters: [wrong('supportUnit', 'Byts genom överlämning', 'Passes by handover')],
    });
  }
  if (facts.healthMeasure && ACCEPTED_STATES.includes(step.state)) {
    demandAssessment(hand.content, { ...step, healthMeasure: true }, step.responsibleParty);
  }
}

/** Another party may be asked while nobody has said yes; afterwards only by a proposal to an agreement that binds. */
function checkNewParty(hand: PlanInHand, step: Step, party: Party): void {
  checkParty(party, hand.units, 'responsibleParty');
  if (UNANSWERED_STATES.includes(step.state)) return;
  if (!isAgreedPart(hand, step.id)) {
    throw stepAlreadyAccepted({
      invalidParameters: [wrong('responsibleParty', 'Byts genom överlämning', 'Passes by handover')],
    });
  }
  demandAssessment(hand.content, step, party);
}

/** The unit that must act when another party, or another support, is asked; and when another party was. */
function asking(hand: PlanInHand, step: Step, party: Party, facts: Partial<Step>, act: Act): Partial<Step> {
  if (step.state !== 'proposed') return {};
  const who = actsAs(act);
  const supportUnit = 'supportUnit' in facts ? facts.supportUnit : step.supportUnit;
  const unit = isUnit(who) ? who : step.responsibleNow;
  const responsibleNow = responsibleWhileAsked(hand, party, supportUnit, unit);
  return {
    ...(responsibleNow === step.responsibleNow ? {} : { responsibleNow }),
    ...(isSameParty(party, step.responsibleParty) ? {} : { askedAt: act.now }),
  };
}

/**
 * Changes one step on behalf of the unit that answers for it (patients what they have wished or added).
 *
 * Facts (time, place, staff, contact, deputy …) apply at once and are marked "ändrad". Agreed content (what, by whom, at
 * the latest when) of a step in the agreed version becomes a proposal in version n+1, and the agreed stays in force. A
 * time past the agreed latest is both (docs/domain.md 3, "Change control").
 *
 * @returns the step first; nothing when nothing differs
 * @throws step-not-yours (403); plan-closed, step-ended, step-already-accepted, self-care-assessment-missing (409);
 *   step-order-circle, unknown-reference, party-not-as-registered, time-not-in-order (422)
 */
export function changeStep(hand: PlanInHand, step: Step, fields: StepFields, act: Act): Change[] {
  const who = actsAs(act);
  demand(mayChangeStep(step, who));
  refuseClosed(hand.plan);
  if (ENDED_STATES.includes(step.state)) throw stepEnded({ extra: { state: step.state } });
  const all = differing<Step, StepField>(step, fields);
  const agreedNames = new Set<string>(AGREED_FIELDS);
  const facts = Object.fromEntries(Object.entries(all).filter(([name]) => !agreedNames.has(name))) as Partial<Step>;
  const named = AGREED_FIELDS.filter((name) => fields[name] !== undefined);
  const wanted = { ...picked(step, named), ...picked(all, named), ...removed(fields, named) } as Partial<Step>;
  checkFacts(hand, step, facts);
  const party = all.responsibleParty ?? step.responsibleParty;
  const isNewParty = !isSameParty(party, step.responsibleParty);
  if (isNewParty) checkNewParty(hand, step, party);
  const moves = isNewParty || 'supportUnit' in facts ? asking(hand, step, party, facts, act) : {};
  const changes = applyToStep(hand, step, { ...facts, ...moves }, wanted, act);
  const isAsked = isNewParty && step.state !== 'wished' && step.state !== 'declined';
  return isAsked && changes.length > 0 ? [...changes, ...inviteMissing(hand, [party], act)] : changes;
}

/** Fields given as null are taken away. */
function removed(fields: StepFields, names: readonly AgreedField[]): Partial<Step> {
  return Object.fromEntries(names.filter((name) => fields[name] === null).map((name) => [name, undefined]));
}
