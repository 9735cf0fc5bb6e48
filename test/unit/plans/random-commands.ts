import fc from 'fast-check';
import { answerAgreement, proposeAgreement } from '../../../src/plans/domain/agreement-commands.ts';
import {
  acceptCommitment,
  addCommitment,
  changeCommitment,
  judgeCommitment,
} from '../../../src/plans/domain/commitment-commands.ts';
import type { Act, Change } from '../../../src/plans/domain/contribution.ts';
import { type CreatePlan, createPlan } from '../../../src/plans/domain/create-plan.ts';
import { addGoal, changeGoal, transitionGoal } from '../../../src/plans/domain/goal-commands.ts';
import { enterInError } from '../../../src/plans/domain/in-error.ts';
import {
  CONTACT_STATES,
  type ContributionKind,
  type ContributionsByKind,
  GOAL_STATES,
  type Party,
  PLAN_STATUSES,
  REPORT_OUTCOMES,
  STEP_STATES,
  type StepTime,
} from '../../../src/plans/domain/model.ts';
import {
  addNamedContact,
  changeNamedContact,
  makePrimary,
  transitionContact,
} from '../../../src/plans/domain/named-contact-commands.ts';
import { answerInvitation, inviteParticipant } from '../../../src/plans/domain/participant-commands.ts';
import { unitOf } from '../../../src/plans/domain/party.ts';
import type { PlanInHand } from '../../../src/plans/domain/plan-in-hand.ts';
import { transitionPlan } from '../../../src/plans/domain/plan-state.ts';
import { answerReceipt } from '../../../src/plans/domain/receipt.ts';
import { addRemark, answerRemark } from '../../../src/plans/domain/remark-commands.ts';
import { reportStep } from '../../../src/plans/domain/report-commands.ts';
import { assessSelfCare } from '../../../src/plans/domain/self-care.ts';
import { addStep } from '../../../src/plans/domain/step-add.ts';
import { acceptStep, declineStep, proposeStep } from '../../../src/plans/domain/step-answer.ts';
import { changeStep } from '../../../src/plans/domain/step-change.ts';
import { transitionStep } from '../../../src/plans/domain/step-move.ts';
import {
  CENTRE,
  consent,
  DAUGHTER,
  HEART,
  HOME_HELP,
  KOMMUN,
  NURSING,
  PATIENT_PARTY,
  partyOf,
  planCommand,
  REGION,
  SHOWN,
  UNITS,
} from './acting.ts';

/** Numbers that a command draws its targets and words from, so that a failing history can be shrunk. */
export interface Draw {
  readonly who: string;
  readonly what: number;
  readonly one: number;
  readonly two: number;
  readonly three: number;
}

export const ACTORS = [CENTRE, NURSING, HOME_HELP, HEART, 'patient'] as const;
const PARTIES = [
  partyOf(CENTRE),
  partyOf(NURSING),
  partyOf(HOME_HELP),
  PATIENT_PARTY,
  DAUGHTER,
  { kind: 'other', name: 'FK' } as const,
];
const TIMES: readonly (StepTime | undefined)[] = [
  undefined,
  { form: 'fixed', start: '2026-12-10T09:00:00.000Z', changeable: { byPatient: true } },
  { form: 'latest-by', by: '2026-12-20' },
  { form: 'recurring', series: { every: 'day', interval: 1, startsOn: '2026-11-16' } },
];
const CONSENTS = [REGION, KOMMUN].map(({ hsaId }) => consent({ kind: 'principal', hsaId }));
const METHODS = ['oral', 'written', undefined] as const;

function pick<T>(from: readonly T[], n: number): T {
  return from[n % from.length]!;
}

/** One of the plan's own things, in error or not; of plans, one of the person's. */
function thing<K extends ContributionKind>(hand: PlanInHand, kind: K, n: number): ContributionsByKind[K] | undefined {
  const all: readonly ContributionsByKind[K][] = hand.content[kind];
  const own = all.filter((one) => !('planId' in one) || one.planId === hand.plan.id);
  return own.length === 0 ? undefined : pick(own, n);
}

type Command = (hand: PlanInHand, draw: Draw, act: Act) => Change[];

/** A command about a thing of some kind; nothing while there is none. */
function about<K extends ContributionKind>(
  kind: K,
  rule: (hand: PlanInHand, one: ContributionsByKind[K], draw: Draw, act: Act) => Change[],
): Command {
  return (hand, draw, act) => {
    const one = thing(hand, kind, draw.one);
    return one ? rule(hand, one, draw, act) : [];
  };
}

const reasoned = { reason: 'Därför', method: 'oral' } as const;

/** Every command, tried by anyone on anything: most are refused, and that is half of what is tested. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  addStep: (hand, { one, two, three }, act) => {
    const before = thing(hand, 'step', two);
    return addStep(
      hand,
      {
        title: `Steg ${one}`,
        responsibleParty: three % 7 === 6 ? undefined : pick(PARTIES, three),
        time: pick(TIMES, one),
        agreedLatest: two % 2 ? '2026-12-05' : undefined,
        healthMeasure: one % 5 === 0,
        predecessors: before && three % 3 === 0 ? [before.id] : [],
        ownYes: one % 4 === 0 ? { method: 'oral' } : undefined,
        ...SHOWN,
      },
      act,
    );
  },
  acceptStep: about('step', (hand, step, { two }, act) => acceptStep(hand, step, { method: pick(METHODS, two) }, act)),
  declineStep: about('step', (hand, step, _draw, act) => declineStep(hand, step, reasoned, act)),
  proposeStep: about('step', (hand, step, { two }, act) =>
    proposeStep(hand, step, { responsibleParty: pick(PARTIES, two) }, act),
  ),
  transitionStep: about('step', (hand, step, { two, three }, act) =>
    transitionStep(hand, step, { ...reasoned, to: pick(STEP_STATES, two), time: pick(TIMES, three) }, act),
  ),
  changeFacts: about('step', (hand, step, { two, three }, act) =>
    changeStep(
      hand,
      step,
      { time: pick(TIMES, two) ?? null, order: three % 5, performer: { name: `P${two % 3}` } },
      act,
    ),
  ),
  changeAgreed: about('step', (hand, step, { two, three }, act) => {
    const latest = pick(['2026-12-01', '2026-12-31', null, undefined], three);
    return changeStep(hand, step, { title: `Titel ${two % 3}`, agreedLatest: latest }, act);
  }),
  changeParty: about('step', (hand, step, { two }, act) =>
    changeStep(hand, step, { responsibleParty: pick(PARTIES, two) }, act),
  ),
  changeOrder: about('step', (hand, step, { two, three }, act) => {
    const before = [thing(hand, 'step', two), thing(hand, 'step', three)].flatMap((one) => one?.id ?? []);
    return changeStep(hand, step, { predecessors: [...new Set(before)] }, act);
  }),
  report: about('step', (hand, step, { two, three }, act) =>
    reportStep(
      hand,
      step,
      {
        outcome: pick(REPORT_OUTCOMES, two),
        occurrence: step.time?.form === 'recurring' ? `2026-11-1${6 + (three % 3)}` : undefined,
        reason: pick(REPORT_OUTCOMES, two) === 'not-done' ? 'other' : undefined,
        performedAt: '2026-11-20T09:00:00.000Z',
        clientKey: `k${three % 9}`,
        nextTime: two % 4 === 0 ? '2026-12-24' : undefined,
        ...SHOWN,
      },
      act,
    ),
  ),
  assess: about('step', (hand, step, _draw, act) =>
    assessSelfCare(
      hand,
      step,
      {
        assessor: { staff: `${CENTRE}P1`, name: 'Maj', profession: 'sjuksköterska' },
        assessedOn: '2026-11-19',
        reviewOn: '2027-05-01',
        helpNeeded: '-',
        ifItFails: '-',
        ...SHOWN,
      },
      act,
    ),
  ),
  stepInError: about('step', (hand, step, _draw, act) => enterInError(hand, 'step', step, reasoned, act)),
  addContact: (hand, { one, two }, act) =>
    addNamedContact(
      hand,
      {
        role: pick(['fast-vardkontakt', 'fast-lakarkontakt', 'stodkontakt'], one),
        unit: two % 3 === 0 ? pick(ACTORS.slice(0, 4), one) : act.owner.unit,
        person: { name: 'N' },
        isPrimary: one % 3 === 0,
        ...SHOWN,
      },
      act,
    ),
  moveContact: about('named-contact', (hand, contact, { two, three }, act) => {
    const to = pick(CONTACT_STATES.slice(0, 6), two) as Exclude<(typeof CONTACT_STATES)[number], 'entered-in-error'>;
    const primary = three % 3 === 0 ? thing(hand, 'named-contact', three)?.id : undefined;
    return transitionContact(hand, contact, { to, reason: 'Därför', isPrimary: three % 2 === 0, primary }, act);
  }),
  changeContact: about('named-contact', (hand, contact, { two }, act) =>
    changeNamedContact(hand, contact, { deputy: { name: `D${two % 2}`, unit: NURSING } }, act),
  ),
  primary: about('named-contact', (hand, contact, _draw, act) => makePrimary(hand, contact, act)),
  contactInError: about('named-contact', (hand, contact, _draw, act) =>
    enterInError(hand, 'named-contact', contact, {}, act),
  ),
  invite: (hand, { one }, act) => inviteParticipant(hand, { party: pick(PARTIES, one), ...SHOWN }, act),
  answerInvitation: about('participant', (hand, one, { two }, act) =>
    answerInvitation(hand, one, { to: pick(['accepted', 'declined', 'left'] as const, two), reason: 'Därför' }, act),
  ),
  addPromise: (hand, { one, two }, act) =>
    addCommitment(hand, { by: pick(PARTIES, one), to: pick(PARTIES, two), text: `Löfte ${one}`, ...SHOWN }, act),
  acceptPromise: about('commitment', (hand, one, { two }, act) =>
    acceptCommitment(hand, one, { method: pick(METHODS, two) }, act),
  ),
  judgePromise: about('commitment', (hand, one, { two }, act) =>
    judgeCommitment(hand, one, { to: pick(['kept', 'broken', 'released'] as const, two), why: 'Därför' }, act),
  ),
  changePromise: about('commitment', (hand, one, { two }, act) =>
    changeCommitment(hand, one, { text: `Text ${two % 3}` }, act),
  ),
  addGoal: (hand, { one }, act) => addGoal(hand, { text: `Mål ${one}`, whose: 'professional', ...SHOWN }, act),
  changeGoal: about('goal', (hand, goal, { two }, act) => changeGoal(hand, goal, { text: `Mål ${two % 3}` }, act)),
  moveGoal: about('goal', (hand, goal, { two }, act) =>
    transitionGoal(hand, goal, { to: pick(GOAL_STATES.slice(0, 5), two) as 'active' }, act),
  ),
  proposeAgreement: (hand, _draw, act) => proposeAgreement(hand, act),
  answerAgreement: about('agreement-version', (hand, _one, { one, two, three }, act) => {
    const versions = hand.content['agreement-version'].filter((version) => version.planId === hand.plan.id);
    const version = versions.at(-1 - (one % 2)) ?? versions[0]!;
    const party = three % 3 === 0 ? pick(PARTIES, three) : undefined;
    const said = two % 4 === 0 ? 'reservation' : 'approval';
    return answerAgreement(
      hand,
      version,
      { act: said, party, reported: two % 2 === 0, method: pick(METHODS, two) },
      act,
    );
  }),
  receipt: about('agreement-version', (hand, version, { two }, act) =>
    answerReceipt(hand, version, { answers: { safe: two % 2 === 0 } }, act),
  ),
  remark: (hand, { one }, act) =>
    addRemark(hand, { what: 'question', text: '?', aboutId: thing(hand, 'step', one)?.id, ...SHOWN }, act),
  answerRemark: about('remark', (hand, remark, _draw, act) => answerRemark(hand, remark, { text: '!' }, act)),
  movePlan: (hand, { one, two }, act) => {
    // Mostly onwards, or every history would be short.
    const onwards = { draft: 'proposed', proposed: 'active', 'on-hold': 'active', active: 'on-hold' } as const;
    const to = one % 4 === 0 ? pick(PLAN_STATUSES, two) : (onwards[hand.plan.status as 'draft'] ?? 'proposed');
    const lead = hand.content.plan.find((plan) => plan.status === 'active' && plan.id !== hand.plan.id);
    const said = { reason: 'Därför', offerAgainOn: '2027-02-01', decideBy: '2027-01-01' };
    const replaces = to === 'active' && two % 2 === 0 ? lead?.id : undefined;
    return transitionPlan(hand, { to, ...said, replaces }, act, { consents: CONSENTS });
  },
  newPlan: (hand, { one, two }, act) =>
    createPlan(
      hand.content,
      UNITS,
      planCommand({
        kind: pick(['SIP', 'OVERENSKOMMELSE', 'VP'], one),
        status: pick(['draft', 'proposed'] as const, two),
      }),
      act,
    ),
};

const names = Object.keys(COMMANDS);
const MORE_OFTEN = [
  'addStep',
  'acceptStep',
  'acceptStep',
  'answerAgreement',
  'answerAgreement',
  'report',
  'changeAgreed',
  'addContact',
  'primary',
  'moveContact',
  'primary',
  'proposeStep',
  'proposeStep',
  'declineStep',
  'acceptPromise',
  'movePlan',
  'movePlan',
  'movePlan',
];

const step = fc.record({ party: fc.nat(5), time: fc.nat(3), healthMeasure: fc.boolean(), dated: fc.boolean() });

/** A plan to begin with: some steps of several parties, some promises. */
export const plans: fc.Arbitrary<Partial<CreatePlan>> = fc.record({
  kind: fc.constantFrom('SIP', 'OVERENSKOMMELSE', 'SPU'),
  status: fc.constant('proposed'),
  title: fc.constant('Plan'),
  planningLead: fc.constantFrom(undefined, { name: 'Maj Modell' }),
  noMeasuresByOthers: fc.boolean(),
  steps: fc.array(step, { minLength: 2, maxLength: 5 }).map((steps) =>
    steps.map(({ party, time, healthMeasure, dated }, n) => ({
      ref: `${n}`,
      title: `Steg ${n}`,
      responsibleParty: pick(PARTIES, party),
      time: pick(TIMES, time),
      healthMeasure,
      agreedLatest: dated ? '2026-12-05' : undefined,
      predecessors: n > 0 && party === 0 ? [`${n - 1}`] : [],
      ...SHOWN,
    })),
  ),
  commitments: fc.constant([{ by: partyOf(CENTRE), to: PATIENT_PARTY, text: 'Ringer', ...SHOWN }]),
});

/** Who is most likely to be allowed to do this: else histories would be refusals and little more. */
export function rightful(hand: PlanInHand, { command, one }: Draw & { readonly command: string }): string {
  const step = thing(hand, 'step', one);
  const unitOrPatient = (party: Party | undefined) => (party && unitOf(party)) ?? 'patient';
  if (command === 'acceptStep' || command === 'declineStep') {
    return step?.state === 'wished' ? step.responsibleNow : unitOrPatient(step?.responsibleParty);
  }
  if (command.endsWith('Promise')) return unitOrPatient(thing(hand, 'commitment', one)?.by);
  if (command.endsWith('Contact') || command === 'primary') return thing(hand, 'named-contact', one)?.unit ?? CENTRE;
  if (command === 'answerInvitation') return unitOrPatient(thing(hand, 'participant', one)?.party);
  if (command.includes('Plan') || command.includes('Agreement')) return hand.plan.leadUnit;
  return step?.responsibleNow ?? CENTRE;
}

/** One command that is tried, by someone, on something. */
export const tries: fc.Arbitrary<Draw & { readonly command: string }> = fc.record({
  command: fc.constantFrom(...names, ...MORE_OFTEN),
  who: fc.constantFrom(...ACTORS, ...Array<string>(7).fill('rightful')),
  what: fc.nat(9),
  one: fc.nat(20),
  two: fc.nat(20),
  three: fc.nat(20),
});
