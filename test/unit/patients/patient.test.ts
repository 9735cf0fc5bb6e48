import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ContactNeeds, needsWhenReaching } from '../../../src/patients/domain/contact-needs.ts';
import { currentNumber, type HeldNumber, withNumber } from '../../../src/patients/domain/numbers.ts';
import {
  addNumber,
  changePatient,
  registerPatient,
  setDeceased,
  undoDeceased,
} from '../../../src/patients/domain/patient.ts';
import { actAt, COORDINATION, ESTER, ESTERS_NUMBER, LOVES_NUMBER, RESERVE, refusalOf } from './act.ts';

const act = actAt('2026-11-16T08:00:00.000Z');
const later = actAt('2026-11-20T08:00:00.000Z');
const TODAY = '2026-11-16';
const name = { givenName: 'Ester', familyName: 'Exempelsson' };
const ester = registerPatient(act, ESTER, { number: ESTERS_NUMBER, ...name });

describe('a person who is registered', () => {
  test('has Swedish as language, no needs, and a row of the own key', () => {
    expect(ester).toMatchObject({
      ...name,
      language: 'sv',
      contactNeeds: {},
      patientId: ESTER,
      id: ESTER,
      revision: 1,
    });
    expect(ester.numbers).toEqual([{ ...ESTERS_NUMBER, from: act.now }]);
    expect(ester.approvedForPatient).toBe(true);
  });

  test('changes by a new revision, and an optional field is taken away', () => {
    const withWay = changePatient(act, ester, { preferredContactWay: 'letter' });
    const without = changePatient(later, withWay, { preferredContactWay: undefined });
    expect(without).toMatchObject({ revision: 3, changedAt: later.now });
    expect(without.preferredContactWay).toBeUndefined();
  });
});

describe('contact needs that nobody could meet are refused', () => {
  const change = (contactNeeds: ContactNeeds, preferredContactWay?: 'phone' | 'message-1177' | 'letter') =>
    refusalOf(() => changePatient(act, ester, { contactNeeds, preferredContactWay }));
  const times = (from: string, to: string) => [{ days: ['mon'] as const, from, to }];

  test.each([
    ['a call where nobody may call', { doNotCall: true, callTimes: times('08:00', '09:00') }, undefined],
    ['the phone where nobody may call', { doNotCall: true }, 'phone'],
    ['1177 for one who cannot use it', { cannotUse1177: true }, 'message-1177'],
  ] as const)('%s', (_what, needs, way) => {
    expect(change(needs, way)).toBe('contact-needs-contradict');
  });

  test('a call time that ends before it begins, or at once', () => {
    expect(change({ callTimes: times('09:00', '08:00') })).toBe('dates-out-of-order');
    expect(change({ callTimes: times('09:00', '09:00') })).toBe('dates-out-of-order');
    expect(change({ callTimes: times('09:00', '24:00') })).toBeUndefined();
  });

  test('what can be met is kept', () => {
    expect(
      change({ doNotCall: true, cannotUse1177: true, hearing: true, notes: 'Skriv stort.' }, 'letter'),
    ).toBeUndefined();
  });
});

test('needs say how the patient reaches care', () => {
  const nothing = { cannotUse1177: false, hearingImpaired: false, doNotCall: false };
  expect(needsWhenReaching({}, undefined)).toEqual(nothing);
  expect(needsWhenReaching({ hearing: true, cannotUse1177: true, doNotCall: true }, 'message-1177')).toEqual({
    cannotUse1177: true,
    hearingImpaired: true,
    doNotCall: true,
    preferred: '1177-message',
  });
  expect(needsWhenReaching({}, 'through-relative')).toEqual(nothing);
});

describe('numbers over time', () => {
  test('a personnummer takes the place of a reserve number, which people are still found by', () => {
    const reserved = registerPatient(act, ESTER, { number: RESERVE, ...name });
    const known = addNumber(later, reserved, ESTERS_NUMBER);
    expect(known.numbers).toEqual([
      { ...RESERVE, from: act.now, until: later.now },
      { ...ESTERS_NUMBER, from: later.now },
    ]);
    expect(currentNumber(known.numbers).digits).toBe(ESTERS_NUMBER.digits);
  });

  test('a reserve number given to one with a personnummer is held beside it', () => {
    const both = addNumber(later, ester, RESERVE);
    expect(currentNumber(both.numbers).digits).toBe(ESTERS_NUMBER.digits);
    expect(both.numbers.map(({ until }) => until)).toEqual([undefined, undefined]);
  });

  test('a new personnummer takes the place of the old one', () => {
    expect(currentNumber(addNumber(later, ester, LOVES_NUMBER).numbers).digits).toBe(LOVES_NUMBER.digits);
  });

  test('whatever the order they come in, exactly one is current and it is of the surest kind', () => {
    const kinds = fc.constantFrom(ESTERS_NUMBER, LOVES_NUMBER, COORDINATION, RESERVE);
    fc.assert(
      fc.property(fc.array(kinds, { minLength: 1, maxLength: 8 }), (given) => {
        const numbers = given.reduce<readonly HeldNumber[]>(
          (held, number, i) => withNumber(held, number, `2026-11-16T08:00:0${i}.000Z`),
          [],
        );
        const current = currentNumber(numbers);
        const surest = ['personnummer', 'samordningsnummer', 'reservnummer'].find((kind) =>
          given.some((number) => number.kind === kind),
        );
        expect(current.kind).toBe(surest);
        expect(current.digits).toBe(given.findLast(({ kind }) => kind === surest)!.digits);
        expect(numbers.filter((number) => number.until === undefined && number.kind === surest)).toHaveLength(1);
      }),
    );
  });

  test('nobody is without a number', () => {
    expect(() => currentNumber([])).toThrow('without a number');
  });
});

describe('a death', () => {
  test('is noted until today and not before birth', () => {
    expect(refusalOf(() => setDeceased(act, ester, '2026-11-17', TODAY))).toBe('death-not-possible');
    expect(refusalOf(() => setDeceased(act, ester, '1926-12-03', TODAY))).toBe('death-not-possible');
    expect(setDeceased(act, ester, '1926-12-04', TODAY).deceasedOn).toBe('1926-12-04');
    expect(setDeceased(act, ester, TODAY, TODAY)).toMatchObject({ deceasedOn: TODAY, revision: 2 });
  });

  test('of one with a reserve number is bounded by no birth', () => {
    const reserved = registerPatient(act, ESTER, { number: RESERVE, ...name });
    expect(setDeceased(act, reserved, '1900-01-01', TODAY).deceasedOn).toBe('1900-01-01');
  });

  test('is noted once and taken back once, with the reason', () => {
    const dead = setDeceased(act, ester, TODAY, TODAY);
    expect(refusalOf(() => setDeceased(act, dead, TODAY, TODAY))).toBe('already-deceased');
    const alive = undoDeceased(later, dead, 'Fel person.');
    expect(alive).toMatchObject({ revision: 3, changedBy: { why: 'Fel person.' } });
    expect(alive.deceasedOn).toBeUndefined();
    expect(refusalOf(() => undoDeceased(later, alive, 'Igen.'))).toBe('not-deceased');
  });
});
