import { describe, expect, test } from 'vitest';
import { ACTIONS, type Action } from '../../../src/access/actions.ts';
import { decide } from '../../../src/access/policy/decide.ts';
import type { Facts } from '../../../src/access/policy/facts.ts';
import type { ProtectedAccess, Protection } from '../../../src/access/policy/facts-person.ts';
import { relationTo } from '../../../src/access/policy/relation.ts';
import { RULES } from '../../../src/access/policy/rules.ts';
import { sees } from '../../../src/access/policy/sees.ts';
import {
  askedAt,
  BEFORE,
  CITIZEN,
  FACTS,
  NOW,
  PLAN,
  RELATED_ID,
  staffAt,
  stepOf,
  systemOf,
  UNITS,
} from '../../../src/access/policy/table/world.ts';
import { at, later } from './moments.ts';

const { healthCentre, nursing } = UNITS;
const actor = staffAt(healthCentre);
const own = stepOf(healthCentre);

function protectedBy(
  list: readonly ProtectedAccess[],
  grade: Protection['grade'] = 'confidentiality-mark',
): Partial<Facts> {
  return { patient: { birthDate: '1988-04-23', protection: { grade, list } } };
}
function leadSees(facts: Partial<Facts>) {
  return sees(actor, askedAt(healthCentre, { ...FACTS, ...facts }), own);
}

describe('outside the explicit list a protected person does not exist', () => {
  test('not even for the unit that wrote it, in either grade', () => {
    for (const grade of ['confidentiality-mark', 'protected-registration'] as const) {
      expect(leadSees(protectedBy([], grade))).toEqual({
        shown: 'nothing',
        reason: 'protected-identity',
        mayKnowLeftOut: false,
      });
    }
    expect(relationTo(PLAN, actor, askedAt(healthCentre, { ...FACTS, ...protectedBy([]) }))).toBeUndefined();
  });

  test('nor when nobody has read whether the person is protected', () => {
    expect(leadSees({ patient: { birthDate: '1988-04-23' } }).reason).toBe('protected-identity');
    expect(leadSees({ patient: undefined }).reason).toBe('protected-identity');
  });

  test('the list names a person, at a unit when it says so, for a time', () => {
    const shown = (entry: Partial<ProtectedAccess>) => leadSees(protectedBy([{ from: BEFORE, ...entry }])).shown;
    expect(shown({ staff: actor.employeeHsaId })).toBe('whole');
    expect(shown({ staff: actor.employeeHsaId, unit: healthCentre.hsaId })).toBe('whole');
    expect(shown({ staff: actor.employeeHsaId, unit: nursing.hsaId })).toBe('nothing');
    expect(shown({ unit: healthCentre.hsaId })).toBe('nothing');
    expect(shown({ staff: 'another' })).toBe('nothing');
    expect(shown({ staff: actor.employeeHsaId, from: later(NOW, 1) })).toBe('nothing');
    expect(shown({ staff: actor.employeeHsaId, from: at(NOW) })).toBe('whole');
    expect(shown({ staff: actor.employeeHsaId, until: at(NOW) })).toBe('nothing');
    expect(shown({ staff: actor.employeeHsaId, until: later(NOW, 1) })).toBe('whole');
  });

  test('a place on the list opens nothing that the law closes', () => {
    const facts = { ...protectedBy([{ from: BEFORE, staff: staffAt(nursing).employeeHsaId }]), consents: [] };
    expect(sees(staffAt(nursing), askedAt(nursing, { ...FACTS, ...facts }), own).reason).toBe(
      'read-care-consent-missing',
    );
  });

  test('a system only when it is named', () => {
    const read = (list: ProtectedAccess[]) =>
      sees(systemOf(nursing), { ...FACTS, ...protectedBy(list) }, stepOf(nursing));
    expect(read([]).reason).toBe('protected-identity');
    expect(read([{ from: BEFORE, clientId: systemOf(nursing).clientId }]).shown).toBe('whole');
  });

  test('the patient always, and a related person only after review', () => {
    const facts = { ...FACTS, ...protectedBy([]) };
    expect(sees(CITIZEN, { ...facts, isSelf: true }, own).shown).toBe('limited');
    const child = { birthDate: '2018-05-01' };
    const guardian = (list: ProtectedAccess[], isProtected?: boolean) =>
      sees(
        CITIZEN,
        {
          ...FACTS,
          patient: { ...child, protection: { grade: 'confidentiality-mark', list } },
          related: [{ id: RELATED_ID, kind: 'guardian', isProtected }],
        },
        own,
      );
    expect(guardian([]).reason).toBe('protected-identity');
    expect(guardian([{ from: BEFORE, relatedPersonId: RELATED_ID }]).shown).toBe('limited');
    const unprotected = { ...FACTS, patient: { ...child, protection: 'none' as const } };
    const related = [{ id: RELATED_ID, kind: 'guardian', isProtected: true } as const];
    expect(sees(CITIZEN, { ...unprotected, related }, own).reason).toBe('protected-identity');
    // The link of who alone is protected can be reviewed too.
    const reviewed = [{ from: BEFORE, relatedPersonId: RELATED_ID }];
    const listed = { ...unprotected, patient: { ...unprotected.patient, reviewed }, related };
    expect(sees(CITIZEN, listed, own).shown).toBe('limited');
  });
});

describe('decisions about a protected person', () => {
  const facts = askedAt(healthCentre, { ...FACTS, ...protectedBy([]) });
  const unknown = askedAt(healthCentre, {
    isSelf: false,
    patientKnown: false,
    now: NOW,
    plan: { ...PLAN, createdByUnit: '', leadUnit: '', participants: [], owners: [] },
  });
  const rights = Object.keys({
    Läsa: 1,
    Skriva: 1,
    Signera: 1,
    Spärradministration: 1,
    Loggkontroll: 1,
    Planadministration: 1,
  });
  const all = staffAt(
    healthCentre,
    rights.map((right) => `${right};alla;SJF`),
  );

  test.each(Object.keys(ACTIONS) as Action[])('%s: never an answer that says that the person exists', (action) => {
    const decision = decide(action, all, facts);
    const ofUnknown = decide(action, all, unknown);
    if (decision.allowed) {
      // Then it answers about an unknown person as well, and what is found is filtered.
      expect(ofUnknown.allowed).toBe(true);
    } else if (RULES[action].open) {
      // It is about no person at all.
      expect(decision).toEqual(ofUnknown);
    } else {
      expect(decision).toMatchObject({ reason: 'protected-identity', known: false });
    }
  });
});

describe('when protection has been lifted', () => {
  test('the person is there again, but what was written under it keeps its list', () => {
    const wording = { ...own, writtenUnderProtection: true };
    const lifted = (list: ProtectedAccess[]) => askedAt(healthCentre, { ...FACTS, ...protectedBy(list, 'lifted') });
    expect(sees(actor, lifted([]), own).shown).toBe('whole');
    expect(sees(actor, lifted([]), wording).reason).toBe('protected-identity');
    expect(sees(actor, lifted([{ from: BEFORE, staff: actor.employeeHsaId }]), wording).shown).toBe('whole');
    expect(sees(systemOf(healthCentre), lifted([]), wording).reason).toBe('protected-identity');
    expect(sees(CITIZEN, { ...lifted([]), isSelf: true }, wording).shown).toBe('limited');
  });
});
