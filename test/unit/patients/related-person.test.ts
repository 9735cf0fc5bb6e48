import { describe, expect, test } from 'vitest';
import { registerPatient } from '../../../src/patients/domain/patient.ts';
import {
  addRelatedPerson,
  changeRelatedPerson,
  endRelatedPerson,
  findRelatedPerson,
  isRelatedOn,
  type RelatedPersonFields,
} from '../../../src/patients/domain/related-person.ts';
import type { PatientId } from '../../../src/shared/ids.ts';
import { actAt, ESTER, LOVES_NUMBER, RESERVE, refusalOf } from './act.ts';

const act = actAt('2020-05-01T08:00:00.000Z');
const TODAY = '2020-05-01';
const name = { givenName: 'Love', familyName: 'Provell' };
const love = registerPatient(act, ESTER, { number: LOVES_NUMBER, ...name });
const add = (given: Partial<RelatedPersonFields>, today = TODAY) =>
  addRelatedPerson(act, love, { relation: 'relative', name: 'Anna', approvedForPatient: true, ...given }, today);

test('a relative is owned by the unit that notes it', () => {
  expect(add({ kinship: 'mor', phone: '08-46500400' })).toMatchObject({
    relation: 'relative',
    kinship: 'mor',
    revision: 1,
    recordedBy: { unit: 'SE0000000000-TST0201' },
    legalBasis: 'HSL',
  });
});

describe('a guardian', () => {
  test('is noted until the day before the child turns 18', () => {
    expect(refusalOf(() => add({ relation: 'guardian' }, '2024-05-12'))).toBeUndefined();
    expect(refusalOf(() => add({ relation: 'guardian' }, '2024-05-13'))).toBe('guardian-of-adult');
  });

  test('is noted for one whose reserve number tells no age', () => {
    const reserved = registerPatient(act, ESTER, { number: RESERVE, ...name });
    const given = { relation: 'guardian', name: 'Anna', approvedForPatient: true } as const;
    expect(refusalOf(() => addRelatedPerson(act, reserved, given, '2090-01-01'))).toBeUndefined();
  });
});

test('a legal representative is noted with the reference of the decision', () => {
  expect(refusalOf(() => add({ relation: 'legal-representative' }))).toBe('decision-reference-missing');
  expect(add({ relation: 'legal-representative', decisionReference: 'Ä 1234-20' }).decisionReference).toBe('Ä 1234-20');
});

test('nobody is related to themselves, and no relation ends before it begins', () => {
  expect(refusalOf(() => add({ personNumber: LOVES_NUMBER }))).toBe('related-to-self');
  expect(refusalOf(() => add({ from: '2020-05-02', until: '2020-05-01' }))).toBe('dates-out-of-order');
  expect(refusalOf(() => add({ from: '2020-05-01', until: '2020-05-01' }))).toBeUndefined();
});

test('a change is held to the same rules', () => {
  const mother = add({});
  const change = (changes: Partial<RelatedPersonFields>) => changeRelatedPerson(act, love, mother, changes, TODAY);
  expect(change({ phone: '08-46500401' })).toMatchObject({ phone: '08-46500401', revision: 2 });
  expect(refusalOf(() => change({ relation: 'legal-representative' }))).toBe('decision-reference-missing');
});

describe('a relation that ends', () => {
  test('has a last day, and holds on it', () => {
    const ended = endRelatedPerson(act, add({ from: '2020-01-01' }), TODAY, TODAY, 'Flyttat.');
    expect(ended).toMatchObject({ until: TODAY, revision: 2, changedBy: { why: 'Flyttat.' } });
    expect(['2019-12-31', '2020-01-01', TODAY, '2020-05-02'].map((day) => isRelatedOn(ended, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('ends once, but a last day that is still to come may be moved', () => {
    const ending = endRelatedPerson(act, add({}), '2020-06-30', TODAY);
    expect(endRelatedPerson(act, ending, TODAY, TODAY).until).toBe(TODAY);
    expect(refusalOf(() => endRelatedPerson(act, ending, '2020-07-02', '2020-07-01'))).toBe('related-person-ended');
    expect(refusalOf(() => endRelatedPerson(act, add({ from: '2020-05-01' }), '2020-04-30', TODAY))).toBe(
      'dates-out-of-order',
    );
  });
});

test('a related person is found under its own key alone', () => {
  const mother = add({});
  expect(findRelatedPerson([mother], mother)).toBe(mother);
  expect(findRelatedPerson([mother], { ...mother, patientId: 'another' as PatientId })).toBeUndefined();
});
