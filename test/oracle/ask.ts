import { type PatientId, publicId, type ThingId } from '../../src/shared/ids.ts';
import { difference, lawful, ownKey, shownIn } from './compare-plan.ts';
import { type Answer, mayAct, mayActOnPerson, mayList, PLAN_ACTS } from './law/acting.ts';
import { mayAskForMore, moreThanShown } from './law/existence.ts';
import type { Question } from './law/question.ts';
import { isThere, type Seen, seenIn } from './law/sees.ts';
import type { Asking } from './people.ts';
import { admittedBy, requestFor } from './requests.ts';
import type { OracleService, Reply } from './service.ts';
import type { PlanOf, World } from './world.ts';

export const READS = ['plan', 'history', 'allowed-actions', 'list', 'existence', 'overview'] as const;
export const WRITES = [
  'change',
  'information.record',
  'care-relation.register',
  'care-relation.end',
  'block.set',
  'block.set of another',
  'guardian-block.set',
  'log.extract',
  'disclosure.make',
  'emergency.open',
  'emergency.close',
] as const;

/** One request: what is asked for, by whom, when, and about which plan. */
export interface Ask {
  readonly what: (typeof READS)[number] | (typeof WRITES)[number];
  readonly asking: Asking;
  readonly at: number;
  readonly plan: string;
}

/** How one request went: what differs from the law, and what of the law it touched. */
export interface Outcome {
  readonly differences: readonly string[];
  readonly acts: readonly (readonly [action: string, outcome: string])[];
  readonly reasons: ReadonlySet<string>;
  readonly isGrant: boolean;
  readonly isPartial: boolean;
}

const STATUS = { hidden: 404, refused: 403 } as const;

/** Whether status and told reason are what the law says; undefined when it was let in and there is more to compare. */
function wrongStatus(answer: Answer, { status, body }: Reply, admitted: number): string[] {
  const expected = answer.is === 'allowed' ? admitted : STATUS[answer.is];
  if (status !== expected)
    return [
      `status: ska vara ${expected} (${answer.why ?? 'ja'}), är ${status} ${body.code ?? ''} ${body.reason ?? ''}`,
    ];
  if (answer.is === 'refused' && answer.why !== body.reason) return [`skäl: ska vara ${answer.why}, är ${body.reason}`];
  return [];
}

function outcome(action: string, answer: Answer, differences: readonly string[], seen: readonly Seen[] = []): Outcome {
  const left = seen.filter(({ verdict }) => verdict.shown === 'nothing').map(({ verdict }) => verdict.why);
  const isGrant = answer.is === 'allowed';
  return {
    differences,
    acts: [[action, isGrant ? 'granted' : answer.is === 'hidden' ? 'hidden' : 'refused']],
    reasons: new Set([...left, ...(answer.why ? [answer.why] : [])]),
    isGrant,
    isPartial: isGrant && left.length > 0,
  };
}

function judgePlan(question: Question, plan: PlanOf, reply: Reply): Outcome {
  const answer = mayAct(question, plan, 'plan.read');
  const seen = seenIn(question, plan);
  const status = wrongStatus(answer, reply, 200);
  const differences =
    status.length > 0 || answer.is !== 'allowed' ? status : difference(lawful(seen), shownIn(reply.body));
  return outcome('plan.read', answer, differences, seen);
}

function judgeHistory(question: Question, plan: PlanOf, reply: Reply): Outcome {
  const answer = mayAct(question, plan, 'plan.read-history');
  const seen = seenIn(question, plan);
  const status = wrongStatus(answer, reply, 200);
  if (status.length > 0 || answer.is !== 'allowed') return outcome('plan.read-history', answer, status, seen);
  const items = reply.body.items as readonly { readonly id: string }[];
  const hidden = new Set(seen.filter(({ verdict }) => verdict.shown === 'nothing').map(({ id }) => id));
  const leaked = items.map(({ id }) => ownKey(id)).filter((id) => hidden.has(id));
  return outcome(
    'plan.read-history',
    answer,
    leaked.map((id) => `${id}: ska vara borta ur historiken`),
    seen,
  );
}

function judgeAllowed(question: Question, plan: PlanOf, reply: Reply): Outcome {
  const answer = mayAct(question, plan, 'plan.allowed-actions');
  const status = wrongStatus(answer, reply, 200);
  const base = outcome('plan.allowed-actions', answer, status, seenIn(question, plan));
  if (status.length > 0 || answer.is !== 'allowed') return base;
  const items = reply.body.items as readonly { action: string; allowed: boolean; reason?: { code: string } }[];
  const told = items.filter(({ action }) => action in PLAN_ACTS);
  const expected = told.map(({ action }) => [action, mayAct(question, plan, action)] as const);
  const differences = expected.flatMap(([action, may], i) => {
    const is = told[i]!;
    if (is.allowed !== (may.is === 'allowed'))
      return [`${action}: ska vara ${may.is} (${may.why ?? ''}), är ${is.allowed} ${is.reason?.code ?? ''}`];
    return may.is === 'refused' && is.reason && is.reason.code !== may.why
      ? [`${action}: skälet ska vara ${may.why}, är ${is.reason.code}`]
      : [];
  });
  return {
    ...base,
    differences: told.length < 15 ? ['för få åtgärder', ...differences] : differences,
    acts: [
      ...base.acts,
      ...expected.map(([action, { is }]) => [action, is === 'allowed' ? 'granted' : 'refused'] as const),
    ],
    reasons: new Set([...base.reasons, ...expected.flatMap(([, { why }]) => why ?? [])]),
  };
}

function judgeList(question: Question, reply: Reply): Outcome {
  const answer = mayList(question);
  const status = wrongStatus(answer, reply, 200);
  if (status.length > 0 || answer.is !== 'allowed') return outcome('plan.list', answer, status);
  const expected = new Map<string, string>();
  for (const plan of question.world.plans) {
    const seen = seenIn(question, plan);
    if (isThere(question, plan, seen)) expected.set(plan.id, lawful(seen).get(plan.id)!);
  }
  const items = reply.body.items as readonly {
    readonly id: string;
    readonly title: string;
    readonly status?: string;
  }[];
  const got = new Map(items.map((plan) => shownIn({ plan }).entries().next().value!));
  return outcome('plan.list', answer, difference(expected, got));
}

function overviewAnswer(question: Question): Answer {
  return question.asking.kind === 'citizen' ? mayList(question) : { is: 'hidden', why: 'another-patient' };
}

function judgeOverview(question: Question, reply: Reply): Outcome {
  const answer = overviewAnswer(question);
  const status = wrongStatus(answer, reply, 200);
  if (status.length > 0 || answer.is !== 'allowed') return outcome('overview.read', answer, status);
  const text = JSON.stringify(reply.body);
  const key = question.world.patientKey as PatientId;
  const leaked = question.world.plans.flatMap((plan) => {
    const seen = seenIn(question, plan);
    const isHere = isThere(question, plan, seen);
    return seen.filter(
      ({ id, verdict }) => (!isHere || verdict.shown === 'nothing') && text.includes(publicId(key, id as ThingId)),
    );
  });
  return outcome(
    'overview.read',
    answer,
    leaked.map(({ id }) => `${id}: ska vara borta ur översikten`),
  );
}

function judgeExistence(question: Question, reply: Reply): Outcome {
  if (question.asking.kind !== 'staff') return outcome('existence.read', { is: 'hidden' }, []);
  const staff = { ...question, asking: question.asking };
  const answer = mayAskForMore(staff);
  if (
    answer.is === 'refused' &&
    (answer.why === 'not-told' || answer.why === 'no-relation' || answer.why === 'part-is-over')
  ) {
    return outcome(
      'existence.read',
      answer,
      reply.status === 403 || reply.status === 404 ? [] : [`status: ska vara nej, är ${reply.status}`],
    );
  }
  const status = wrongStatus(answer, reply, 200);
  if (status.length > 0 || answer.is !== 'allowed') return outcome('existence.read', answer, status);
  const more = moreThanShown(staff);
  // More than there is must never be told; less may be, since the law only says that it may be known.
  const differences = (['unblocked', 'blocked'] as const)
    .filter((which) => reply.body[which] === true && !more[which])
    .map((which) => `${which}: ska vara false, är true`);
  return outcome('existence.read', answer, differences);
}

function judge(question: Question, { what }: Ask, plan: PlanOf, reply: Reply): Outcome {
  switch (what) {
    case 'plan':
      return judgePlan(question, plan, reply);
    case 'history':
      return judgeHistory(question, plan, reply);
    case 'allowed-actions':
      return judgeAllowed(question, plan, reply);
    case 'list':
      return judgeList(question, reply);
    case 'overview':
      return judgeOverview(question, reply);
    case 'existence':
      return judgeExistence(question, reply);
    case 'change': {
      const answer = mayAct(question, plan, 'plan.change');
      return outcome('plan.change', answer, wrongStatus(answer, reply, 412));
    }
    default: {
      const answer = mayActOnPerson(question, what);
      return outcome(what, answer, wrongStatus(answer, reply, admittedBy(what)));
    }
  }
}

/** Sends a request about a world, and says how the answer stands to the law. */
export async function askAndJudge(service: OracleService, world: World, ask: Ask): Promise<Outcome> {
  const plan = world.plans.find(({ id }) => id === ask.plan)!;
  const reply = await service.ask(ask.asking, ask.at, requestFor(ask, world));
  return judge({ world, asking: ask.asking, now: ask.at, settings: service.settings }, ask, plan, reply);
}
