import {
  AGREEMENT_STATES,
  COMMITMENT_STATES,
  CONTACT_ROLES,
  CONTACT_STATES,
  FEEDBACK_KINDS,
  type Feedback,
  GOAL_STATES,
  HANDOVER_DUTIES,
  HANDOVER_STATES,
  type Handover,
  PARTICIPANT_STATES,
  type Participant,
  type Party,
  type Plan,
  type PlanContent,
  REPORT_OUTCOMES,
  SEVEN_STATEMENTS,
  type SelfCareAssessment,
  STEP_STATES,
  type Step,
  type StepTime,
  WAYS,
} from '../../../src/plans/domain/model.ts';
import {
  agreementAct,
  agreementVersion,
  commitment,
  contentOf,
  followUp,
  goal,
  id,
  namedContact,
  plan,
  receipt,
  remark,
  report,
  safetyNetItem,
  step,
  tst,
  whatMatters,
} from '../plans/plan-builder.ts';

/** Text that means something where it should not: markup, entities, quotes, other alphabets, line breaks. */
export const NASTY = `</div><script>alert('1')</script> & "x" <b onclick=y>å\u00a0ö\u200f\n\t${'x'.repeat(200)} ${'\ud83d\ude80'}`;

const PARTIES: readonly Party[] = [
  { kind: 'patient' },
  { kind: 'relative', relatedPersonId: id(99) },
  { kind: 'region', unit: tst('0201') },
  { kind: 'municipality-health', unit: tst('0302') },
  { kind: 'other', unit: tst('0999') },
  { kind: 'other', name: NASTY },
];

const TIMES: readonly (StepTime | undefined)[] = [
  undefined,
  { form: 'fixed', start: '2026-11-24T12:00:00.000Z', changeable: { byPatient: true, how: NASTY } },
  {
    form: 'fixed',
    start: '2026-11-24T12:00:00.000Z',
    end: '2026-11-24T13:00:00.000Z',
    changeable: { byPatient: false },
  },
  { form: 'window', from: '2026-11-24', to: '2026-11-25T10:00:00.000Z' },
  { form: 'latest-by', by: '2026-11-22' },
  { form: 'patient-books', link: 'https://example.org/boka', by: '2026-11-30' },
  { form: 'as-needed', by: '2026-12-01' },
  { form: 'waiting-list', expected: '2027-02-01' },
  {
    form: 'recurring',
    series: {
      every: 'week',
      interval: 2,
      weekdays: ['mon', 'thu'],
      startsOn: '2026-11-16',
      endsOn: '2027-01-31',
      timeOfDay: '07:30',
      exceptions: [{ on: '2026-11-19', cancelled: true }],
    },
  },
];

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);

function steps(): Step[] {
  const all = STEP_STATES.flatMap((state) => TIMES.map((time) => ({ state, time })));
  return all.map(({ state, time }, n) => {
    const responsibleParty = PARTIES[n % PARTIES.length]!;
    return step(1000 + n, {
      state,
      responsibleParty,
      ...(time && { time }),
      title: n % 3 === 0 ? NASTY : `Steg ${n}`,
      ...(n % 2 === 0 && { patientText: NASTY, clinicalText: NASTY, condition: NASTY, reason: NASTY }),
      ...(n % 4 === 0 && { agreedLatest: '2026-12-01' }),
      ...(n > 0 && { predecessors: [id(1000 + n - 1)] }),
      ...(n % 5 === 0 && { way: { kind: WAYS[n % WAYS.length]!, place: NASTY, careLevel: ' ' } }),
      ...(n % 6 === 0 && { performer: { staff: tst('P1'), name: 'Skyddad Person' } }),
      ...(n % 7 === 0 && { externalId: { source: 'journal å', id: `x-${n}` } }),
      approvedForPatient: n % 8 !== 0,
      enteredInError: state === 'entered-in-error',
    });
  });
}

const assessment = (n: number): SelfCareAssessment => ({
  ...goal(n),
  stepId: id(1000),
  assessor: { staff: tst('P1'), name: 'Namn', profession: 'Sjuksköterska' },
  unit: tst('0201'),
  assessedOn: '2026-11-16',
  reviewOn: '2027-01-16',
  helpNeeded: NASTY,
  ifItFails: ' ',
});

function handovers(): Handover[] {
  return HANDOVER_STATES.flatMap((state, n) =>
    HANDOVER_DUTIES.map((of, m) => ({
      ...goal(5000 + n * 10 + m),
      of,
      aboutId: of === 'step' ? id(1000) : of === 'named-contact' ? id(3000) : id(1),
      state,
      fromUnit: tst('0201'),
      toUnit: tst('0302'),
      needs: NASTY,
      answerBy: '2026-11-25T12:00:00.000Z',
      answerRule: { name: 'usual' },
      escalateTo: tst('0201'),
      offeredAt: '2026-11-16T08:00:00.000Z',
      ...(m === 0 && { reason: NASTY, missing: NASTY }),
      forwarded: [],
    })),
  );
}

function feedback(): Feedback[] {
  const about = [id(1000), id(5000), id(1000)];
  const told = FEEDBACK_KINDS.map((what, n) => ({ what, n, aboutId: about[n % about.length]! }));
  const first = told.map(({ what, n, aboutId }) => ({
    ...goal(5500 + n),
    aboutId,
    what,
    fromUnit: tst('0302'),
    toUnit: tst('0201'),
    text: NASTY,
  }));
  return [
    ...first,
    { ...first[0]!, id: id(5590), what: 'reply', answers: id(5500), fromUnit: tst('0201'), toUnit: tst('0302') },
  ];
}

function participants(): Participant[] {
  return PARTICIPANT_STATES.flatMap((state, n) =>
    PARTIES.map((party, m) => ({
      ...goal(2500 + n * 10 + m),
      party,
      state,
      invitedAt: '2026-11-16T08:00:00.000Z',
      ...(state !== 'invited' && { answeredAt: '2026-11-17T08:00:00.000Z' }),
      ...(m === 0 && { role: NASTY }),
      enteredInError: state === 'entered-in-error',
    })),
  );
}

/** A plan with something of every kind, in every state, form and role, and with the words that are hardest to tell. */
export function maximalPlan(header: Partial<Plan> = {}): PlanContent {
  const contacts = CONTACT_ROLES.flatMap((role, n) =>
    CONTACT_STATES.map((state, m) =>
      namedContact(3000 + n * 10 + m, {
        role,
        state,
        unit: m % 3 === 0 ? undefined : tst('0201'),
        ...(m % 2 === 0 && { person: { staff: tst('P1'), name: 'Skyddad Person' } }),
        ...(m % 4 === 0 && { deputy: { name: NASTY, unit: tst('0302') }, reason: NASTY, from: '2026-11-16' }),
        away: m === 1 ? [{ from: '2026-11-20', to: '2026-11-22' }] : [],
      }),
    ),
  );
  return contentOf({
    plan: [plan(1, { title: NASTY, purpose: NASTY, periodFrom: '2026-11-16', periodTo: '2027-11-16', ...header })],
    'what-matters': [whatMatters(10, NASTY), { ...whatMatters(11, 'x'), ownResources: NASTY, enteredInError: true }],
    goal: GOAL_STATES.map((state, n) =>
      goal(20 + n, { state, text: NASTY, clinicalText: NASTY, targetOn: '2027-01-01' }),
    ),
    'named-contact': contacts,
    participant: participants(),
    step: steps(),
    report: REPORT_OUTCOMES.flatMap((outcome, n) =>
      range(0, 12).map((m) =>
        report(4000 + n * 20 + m, 1000 + m, {
          outcome,
          note: NASTY,
          ...(m % 2 === 0 && { value: { amount: 71.5, unit: 'kg' }, patientText: NASTY }),
          ...(outcome === 'not-done' && { reason: 'no-staff' }),
        }),
      ),
    ),
    'self-care-assessment': [assessment(4500)],
    commitment: COMMITMENT_STATES.map((state, n) =>
      commitment(4600 + n, { state, text: NASTY, by: PARTIES[n % PARTIES.length]!, due: '2026-12-24' }),
    ),
    'safety-net-item': (['green', 'yellow', 'red'] as const).map((level, n) =>
      safetyNetItem(4700 + n, { level, sign: NASTY, advice: NASTY }),
    ),
    'agreement-version': AGREEMENT_STATES.map((state, n) => agreementVersion(4800 + n, { state, version: n + 1 })),
    'agreement-act': PARTIES.map((party, n) =>
      agreementAct(4900 + n, { party, act: n % 2 === 0 ? 'approval' : 'reservation', text: NASTY }),
    ),
    receipt: [
      receipt(4950, { answers: Object.fromEntries(SEVEN_STATEMENTS.map((one, n) => [one, n % 2 === 0])) }),
      receipt(4951, { side: 'staff' }),
    ],
    'follow-up': [followUp(4960), followUp(4961, { doneOn: '2026-11-20', outcome: NASTY, story: NASTY, rating: 5 })],
    link: [
      { ...goal(4970), to: 'other', title: NASTY, url: 'https://example.org/?a=1&b=å' } as never,
      { ...goal(4971), to: 'plan', title: ' ', reference: NASTY } as never,
    ],
    remark: (['comment', 'question', 'objection', 'another-time', 'disagreement', 'answer'] as const).map((what, n) =>
      remark(4980 + n, { what, text: NASTY, aboutId: n % 2 ? id(1000) : undefined, wishedTime: NASTY }),
    ),
    handover: handovers(),
    feedback: feedback(),
  });
}
