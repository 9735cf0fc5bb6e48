import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { differenceOf, findAll } from '../../../src/attention/domain/find.ts';
import type { Finding } from '../../../src/attention/domain/finding.ts';
import { DEFAULT_ATTENTION } from '../../../src/attention/domain/rule-list.ts';
import { changeFollowUp, planFollowUp } from '../../../src/plans/domain/follow-up.ts';
import {
  acceptHandover,
  forwardHandover,
  receiveHandover,
  returnHandover,
} from '../../../src/plans/domain/handover-answer.ts';
import { lapsedHandovers } from '../../../src/plans/domain/handover-lapse.ts';
import { cancelHandover, correctHandover, offerHandover } from '../../../src/plans/domain/handover-offer.ts';
import { HANDOVER_MOVES, holderOf, isOpenHandover } from '../../../src/plans/domain/handover-state.ts';
import type { Handover } from '../../../src/plans/domain/model.ts';
import { addNamedContact } from '../../../src/plans/domain/named-contact-commands.ts';
import { nextStepOfPlan } from '../../../src/plans/domain/next-step.ts';
import { unitOf } from '../../../src/plans/domain/party.ts';
import type { PlanInHand } from '../../../src/plans/domain/plan-in-hand.ts';
import { addStep } from '../../../src/plans/domain/step-add.ts';
import { transitionStep } from '../../../src/plans/domain/step-move.ts';
import { Problem } from '../../../src/shared/problem.ts';
import { SIZES } from '../../support/sizes.ts';
import { actOf, CENTRE, HEART, NURSING, PATIENT_PARTY, REGION, SHOWN, Story, UNITS, WARD } from './acting.ts';
import { contextAt } from './directory.ts';

/** Two organisations: three units of the region, one of the kommun. */
const WHO = [WARD, CENTRE, HEART, NURSING];
const START = Date.parse('2026-11-20T14:10:00.000Z');
const HOUR = 3_600_000;

const VERBS = [
  'offer',
  'receive',
  'accept',
  'return',
  'forward',
  'correct',
  'cancel',
  'rest',
  'resume',
  'end',
  'seize',
] as const;
interface Command {
  readonly verb: (typeof VERBS)[number];
  readonly who: string;
  readonly to: string;
  readonly of: Handover['of'];
  /** Which of the things there are. */
  readonly pick: number;
  /** Whether the one whose turn it is acts, rather than anyone. */
  readonly rightly: boolean;
  readonly hours: number;
  /** Whether what has fallen is looked for after it. */
  readonly looks: boolean;
}

const commands: fc.Arbitrary<Command> = fc.record({
  verb: fc.constantFrom(...VERBS, 'offer', 'offer', 'accept', 'accept'),
  who: fc.constantFrom(...WHO),
  to: fc.constantFrom(...WHO),
  of: fc.constantFrom('step', 'step', 'planning-lead', 'named-contact', 'follow-up'),
  pick: fc.nat(5),
  rightly: fc.boolean(),
  hours: fc.nat(40),
  looks: fc.boolean(),
});

function begun(): Story {
  const story = new Story({ leadPrincipal: REGION.hsaId, status: 'proposed' }, CENTRE);
  for (const title of ['Viktkontroll', 'Läkemedelslista']) {
    story.does((hand) => addStep(hand, { title, ...SHOWN }, actOf(CENTRE)));
  }
  const walk = { title: 'Promenad', responsibleParty: PATIENT_PARTY, ownYes: { method: 'oral' }, ...SHOWN } as const;
  story.does((hand) => addStep(hand, walk, actOf(CENTRE)));
  story.does((hand) => planFollowUp(hand, { plannedOn: '2027-02-04', ...SHOWN }, actOf(CENTRE)));
  const maj = { role: 'fast-vardkontakt', unit: CENTRE, person: { name: 'Maj Modell' }, ...SHOWN } as const;
  story.does((hand) => addNamedContact(hand, maj, actOf(CENTRE)));
  return story;
}

const at = <T>(things: readonly T[], pick: number): T | undefined => things[pick % Math.max(1, things.length)];

function changesOf(hand: PlanInHand, command: Command, now: string) {
  const { verb, of, pick, rightly, to } = command;
  const things = {
    step: hand.content.step,
    'named-contact': hand.content['named-contact'],
    'follow-up': hand.content['follow-up'],
    'planning-lead': [hand.plan],
  };
  const handover = at(hand.content.handover.filter(isOpenHandover), pick);
  const thing = at<{ readonly id: Handover['aboutId'] }>(things[of], pick);
  const step = at(hand.content.step, pick);
  const turn = {
    offer: thing && holderOf(hand.content, { of, aboutId: thing.id }),
    ...{ receive: handover?.toUnit, accept: handover?.toUnit, return: handover?.toUnit, forward: handover?.toUnit },
    ...{ correct: handover?.fromUnit, cancel: handover?.fromUnit },
    seize: to,
    ...{ rest: step?.responsibleNow, resume: step?.responsibleNow, end: step?.responsibleNow },
  }[verb];
  const act = actOf((rightly && turn) || command.who, now);
  const why = { reason: 'Därför' };
  if (verb === 'offer') {
    const yes = { patientsYes: { method: 'oral', at: now } } as const;
    const whole = { of, aboutId: thing?.id, toUnit: to, approvedForPatient: false, ...yes };
    return offerHandover(hand, whole, [], act);
  }
  if (verb === 'seize') {
    const [followUp] = hand.content['follow-up'];
    return changeFollowUp(hand, followUp!, { responsibleUnit: to, plannedOn: '2027-02-05' }, act);
  }
  if (verb === 'rest') return transitionStep(hand, step!, { to: 'on-hold', ...why }, act);
  if (verb === 'resume') return transitionStep(hand, step!, { to: step!.stateBefore ?? 'agreed' }, act);
  if (verb === 'end') return transitionStep(hand, step!, { to: 'cancelled', ...why }, act);
  if (!handover) return [];
  const rules = {
    receive: () => receiveHandover(handover, act),
    accept: () => acceptHandover(hand, handover, { person: { name: 'Någon' }, gotWhatWasNeeded: 'yes' }, act),
    return: () => returnHandover(hand, handover, why, act),
    forward: () => forwardHandover(hand, handover, { toUnit: to }, act),
    correct: () => correctHandover(hand, handover, { given: now }, act),
    cancel: () => cancelHandover(handover, why, act),
  };
  return rules[verb]();
}

/** Exactly one has each thing, and it is the one that said so itself. */
function checkResponsibility(story: Story, before: PlanInHand, command: Command): void {
  const { content, plan } = story.hand;
  for (const step of content.step) {
    expect(UNITS.has(step.responsibleNow)).toBe(true);
    const unit = unitOf(step.responsibleParty);
    if (unit !== undefined) expect(step.responsibleNow).toBe(unit);
    const was = before.content.step.find(({ id }) => id === step.id)!;
    if (was.responsibleNow !== step.responsibleNow) expect(command.verb).toBe('accept');
  }
  const [followUp] = content['follow-up'];
  expect(UNITS.has(followUp!.responsibleUnit)).toBe(true);
  if (followUp!.responsibleUnit !== before.content['follow-up'][0]!.responsibleUnit)
    expect(command.verb).toBe('accept');
  expect(UNITS.has(plan.leadUnit)).toBe(true);
  if (plan.leadUnit !== before.plan.leadUnit) expect(command.verb).toBe('accept');
  expect(plan.recordedBy.unit).toBe(plan.leadUnit);
  const designated = content['named-contact'].filter(({ state }) => state === 'designated');
  expect(designated).toHaveLength(1);
  expect(designated[0]!.isPrimary).toBe(true);
}

/** The same things, stored in another order: the one next step does not hang on it. */
const reordered = ({ content }: PlanInHand): PlanInHand['content'] => ({ ...content, step: content.step.toReversed() });

function checkHandovers(story: Story, before: PlanInHand): void {
  const { content } = story.hand;
  const open = content.handover.filter(isOpenHandover);
  expect(new Set(open.map(({ aboutId }) => aboutId)).size).toBe(open.length);
  for (const one of open) {
    expect(holderOf(content, one)).toBe(one.fromUnit);
    expect(one.toUnit).not.toBe(one.fromUnit);
  }
  for (const was of before.content.handover) {
    const is = story.now('handover', was);
    if (was.state !== is.state) expect(HANDOVER_MOVES[was.state]).toContain(is.state);
  }
}

/** The findings in the books, as looks at random moments have left them. */
type Books = Map<string, Finding>;

function lookedAt(story: Story, now: number, books: Books): Books {
  const look = { now, content: story.hand.content, consents: [], stays: [], units: UNITS, staff: new Map() };
  const found = findAll({ ...look, deceased: false, settings: DEFAULT_ATTENTION }).now;
  const { fresh, ended, moved } = differenceOf(found, [...books.values()]);
  const keyOf = ({ rule, subjectId }: Pick<Finding, 'rule' | 'subjectId'>) => `${rule} ${subjectId}`;
  const after: Books = new Map(books);
  for (const one of ended) expect(after.delete(keyOf(one))).toBe(true);
  for (const { finding, ownerUnit } of moved) after.set(keyOf(finding), { ...finding, ownerUnit });
  for (const one of fresh) {
    // Found once: it is not in the books already, and not twice among the new ones.
    expect(after.has(keyOf(one))).toBe(false);
    after.set(keyOf(one), { ...one, state: 'open' } as unknown as Finding);
    foundRules.add(one.rule);
  }
  // Nothing lost, nothing left over, each with the one owner that the rules name.
  expect([...after.values()].map((one) => `${keyOf(one)} ${one.ownerUnit}`).sort()).toEqual(
    [...new Set(found.map((one) => `${keyOf(one)} ${one.ownerUnit}`))].sort(),
  );
  for (const one of after.values()) expect(UNITS.has(one.ownerUnit)).toBe(true);
  return after;
}

const foundRules = new Set<string>();
const did = new Map<string, number>();
const refusals = new Map<string, number>();
const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);

test('whatever two organisations do in whatever order, one has each thing, there is one next step, and nothing that has fallen is lost or found twice', () => {
  fc.assert(
    fc.property(fc.array(commands, { minLength: 10, maxLength: SIZES.planHistoryLength }), (history) => {
      const story = begun();
      let now = START;
      let books: Books = new Map();
      for (const command of history) {
        now += command.hours * HOUR;
        const before = story.hand;
        try {
          story.does((hand) => {
            const made = changesOf(hand, command, new Date(now).toISOString());
            return [...made, ...lapsedHandovers(hand, made, actOf(command.who, new Date(now).toISOString()))];
          });
          if (story.hand !== before) count(did, `${command.verb} ${command.of}`);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          count(refusals, error.definition.code);
          expect(story.hand).toBe(before);
        }
        checkResponsibility(story, before, command);
        checkHandovers(story, before);
        if (command.looks) books = lookedAt(story, now, books);
        const next = nextStepOfPlan(story.hand.content, story.hand.plan.id, contextAt(now, { units: UNITS }));
        expect(next?.sentence).toBeTruthy();
        const other = nextStepOfPlan(reordered(story.hand), story.hand.plan.id, contextAt(now, { units: UNITS }));
        expect(other).toEqual(next);
      }
    }),
    { numRuns: SIZES.planHistories },
  );
});

afterAll(() => {
  const seen = [...did.keys()].map((name) => name.split(' ')[0]);
  for (const verb of VERBS) {
    if (verb !== 'seize') expect(seen, `never succeeded: ${verb}`).toContain(verb);
  }
  expect(refusals.has('follow-up-by-handover')).toBe(true);
  for (const rule of [
    'handover-not-received',
    'handover-not-accepted',
    'step-without-date',
    'each-believes-the-other',
  ]) {
    expect([...foundRules], `never found: ${rule}`).toContain(rule);
  }
  for (const of of ['step', 'planning-lead', 'named-contact', 'follow-up'])
    expect([...did.keys()]).toContain(`accept ${of}`);
  for (const code of ['handover-not-yours', 'handover-already-open', 'handover-to-oneself', 'handover-not-inside']) {
    expect([...refusals.keys()], `never refused: ${code}`).toContain(code);
  }
});
