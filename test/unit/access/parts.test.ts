import { describe, expect, test } from 'vitest';
import type { Facts } from '../../../src/access/policy/facts.ts';
import type { ContributionFacts, ParticipantFacts } from '../../../src/access/policy/facts-plan.ts';
import { relationTo } from '../../../src/access/policy/relation.ts';
import { sees } from '../../../src/access/policy/sees.ts';
import {
  askedAt,
  BEFORE,
  FACTS,
  NOW,
  PLAN,
  participant,
  staffAt,
  stepOf,
  systemOf,
  UNITS,
} from '../../../src/access/policy/table/world.ts';
import type { UnitFacts } from '../../../src/shared/unit-facts.ts';
import { at, later } from './moments.ts';

const { healthCentre, nursing, homeCare, school, stranger, ward } = UNITS;
const header = stepOf(healthCentre, { kind: 'plan', outline: true });

function reads(of: UnitFacts, c: ContributionFacts, facts: Partial<Facts> = {}) {
  return sees(staffAt(of), askedAt(of, { ...FACTS, ...facts }), c);
}
function blockOfCentre(): Partial<Facts> {
  return { blocks: [{ id: 'b' as never, reach: 'outer', provider: healthCentre.provider.hsaId, from: BEFORE }] };
}

describe('an outside participant (a school)', () => {
  test('sees own steps and promises, without clinical text', () => {
    const accepted = stepOf(healthCentre, { duties: [{ state: 'accepted', unit: school.hsaId }] });
    const asked = stepOf(healthCentre, { duties: [{ state: 'asked', unit: school.hsaId }] });
    expect(reads(school, accepted)).toMatchObject({ shown: 'limited', ground: 'own-duty' });
    expect(reads(school, asked)).toMatchObject({ shown: 'limited', ground: 'own-duty' });
    expect(reads(school, stepOf(school)).shown).toBe('whole');
  });

  test('sees the outline of header and named contact, nothing else, and is not told that there is more', () => {
    expect(reads(school, header)).toMatchObject({
      shown: 'outline',
      ground: 'participant-outline',
      mayKnowLeftOut: false,
    });
    expect(reads(school, stepOf(healthCentre, { kind: 'named-contact', outline: true })).shown).toBe('outline');
    expect(reads(school, stepOf(healthCentre))).toMatchObject({ shown: 'nothing', mayKnowLeftOut: false });
  });

  test('keeps a handed copy as it stood, with clinical text only when that was handed', () => {
    const copy = (whole?: boolean) => stepOf(healthCentre, { copies: [{ unit: school.hsaId, at: BEFORE, whole }] });
    expect(reads(school, copy())).toMatchObject({ shown: 'limited', ground: 'handed-copy', asOf: BEFORE });
    expect(reads(school, copy(true))).toMatchObject({ shown: 'whole', ground: 'handed-copy', asOf: BEFORE });
  });

  test('has not been handed what will be handed later, or to somebody else', () => {
    const at1 = stepOf(healthCentre, { copies: [{ unit: school.hsaId, at: later(NOW, 1) }] });
    expect(reads(school, at1).shown).toBe('nothing');
    expect(reads(school, stepOf(healthCentre, { copies: [{ unit: school.hsaId, at: at(NOW) }] })).shown).toBe(
      'limited',
    );
    expect(reads(school, stepOf(healthCentre, { copies: [{ unit: homeCare.hsaId, at: BEFORE }] })).shown).toBe(
      'nothing',
    );
  });

  test('a copy is as good as the thing while that has not changed, and a duty better than an old copy', () => {
    const copies = [{ unit: school.hsaId, at: BEFORE, whole: true }];
    const changed = (changedAt: string) => stepOf(healthCentre, { copies, changedAt });
    expect(reads(school, changed(BEFORE))).toEqual({ shown: 'whole', ground: 'handed-copy', mayKnowLeftOut: false });
    expect(reads(school, changed(later(Date.parse(BEFORE), 1)))).toMatchObject({ shown: 'whole', asOf: BEFORE });
    const duties = [{ state: 'accepted', unit: school.hsaId } as const];
    expect(reads(school, { ...changed(later(NOW, -1)), duties })).toMatchObject({
      shown: 'limited',
      ground: 'own-duty',
    });
  });

  test('the latest copy counts, a copy to the provider too', () => {
    const copies = [
      { provider: school.provider.hsaId, at: '2026-09-01T00:00:00Z' },
      { unit: school.hsaId, at: BEFORE },
    ];
    expect(reads(school, stepOf(healthCentre, { copies })).asOf).toBe(BEFORE);
    expect(reads(school, stepOf(healthCentre, { copies: copies.slice(0, 1) })).asOf).toBe('2026-09-01T00:00:00Z');
  });
});

describe('a block and a duty', () => {
  const facts = blockOfCentre();
  test('a request is stopped by a block, work that one has is not taken away', () => {
    const duty = (state: 'asked' | 'accepted') => stepOf(healthCentre, { duties: [{ state, unit: nursing.hsaId }] });
    expect(reads(nursing, duty('asked'), facts).reason).toBe('blocked');
    expect(reads(nursing, duty('accepted'), facts)).toMatchObject({ shown: 'limited', ground: 'own-duty' });
  });
  test('a copy that was handed before stays', () => {
    expect(reads(nursing, stepOf(healthCentre, { copies: [{ unit: nursing.hsaId, at: BEFORE }] }), facts).shown).toBe(
      'limited',
    );
  });
});

describe('a participant whose part is over', () => {
  const endedAt = '2026-11-01T00:00:00.000Z';
  const left = (fields: Partial<ParticipantFacts> = {}): Partial<Facts> => ({
    plan: { ...PLAN, participants: [participant(nursing, { state: 'left', hasDuty: false, endedAt, ...fields })] },
  });

  test('reads nothing new, with every consent and an old relation', () => {
    const careRelations = [{ unit: nursing.hsaId, kind: 'care', from: BEFORE } as const];
    expect(reads(nursing, stepOf(healthCentre), { ...left(), careRelations })).toMatchObject({
      shown: 'nothing',
      reason: 'part-is-over',
    });
  });

  test('keeps what it wrote and what it has taken on', () => {
    expect(reads(nursing, stepOf(nursing), left()).shown).toBe('whole');
    const own = stepOf(healthCentre, { duties: [{ state: 'accepted', unit: nursing.hsaId }] });
    expect(reads(nursing, own, left()).ground).toBe('own-duty');
  });

  test('is not shown what it was asked before, and is what it is asked anew', () => {
    const asked = (writtenAt: string) =>
      reads(nursing, stepOf(healthCentre, { duties: [{ state: 'asked', unit: nursing.hsaId }], writtenAt }), left());
    expect(asked(endedAt).reason).toBe('part-is-over');
    expect(asked(later(Date.parse(endedAt), 1)).shown).toBe('limited');
  });

  test('knows of the header what it knew then', () => {
    expect(reads(nursing, header, left())).toMatchObject({ shown: 'outline', asOf: endedAt });
    expect(reads(nursing, header, left({ endedAt: undefined })).shown).toBe('nothing');
    const contact = stepOf(healthCentre, { kind: 'named-contact', outline: true, changedAt: BEFORE });
    expect(reads(nursing, contact, left()).shown).toBe('nothing');
  });

  test('knows the header as it is while it has not changed since', () => {
    const changed = (changedAt: string) => reads(nursing, { ...header, changedAt }, left());
    expect(changed(endedAt).asOf).toBeUndefined();
    expect(changed(later(Date.parse(endedAt), 1)).asOf).toBe(endedAt);
  });

  test('reads again by a relation that was registered afterwards', () => {
    const since = (from: string) =>
      reads(nursing, stepOf(healthCentre), {
        ...left(),
        careRelations: [{ unit: nursing.hsaId, kind: 'care', from }],
      }).shown;
    expect(since(endedAt)).toBe('nothing');
    expect(since(later(Date.parse(endedAt), 1))).toBe('whole');
  });

  test('declining ends a part as leaving does, and an accepted one goes before both', () => {
    expect(reads(nursing, stepOf(healthCentre), left({ state: 'declined' })).reason).toBe('part-is-over');
    const plan = { ...PLAN, participants: [participant(nursing, { state: 'left', endedAt }), participant(nursing)] };
    expect(reads(nursing, stepOf(healthCentre), { plan }).shown).toBe('whole');
  });
});

describe('what someone is to a plan', () => {
  const relation = (of: UnitFacts, facts: Partial<Facts> = {}) =>
    relationTo({ ...PLAN, ...facts.plan }, staffAt(of), askedAt(of, { ...FACTS, ...facts }));
  const careRelation = (of: UnitFacts) => [{ unit: of.hsaId, kind: 'care', from: BEFORE } as const];

  test('lead and participants inside the law are insiders, others outsiders', () => {
    expect(relation(healthCentre)).toBe('insider');
    expect(relation(nursing)).toBe('insider');
    expect(relation(nursing, { plan: { ...PLAN, participants: [participant(nursing, { state: 'invited' })] } })).toBe(
      'insider',
    );
    expect(relation(homeCare)).toBe('insider');
    expect(relation(school)).toBe('outsider');
    expect(relation(UNITS.youngAdults)).toBe('outsider');
  });

  test('who has left is former, who only wrote something too, and the rest are nobody', () => {
    expect(relation(nursing, { plan: { ...PLAN, participants: [participant(nursing, { state: 'left' })] } })).toBe(
      'former',
    );
    expect(relation(nursing, { plan: { ...PLAN, participants: [] } })).toBe('former');
    expect(relation(stranger)).toBeUndefined();
  });

  test('who created the plan has a part until it leaves, who is asked for something has one too', () => {
    const plan = { ...PLAN, createdByUnit: ward.hsaId };
    expect(relation(ward, { plan })).toBe('insider');
    expect(relation(ward, { plan: { ...plan, participants: [participant(ward, { state: 'left' })] } })).toBe('former');
    expect(relation(ward, { plan: { ...PLAN, concerned: [ward.hsaId] } })).toBe('insider');
  });

  test('who may read by an own relation to the patient is a reader, and nobody when nothing is readable', () => {
    expect(relation(ward, { careRelations: careRelation(ward) })).toBe('reader');
    expect(relation(stranger, { careRelations: careRelation(stranger) })).toBeUndefined();
    const owners = PLAN.owners.filter(({ unit }) => unit === healthCentre.hsaId);
    const blocks = [{ id: 'b' as never, reach: 'inner', provider: healthCentre.provider.hsaId, from: BEFORE } as const];
    const facts = { careRelations: careRelation(ward), plan: { ...PLAN, owners } };
    expect(relation(ward, facts)).toBe('reader');
    expect(relation(ward, { ...facts, blocks })).toBeUndefined();
  });
});

describe('a system', () => {
  const read = (c: ContributionFacts) => sees(systemOf(nursing), FACTS, c);
  test('reads its provider’s own, what its units have taken on and were handed, never by consent', () => {
    expect(read(stepOf(nursing)).ground).toBe('own-provider');
    expect(read(stepOf(school)).ground).toBe('own-provider');
    expect(read(stepOf(healthCentre, { duties: [{ state: 'accepted', unit: nursing.hsaId }] })).ground).toBe(
      'own-duty',
    );
    expect(read(stepOf(healthCentre, { copies: [{ unit: nursing.hsaId, at: BEFORE }] })).ground).toBe('handed-copy');
    expect(read(stepOf(healthCentre))).toEqual({
      shown: 'nothing',
      reason: 'another-providers',
      mayKnowLeftOut: false,
    });
    const asked = stepOf(healthCentre, { duties: [{ state: 'asked', unit: nursing.hsaId }] });
    expect(read(asked).ground).toBe('own-duty');
    expect(sees(systemOf(nursing), { ...FACTS, ...blockOfCentre() }, asked).shown).toBe('nothing');
    expect(read(header)).toMatchObject({ shown: 'outline', ground: 'participant-outline' });
    expect(read({ ...header, kind: 'named-contact' }).shown).toBe('nothing');
  });
  test('has a relation to a plan where its provider owns or has taken on something', () => {
    expect(relationTo(PLAN, systemOf(nursing), FACTS)).toBe('system');
    const alone = { ...PLAN, owners: [], participants: [] };
    expect(relationTo(alone, systemOf(nursing), FACTS)).toBeUndefined();
    expect(relationTo({ ...alone, participants: [participant(nursing)] }, systemOf(nursing), FACTS)).toBe('system');
    expect(relationTo({ ...alone, concerned: [nursing.hsaId] }, systemOf(nursing), FACTS)).toBe('system');
    expect(relationTo(PLAN, systemOf(stranger), FACTS)).toBeUndefined();
  });
});
