import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkJoin, type JoinAct, joinsOf, keysAfter, partingOf } from '../../../src/patients/domain/join.ts';
import { registerPatient } from '../../../src/patients/domain/patient.ts';
import type { PatientId, ThingId } from '../../../src/shared/ids.ts';
import type { PersonNumber } from '../../../src/shared/person-number.ts';
import { actAt, COORDINATION, ESTERS_NUMBER, LOVES_NUMBER, RESERVE, refusalOf } from './act.ts';

const key = (letter: string) => `${letter.repeat(8)}-1111-4111-8111-111111111111` as PatientId;
const [A, B, C, D] = ['a', 'b', 'c', 'd'].map(key) as [PatientId, PatientId, PatientId, PatientId];
const by = { kind: 'staff', name: 'Maj Modell' } as const;
let lines = 0;
function line(act: JoinAct['act'], joinedId: PatientId, patientId: PatientId): JoinAct {
  lines += 1;
  const at = `2026-11-16T08:${String(lines % 60).padStart(2, '0')}:00.000Z`;
  return { act, joinedId, patientId, id: `id-${String(lines).padStart(6, '0')}` as ThingId, at, by, why: 'Samma.' };
}
const goesBy = (acts: readonly JoinAct[]) =>
  Object.fromEntries(keysAfter([A, B, C, D], joinsOf(acts)).map((one) => [one.patientId, one.canonicalId]));

describe('keys that are joined', () => {
  test('go by the one that they were joined to, and by their own when parted', () => {
    const joined = line('joined', A, B);
    expect(goesBy([joined])).toEqual({ [A]: B, [B]: B, [C]: C, [D]: D });
    expect(goesBy([joined, line('parted', A, B)])).toEqual({ [A]: A, [B]: B, [C]: C, [D]: D });
  });

  test('bring along what had been joined to them, and take it with them when parted', () => {
    const acts = [line('joined', C, A), line('joined', A, B)];
    expect(goesBy(acts)).toEqual({ [A]: B, [B]: B, [C]: B, [D]: D });
    expect(goesBy([...acts, line('parted', A, B)])).toEqual({ [A]: A, [B]: B, [C]: A, [D]: D });
  });

  test('may be joined again after they were parted, also to another', () => {
    const acts = [line('joined', A, B), line('parted', A, B), line('joined', A, D)];
    expect(goesBy(acts)).toMatchObject({ [A]: D, [B]: B });
    const joins = joinsOf(acts);
    expect(joins.map(({ revision, parted }) => [revision, parted !== undefined])).toEqual([
      [2, true],
      [1, false],
    ]);
  });

  test('are as before whenever every join has been parted, in whatever order', () => {
    const pairs = fc.uniqueArray(fc.tuple(fc.constantFrom(A, B, C, D), fc.constantFrom(A, B, C, D)), { maxLength: 6 });
    fc.assert(
      fc.property(pairs, fc.infiniteStream(fc.nat()), (wished, random) => {
        const acts: JoinAct[] = [];
        for (const [joined, right] of wished) {
          const roots = goesBy(acts);
          if (roots[joined] !== roots[right]) acts.push(line('joined', roots[joined]!, roots[right]!));
        }
        for (;;) {
          const open = joinsOf(acts).filter((join) => !join.parted);
          const next = open[(random.next().value as number) % Math.max(open.length, 1)];
          if (!next) break;
          acts.push(partingOf(next, line('parted', next.joinedId, next.patientId)));
        }
        expect(goesBy(acts)).toEqual({ [A]: A, [B]: B, [C]: C, [D]: D });
      }),
    );
  });

  test('are parted once', () => {
    const [join] = joinsOf([line('joined', A, B), line('parted', A, B)]);
    expect(refusalOf(() => partingOf(join!, line('parted', A, B)))).toBe('already-parted');
  });
});

describe('who may be joined', () => {
  const act = actAt('2026-11-16T08:00:00.000Z');
  const person = (id: PatientId, number: PersonNumber, hasActiveLeadPlan = false) => ({
    patient: registerPatient(act, id, { number, givenName: 'E', familyName: 'E' }),
    hasActiveLeadPlan,
  });
  const check = (right: ReturnType<typeof person>, other: ReturnType<typeof person>) =>
    refusalOf(() =>
      checkJoin(right, other, {
        right: right.patient.id as string as PatientId,
        other: other.patient.id as string as PatientId,
      }),
    );

  test.each([
    ['a reserve number to a personnummer', ESTERS_NUMBER, RESERVE, undefined],
    ['two reserve numbers', RESERVE, { ...RESERVE, digits: '99261116R002' }, undefined],
    ['a samordningsnummer to a personnummer', ESTERS_NUMBER, COORDINATION, undefined],
    ['a personnummer to a reserve number', RESERVE, ESTERS_NUMBER, 'join-needs-lesser-number'],
    ['two personnummer', ESTERS_NUMBER, LOVES_NUMBER, 'join-needs-lesser-number'],
    ['a personnummer to a samordningsnummer', COORDINATION, ESTERS_NUMBER, 'join-needs-lesser-number'],
  ] as const)('%s', (_what, right, other, refusal) => {
    expect(check(person(A, right), person(B, other))).toBe(refusal);
  });

  test('not one with an active lead plan to another with one', () => {
    expect(check(person(A, ESTERS_NUMBER, true), person(B, RESERVE, true))).toBe('both-have-lead-plan');
    expect(check(person(A, ESTERS_NUMBER, false), person(B, RESERVE, true))).toBeUndefined();
  });

  test('not with oneself, under any key, and not with nobody', () => {
    const ester = person(A, ESTERS_NUMBER);
    expect(refusalOf(() => checkJoin(ester, ester, { right: A, other: A }))).toBe('join-with-self');
    expect(refusalOf(() => checkJoin(ester, ester, { right: A, other: B }))).toBe('already-same-person');
    const joinedToB = person(B, RESERVE);
    expect(refusalOf(() => checkJoin(ester, joinedToB, { right: A, other: C }))).toBe('joined-elsewhere');
    const nobody = { patient: undefined, hasActiveLeadPlan: false };
    expect(refusalOf(() => checkJoin(ester, nobody, { right: A, other: B }))).toBe('person-to-join-unknown');
  });
});
