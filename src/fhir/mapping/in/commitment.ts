import type { CommitmentState } from '../../../plans/domain/model.ts';
import { COMMITMENT_TASK_STATUS } from '../states.ts';
import type { OwnUrls } from '../systems.ts';
import { differing, given, type InAct, type InChange, type InContext, updateActs } from './change.ts';
import { fault, type InFault } from './faults.ts';
import { extensionsNotTaken, type HeldTree, notTaken, OF_NO_CONSEQUENCE } from './held.ts';
import { extensionOf, identifierFaults, isForPatient, ownershipOf, partyFault, partyOf, whoOf } from './parts.ts';

const HELD: HeldTree = {
  ...OF_NO_CONSEQUENCE,
  extension: true,
  identifier: true,
  basedOn: true,
  groupIdentifier: 'managed',
  status: true,
  statusReason: { text: true },
  businessStatus: true,
  intent: true,
  code: true,
  description: true,
  for: true,
  authoredOn: 'managed',
  lastModified: true,
  requester: true,
  owner: true,
  restriction: { period: { end: true } },
};

const STATE_OF: Readonly<Record<string, CommitmentState>> = {
  ...Object.fromEntries(Object.entries(COMMITMENT_TASK_STATUS).map(([state, status]) => [status, state])),
  received: 'proposed',
  draft: 'proposed',
};

function faultsOf(task: fhir4.Task, { urls }: InContext, current?: fhir4.Task): InFault[] {
  const known = {
    [urls.extension('legal-basis')]: 'managed',
    [urls.extension('proposed-change')]: 'managed',
    [urls.extension('answer-method')]: true,
  } as const;
  const state = STATE_OF[task.status] === undefined ? [fault('invalid', 'Task.status')] : [];
  return [
    ...notTaken(task, current ? { ...HELD, requester: 'managed', owner: 'managed' } : HELD, 'Task', current),
    ...extensionsNotTaken(task.extension, known, 'Task', current?.extension),
    ...identifierFaults(task.identifier, urls, 'Task'),
    ...partyFault(task.owner, 'Task.owner'),
    ...partyFault(task.requester, 'Task.requester'),
    ...state,
  ];
}

/** A promise's fields as a task tells them: its words and by when. */
export function commitmentFields(task: fhir4.Task): Record<string, unknown> {
  return given({ text: task.description, due: task.restriction?.period?.end });
}

function moveOf(task: fhir4.Task, to: CommitmentState | undefined, urls: OwnUrls): Pick<InAct, 'act' | 'body'> {
  const why = task.statusReason?.text;
  const method = extensionOf(task, urls.extension('answer-method'))?.valueCode;
  if (to === 'entered-in-error') return { act: 'commitment.in-error', body: given({ reason: why }) };
  if (to === 'accepted') return { act: 'commitment.accept', body: given({ method }) };
  return { act: 'commitment.judge', body: given({ to, why }) };
}

/** A new promise: accepted at once when it is the sender's own, else a proposal. */
export function createCommitment(task: fhir4.Task, context: InContext): InChange {
  const { urls } = context;
  const method = extensionOf(task, urls.extension('answer-method'))?.valueCode;
  const ownYes = method === 'oral' || method === 'written' ? { method } : undefined;
  const by = partyOf(whoOf(task.owner));
  const to = partyOf(whoOf(task.requester)) ?? { kind: 'patient' };
  const body = given({ ...commitmentFields(task), by, to, ownYes, ...ownershipOf(task, urls) });
  const state = STATE_OF[task.status];
  const accepted = { ...moveOf(task, 'accepted', urls), ifIn: 'proposed' };
  const judged = state === 'proposed' || state === 'accepted' ? [] : [moveOf(task, state, urls)];
  const moves = state === 'proposed' ? [] : [accepted, ...judged];
  const missing = by ? [] : [fault('required', 'Task.owner')];
  return { acts: [{ act: 'commitment.add', body }, ...moves], faults: [...faultsOf(task, context), ...missing] };
}

/** What of a promise a task that is sent in place of the present one changes. */
export function updateCommitment(task: fhir4.Task, current: fhir4.Task, context: InContext): InChange {
  const body = {
    ...differing(commitmentFields(task), commitmentFields(current)),
    ...(isForPatient(task) !== isForPatient(current) && { approvedForPatient: isForPatient(task) }),
  };
  const [from, to] = [STATE_OF[current.status], STATE_OF[task.status]];
  const moves = from === to ? [] : [moveOf(task, to, context.urls)];
  return {
    acts: updateActs(task.id!, { act: 'commitment.change', body }, moves),
    faults: faultsOf(task, context, current),
  };
}
