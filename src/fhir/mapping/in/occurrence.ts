import type { ReportOutcome } from '../../../plans/domain/model.ts';
import { given, type InChange, type InContext } from './change.ts';
import { fault } from './faults.ts';
import { type HeldTree, notTaken, OF_NO_CONSEQUENCE } from './held.ts';
import { plainNotes } from './parts.ts';

const HELD: HeldTree = {
  ...OF_NO_CONSEQUENCE,
  status: true,
  statusReason: { text: true },
  lastModified: true,
  note: true,
};
const MANAGED = ['basedOn', 'groupIdentifier', 'partOf', 'intent', 'code', 'description', 'for', 'executionPeriod'];
const ALSO = ['authoredOn', 'requester', 'owner', 'output', 'extension', 'identifier', 'businessStatus', 'restriction'];
const ALL: HeldTree = {
  ...HELD,
  ...Object.fromEntries([...MANAGED, ...ALSO].map((name) => [name, 'managed'] as const)),
};

const OUTCOME: Readonly<Record<string, ReportOutcome>> = {
  completed: 'done',
  failed: 'not-done',
  cancelled: 'skipped',
};

/** One occurrence of a series is reported: done, not done or skipped; a state before that takes a mistaken tick back. */
export function updateOccurrence(task: fhir4.Task, current: fhir4.Task, _context: InContext): InChange {
  const [stepId, day = ''] = task.id!.split('.');
  const occurrence = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
  const outcome = OUTCOME[task.status] ?? 'undone';
  const was = new Set((current.note ?? []).map((one) => JSON.stringify(one)));
  const fresh = (task.note ?? []).filter((one) => !was.has(JSON.stringify(one)));
  const note = plainNotes(fresh);
  const faults = notTaken(task, ALL, 'Task', current);
  if (fresh.length > 0 && task.status === current.status) faults.push(fault('read-only', 'Task.note'));
  const reported = task.status !== current.status;
  const body = given({ outcome, occurrence, note });
  return { acts: reported ? [{ act: 'step.report', about: stepId, body }] : [], faults };
}
