import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACTIONS, type Action } from '../../../src/access/actions.ts';
import { decide } from '../../../src/access/policy/decide.ts';
import type { Facts } from '../../../src/access/policy/facts.ts';
import type { PatientFacts } from '../../../src/access/policy/facts-person.ts';
import type { ContributionFacts, ParticipantFacts, PlanFacts } from '../../../src/access/policy/facts-plan.ts';
import { GROUNDS } from '../../../src/access/policy/grounds.ts';
import { REASONS } from '../../../src/access/policy/reasons.ts';
import { relationTo } from '../../../src/access/policy/relation.ts';
import { readerOf, sees } from '../../../src/access/policy/sees.ts';
import type { Shown, Sight } from '../../../src/access/policy/sight.ts';
import type { Actor } from '../../../src/shared/actor.ts';
import type { UnitFacts } from '../../../src/shared/unit-facts.ts';
import { SIZES } from '../../support/sizes.ts';
import { asker, block, contribution, facts } from './random-worlds.ts';

const RUNS = SIZES.accessWorlds;
const MORE: Readonly<Record<Shown, number>> = { whole: 3, limited: 2, outline: 1, nothing: 0 };

/** What is shown, as it stands now before as it once stood. */
function size({ shown, asOf }: Sight): number {
  return shown === 'nothing' ? 0 : MORE[shown] + (asOf === undefined ? MORE.whole : 0);
}

interface World {
  readonly actor: Actor;
  readonly facts: Facts;
  readonly c: ContributionFacts;
}
const world: fc.Arbitrary<World> = fc
  .tuple(asker, facts, contribution)
  .map(([{ actor, actorUnit }, about, c]) => ({ actor, facts: { ...about, actorUnit }, c }));

type Change = (about: Facts, random: number) => Facts;

/** In every world each of the changes is tried: none of them may show more, or allow what was not. */
function neverMore(changes: Readonly<Record<string, Change>>, worlds: number = RUNS) {
  fc.assert(
    fc.property(world, fc.nat(), fc.constantFrom(...ALL_ACTIONS), ({ actor, facts: about, c }, random, action) => {
      const before = size(sees(actor, about, c));
      const allowed = decide(action, actor, about).allowed;
      for (const [what, change] of Object.entries(changes)) {
        const changed = change(about, random);
        expect(size(sees(actor, changed, c)), what).toBeLessThanOrEqual(before);
        if (!allowed) expect(decide(action, actor, changed).allowed, `${what}, ${action}`).toBe(false);
      }
    }),
    { numRuns: worlds },
  );
}

const ALL_ACTIONS = Object.keys(ACTIONS) as Action[];
const without = <T>(all: readonly T[] | undefined, random: number) =>
  all && all.length > 0 ? all.toSpliced(random % all.length, 1) : all;
const withPlan = (about: Facts, fields: Partial<PlanFacts>): Facts => ({
  ...about,
  plan: { ...about.plan!, ...fields },
});
const withPatient = (about: Facts, fields: Partial<PatientFacts>): Facts => ({
  ...about,
  patient: { ...about.patient, ...fields },
});
const unlisted = (about: Facts, random: number): Facts => {
  const protection = about.patient?.protection;
  if (!protection || protection === 'none') return about;
  return withPatient(about, { protection: { ...protection, list: without(protection.list, random) ?? [] } });
};

test('what takes a permission away never shows more', () => {
  neverMore({
    'a consent': (about, n) => ({ ...about, consents: without(about.consents, n) }),
    information: (about, n) => ({ ...about, information: without(about.information, n) }),
    'a care relation': (about, n) => ({ ...about, careRelations: without(about.careRelations, n) }),
    'an emergency access': (about, n) => ({ ...about, emergencies: without(about.emergencies, n) }),
    'a unit’s decision': (about, n) => ({ ...about, unitDecisions: without(about.unitDecisions, n) }),
    'a relation to the patient': (about, n) => ({ ...about, related: without(about.related, n) }),
    'a unit in the directory': (about, n) => ({ ...about, units: new Map(without([...(about.units ?? [])], n)) }),
    'a place on the protected person’s list': unlisted,
    'an inability to consent': (about, n) => withPatient(about, { inability: without(about.patient?.inability, n) }),
  });
});

test('what adds a prohibition never shows more', () => {
  const since = '2026-01-01T00:00:00Z';
  neverMore({
    protection: (about) => withPatient(about, { protection: { grade: 'confidentiality-mark', list: [] } }),
    death: (about) => withPatient(about, { deceasedOn: '2026-11-01' }),
    sealing: (about) => ({ ...about, sealings: [...(about.sealings ?? []), { from: since }] }),
    'a blocked guardian': (about) => ({ ...about, guardianBlocks: [{ from: since }] }),
  });
});

test('a block never shows more, nor makes a plan known', () => {
  fc.assert(
    fc.property(world, block, ({ actor, facts: about, c }, one) => {
      const blocked = { ...about, blocks: [...(about.blocks ?? []), one] };
      expect(size(sees(actor, blocked, c))).toBeLessThanOrEqual(size(sees(actor, about, c)));
      const relation = about.plan && relationTo(about.plan, actor, blocked);
      if (about.plan && relation) expect(relationTo(about.plan, actor, about)).toBeDefined();
    }),
    { numRuns: RUNS },
  );
});

test('what is not known counts against the actor', () => {
  const SOURCES = [
    'now',
    'actorUnit',
    'units',
    'patient',
    'related',
    'unitDecisions',
    'guardianBlocks',
    'sealings',
    'information',
    'consents',
    'blocks',
    'careRelations',
    'emergencies',
  ] as const;
  const participants = (about: Facts, fields: Partial<ParticipantFacts>) =>
    withPlan(about, { participants: about.plan!.participants.map((it) => ({ ...it, ...fields })) });
  const unjoined = ([id, unit]: [string, UnitFacts]) =>
    [id, { ...unit, provider: { ...unit.provider, joinedFrom: undefined } }] as const;
  neverMore({
    ...Object.fromEntries(
      SOURCES.map((name): [string, Change] => [name, (about) => ({ ...about, [name]: undefined })]),
    ),
    'birth date': (about) => withPatient(about, { birthDate: undefined }),
    protection: (about) => withPatient(about, { protection: undefined }),
    'plan kind': (about) => withPlan(about, { kind: undefined }),
    'plan status': (about) => withPlan(about, { status: undefined }),
    'plan partners': (about) => withPlan(about, { partners: undefined }),
    'when a part ended': (about) => participants(about, { endedAt: undefined }),
    'whether a participant has a duty': (about) => participants(about, { hasDuty: undefined }),
    'since when providers have joined': (about) => ({ ...about, units: new Map([...about.units!].map(unjoined)) }),
  });
});

test('what is not known of a contribution counts against the actor', () => {
  fc.assert(
    fc.property(world, fc.nat(), ({ actor, facts: about, c }, n) => {
      const before = size(sees(actor, about, c));
      const lesser: readonly ContributionFacts[] = [
        { ...c, writtenAt: undefined },
        { ...c, changedAt: undefined },
        { ...c, copies: without(c.copies, n) },
        { ...c, duties: without(c.duties, n) ?? [] },
        { ...c, outline: undefined },
        { ...c, approvedForPatient: false },
      ];
      for (const less of lesser) expect(size(sees(actor, about, less))).toBeLessThanOrEqual(before);
      expect(size(sees(actor, { ...about, plan: undefined }, c))).toBeLessThanOrEqual(before);
      expect(sees(actor, { ...about, patientKnown: false }, c).shown).toBe('nothing');
    }),
    { numRuns: RUNS },
  );
});

describe('every answer', () => {
  test('is one of the closed lists, says by what right or why not, and tells nothing that it may not', () => {
    const grounds = new Set<string>();
    const reasons = new Set<string>();
    fc.assert(
      fc.property(world, ({ actor, facts: about, c }) => {
        const sight = sees(actor, about, c);
        expect(sight.shown === 'nothing').toBe(sight.ground === undefined);
        if (sight.shown === 'nothing') expect(sight.reason).toBeDefined();
        if (sight.ground) expect(GROUNDS).toHaveProperty(sight.ground);
        if (sight.reason) expect(REASONS).toHaveProperty(sight.reason);
        if (sight.mayKnowLeftOut) expect([actor.kind, sight.reason]).not.toContain(['protected-identity']);
        if (actor.kind !== 'staff') expect(sight.mayKnowLeftOut).toBe(false);
        if (actor.kind === 'citizen') expect(['limited', 'nothing']).toContain(sight.shown);
        if (sight.reason === 'blocked' && sight.mayKnowLeftOut) expect(about.actorUnit?.provider.kind).toBe('care');
        grounds.add(sight.ground ?? '');
        reasons.add(sight.reason ?? '');
      }),
      // One seed, so that what is met does not vary from run to run.
      { numRuns: 6 * RUNS, seed: 20261116 },
    );
    // The worlds are wide enough to meet every ground, or the properties above would be idle.
    expect(Object.keys(GROUNDS).filter((ground) => !grounds.has(ground))).toEqual([]);
    expect(reasons.size).toBeGreaterThan(25);
  });

  test('is the same one by one as for a whole plan, in any order', () => {
    fc.assert(
      fc.property(asker, facts, fc.array(contribution, { maxLength: 8 }), ({ actor, actorUnit }, some, all) => {
        const about = { ...some, actorUnit };
        const read = readerOf(actor, about);
        const together = all.toReversed().map((c) => read(c));
        expect(together.toReversed()).toEqual(all.map((c) => sees(actor, about, c)));
      }),
      { numRuns: RUNS / 4 },
    );
  });

  test('to who has no relation to a plan is that nothing in it is shown, but own and handed', () => {
    fc.assert(
      fc.property(world, ({ actor, facts: about, c }) => {
        if (about.plan === undefined || relationTo(about.plan, actor, about) !== undefined) return;
        const { ground } = sees(actor, about, c);
        // Things that the plan's own facts would have told of: owners, duties and copies.
        const known = [undefined, 'own-unit', 'own-provider', 'own-duty', 'handed-copy'];
        const readable = about.plan.owners.some((it) => it.unit === c.ownerUnit);
        if (readable) expect(known).toContain(ground);
      }),
      { numRuns: RUNS },
    );
  });

  test('is given for whatever facts and actions there are', () => {
    fc.assert(
      fc.property(world, fc.constantFrom(...ALL_ACTIONS), ({ actor, facts: about }, action) => {
        const decision = decide(action, actor, about);
        if (!decision.allowed) expect(REASONS).toHaveProperty(decision.reason);
        const { plan: _plan, ...personal } = about;
        expect(typeof decide(action, actor, personal).allowed).toBe('boolean');
      }),
      { numRuns: RUNS },
    );
  });
});
