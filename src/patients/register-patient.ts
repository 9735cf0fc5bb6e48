import type { Answered, Asking, Desk, Sent } from '../access/index.ts';
import type { PersonNumber } from '../shared/person-number.ts';
import { type ChangedPerson, changePerson } from './change-person.ts';
import { type NewPatient, registerPatient as register } from './domain/patient.ts';
import { personNumberTaken } from './problems.ts';
import { numberRow, ownKeyRow } from './store/look-ups.ts';

/** A number with the hash that it is looked up by. */
export interface HashedNumber {
  readonly number: PersonNumber;
  readonly hash: string;
}

/**
 * Registers a person under a new key, with the number that the person is found by.
 *
 * One person per number, also when two register the same at once: one is answered with the person, the other that the
 * number is taken. With the same Idempotency-Key both get the same person.
 *
 * @throws personNumberTaken; contactNeedsContradict, datesOutOfOrder
 */
export function registerPatient(
  desk: Desk,
  asking: Asking,
  { hash, ...given }: NewPatient & HashedNumber,
  sent: Sent = {},
): Promise<Answered<ChangedPerson>> {
  const key = desk.ids.patientId();
  return changePerson(desk, asking, {
    ...sent,
    action: 'patient.register',
    patientId: key,
    status: 201,
    event: 'patient.registered',
    numberHash: hash,
    rule: ({ record, act }) => {
      if (record.numberOwner !== undefined) throw personNumberTaken();
      return { kind: 'patient', after: register(act, key, given) };
    },
    lookUps: ({ act }) => [ownKeyRow(key), numberRow(hash, key, given.number, act.now)],
  });
}
