import { type Answered, type Asking, type Desk, demandLegalBasis, type Sent } from '../access/index.ts';
import type { PatientId, ThingRef } from '../shared/ids.ts';
import type { NewOwned, Owned, SwedishDate } from '../shared/owned.ts';
import { notFound } from '../shared/problems.ts';
import {
  type ChangedPerson,
  changePerson,
  demandPatient,
  demandRevision,
  type PersonContext,
} from './change-person.ts';
import {
  addRelatedPerson as add,
  changeRelatedPerson as change,
  endRelatedPerson as end,
  findRelatedPerson,
  type RelatedPerson,
  type RelatedPersonFields,
} from './domain/related-person.ts';
import { relatedPersonNotYours } from './problems.ts';

const EVENT = { event: 'patient.changed' } as const;

/**
 * Notes a relative, guardian or legal representative, owned by the acting unit.
 *
 * @throws notFound; datesOutOfOrder, guardianOfAdult, proxyOfChild, decisionReferenceMissing,
 *   relatedToSelf, legalBasisNotYours
 */
export function addRelatedPerson(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
  given: RelatedPersonFields & Pick<NewOwned, 'approvedForPatient' | 'legalBasis'>,
  sent: Sent = {},
): Promise<Answered<ChangedPerson>> {
  return changePerson(desk, asking, {
    ...sent,
    ...EVENT,
    action: 'representative.register',
    patientId,
    status: 201,
    rule: ({ record, act, today }) => {
      if (record.facts.actorUnit) demandLegalBasis(record.facts.actorUnit, given.legalBasis);
      return { kind: 'related-person', after: add(act, demandPatient(record), given, today) };
    },
  });
}

function changeOne(
  desk: Desk,
  asking: Asking,
  action: 'representative.register' | 'representative.end',
  patientId: PatientId,
  ref: ThingRef,
  sent: Sent,
  rule: (related: RelatedPerson, context: PersonContext) => RelatedPerson,
): Promise<Answered<ChangedPerson>> {
  return changePerson(desk, asking, {
    ...sent,
    ...EVENT,
    action,
    patientId,
    status: 200,
    rule: (context) => {
      const before = findRelatedPerson(context.record.relatedPersons, ref);
      if (!before) throw notFound();
      // Neither provider may alter what the other has written (docs/domain.md 2); it may write its own beside it.
      if (before.recordedBy.provider !== context.act.owner.provider) throw relatedPersonNotYours();
      demandRevision(before, sent.expectedRevision);
      return { kind: 'related-person', before, after: rule(before, context) };
    },
  });
}

/**
 * Changes a related person.
 *
 * @throws notFound, relatedPersonNotYours, stale; as {@link addRelatedPerson}
 */
export function changeRelatedPerson(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
  ref: ThingRef,
  changes: Partial<RelatedPersonFields & Pick<Owned, 'approvedForPatient'>>,
  sent: Sent = {},
): Promise<Answered<ChangedPerson>> {
  return changeOne(desk, asking, 'representative.register', patientId, ref, sent, (related, { record, act, today }) =>
    change(act, demandPatient(record), related, changes, today),
  );
}

/**
 * Ends a relation, today or with another last day. It stays to be read: who was asked before must be known after.
 *
 * @throws notFound, relatedPersonNotYours, stale; relatedPersonEnded, datesOutOfOrder
 */
export function endRelatedPerson(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
  ref: ThingRef,
  given: { readonly until?: SwedishDate; readonly why?: string },
  sent: Sent = {},
): Promise<Answered<ChangedPerson>> {
  return changeOne(desk, asking, 'representative.end', patientId, ref, sent, (related, { act, today }) =>
    end(act, related, given.until ?? today, today, given.why),
  );
}
