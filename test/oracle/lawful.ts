import type { Ask } from './ask.ts';
import { type Answer, mayAct, mayActOnPerson, mayList, maySearchPersons, PLAN_ACTS } from './law/acting.ts';
import { mayAskForMore } from './law/existence.ts';
import type { Question } from './law/question.ts';
import { type Seen, seenIn } from './law/sees.ts';
import type { PlanOf } from './world.ts';

/** What the law says of a request, before anybody has been asked: the answer, and what of the law it touches. */
export interface Lawful {
  readonly answer: Answer;
  readonly acts: readonly (readonly [action: string, outcome: string])[];
  readonly reasons: ReadonlySet<string>;
  readonly isGrant: boolean;
  readonly isPartial: boolean;
  /** What is seen of the plan that is asked about, where a plan is. */
  readonly seen: readonly Seen[];
  /** For "what may I do": the answer about each act. */
  readonly each: ReadonlyMap<string, Answer>;
}

const OUTCOME = { allowed: 'granted', hidden: 'hidden', refused: 'refused' } as const;

function lawful(action: string, answer: Answer, seen: readonly Seen[] = [], each: Lawful['each'] = new Map()): Lawful {
  const left = seen.filter(({ verdict }) => verdict.shown === 'nothing').map(({ verdict }) => verdict.why);
  const isGrant = answer.is === 'allowed';
  const whys = [answer, ...each.values()].flatMap(({ why }) => why ?? []);
  return {
    answer,
    seen,
    each,
    acts: [
      [action, OUTCOME[answer.is]],
      ...[...each].map(([act, { is }]) => [act, is === 'allowed' ? 'granted' : 'refused'] as const),
    ],
    reasons: new Set([...left, ...whys]),
    isGrant,
    isPartial: isGrant && left.length > 0,
  };
}

const READS_PLAN = { plan: 'plan.read', fhir: 'plan.read', history: 'plan.read-history' } as const;

function everyAct(question: Question, plan: PlanOf): Lawful {
  const answer = mayAct(question, plan, 'plan.allowed-actions');
  const acts = answer.is === 'allowed' ? Object.keys(PLAN_ACTS) : [];
  const each = new Map(acts.map((action) => [action, mayAct(question, plan, action)]));
  return lawful('plan.allowed-actions', answer, seenIn(question, plan), each);
}

const isOwnRecord = ({ asking, world }: Question) => asking.kind === 'citizen' && asking.id === world.patient.name;

export function lawOf(question: Question, { what, by }: Ask, plan: PlanOf): Lawful {
  const { asking } = question;
  switch (what) {
    case 'plan':
    case 'fhir':
    case 'history':
      return lawful(READS_PLAN[what], mayAct(question, plan, READS_PLAN[what]), seenIn(question, plan));
    case 'allowed-actions':
      return everyAct(question, plan);
    case 'list':
      return lawful('plan.list', mayList(question));
    case 'my-overview':
      return lawful(
        'overview.read',
        isOwnRecord(question) ? mayList(question) : { is: 'hidden', why: 'another-patient' },
      );
    case 'work-list':
    case 'work-list in pages':
      return lawful('work-list.read', mayList(question));
    case 'search':
      return lawful('plan.search', maySearchPersons(question, by!));
    case 'overview':
      return lawful(
        'overview.read',
        asking.kind === 'citizen' ? mayList(question) : { is: 'hidden', why: 'another-patient' },
      );
    case 'existence':
      return lawful(
        'existence.read',
        asking.kind === 'staff' ? mayAskForMore({ ...question, asking }) : { is: 'hidden', why: 'no-relation' },
      );
    case 'change':
      return lawful('plan.change', mayAct(question, plan, 'plan.change'));
    default:
      return lawful(what, mayActOnPerson(question, what));
  }
}
