import { type PatientId, publicId, type ThingId } from '../../src/shared/ids.ts';
import { shownInOverview, toldToPatient } from './compare-overview.ts';
import { difference, lawful, levelOf, ownKey, ownPart, shownIn } from './compare-plan.ts';
import { CLINICAL, PLACE } from './contents.ts';
import type { Answer } from './law/acting.ts';
import { isToldNoPlace } from './law/citizen.ts';
import { moreThanShown } from './law/existence.ts';
import type { Question } from './law/question.ts';
import { isThere, seenIn } from './law/sees.ts';
import { onWorkList } from './law/work-list.ts';
import { type Lawful, lawOf } from './lawful.ts';
import type { Asking } from './people.ts';
import { admittedBy, requestFor } from './requests.ts';
import type { OracleService, Reply } from './service.ts';
import type { World } from './world.ts';

export const READS = [
  'plan',
  'history',
  'allowed-actions',
  'list',
  'existence',
  'overview',
  'my-overview',
  'search',
  'fhir',
  'work-list',
  'work-list in pages',
  'export.take',
  'discharge.read',
] as const;
export const WRITES = [
  'change',
  'information.record',
  'care-relation.register',
  'care-relation.end',
  'block.set',
  'block.set of another',
  'guardian-block.set',
  'unit-decision.record',
  'sealing.set',
  'protection.set',
  'protection.grant-access',
  'log.extract',
  'export.ask',
  'export.answer',
  'disclosure.make',
  'emergency.open',
  'emergency.close',
  'discharge.send',
] as const;

/** By what persons could be found. */
export type Criterion = Partial<Record<'owner' | 'party' | 'kind' | 'legalBasis' | 'text', string>>;

/** One request: what is asked for, by whom, when, and about which plan. */
export interface Ask {
  readonly what: (typeof READS)[number] | (typeof WRITES)[number];
  readonly asking: Asking;
  readonly at: number;
  readonly plan: string;
  /** For a search that names no person: by what. */
  readonly by?: Criterion;
}

const STATUS = { hidden: 404, refused: 403 } as const;

/** Whether status and told reason are what the law says. */
function wrongStatus(answer: Answer, { status, body }: Reply, admitted: number): string[] {
  const expected = answer.is === 'allowed' ? admitted : STATUS[answer.is];
  if (status !== expected)
    return [
      `status: ska vara ${expected} (${answer.why ?? 'ja'}), är ${status} ${body.code ?? ''} ${body.reason ?? ''}`,
    ];
  // FHIR tells reasons in words of its own.
  if (body.resourceType !== undefined) return [];
  // The ban on searching has a problem of its own, and is its own reason.
  const told = body.reason ?? body.code;
  return answer.is === 'refused' && answer.why !== told ? [`skäl: ska vara ${answer.why}, är ${told}`] : [];
}

/** What is wrong with an answer that was rightly given. */
type Compare = (question: Question, lawful: Lawful, reply: Reply) => string[];

const comparePlan: Compare = (question, { seen }, { body }) => {
  const isHidden = isToldNoPlace(question);
  const steps = (body.steps ?? []) as readonly { readonly id: string; readonly way: { readonly place?: string } }[];
  const wrong = steps.filter(({ way }) => (way.place === undefined) !== isHidden);
  return [
    ...difference(lawful(seen), shownIn(body)),
    ...wrong.map(({ id }) => `${ownKey(id)}: platsen ska ${isHidden ? 'vara borta' : 'stå med'}`),
  ];
};

/** Of a protected person the patient's side is told no place, in whatever form. */
const placeTold = (question: Question, { body }: Reply): string[] =>
  isToldNoPlace(question) && JSON.stringify(body).includes(PLACE) ? ['platsen ska vara borta'] : [];

const compareHistory: Compare = (question, { seen }, reply) => {
  const { body } = reply;
  const items = body.items as readonly { readonly id: string }[];
  const hidden = new Set(seen.filter(({ verdict }) => verdict.shown === 'nothing').map(({ id }) => id));
  const leaked = items.map(({ id }) => ownKey(id)).filter((id) => hidden.has(id));
  return [...leaked.map((id) => `${id}: ska vara borta ur historiken`), ...placeTold(question, reply)];
};

const compareActs: Compare = (_question, { each }, { body }) => {
  const items = body.items as readonly { action: string; allowed: boolean; reason?: { code: string } }[];
  const told = new Map(items.map((item) => [item.action, item]));
  return [...each].flatMap(([action, may]) => {
    const is = told.get(action);
    if (!is) return [`${action}: ska stå med`];
    if (is.allowed !== (may.is === 'allowed'))
      return [`${action}: ska vara ${may.is} (${may.why ?? ''}), är ${is.allowed} ${is.reason?.code ?? ''}`];
    return may.is === 'refused' && is.reason && is.reason.code !== may.why
      ? [`${action}: skälet ska vara ${may.why}, är ${is.reason.code}`]
      : [];
  });
};

const compareList: Compare = (question, _lawful, { body }) => {
  const expected = new Map<string, string>();
  for (const plan of question.world.plans) {
    const seen = seenIn(question, plan);
    if (isThere(question, plan, seen)) expected.set(plan.id, lawful(seen).get(plan.id)!);
  }
  const items = body.items as readonly { readonly id: string; readonly title: string; readonly status?: string }[];
  return difference(expected, new Map(items.map((plan) => shownIn({ plan }).entries().next().value!)));
};

const compareOverview: Compare = (question, _lawful, reply) => {
  const { body } = reply;
  const text = JSON.stringify(body);
  const key = question.world.patientKey as PatientId;
  const leaked = question.world.plans.flatMap((plan) => {
    const seen = seenIn(question, plan);
    const isHere = isThere(question, plan, seen);
    return seen.filter(
      ({ id, verdict }) => (!isHere || verdict.shown === 'nothing') && text.includes(publicId(key, id as ThingId)),
    );
  });
  const shown = difference(toldToPatient(question), shownInOverview(body));
  return [...leaked.map(({ id }) => `${id}: ska vara borta ur översikten`), ...shown, ...placeTold(question, reply)];
};

/** More than there is must never be told; less may be, since the law only says that it may be known. */
const compareExistence: Compare = (question, _lawful, { body }) => {
  if (question.asking.kind !== 'staff') return [];
  const more = moreThanShown({ ...question, asking: question.asking });
  return (['unblocked', 'blocked'] as const)
    .filter((which) => body[which] === true && !more[which])
    .map((which) => `${which}: ska vara false, är true`);
};

/** Things that are resources of their own in FHIR; the others stand inside one. */
const RESOURCES = ['plan', 'goal', 'what-matters', 'step', 'commitment', 'named-contact'];
const WITH_CLINICAL_TEXT = ['goal', 'step', 'report'];

/** The same contributions as over REST: each that is shown is there, and nothing tells of any other. */
const compareFhir: Compare = (question, { seen }, reply) => {
  const { world } = question;
  const { body } = reply;
  const text = JSON.stringify(body);
  const entries = (body.entry ?? []) as readonly { readonly resource: { readonly id: string } }[];
  const resources = new Set(entries.map(({ resource }) => resource.id));
  const isWhole = seen.some(({ kind, verdict }) => verdict.shown === 'whole' && WITH_CLINICAL_TEXT.includes(kind));
  const wrong = seen.flatMap(({ id, kind, verdict }) => {
    const own = publicId(world.patientKey as PatientId, id as ThingId);
    if (verdict.shown !== 'nothing')
      return RESOURCES.includes(kind) && !resources.has(own) ? [`${id}: ska stå med i FHIR`] : [];
    // Of a plan whose header is not shown it is told which plan it is.
    return kind !== 'plan' && text.includes(own) ? [`${id}: ska vara borta ur FHIR`] : [];
  });
  const told = [...wrong, ...placeTold(question, reply)];
  return !isWhole && text.includes(CLINICAL) ? [...told, 'FHIR visar text för kollegor'] : told;
};

type ListedStep = { readonly step: Parameters<typeof levelOf>[0] };

/** What leaves is the own provider's, as far as who takes it out may read it, and of others' headers which plan it is. */
const compareExport: Compare = (question, _lawful, { body }) => {
  const plans = body.plans as readonly Record<string, unknown>[];
  const got = new Map(plans.flatMap((plan) => [...shownIn(plan)]));
  const expected = question.world.plans.flatMap((plan) => [...ownPart(question, plan)]);
  return difference(new Map(expected), got);
};

/** Of a unit's list only this world's rows: other worlds live beside it. */
const compareWorkList: Compare = (question, _lawful, { body }) => {
  if (question.asking.kind !== 'staff') return [];
  const things = question.world.plans.flatMap((plan) => plan.things);
  const own = new Set(things.map(({ id }) => id));
  const expected = onWorkList({ ...question, asking: question.asking });
  const rows = (body.items as readonly ListedStep[]).map(({ step }) => [ownKey(step.id), levelOf(step)] as const);
  const shown = rows.filter(([id]) => own.has(id));
  const twice = shown.filter(([id], i) => shown.findIndex(([other]) => other === id) < i);
  return [
    ...difference(new Map(expected), new Map(shown)),
    ...twice.map(([id]) => `${id}: ska stå en gång i arbetslistan`),
  ];
};

/** Nobody has been in hospital in these worlds. */
const compareStays: Compare = (_question, _lawful, { body }) =>
  (body.items as readonly unknown[]).length === 0 ? [] : ['vårdtillfällen: ska vara tom'];

const COMPARE: { readonly [what: string]: Compare } = {
  plan: comparePlan,
  history: compareHistory,
  'allowed-actions': compareActs,
  list: compareList,
  overview: compareOverview,
  existence: compareExistence,
  fhir: compareFhir,
  'my-overview': compareOverview,
  'work-list': compareWorkList,
  'work-list in pages': compareWorkList,
  'export.take': compareExport,
  'discharge.read': compareStays,
};

/** That there is nothing to tell may be said either way. */
const MAY_BE_EITHER = ['not-told', 'no-relation', 'part-is-over'];

function differencesOf(question: Question, ask: Ask, law: Lawful, reply: Reply): string[] {
  const { answer } = law;
  if (ask.what === 'existence' && answer.is === 'refused' && MAY_BE_EITHER.includes(answer.why!))
    return reply.status === 403 || reply.status === 404 ? [] : [`status: ska vara nej, är ${reply.status}`];
  const wrong = wrongStatus(answer, reply, admittedBy(ask, question.world));
  if (wrong.length > 0 || answer.is !== 'allowed' || reply.status >= 300) return wrong;
  return COMPARE[ask.what]?.(question, law, reply) ?? [];
}

const once = (service: OracleService, world: World, ask: Ask, cursor?: string) =>
  service.ask(ask.asking, ask.at, requestFor(ask, world, cursor));

/** A list asked for page by page, as one: nothing is lost or told twice where one page ends and the next begins. */
async function inPages(service: OracleService, world: World, ask: Ask): Promise<Reply> {
  let reply = await once(service, world, ask);
  const items: unknown[] = [];
  while (reply.status === 200) {
    items.push(...(reply.body.items as readonly unknown[]));
    const { nextCursor } = reply.body as { readonly nextCursor?: string };
    if (nextCursor === undefined) return { status: 200, body: { items } };
    reply = await once(service, world, ask, nextCursor);
  }
  return reply;
}

/** Sends a request about a world, and says what of the answer is not as the law says. */
export async function askAndCompare(service: OracleService, world: World, ask: Ask): Promise<readonly string[]> {
  const plan = world.plans.find(({ id }) => id === ask.plan)!;
  const question = { world, asking: ask.asking, now: ask.at, settings: service.settings };
  const reply =
    ask.what === 'work-list in pages' ? await inPages(service, world, ask) : await once(service, world, ask);
  return differencesOf(question, ask, lawOf(question, ask, plan), reply);
}
