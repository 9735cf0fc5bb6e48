import type { Answered, Asking, Desk, Sent } from '../access/index.ts';
import type { PersonNumber } from '../shared/person-number.ts';
import { type ChangedPerson, changePerson } from './change-person.ts';
import { type NewPatient, registerPatient as register } from './domain/patient.ts';
import { personNumberTaken } from './problems.ts';
import { hashIn, numberRow, ownKeyRow } from './store/look-ups.ts';

/** A number with the hash that it is looked up by. */
export interface HashedNumber {
  readonly number: PersonNumber;
  readonly hash: string;
}

/**
 * Registers a person under a new key, with the number that the person is found by.
 *
 * One person per number, also when two register the same at once: one is answered with the person, the other that the
 * number is taken. With the same Idempotency-Key both get the same person. Of a protected person nobody is told: who is
 * not on the list registers somebody as if the number were free, and who is on it can join the two.
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
      if (record.number.isTaken) throw personNumberTaken();
      return { kind: 'patient', after: register(act, key, given) };
    },
    lookUps: ({ record, act }) => [ownKeyRow(key), numberRow(hashIn(record, hash), key, given.number, act.now)],
  });
}
