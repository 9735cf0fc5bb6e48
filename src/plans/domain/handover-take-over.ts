import { swedishDate } from '../../shared/swedish-time.ts';
import { proposeChangedPart } from './agreement-versions.ts';
import { type Act, type Change, changed, revised } from './contribution.ts';
import { demandFound } from './demands.ts';
import type { FollowUp, Handover, NamedContact, Plan, Step } from './model.ts';
import { addNamedContact } from './named-contact-commands.ts';
import { checkUnit, isOfFamily, partyOfUnit, unitOf } from './party.ts';
import { handAfter, type PlanInHand } from './plan-in-hand.ts';
import { followPrimaryContact } from './responsibility.ts';
import { demandAssessment } from './self-care.ts';
import { epochOf } from './when.ts';

/** Who it is at the receiving unit, for a lead or a named contact. */
export interface Successor {
  readonly person?: NamedContact['person'];
  readonly roleName?: string;
}

/** What acceptance moves: the step, the lead or the contact, in the same act and from one to the other. */
export function takeOver(hand: PlanInHand, handover: Handover, successor: Successor, act: Act): Change[] {
  const named = <T extends { readonly id: string }>(things: readonly T[]) =>
    demandFound(
      things.find(({ id }) => id === handover.aboutId),
      'aboutId',
    );
  switch (handover.of) {
    case 'step':
      return takeStep(hand, named(hand.content.step), handover, act);
    case 'follow-up': {
      const before = named(hand.content['follow-up']);
      return [changed('follow-up', before, revised<FollowUp>(before, act, { responsibleUnit: handover.toUnit }))];
    }
    case 'planning-lead':
      return takeLead(hand, handover, successor, act);
    case 'named-contact':
      return takeContact(hand, named(hand.content['named-contact']), handover, successor, act);
  }
}

/** Of a family's step only the support moves: what the patient has said yes to stays the patient's. */
function stepFields(hand: PlanInHand, step: Step, handover: Handover, act: Act): Partial<Step> {
  const { fromUnit, toUnit } = handover;
  if (isOfFamily(step.responsibleParty)) return { supportUnit: toUnit, responsibleNow: toUnit };
  const contact = step.contact?.unit === fromUnit ? { contact: { ...step.contact, unit: toUnit } } : {};
  const own = { responsibleNow: toUnit, performer: undefined, deputy: undefined, ...contact };
  if (unitOf(step.responsibleParty) === undefined) return own;
  const party = partyOfUnit(checkUnit(toUnit, hand.units, 'toUnit'));
  demandAssessment(hand.content, step, party);
  const factsChanged = { at: act.now, fields: ['responsibleParty'] };
  return { ...own, responsibleParty: party, answeredBy: { ...act.by, at: act.now }, factsChanged };
}

/**
 * Who does it is both a fact and agreed content: it shows at once, and a step of the agreement in force is put to the
 * parties in its next version (docs/domain.md 3, "Change control").
 */
function takeStep(hand: PlanInHand, step: Step, handover: Handover, act: Act): Change[] {
  const after = revised<Step>(step, act, stepFields(hand, step, handover, act));
  const part = { kind: 'step', id: step.id, revision: after.revision, party: after.responsibleParty } as const;
  const isSameParty = unitOf(step.responsibleParty) === unitOf(after.responsibleParty);
  return [changed('step', step, after), ...(isSameParty ? [] : proposeChangedPart(hand, part, act))];
}

/**
 * The header is a contribution of the planning lead's unit, and changes hands with the lead. Who had the overall
 * responsibility for its own principal passes that on too.
 */
function takeLead(hand: PlanInHand, handover: Handover, { person }: Successor, act: Act): Change[] {
  const { plan, units } = hand;
  const [from, to] = [units.get(handover.fromUnit), checkUnit(handover.toUnit, units, 'toUnit')];
  const passes = plan.leadPrincipal !== undefined && plan.leadPrincipal === from?.principal.hsaId;
  const fields: Partial<Plan> = {
    leadUnit: to.hsaId,
    planningLead: person,
    ...(passes && { leadPrincipal: to.principal.hsaId }),
    ...(plan.onHold && { onHold: { ...plan.onHold, decidesUnit: to.hsaId } }),
    recordedBy: act.owner,
    legalBasis: act.legalBasis,
  };
  const own = changed('plan', plan, revised<Plan>(plan, act, fields));
  return [own, ...followPrimaryContact(handAfter(hand, [own]), act)];
}

/** The former ends and the next is designated in one act: the patient always has somebody to turn to. */
function takeContact(
  hand: PlanInHand,
  contact: NamedContact,
  handover: Handover,
  { person, roleName }: Successor,
  act: Act,
): Change[] {
  const to = swedishDate(epochOf(act.now));
  const ended = { state: 'ended', isPrimary: false, to } as const;
  const own = changed('named-contact', contact, revised<NamedContact>(contact, act, ended));
  const next = {
    role: contact.role,
    state: 'designated',
    unit: handover.toUnit,
    person,
    roleName,
    basis: contact.basis,
    approvedForPatient: contact.approvedForPatient,
    isPrimary: contact.isPrimary,
  } as const;
  return [own, ...addNamedContact(handAfter(hand, [own]), next, act)];
}
