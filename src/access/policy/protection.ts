import type { Actor } from '../../shared/actor.ts';
import type { Facts } from './facts.ts';
import type { Period, ProtectedAccess } from './facts-person.ts';
import { holds, nowOf } from './periods.ts';

/**
 * Whether the person must not exist for this actor: protected identity, and not on the explicit list (OSL 21:3, 22:1).
 *
 * Holds for every door and every action, the own unit's staff included. The patient is never hidden from the patient.
 * When nobody has read whether the person is protected, everybody but the patient is kept out.
 */
export function isHidden(actor: Actor, facts: Facts): boolean {
  if (!facts.patientKnown) return false;
  const protection = facts.patient?.protection;
  if (protection === 'none' || (actor.kind === 'citizen' && facts.isSelf)) return false;
  if (protection === undefined) return true;
  return protection.grade !== 'lifted' && !isListed(actor, facts);
}

/** Whether the identity is protected now; what nobody has read counts as protected. */
export function isProtectedNow({ patient }: Pick<Facts, 'patient'>): boolean {
  const protection = patient?.protection;
  return protection !== 'none' && protection?.grade !== 'lifted';
}

/** Whether one of the instants is of a time when the person was protected: what was written then stays with the list. */
export function isUnderProtection(periods: readonly Period[], ...instants: readonly string[]): boolean {
  // Most have never been: their instants need not be read.
  if (periods.length === 0) return false;
  return instants.map((instant) => Date.parse(instant)).some((at) => periods.some((period) => isWithin(at, period)));
}

function isWithin(at: number, { from, until }: Period): boolean {
  return Date.parse(from) <= at && (until === undefined || at < Date.parse(until));
}

/** Whether the actor is on the person's list now, whatever the grade. */
export function isListed(actor: Actor, facts: Facts): boolean {
  const protection = facts.patient?.protection;
  if (protection === undefined || protection === 'none') return false;
  const now = nowOf(facts);
  return protection.list.some((entry) => holds(entry, now) && names(entry, actor, facts));
}

function names(entry: ProtectedAccess, actor: Actor, facts: Facts): boolean {
  switch (actor.kind) {
    case 'staff':
      return entry.staff === actor.employeeHsaId && (entry.unit === undefined || entry.unit === actor.unitHsaId);
    case 'system':
      return entry.clientId !== undefined && entry.clientId === actor.clientId;
    case 'citizen':
      return (
        entry.relatedPersonId !== undefined &&
        (facts.related ?? []).some((related) => related.id === entry.relatedPersonId)
      );
  }
}
