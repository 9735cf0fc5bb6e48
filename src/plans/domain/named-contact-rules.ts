import type { ThingId } from '../../shared/ids.ts';
import { secondDoctorContact } from '../problems.ts';
import { type Act, type Change, changed, revised } from './contribution.ts';
import { demandId } from './demands.ts';
import type { ContactState, NamedContact } from './model.ts';
import { handAfter, inPlan, type PlanInHand } from './plan-in-hand.ts';
import { followPrimaryContact } from './responsibility.ts';
import { epochOf } from './when.ts';

/** All allowed moves of a named contact's offer. An ended one stays ended: the next is a new contact. */
export const CONTACT_MOVES: Readonly<Record<ContactState, readonly ContactState[]>> = {
  requested: ['offered', 'declined', 'plainly-unneeded', 'designated', 'entered-in-error'],
  offered: ['declined', 'plainly-unneeded', 'designated', 'entered-in-error'],
  declined: ['requested', 'offered', 'designated', 'entered-in-error'],
  'plainly-unneeded': ['requested', 'offered', 'designated', 'entered-in-error'],
  designated: ['ended', 'entered-in-error'],
  ended: ['entered-in-error'],
  'entered-in-error': [],
};

function designatedIn(hand: PlanInHand): readonly NamedContact[] {
  const found = inPlan(hand, 'named-contact').filter((contact) => contact.state === 'designated');
  return [...found].sort((a, b) => epochOf(a.createdAt) - epochOf(b.createdAt) || (a.id < b.id ? -1 : 1));
}

/** At most one fast läkarkontakt at a time. @throws second-fast-lakarkontakt (409) */
export function refuseSecondDoctor(hand: PlanInHand, contact: Pick<NamedContact, 'id' | 'role'>): void {
  if (contact.role !== 'fast-lakarkontakt') return;
  const other = designatedIn(hand).find((one) => one.role === 'fast-lakarkontakt' && one.id !== contact.id);
  if (other) throw secondDoctorContact();
}

function setPrimary(contact: NamedContact, isPrimary: boolean, act: Act): Change[] {
  if (contact.isPrimary === isPrimary) return [];
  return [changed('named-contact', contact, revised<NamedContact>(contact, act, { isPrimary }))];
}

/**
 * Keeps exactly one primary contact while any is designated, after some contacts have changed: the one wanted, else the
 * one there is, else the first designated that remains. Steps of the family follow it.
 *
 * @param changes the contacts' own changes, whose things are not changed again: they must already say what they should
 * @returns the other contacts and steps that change
 */
export function contactsAfterEnd(
  hand: PlanInHand,
  changes: readonly Change[],
  wanted: ThingId | undefined,
  act: Act,
): Change[] {
  const after = handAfter(hand, changes);
  const designated = designatedIn(after);
  const chosen = choosePrimary(designated, wanted);
  const done = changes.map((change) => change.after.id);
  const others = designated.filter((contact) => !done.includes(contact.id));
  const switched = others.flatMap((contact) => setPrimary(contact, contact.id === chosen?.id, act));
  return [...switched, ...followPrimaryContact(handAfter(after, switched), act)];
}

function choosePrimary(designated: readonly NamedContact[], wanted: ThingId | undefined): NamedContact | undefined {
  if (wanted !== undefined) return demandId(designated, wanted, 'primary');
  return designated.find((contact) => contact.isPrimary) ?? designated[0];
}
