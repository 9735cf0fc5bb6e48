import { type PatientId, publicId, type ThingId, type ThingRef } from '../../shared/ids.ts';
import { wrong } from '../../shared/problem.ts';
import type { Party } from '../domain/model.ts';
import { notOfThisPlan } from './problems.ts';

/** A party as requests name it. */
export type RequestedParty =
  | Exclude<Party, { kind: 'relative' }>
  | { readonly kind: 'relative'; readonly relatedPersonId: ThingRef };

/**
 * The own key of a thing that a request names; it must be of the same patient as the plan.
 *
 * @throws notOfThisPlan naming the field, alike for another patient's thing and for one that does not exist
 */
export function ownKey(patientId: PatientId, ref: ThingRef, field: string): ThingId {
  if (ref.patientId === patientId) return ref.id;
  throw notOfThisPlan({
    invalidParameters: [wrong(field, 'Hör inte till den här planen.', 'Is not part of this plan.')],
  });
}

/** A requested party in the form that the domain holds. */
export function partyFrom(patientId: PatientId, party: RequestedParty, field: string): Party {
  if (party.kind !== 'relative') return party;
  return { kind: 'relative', relatedPersonId: ownKey(patientId, party.relatedPersonId, `${field}.relatedPersonId`) };
}

/** A party as answers show it. */
export function publicParty(patientId: PatientId, party: Party) {
  if (party.kind !== 'relative') return party;
  return { kind: party.kind, relatedPersonId: publicId(patientId, party.relatedPersonId) };
}
