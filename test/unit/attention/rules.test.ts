import { describe, expect, it, test } from 'vitest';
import { differenceOf, findAll } from '../../../src/attention/domain/find.ts';
import type { Candidate, Finding } from '../../../src/attention/domain/finding.ts';
import type { Look } from '../../../src/attention/domain/look.ts';
import { DEFAULT_ATTENTION, RULE_NAMES, RULES, type RuleName } from '../../../src/attention/domain/rule-list.ts';
import type { Consent } from '../../../src/consents/domain/model.ts';
import type { Feedback, Handover, PlanContent } from '../../../src/plans/domain/model.ts';
import type { UnitFacts } from '../../../src/shared/unit-facts.ts';
import { contentOf, followUp, id, instant, namedContact, plan, report, step, tst } from '../plans/plan-builder.ts';

const SEEN_TO = { 'named-contact': [namedContact(80)], 'follow-up': [followUp(81)] };
const { planId: _none, ...owned } = step(90);

function look(now: string, content: Partial<PlanContent>, more: Partial<Look> = {}): Look {
  return {
    now: Date.parse(instant(now)),
    content: contentOf({ plan: [plan(1)], ...SEEN_TO, ...content }),
    consents: [],
    stays: [],
    units: new Map(),
    staff: new Map(),
    deceased: false,
    settings: DEFAULT_ATTENTION,
    ...more,
  };
}

const rulesIn = (at: Look): RuleName[] => findAll(at).now.map(({ rule }) => rule);

function handover(fields: Partial<Handover>): Handover {
  return {
    ...{ ...owned, id: id(60), planId: id(1), of: 'step', aboutId: id(10), state: 'offered' },
    ...{ fromUnit: tst('0201'), toUnit: tst('0302'), answerBy: instant('2026-11-23T12:00+01:00') },
    ...{ answerRule: { name: 'days' }, escalateTo: tst('0101'), offeredAt: instant('2026-11-20T16:00+01:00') },
    ...{ forwarded: [] },
    ...fields,
  } as Handover;
}

function feedback(fields: Partial<Feedback>): Feedback {
  const between = { fromUnit: tst('0201'), toUnit: tst('0302'), text: 'Inte hos oss' };
  return {
    ...owned,
    id: id(61),
    planId: id(1),
    aboutId: id(10),
    what: 'wrong-receiver',
    ...between,
    ...fields,
  } as Feedback;
}

function consent(fields: Partial<Consent> = {}): Consent {
  return {
    ...{ ...owned, id: id(70), type: 'read-care', state: 'given', form: 'oral', data: 'Planen', purpose: 'Planera' },
    ...{ recipient: { kind: 'provider', hsaId: tst('K01') }, takenBy: { name: 'Maj' } },
    ...{ from: instant('2026-11-01T00:00+01:00'), until: instant('2026-12-15T00:00+01:00') },
    ...fields,
  } as Consent;
}

const CLOSED = new Map([[tst('0302'), { hsaId: tst('0302'), active: false } as UnitFacts]]);
const LEFT = new Map([[tst('P1'), { hsaId: tst('P1'), active: false }]]);
const DAILY = { form: 'recurring', series: { every: 'day', interval: 1, startsOn: '2026-11-16' } } as const;

/** Each rule: what it looks at, the last moment when nothing has fallen, and the first when something has. */
const CASES: readonly (readonly [RuleName, Partial<PlanContent>, string, string, Partial<Look>?])[] = [
  [
    'step-not-answered',
    { step: [step(10, { state: 'proposed', responsibleParty: { kind: 'region', unit: tst('0302') } })] },
    '2026-11-19T08:59:59+01:00',
    '2026-11-19T09:00+01:00',
  ],
  [
    'step-not-answered',
    { step: [step(10, { state: 'proposed', responsibleParty: { kind: 'patient' } })] },
    '2026-11-19T08:59:59+01:00',
    '2026-11-19T09:00+01:00',
  ],
  [
    'step-not-answered',
    { step: [step(10, { state: 'wished' })] },
    '2026-11-19T08:59:59+01:00',
    '2026-11-19T09:00+01:00',
  ],
  [
    'step-not-answered',
    { step: [step(10, { state: 'proposed', askedAt: instant('2026-11-20T10:00+01:00') })] },
    '2026-11-23T09:59:59+01:00',
    '2026-11-23T10:00+01:00',
  ],
  ['handover-not-received', { handover: [handover({})] }, '2026-11-23T12:00+01:00', '2026-11-23T12:00:01+01:00'],
  [
    'handover-not-accepted',
    { handover: [handover({ state: 'received' })] },
    '2026-11-23T12:00+01:00',
    '2026-11-23T12:00:01+01:00',
  ],
  ['step-without-date', { step: [step(10)] }, '2026-11-18T08:59:59+01:00', '2026-11-18T09:00+01:00'],
  [
    'due-date-passed',
    { step: [step(10, { time: { form: 'latest-by', by: '2026-11-20' } })] },
    '2026-11-20T23:59:59+01:00',
    '2026-11-21T00:00+01:00',
  ],
  [
    'two-occurrences-missed',
    { step: [step(10, { time: DAILY })], report: [report(20, 10, { occurrence: '2026-11-16' })] },
    '2026-11-18T23:59:59+01:00',
    '2026-11-19T00:00+01:00',
  ],
  [
    // Every third month: 16 November and 16 February.
    'two-occurrences-missed',
    {
      step: [
        step(10, { time: { form: 'recurring', series: { every: 'month', interval: 3, startsOn: '2026-11-16' } } }),
      ],
    },
    '2027-02-16T23:59:59+01:00',
    '2027-02-17T00:00+01:00',
  ],
  [
    'responsible-person-inactive',
    { 'named-contact': [namedContact(80, { away: [{ from: '2026-11-20', to: '2026-11-27' }] })] },
    '2026-11-19T23:59:59+01:00',
    '2026-11-20T00:00+01:00',
  ],
  ['no-patient-contact', {}, '2027-02-14T08:59:59+01:00', '2027-02-14T09:00+01:00'],
  ['consent-expiring', {}, '2026-11-30T23:59:59+01:00', '2026-12-01T00:00+01:00', { consents: [consent()] }],
  [
    'each-believes-the-other',
    {
      step: [step(10, { time: { form: 'latest-by', by: '2027-01-01' } })],
      handover: [handover({ state: 'returned', answeredAt: instant('2026-11-18T10:00+01:00') })],
    },
    '2026-11-20T09:59:59+01:00',
    '2026-11-20T10:00+01:00',
  ],
  [
    'withdrawal-not-explained',
    {
      plan: [
        plan(1, {
          status: 'on-hold',
          onHold: { reason: 'Samtycke', decidesUnit: tst('0201'), explainBy: instant('2026-11-17T12:00+01:00') },
        }),
      ],
    },
    '2026-11-17T12:00+01:00',
    '2026-11-17T12:00:01+01:00',
  ],
];

describe('each rule finds from its moment and not before', () => {
  test.each(
    CASES.map(([rule, content, before, from, more = {}]) => [rule, content, before, from, more] as const),
  )('%s', (rule, content, before, from, more) => {
    const early = look(before, content, more);
    expect(rulesIn(early)).not.toContain(rule);
    expect(findAll(early).lookAgainAt).toBeLessThanOrEqual(Date.parse(instant(from)));
    expect(rulesIn(look(from, content, more))).toContain(rule);
  });
});

const AT = '2026-11-16T12:00+01:00';
const ALWAYS: readonly (readonly [RuleName, Partial<PlanContent>, Partial<Look>?])[] = [
  ['no-named-contact', { 'named-contact': [] }],
  ['no-follow-up-date', { 'follow-up': [] }],
  ['responsible-unit-inactive', { step: [step(10, { responsibleNow: tst('0302') })] }, { units: CLOSED }],
  ['responsible-unit-inactive', { 'named-contact': [namedContact(80, { unit: tst('0302') })] }, { units: CLOSED }],
  ['responsible-unit-inactive', { 'follow-up': [followUp(81, { responsibleUnit: tst('0302') })] }, { units: CLOSED }],
  ['responsible-unit-inactive', { plan: [plan(1, { leadUnit: tst('0302') })] }, { units: CLOSED }],
  [
    'responsible-person-inactive',
    {
      step: [
        step(10, {
          performer: { staff: tst('P1'), name: 'Maj' },
          deputy: { staff: tst('P1'), name: 'Maj' },
          time: DAILY,
        }),
      ],
    },
    { staff: LEFT },
  ],
  [
    'responsible-person-inactive',
    { 'named-contact': [namedContact(80, { person: { staff: tst('P1'), name: 'Maj' } })] },
    { staff: LEFT },
  ],
  [
    'responsible-person-inactive',
    { step: [step(10, { performer: { staff: tst('P1'), name: 'Maj' }, time: DAILY })] },
    { staff: LEFT },
  ],
];
test.each(
  ALWAYS.map(([rule, content, more = {}]) => [rule, content, more] as const),
)('%s is found at once', (rule, content, more) => {
  expect(rulesIn(look(AT, content, more))).toContain(rule);
});

/** What keeps a rule from finding, at a moment when it otherwise would have. */
const SPARED: readonly (readonly [string, RuleName, Partial<PlanContent>, Partial<Look>?])[] = [
  [
    'a person plainly not needed',
    'no-named-contact',
    { 'named-contact': [namedContact(80, { state: 'plainly-unneeded' })] },
  ],
  [
    "the patient's own passed time",
    'due-date-passed',
    { step: [step(10, { responsibleParty: { kind: 'patient' }, time: { form: 'latest-by', by: '2026-11-17' } })] },
  ],
  ['a step that depends on something', 'step-without-date', { step: [step(10, { condition: 'Om vikten ökar' })] }],
  [
    'a deputy',
    'responsible-person-inactive',
    {
      'named-contact': [
        namedContact(80, {
          away: [{ from: '2026-11-17', to: '2027-11-27' }],
          deputy: { name: 'Nils', unit: tst('0201') },
        }),
      ],
    },
  ],
  [
    'one that was done in between',
    'two-occurrences-missed',
    {
      step: [step(10, { time: { ...DAILY, series: { ...DAILY.series, endsOn: '2026-11-18' } } })],
      report: [report(20, 10, { occurrence: '2026-11-17' })],
    },
  ],
  [
    'a consent after it',
    'consent-expiring',
    {},
    { consents: [consent(), consent({ id: id(71), until: instant('2028-01-01T00:00+01:00') })] },
  ],
  [
    'a reply',
    'each-believes-the-other',
    { step: [step(10)], feedback: [feedback({}), feedback({ id: id(62), what: 'reply', answers: id(61) })] },
  ],
  [
    'a new offer',
    'each-believes-the-other',
    {
      step: [step(10)],
      handover: [
        handover({ state: 'returned', answeredAt: instant('2026-11-17T10:00+01:00') }),
        handover({ id: id(63) }),
      ],
    },
  ],
  ['a death', 'no-named-contact', { 'named-contact': [] }, { deceased: true }],
  ['a plan that has ended', 'no-named-contact', { plan: [plan(1, { status: 'completed' })], 'named-contact': [] }],
];
test.each(
  SPARED.map(([why, rule, content, more = {}]) => [why, rule, content, more] as const),
)('%s spares from %s', (_why, rule, content, more) => {
  expect(rulesIn(look('2027-01-10T12:00+01:00', content, more))).not.toContain(rule);
});

it('looks again within a day while a plan is at work, and not by the clock when none is', () => {
  const at = look(AT, {});
  expect(findAll(at).lookAgainAt).toBe(at.now + 86_400_000);
  expect(findAll(look(AT, { plan: [plan(1, { status: 'draft' })] })).lookAgainAt).toBeUndefined();
});

it('has an owner that is at work also when the lead, who made the plan, is no more', () => {
  const closed = plan(1, { leadUnit: tst('0302'), createdByUnit: tst('0302') });
  const { now } = findAll(look(AT, { plan: [closed], step: [step(10, { time: DAILY })] }, { units: CLOSED }));
  expect(now.find(({ subjectKind }) => subjectKind === 'plan')).toMatchObject({ ownerUnit: tst('0201') });
});

it('is the lead’s to see to when the unit whose it would be is no more', () => {
  const late = step(10, { responsibleNow: tst('0302'), time: { form: 'latest-by', by: '2026-11-17' } });
  const asked = handover({ toUnit: tst('0301'), escalateTo: tst('0302') });
  const { now } = findAll(look('2026-11-24T12:00+01:00', { step: [late], handover: [asked] }, { units: CLOSED }));
  const owners = now.filter(({ rule }) => rule === 'due-date-passed' || rule === 'handover-not-received');
  expect(owners.map(({ ownerUnit }) => ownerUnit)).toEqual([tst('0201'), tst('0201')]);
});

it('keeps what was missed twice when one still to come is skipped, and however seldom it comes', () => {
  const skipped = report(20, 10, { occurrence: '2026-11-19', outcome: 'skipped' });
  const daily = look('2026-11-18T12:00+01:00', { step: [step(10, { time: DAILY })], report: [skipped] });
  expect(rulesIn(daily)).toContain('two-occurrences-missed');
  const seldom = { form: 'recurring', series: { every: 'month', interval: 3, startsOn: '2026-11-16' } } as const;
  expect(rulesIn(look('2027-05-10T12:00+01:00', { step: [step(10, { time: seldom })] }))).toContain(
    'two-occurrences-missed',
  );
});

it('says that feedback of a wrong receiver has been left lying, by the one who has the step', () => {
  const content = { step: [step(10)], feedback: [feedback({ createdAt: instant('2026-11-17T10:00+01:00') })] };
  expect(rulesIn(look('2026-11-19T10:00+01:00', content))).toContain('each-believes-the-other');
});

it('compares what holds with what is known: new once, ended when gone, explained left alone, moved with its owner', () => {
  const one = findAll(look(AT, { 'follow-up': [] })).now[0] as Candidate;
  const known = { ...one, state: 'open' } as unknown as Finding;
  expect(differenceOf([one, one], [])).toMatchObject({ fresh: [one], ended: [], moved: [] });
  expect(differenceOf([one], [known])).toEqual({ fresh: [], ended: [], moved: [] });
  expect(differenceOf([one], [{ ...known, state: 'explained' }]).fresh).toEqual([]);
  expect(differenceOf([], [known]).ended).toEqual([known]);
  expect(differenceOf([{ ...one, ownerUnit: tst('0302') }], [known]).moved).toEqual([
    { finding: known, ownerUnit: tst('0302') },
  ]);
});

it('has words in Swedish for every rule', () => {
  for (const name of RULE_NAMES) {
    expect(RULES[name].title).toMatch(/^\p{Lu}/u);
    expect(RULES[name].explanation).toMatch(/\.$/);
  }
});
