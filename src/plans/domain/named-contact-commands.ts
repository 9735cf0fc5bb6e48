import type { ThingId } from '../../shared/ids.ts';
import { wrong } from '../../shared/problem.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import { contactMoveNotAllowed, NOT_YOURS, partyNotAsRegistered, primaryMustBeDesignated } from '../problems.ts';
import { type Act, added, type Change, changed, type NewOwned, newInPlan, revised } from './contribution.ts';
import { demandMove, demandOrder, demandReason, refuseInError } from './demands.ts';
import type { ContactState, NamedContact } from './model.ts';
import { CONTACT_MOVES, contactsAfterEnd, refuseSecondDoctor } from './named-contact-rules.ts';
import { checkUnit } from './party.ts';
import { inPlan, type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { differing, type Fields, isEmpty, picked } from './same.ts';
import { epochOf } from './when.ts';
import { type ActsAs, actsAs, demand, isUnit, mayChangeContact, mayLeadPlan } from './who-may.ts';

const GIVEN = ['person', 'roleName', 'unit', 'from', 'to', 'deputy', 'basis'] as const;

export interface ContactCommand extends NewOwned, Pick<NamedContact, 'role' | (typeof GIVEN)[number]> {
  /** `designated` only by the contact's own unit; others request or offer. */
  readonly state?: 'requested' | 'offered' | 'designated';
  readonly away?: NamedContact['away'];
  /** Whether this one is to be turned to first; the first designated always is. */
  readonly isPrimary?: boolean;
}

function checkContact(hand: PlanInHand, contact: Partial<NamedContact>): void {
  if (contact.unit !== undefined) checkUnit(contact.unit, hand.units, 'unit');
  if (contact.deputy) checkUnit(contact.deputy.unit, hand.units, 'deputy.unit');
  demandOrder(contact.from, contact.to, 'to');
  contact.away?.forEach((away, i) => {
    demandOrder(away.from, away.to, `away[${i}].to`);
  });
}

/** A designated contact is somebody at some unit, or nobody could be reached. */
function demandReachable(contact: Partial<NamedContact>): void {
  const field = contact.unit === undefined ? 'unit' : 'person';
  if (contact.unit !== undefined && (contact.person || contact.roleName)) return;
  throw partyNotAsRegistered({
    invalidParameters: [wrong(field, 'Ange enhet och person eller roll', 'Give the unit and a person or a role')],
  });
}

function demandOwnUnit(contact: Partial<NamedContact>, who: ActsAs): void {
  if (contact.unit !== who) throw NOT_YOURS['contact-of-another-unit']();
}

function designatedBy(act: Act): NamedContact['designatedBy'] {
  const { staff, name } = act.by;
  return { unit: act.by.unit ?? act.owner.unit, ...picked({ staff, name }, ['staff', 'name']) };
}

/** Whether a contact that is designated now is the primary one: when asked for, or when it is the only one. */
function becomesPrimary(hand: PlanInHand, id: ThingId, wanted: boolean | undefined): boolean {
  const others = inPlan(hand, 'named-contact').filter((one) => one.state === 'designated' && one.id !== id);
  return wanted === true || !others.some((one) => one.isPrimary);
}

/** What follows for the others when this one is designated. */
function designated(hand: PlanInHand, own: Change<'named-contact'>, act: Act): Change[] {
  const contact = own.after;
  return [own, ...contactsAfterEnd(hand, [own], contact.isPrimary ? contact.id : undefined, act)];
}

/**
 * Adds a named contact: requested by anyone, offered by the planning lead, or designated by the contact's own unit. The
 * first designated is the primary one; making another primary demotes it in the same act.
 *
 * @throws contact-of-another-unit (403), second-fast-lakarkontakt, plan-closed (409), party-not-as-registered,
 *   time-not-in-order (422)
 */
export function addNamedContact(
  hand: PlanInHand,
  command: ContactCommand,
  act: Act,
  id: ThingId = act.newId(),
): Change[] {
  refuseClosed(hand.plan);
  const who = actsAs(act);
  const state = command.state ?? (command.unit === who ? 'designated' : 'requested');
  checkContact(hand, command);
  const contact: NamedContact = Object.assign(newInPlan(act, hand.plan, command, id), {
    approvedForPatient: isUnit(who) ? command.approvedForPatient : true,
    role: command.role,
    state,
    away: command.away ?? [],
    ...picked(command, GIVEN),
    isPrimary: false,
  });
  if (state !== 'designated') return [added('named-contact', contact)];
  demandReachable(contact);
  demandOwnUnit(contact, who);
  refuseSecondDoctor(hand, contact);
  const isPrimary = becomesPrimary(hand, id, command.isPrimary);
  return designated(hand, added('named-contact', { ...contact, designatedBy: designatedBy(act), isPrimary }), act);
}

export interface ContactMove {
  readonly to: Exclude<ContactState, 'entered-in-error'>;
  readonly reason?: string;
  /** Who and where, given with the designation. */
  readonly person?: NamedContact['person'];
  readonly roleName?: string;
  readonly unit?: string;
  readonly from?: string;
  readonly isPrimary?: boolean;
  /** When the primary contact ends: who is turned to first from now on. */
  readonly primary?: ThingId;
}

/** A requested contact is designated by any unit for itself: it is that unit's own yes. */
function mayMoveContact(hand: PlanInHand, contact: NamedContact, after: NamedContact, to: ContactState, who: ActsAs) {
  if (to === 'designated') return demandOwnUnit(after, who);
  if (who === 'patient' && (to === 'declined' || to === 'requested')) return;
  demand(mayChangeContact(contact, hand.plan, who));
}

/**
 * Moves a contact's offer: offered, declined, plainly unneeded (with the reason), designated, ended. When the primary
 * contact ends, the one named by `primary`, else the first that remains, takes its place.
 *
 * @throws contact-of-another-unit, content-not-yours (403); contact-transition-not-allowed, second-fast-lakarkontakt,
 *   plan-closed (409); reason-missing, unknown-reference (422)
 */
export function transitionContact(hand: PlanInHand, contact: NamedContact, move: ContactMove, act: Act): Change[] {
  const who = actsAs(act);
  const given = picked(move, ['person', 'roleName', 'unit', 'from']);
  const after: NamedContact = { ...contact, ...(move.to === 'designated' ? given : {}) };
  mayMoveContact(hand, contact, after, move.to, who);
  refuseClosed(hand.plan);
  demandMove<ContactState>(contact.state, move.to, CONTACT_MOVES[contact.state], contactMoveNotAllowed);
  if (move.to === 'plainly-unneeded' || (move.to === 'declined' && isUnit(who))) demandReason(move.reason);
  if (move.to === 'designated') return designate(hand, contact, after, move, act);
  if (move.to === 'ended') return end(hand, contact, move, act);
  const fields = { state: move.to, reason: move.reason };
  return [changed('named-contact', contact, revised<NamedContact>(contact, act, fields, move.reason))];
}

function end(hand: PlanInHand, contact: NamedContact, move: ContactMove, act: Act): Change[] {
  const today = swedishDate(epochOf(act.now));
  const to = contact.to !== undefined && contact.to < today ? contact.to : today;
  const fields = { state: 'ended', reason: move.reason, isPrimary: false, to } as const;
  const own = changed('named-contact', contact, revised<NamedContact>(contact, act, fields, move.reason));
  return [own, ...contactsAfterEnd(hand, [own], move.primary, act)];
}

function designate(
  hand: PlanInHand,
  contact: NamedContact,
  after: NamedContact,
  move: ContactMove,
  act: Act,
): Change[] {
  checkContact(hand, after);
  demandReachable(after);
  refuseSecondDoctor(hand, contact);
  const isPrimary = becomesPrimary(hand, contact.id, move.isPrimary);
  const given = picked(after, ['person', 'roleName', 'unit', 'from']);
  const fields = {
    ...given,
    state: 'designated',
    designatedBy: designatedBy(act),
    isPrimary,
    reason: undefined,
  } as const;
  return designated(hand, changed('named-contact', contact, revised<NamedContact>(contact, act, fields)), act);
}

/** Makes a designated contact the one to turn to first; by its own unit or the planning lead. */
export function makePrimary(hand: PlanInHand, contact: NamedContact, act: Act): Change[] {
  demand(mayChangeContact(contact, hand.plan, actsAs(act)));
  refuseClosed(hand.plan);
  if (contact.state !== 'designated') throw primaryMustBeDesignated({ extra: { state: contact.state } });
  if (contact.isPrimary) return [];
  return designated(
    hand,
    changed('named-contact', contact, revised<NamedContact>(contact, act, { isPrimary: true })),
    act,
  );
}

type ContactField = 'person' | 'roleName' | 'from' | 'to' | 'away' | 'deputy' | 'basis' | 'approvedForPatient';

/**
 * Changes who the contact is, deputy, absences and the like, which apply at once; by its own unit (before it is
 * designated also by the planning lead).
 */
export function changeNamedContact(
  hand: PlanInHand,
  contact: NamedContact,
  fields: Fields<NamedContact, ContactField>,
  act: Act,
): Change[] {
  const who = actsAs(act);
  const isOwn = who === (contact.unit ?? contact.recordedBy.unit);
  if (!isOwn)
    demand(contact.state === 'designated' ? { may: false, reason: 'content-not-yours' } : mayLeadPlan(hand.plan, who));
  refuseClosed(hand.plan);
  refuseInError(contact);
  const differs = differing<NamedContact, ContactField>(contact, fields);
  if (isEmpty(differs)) return [];
  const after = { ...contact, ...differs };
  checkContact(hand, { ...differs, from: after.from, to: after.to });
  if (contact.state === 'designated') demandReachable(after);
  return [changed('named-contact', contact, revised<NamedContact>(contact, act, differs))];
}
