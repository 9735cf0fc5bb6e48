import type { StepState } from '../../../plans/domain/model.ts';
import { TASK_STATUS } from '../states.ts';
import type { OwnUrls } from '../systems.ts';
import { differing, given, type InAct, type InChange, type InContext, updateActs } from './change.ts';
import { fault, type InFault } from './faults.ts';
import { extensionsNotTaken, type HeldTree, notTaken, OF_NO_CONSEQUENCE } from './held.ts';
import {
  codeOf,
  extensionOf,
  identifierFaults,
  idIn,
  isForPatient,
  ownershipOf,
  partyFault,
  partyOf,
  plainNotes,
  whoOf,
} from './parts.ts';
import { taskTime } from './task-time.ts';

/** Our states by FHIR's; `received` is a proposal that somebody has seen. */
export const STEP_STATE_OF: Readonly<Record<string, StepState>> = {
  ...Object.fromEntries(Object.entries(TASK_STATUS).map(([state, status]) => [status, state])),
  received: 'proposed',
};

const HELD: HeldTree = {
  ...OF_NO_CONSEQUENCE,
  extension: true,
  identifier: true,
  basedOn: true,
  groupIdentifier: 'managed',
  partOf: 'managed',
  status: true,
  statusReason: { text: true },
  businessStatus: true,
  intent: true,
  code: { text: true, coding: (value) => Array.isArray(value) && value.every((one) => isOwnKind(one)) },
  description: true,
  focus: 'managed',
  for: true,
  executionPeriod: { start: true, end: true },
  authoredOn: 'managed',
  lastModified: true,
  requester: 'managed',
  owner: true,
  note: true,
  restriction: { period: { end: true } },
  output: 'managed',
};

function isOwnKind(coding: unknown): boolean {
  const { system } = coding as fhir4.Coding;
  return system?.endsWith('/CodeSystem/task-kind') ?? false;
}

function knownExtensions(urls: OwnUrls): Readonly<Record<string, true | 'managed'>> {
  const managed = ['legal-basis', 'responsible-now', 'series', 'proposed-change', 'self-care-assessment'] as const;
  const held = ['step-time', 'answer-method', 'way', 'predecessor', 'condition'] as const;
  return Object.fromEntries([
    ...managed.map((name) => [urls.extension(name), 'managed'] as const),
    ...held.map((name) => [urls.extension(name), true] as const),
  ]);
}

/** What kind of thing a task is here: a step unless its code says that it is a promise or an occurrence. */
export function taskKind(task: fhir4.Task, urls: OwnUrls): string {
  return codeOf(task.code && [task.code], urls.system('task-kind')) ?? 'step';
}

const MOST_TITLE = 200;

/** What is to be done, in few words: the code's text, else the beginning of the description. */
function titleOf({ code, description }: fhir4.Task): string | undefined {
  const text = code?.text ?? description;
  if (text === undefined || text.length <= MOST_TITLE) return text;
  return code?.text ?? `${text.slice(0, text.lastIndexOf(' ', MOST_TITLE - 2) || MOST_TITLE - 1)}…`;
}

/** A step's fields as a task tells them. What a task cannot tell is not among them, and stays as it is. */
export function stepFields(task: fhir4.Task, urls: OwnUrls): Record<string, unknown> {
  const title = titleOf(task);
  const way = extensionOf(task, urls.extension('way'))?.valueCodeableConcept;
  const kind = codeOf(way && [way], urls.system('way'));
  const before = task.extension?.filter(({ url }) => url === urls.extension('predecessor')) ?? [];
  return given({
    title,
    patientText: task.description === title ? undefined : task.description,
    clinicalText: plainNotes(task.note),
    way: kind && { kind },
    responsibleParty: partyOf(whoOf(task.owner)),
    ...taskTime(task, urls),
    condition: extensionOf(task, urls.extension('condition'))?.valueString,
    predecessors: before.flatMap(({ valueReference }) => idIn(valueReference, 'Task') ?? []),
  });
}

function stepFaults(task: fhir4.Task, { urls }: InContext, current?: fhir4.Task): InFault[] {
  const reported = new Set((current?.note ?? []).map((one) => JSON.stringify(one)));
  const notes = (task.note ?? []).flatMap((one, i) => {
    const plain = !one.authorReference && !one.authorString && !one.time;
    return plain || reported.has(JSON.stringify(one)) ? [] : [fault('not-held', `Task.note[${i}]`)];
  });
  return [
    ...notTaken(task, HELD, 'Task', current),
    ...extensionsNotTaken(task.extension, knownExtensions(urls), 'Task', current?.extension),
    ...identifierFaults(task.identifier, urls, 'Task'),
    ...partyFault(task.owner, 'Task.owner'),
    ...notes,
  ];
}

const BORN: ReadonlySet<StepState> = new Set(['wished', 'proposed']);

/** A move of a step by the act that is for it: an answer, a mistake, or a plain move. */
function moveOf(task: fhir4.Task, from: StepState, to: StepState, urls: OwnUrls): Pick<InAct, 'act' | 'body'> {
  const reason = task.statusReason?.text;
  const method = extensionOf(task, urls.extension('answer-method'))?.valueCode;
  if (to === 'entered-in-error') return { act: 'step.in-error', body: given({ reason }) };
  const waits = from === 'wished' || from === 'proposed';
  if (waits && to === 'agreed') return { act: 'step.accept', body: given({ method }) };
  if (waits && to === 'declined') return { act: 'step.decline', body: given({ method, reason }) };
  const party = to === 'proposed' ? partyOf(whoOf(task.owner)) : undefined;
  return { act: 'step.move', body: given({ to, reason, method, responsibleParty: party }) };
}

/** A new step: in the state that its rule gives it at birth, and moved on from there when the task says that it has come further. */
export function createStep(task: fhir4.Task, context: InContext): InChange {
  const { urls } = context;
  const method = extensionOf(task, urls.extension('answer-method'))?.valueCode;
  const state = STEP_STATE_OF[task.status]!;
  const predecessors = stepFields(task, urls).predecessors as readonly string[];
  const ownYes = method === 'oral' || method === 'written' ? { method } : undefined;
  const fields = { ...stepFields(task, urls), predecessors: predecessors.length > 0 ? predecessors : undefined };
  const body = given({ ...fields, ownYes, ...ownershipOf(task, urls) });
  const from = state === 'agreed' || state === 'declined' ? 'proposed' : 'agreed';
  const moves = BORN.has(state)
    ? []
    : [{ ...moveOf(task, from, state, urls), ...(state === 'agreed' && { ifIn: from }) }];
  const unwritable = state === 'entered-in-error' ? [fault('invalid', 'Task.status')] : [];
  return { acts: [{ act: 'step.add', body }, ...moves], faults: [...stepFaults(task, context), ...unwritable] };
}

/** What of a step a task that is sent in place of the present one changes. */
export function updateStep(task: fhir4.Task, current: fhir4.Task, context: InContext): InChange {
  const { urls } = context;
  const body = {
    ...differing(stepFields(task, urls), stepFields(current, urls)),
    ...(isForPatient(task) !== isForPatient(current) && { approvedForPatient: isForPatient(task) }),
  };
  const [from, to] = [STEP_STATE_OF[current.status]!, STEP_STATE_OF[task.status]!];
  const moves = from === to ? [] : [moveOf(task, from, to, urls)];
  const reworded = from === to && task.statusReason?.text !== current.statusReason?.text;
  const faults = [
    ...stepFaults(task, context, current),
    ...(reworded ? [fault('read-only', 'Task.statusReason')] : []),
  ];
  if (to === 'proposed' && from !== 'proposed') delete (body as Record<string, unknown>).responsibleParty;
  return { acts: updateActs(task.id!, { act: 'step.change', body }, moves), faults };
}
