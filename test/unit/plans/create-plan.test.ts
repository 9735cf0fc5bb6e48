import { describe, expect, it, test } from 'vitest';
import { type CreatePlan, createPlan } from '../../../src/plans/domain/create-plan.ts';
import type { Plan, Step } from '../../../src/plans/domain/model.ts';
import { partyKey } from '../../../src/plans/domain/party.ts';
import { NO_CONTENT } from '../../../src/plans/domain/plan-in-hand.ts';
import { allowedStepMoves } from '../../../src/plans/domain/step-state.ts';
import {
  actOf,
  CENTRE,
  DAUGHTER,
  ELSEWHERE,
  fieldsOf,
  HEART,
  HOME_HELP,
  KOMMUN,
  NURSING,
  PATIENT_PARTY,
  partyOf,
  planCommand,
  refusal,
  refused,
  SCHOOL,
  SHOWN,
  SOCIAL,
  Story,
  UNITS,
  WARD,
} from './acting.ts';

const MAJ = { ref: 'maj', role: 'fast-vardkontakt', unit: CENTRE, person: { name: 'Maj Modell' }, ...SHOWN } as const;

function creates(fields: Partial<CreatePlan>, by = CENTRE) {
  return createPlan(NO_CONTENT, UNITS, planCommand(fields), actOf(by));
}

/** Ester's plan, in one call. */
const ESTER: Partial<CreatePlan> = {
  kind: 'SIP',
  status: 'proposed',
  title: 'Hem till min stol vid fönstret',
  planningLead: { name: 'Maj Modell' },
  noMeasuresByOthers: true,
  whatMatters: [{ text: 'Jag vill hem till min stol vid fönstret.', ...SHOWN }],
  goals: [{ text: 'Gå till brevlådan', whose: 'patient', ...SHOWN }],
  namedContacts: [MAJ, { role: 'fast-omsorgskontakt', unit: HOME_HELP, ...SHOWN }],
  participants: [
    { party: partyOf(CENTRE), role: 'Vårdcentral', ...SHOWN },
    { party: DAUGHTER, role: 'Dotter', ...SHOWN },
  ],
  steps: [
    { ref: 'ring', title: 'Ring Ester', contact: { namedContactRef: 'maj' }, predecessors: ['hem'], ...SHOWN },
    { ref: 'hem', title: 'Hemgång', responsibleParty: partyOf(WARD), ...SHOWN },
    {
      title: 'Väga mig',
      responsibleParty: PATIENT_PARTY,
      healthMeasure: true,
      ownYes: { method: 'oral' },
      assessment: {
        assessor: { staff: `${CENTRE}P1`, name: 'Maj Modell', profession: 'distriktssköterska' },
        assessedOn: '2026-11-20',
        reviewOn: '2027-05-20',
        helpNeeded: 'Ingen',
        ifItFails: 'Ring Maj',
        ...SHOWN,
      },
      ...SHOWN,
    },
    { title: 'Viktkontroll', responsibleParty: partyOf(NURSING), predecessors: ['hem', 'ring'], ...SHOWN },
  ],
  commitments: [
    { by: partyOf(CENTRE), to: PATIENT_PARTY, text: 'Ringer tillbaka samma dag', ...SHOWN },
    { by: partyOf(HOME_HELP), to: PATIENT_PARTY, text: 'Skriver upp vikten', ...SHOWN },
  ],
  safetyNet: [
    {
      level: 'yellow',
      sign: 'Vikten upp',
      advice: 'Ring Maj',
      call: { day: { namedContactRef: 'maj' }, night: { unit: NURSING } },
      ...SHOWN,
    },
  ],
  followUps: [{ plannedOn: '2026-12-11', ...SHOWN }],
  links: [{ to: 'booking', title: 'Boka', url: 'https://exempel.test/', ...SHOWN }],
};

describe('a whole plan in one call', () => {
  it('holds everything, each thing new and once, the plan first', () => {
    const changes = creates(ESTER);
    expect(changes[0]).toMatchObject({
      kind: 'plan',
      after: { status: 'proposed', language: 'sv', leadUnit: CENTRE, createdByUnit: CENTRE },
    });
    expect(changes.every(({ before, after }) => before === undefined && after.revision === 1)).toBe(true);
    expect(new Set(changes.map(({ after }) => after.id)).size).toBe(changes.length);
    const kinds = new Map<string, number>();
    for (const { kind } of changes) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    expect(Object.fromEntries(kinds)).toEqual({
      plan: 1,
      participant: 6,
      'what-matters': 1,
      goal: 1,
      'named-contact': 2,
      step: 4,
      'self-care-assessment': 1,
      commitment: 2,
      'safety-net-item': 1,
      'follow-up': 1,
      link: 1,
    });
  });

  it('lets items name each other, in any order', () => {
    const story = new Story(ESTER);
    const [ring, hem, , control] = story.all('step');
    const maj = story.all('named-contact')[0]!;
    expect(ring).toMatchObject({ predecessors: [hem!.id], contact: { namedContactId: maj.id }, order: 1 });
    expect(control).toMatchObject({ predecessors: [hem!.id, ring!.id], order: 4 });
    expect(story.only('safety-net-item').call).toEqual({ day: { namedContactId: maj.id }, night: { unit: NURSING } });
    expect(JSON.stringify(story.hand.content)).not.toContain('Ref');
    expect(ring).not.toHaveProperty('ref');
  });

  it('makes nobody responsible by the call: who is asked is invited', () => {
    const story = new Story(ESTER);
    expect(
      story.all('participant').map((one) => `${partyKey(one.party)} ${one.state} ${one.role ?? ''}`.trim()),
    ).toEqual([
      `unit:${CENTRE} accepted Vårdcentral`,
      'patient invited',
      `${partyKey(DAUGHTER)} invited Dotter`,
      `unit:${WARD} invited`,
      `unit:${NURSING} invited`,
      `unit:${HOME_HELP} invited`,
    ]);
    expect(story.all('step').map(({ state, responsibleNow }) => `${state} ${responsibleNow}`)).toEqual([
      `agreed ${CENTRE}`,
      `proposed ${CENTRE}`,
      `agreed ${CENTRE}`,
      `proposed ${CENTRE}`,
    ]);
    expect(story.all('named-contact').map(({ state, isPrimary }) => `${state} ${isPrimary}`)).toEqual([
      'designated true',
      'requested false',
    ]);
    expect(story.all('commitment').map((one) => one.state)).toEqual(['accepted', 'proposed']);
  });

  it('is as good with twenty steps and eight participants', () => {
    const units = [CENTRE, WARD, HEART, NURSING, HOME_HELP, SOCIAL, SCHOOL, ELSEWHERE];
    const steps = Array.from({ length: 20 }, (_, n) => ({
      ref: `s${n}`,
      title: `Steg ${n}`,
      responsibleParty: partyOf(units[n % 8]!),
      predecessors: n === 0 ? [] : [`s${n - 1}`],
      ...SHOWN,
    }));
    const story = new Story({ steps });
    expect(story.all('step')).toHaveLength(20);
    expect(story.all('participant')).toHaveLength(9);
    expect(story.all('step').every((step: Step) => step.responsibleNow === CENTRE)).toBe(true);
    expect(story.all('step').every((step: Step) => allowedStepMoves(step).length > 0)).toBe(true);
  });

  test.each<[string, Partial<CreatePlan>, string, string]>([
    [
      'a circle of steps',
      {
        steps: [
          { ref: 'a', title: 'A', predecessors: ['b'], ...SHOWN },
          { ref: 'b', title: 'B', predecessors: ['a'], ...SHOWN },
        ],
      },
      'step-order-circle',
      'steps[0].predecessors',
    ],
    [
      'a step before itself',
      {
        steps: [
          { title: 'A', ...SHOWN },
          { ref: 'b', title: 'B', predecessors: ['b'], ...SHOWN },
        ],
      },
      'step-order-circle',
      'steps[1].predecessors',
    ],
    [
      'a name that nobody has',
      { steps: [{ title: 'A', predecessors: ['x'], ...SHOWN }] },
      'unknown-reference',
      'steps[0].predecessors[0]',
    ],
    [
      'a name that two have',
      {
        steps: [
          { ref: 'a', title: 'A', ...SHOWN },
          { ref: 'a', title: 'B', ...SHOWN },
        ],
      },
      'unknown-reference',
      'steps[1].ref',
    ],
    [
      'a contact that nobody is',
      { steps: [{ title: 'A', contact: { namedContactRef: 'x' }, ...SHOWN }] },
      'unknown-reference',
      'steps[0].contact.namedContactRef',
    ],
    [
      'a contact to call that nobody is',
      { safetyNet: [{ level: 'red', sign: 'S', advice: 'A', call: { night: { namedContactRef: 'x' } }, ...SHOWN }] },
      'unknown-reference',
      'safetyNet[0].call.night.namedContactRef',
    ],
    [
      'an end before its start',
      {
        steps: [
          { title: 'A', ...SHOWN },
          { title: 'B', time: { form: 'window', from: '2026-12-02', to: '2026-12-01' }, ...SHOWN },
        ],
      },
      'time-not-in-order',
      'steps[1].time.to',
    ],
    [
      'a unit that is not there',
      { participants: [{ party: { kind: 'region', unit: 'SE0000000000-TST7777' }, ...SHOWN }] },
      'party-not-as-registered',
      'participants[0].party.unit',
    ],
    [
      'a link without https',
      { links: [{ to: 'other', title: 'L', url: 'http://x.test', ...SHOWN }] },
      'link-not-allowed',
      'links[0].url',
    ],
    [
      'a period that ends before it begins',
      { periodFrom: '2026-12-02', periodTo: '2026-12-01' },
      'time-not-in-order',
      'periodTo',
    ],
    [
      'an assessment in the future',
      {
        steps: [
          {
            title: 'A',
            responsibleParty: PATIENT_PARTY,
            healthMeasure: true,
            assessment: { ...ESTER.steps![2]!.assessment!, assessedOn: '2026-11-21' },
            ...SHOWN,
          },
        ],
      },
      'time-not-in-order',
      'steps[0].assessment.assessedOn',
    ],
  ])('is refused whole for %s, naming the place in the call', (_what, fields, code, field) => {
    const problem = refused(code, () => creates(fields));
    expect(problem.status).toBe(422);
    expect(fieldsOf(problem)).toEqual([field]);
  });

  it('takes nobody’s yes for granted: another unit’s contact and own yes are refused', () => {
    expect(
      refusal(() => creates({ namedContacts: [{ ...MAJ, unit: HEART, state: 'designated' }] })).definition.code,
    ).toBe('contact-of-another-unit');
    expect(
      refusal(() =>
        creates({ steps: [{ title: 'A', responsibleParty: partyOf(NURSING), ownYes: { method: 'oral' }, ...SHOWN }] }),
      ).definition.code,
    ).toBe('responsibility-by-another');
    refused('already-participant', () =>
      creates({ participants: [DAUGHTER, DAUGHTER].map((party) => ({ party, ...SHOWN })) }),
    );
  });

  it('is a part of the person’s lead plan, unless it is one itself', () => {
    const story = new Story({ status: 'proposed' }).is({ status: 'active' });
    const lead = story.hand.plan.id;
    const kinds = (['SIP', 'OVERENSKOMMELSE', 'SPU', 'VP'] as const).map((kind) => {
      const plan = createPlan(story.hand.content, UNITS, planCommand({ kind }), actOf(NURSING))[0]!.after as Plan;
      return plan.partOf;
    });
    expect(kinds).toEqual([undefined, undefined, lead, lead]);
  });

  it('belongs to its writer, with the principal that it says answers overall', () => {
    const plan = creates({ leadPrincipal: KOMMUN.hsaId }, NURSING)[0]!.after as Plan;
    expect(plan).toMatchObject({
      recordedBy: { unit: NURSING, principal: KOMMUN.hsaId },
      leadUnit: NURSING,
      leadPrincipal: KOMMUN.hsaId,
    });
  });
});
