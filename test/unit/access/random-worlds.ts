import fc from 'fast-check';
import type { Facts } from '../../../src/access/policy/facts.ts';
import type { PatientFacts } from '../../../src/access/policy/facts-person.ts';
import type { ContributionFacts, ParticipantFacts, PlanFacts } from '../../../src/access/policy/facts-plan.ts';
import type { BlockFacts, GivenConsent } from '../../../src/access/policy/facts-sharing.ts';
import { DEFAULT_LAW_SETTINGS, type LawSettings } from '../../../src/access/policy/settings.ts';
import {
  ALL_RIGHTS,
  CITIZEN,
  FACTS,
  PLAN_ID,
  RELATED_ID,
  staffAt,
  systemOf,
  UNITS,
} from '../../../src/access/policy/table/world.ts';
import type { Actor } from '../../../src/shared/actor.ts';
import type { UnitFacts } from '../../../src/shared/unit-facts.ts';
import { at } from './moments.ts';

/** Random worlds on a coarse clock of a few days, so that periods, ages and requests often meet at their edges. */

const DAY = 86_400_000;
const START = Date.parse('2026-11-15T23:00:00.000Z');
const units = Object.values(UNITS) as readonly UnitFacts[];

const unit = fc.constantFrom(...units);
const day = fc.integer({ min: -2, max: 2 });
const instant = fc.oneof(
  { weight: 20, arbitrary: day.map((n) => at(START + n * DAY)) },
  { weight: 1, arbitrary: fc.constant('unreadable') },
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const period = fc.record({ from: instant, until: maybe(instant) });
const list = <T>(arbitrary: fc.Arbitrary<T>, maxLength = 3) => fc.array(arbitrary, { maxLength });

const recipient: fc.Arbitrary<GivenConsent['recipient']> = fc.oneof(
  unit.map(({ hsaId }) => ({ kind: 'unit', hsaId }) as const),
  unit.map(({ provider }) => ({ kind: 'provider', hsaId: provider.hsaId }) as const),
  unit.map(({ principal }) => ({ kind: 'principal', hsaId: principal.hsaId }) as const),
  fc.constant({ kind: 'person', name: 'Prov' } as const),
);

const consent: fc.Arbitrary<GivenConsent> = fc.record({
  id: fc.uuid().map((id) => id as never),
  type: fc.constantFrom('sip', 'read-care', 'read-social', 'disclosure'),
  state: fc.constantFrom('given', 'given', 'given', 'refused', 'withdrawn', 'expired'),
  recipient,
  from: instant,
  until: instant,
  planId: maybe(fc.constantFrom(PLAN_ID, RELATED_ID)),
  kinds: maybe(list(fc.constantFrom('step', 'goal', 'plan'))),
  guardians: maybe(fc.record({ needed: fc.nat(2), given: fc.nat(2), refused: fc.nat(1) })),
});

/** A consent that is likely to open something: the property of a block or a lost fact is idle where nothing is shown. */
const goodConsent: fc.Arbitrary<GivenConsent> = fc
  .tuple(unit, fc.constantFrom<GivenConsent['type']>('sip', 'read-care', 'read-social'))
  .map(([to, type]) => ({
    id: `${type}${to.hsaId}` as never,
    type,
    state: 'given',
    recipient: { kind: 'unit', hsaId: to.hsaId },
    from: at(START - 9 * DAY),
    until: at(START + 9 * DAY),
  }));

export const block: fc.Arbitrary<BlockFacts> = fc.record({
  id: fc.constant('block' as never),
  reach: fc.constantFrom('inner', 'outer'),
  provider: unit.map(({ provider }) => provider.hsaId),
  unit: maybe(unit.map(({ hsaId }) => hsaId)),
  from: instant,
  until: maybe(instant),
  written: maybe(fc.record({ from: maybe(instant), until: maybe(instant) })),
  liftedAt: maybe(instant),
  liftedFor: maybe(list(fc.record({ unit: unit.map(({ hsaId }) => hsaId), from: instant, until: maybe(instant) }), 1)),
});

const participant: fc.Arbitrary<ParticipantFacts> = fc.record({
  unit: maybe(unit.map(({ hsaId }) => hsaId)),
  state: fc.constantFrom('accepted', 'accepted', 'accepted', 'invited', 'declined', 'left'),
  hasDuty: fc.constantFrom(true, true, false),
  part: maybe(fc.constantFrom('clinical', 'planning', 'practical')),
  endedAt: maybe(instant),
});

const plan: fc.Arbitrary<PlanFacts> = fc.record({
  id: fc.constant(PLAN_ID),
  kind: fc.constantFrom('SIP', 'OVERENSKOMMELSE', 'VP'),
  status: fc.constantFrom('active', 'active', 'draft', 'on-hold', 'completed'),
  createdByUnit: unit.map(({ hsaId }) => hsaId),
  leadUnit: unit.map(({ hsaId }) => hsaId),
  participants: list(participant, 5),
  owners: list(
    unit.map((of) => ({ unit: of.hsaId, provider: of.provider.hsaId, kind: 'step' })),
    4,
  ),
  concerned: maybe(
    list(
      unit.map(({ hsaId }) => hsaId),
      2,
    ),
  ),
  partners: maybe(
    fc.constant({ region: [UNITS.healthCentre.principal.hsaId], municipality: [UNITS.nursing.principal.hsaId] }),
  ),
});

const patient: fc.Arbitrary<PatientFacts> = fc.record({
  birthDate: maybe(fc.constantFrom('1984-04-20', '2008-11-16', '2010-11-16', '2012-05-01', '2013-11-16', '2018-05-01')),
  deceasedOn: fc.option(fc.constant('2026-11-15'), { nil: undefined, freq: 12 }),
  protection: fc.oneof(
    { weight: 8, arbitrary: fc.constant('none' as const) },
    {
      weight: 2,
      arbitrary: fc.record({
        grade: fc.constantFrom('confidentiality-mark' as const, 'protected-registration' as const, 'lifted' as const),
        list: list(
          fc.record({
            from: instant,
            until: maybe(instant),
            staff: maybe(unit.map((of) => staffAt(of).employeeHsaId)),
            unit: maybe(unit.map(({ hsaId }) => hsaId)),
            clientId: maybe(unit.map((of) => systemOf(of).clientId)),
            relatedPersonId: maybe(fc.constant(RELATED_ID)),
          }),
        ),
      }),
    },
  ),
  inability: maybe(
    list(
      fc.record({
        kind: fc.constantFrom('child', 'lasting'),
        from: instant,
        until: maybe(instant),
        noReasonToObject: maybe(fc.boolean()),
      }),
      2,
    ),
  ),
});

const related = fc.record({
  id: fc.constant(RELATED_ID),
  kind: fc.constantFrom('guardian', 'guardian', 'legal-representative', 'proxy', 'relative'),
  from: maybe(fc.constantFrom('2026-11-15', '2026-11-16', '2026-11-17')),
  until: maybe(fc.constantFrom('2026-11-15', '2026-11-16', '2026-11-17')),
  decisionReference: maybe(fc.constantFrom('Ä 1-26', ' ')),
  isProtected: maybe(fc.boolean()),
});

const settings: fc.Arbitrary<LawSettings> = fc
  .record({
    proxyMayRead: fc.boolean(),
    relativeSeesOwnSteps: fc.boolean(),
    unsignedDelayHours: fc.constantFrom(0, 24),
    innerBlockHidesFromOtherProviders: fc.boolean(),
    emergencyNeedsInformation: fc.boolean(),
    emergencyOpensSocialCare: fc.boolean(),
    sipWithoutConsentWhenUnable: fc.boolean(),
    childUnableToConsentBelowAge: fc.constantFrom(0, 15),
    everyGuardianMustConsent: fc.boolean(),
  })
  .map((some) => ({ ...DEFAULT_LAW_SETTINGS, ...some }));

const information = list(
  fc.oneof(
    { weight: 3, arbitrary: unit.map(({ provider }) => ({ provider: provider.hsaId, at: at(START - 9 * DAY) })) },
    { weight: 1, arbitrary: fc.record({ provider: unit.map(({ provider }) => provider.hsaId), at: instant }) },
  ),
  5,
);

/** Nothing in it need be in order. */
const wildFacts: fc.Arbitrary<Facts> = fc.record({
  now: day.map((n) => START + n * DAY),
  settings: maybe(settings),
  units: fc.constant(new Map(units.map((of) => [of.hsaId, of]))),
  isSelf: fc.boolean(),
  patientKnown: fc.constantFrom(true, true, true, true, false),
  patient,
  related: maybe(list(related, 2)),
  unitDecisions: maybe(
    list(
      fc.record({
        unit: unit.map(({ hsaId }) => hsaId),
        opensFor: fc.constantFrom('child', 'guardian'),
        guardianId: maybe(fc.constant(RELATED_ID)),
        from: instant,
        until: maybe(instant),
      }),
    ),
  ),
  guardianBlocks: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: list(
        fc.record({ guardianId: maybe(fc.constant(RELATED_ID)), from: instant, until: maybe(instant) }),
        1,
      ),
    },
  ),
  sealings: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: list(
        fc.record({
          unit: maybe(unit.map(({ hsaId }) => hsaId)),
          provider: maybe(unit.map(({ provider }) => provider.hsaId)),
          written: maybe(fc.record({ from: maybe(instant), until: maybe(instant) })),
          from: instant,
          until: maybe(instant),
        }),
        2,
      ),
    },
  ),
  information,
  consents: fc.tuple(list(consent, 4), list(goodConsent, 10)).map(([some, good]) => [...some, ...good]),
  blocks: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: list(block, 2) }),
  careRelations: maybe(
    list(
      fc.record({
        unit: unit.map(({ hsaId }) => hsaId),
        kind: fc.constantFrom('care', 'care', 'intervention', 'investigation'),
        from: instant,
        until: maybe(instant),
      }),
    ),
  ),
  emergencies: maybe(
    list(
      fc.tuple(unit, period).map(([of, { from, until }]) => ({
        id: RELATED_ID,
        staff: staffAt(of).employeeHsaId,
        unit: of.hsaId,
        from,
        until: until ?? at(START + 9 * DAY),
        reason: 'fara',
        consentUnobtainable: true,
        patientCannotLift: true,
      })),
      2,
    ),
  ),
  plan,
});

const born = (birthDate: string, fields: Partial<PatientFacts> = {}): Partial<Facts> => ({
  patient: { birthDate, protection: 'none', ...fields },
});
const is = (kind: 'guardian' | 'proxy' | 'relative' | 'legal-representative'): Partial<Facts> => ({
  isSelf: false,
  related: [{ id: RELATED_ID, kind, decisionReference: 'Ä 1-26' }],
});
const LONG_AGO = at(START - 9 * DAY);
const opened = (opensFor: 'child' | 'guardian'): Partial<Facts> => ({
  unitDecisions: [{ unit: UNITS.healthCentre.hsaId, opensFor, from: LONG_AGO }],
});

const inEmergency: Partial<Facts> = {
  consents: [],
  emergencies: units.map((of) => ({
    id: RELATED_ID,
    staff: staffAt(of).employeeHsaId,
    unit: of.hsaId,
    from: LONG_AGO,
    until: at(START + 9 * DAY),
    reason: 'fara',
    consentUnobtainable: true,
    patientCannotLift: true,
  })),
};

/** What chance alone seldom puts together, so that every ground and reason is met; often nothing at all. */
const RARE: readonly Partial<Facts>[] = [
  ...Array.from({ length: 8 }, () => ({})),
  inEmergency,
  { ...born('2018-05-01'), ...is('guardian') },
  { ...born('2012-05-01'), ...is('guardian'), ...opened('guardian') },
  { ...born('2012-05-01'), isSelf: true, ...opened('child') },
  { ...born('2010-11-16'), isSelf: true },
  { ...born('1984-04-20'), ...is('legal-representative') },
  { ...born('1984-04-20'), ...is('proxy'), settings: { ...DEFAULT_LAW_SETTINGS, proxyMayRead: true } },
  { ...born('1984-04-20'), ...is('relative'), settings: { ...DEFAULT_LAW_SETTINGS, relativeSeesOwnSteps: true } },
  { ...born('2018-05-01', { inability: [{ kind: 'child', from: LONG_AGO }] }), consents: [] },
  {
    ...born('1930-05-01', { inability: [{ kind: 'lasting', from: LONG_AGO, noReasonToObject: true }] }),
    consents: [],
  },
];

const PARTS = [
  'now',
  'settings',
  'isSelf',
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
  'plan',
] as const;

/** Facts of one request, the acting unit left out: it belongs to the actor. Mostly a world in order but for some parts. */
export const facts: fc.Arbitrary<Facts> = fc
  .tuple(wildFacts, fc.subarray([...PARTS], { maxLength: 6 }), fc.integer({ min: 0, max: 3 }))
  .map(([wild, parts, order]) =>
    order === 0 ? wild : { ...FACTS, ...Object.fromEntries(parts.map((part) => [part, wild[part]])) },
  )
  .chain((some) => fc.constantFrom(...RARE).map((rare) => ({ ...some, ...rare })))
  // Nothing is known of a person who is not there.
  .map((some) => (some.patientKnown ? some : { ...some, patient: undefined }));

/** Anyone who may ask, with the acting unit that the directory knows. */
export const asker: fc.Arbitrary<{ readonly actor: Actor; readonly actorUnit?: UnitFacts }> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(unit, fc.constantFrom(undefined, undefined, ALL_RIGHTS, ['Läsa;alla;VE'], []))
      .map(([of, rights]) => ({ actor: staffAt(of, rights), actorUnit: of })),
  },
  { weight: 3, arbitrary: fc.constant({ actor: CITIZEN }) },
  { weight: 1, arbitrary: unit.map((of) => ({ actor: systemOf(of) })) },
);

export const contribution: fc.Arbitrary<ContributionFacts> = fc
  .tuple(
    unit,
    fc.record({
      kind: fc.constantFrom('step', 'step', 'goal', 'plan', 'named-contact'),
      legalBasis: maybe(fc.constantFrom('HSL', 'SoL')),
      approvedForPatient: fc.constantFrom(true, true, true, false),
      unsignedSince: maybe(instant),
      enteredInError: fc.constantFrom(false, false, false, true),
      writtenAt: maybe(instant),
      changedAt: maybe(instant),
      underTwoSix: fc.constantFrom(false, false, false, true),
      writtenUnderProtection: fc.constantFrom(false, false, false, true),
      duties: list(
        fc.record({
          state: fc.constantFrom('asked', 'accepted', 'accepted'),
          unit: maybe(unit.map(({ hsaId }) => hsaId)),
          relatedPersonId: maybe(fc.constant(RELATED_ID)),
        }),
        2,
      ),
      copies: maybe(
        list(
          fc.record({
            unit: maybe(unit.map(({ hsaId }) => hsaId)),
            provider: maybe(unit.map(({ provider }) => provider.hsaId)),
            at: instant,
            whole: maybe(fc.boolean()),
          }),
          2,
        ),
      ),
    }),
  )
  .map(([of, fields]) => ({
    ...fields,
    ownerUnit: of.hsaId,
    ownerProvider: of.provider.hsaId,
    outline: fields.kind === 'plan' || fields.kind === 'named-contact' ? true : undefined,
  }));
