import type { InContext } from './change.ts';
import { fault, type InFault } from './faults.ts';
import { type HeldTree, notTaken } from './held.ts';

type Detail = fhir4.CarePlanActivityDetail;

const STATUS: Readonly<Record<Detail['status'], fhir4.Task['status']>> = {
  'not-started': 'requested',
  scheduled: 'requested',
  'in-progress': 'in-progress',
  'on-hold': 'on-hold',
  completed: 'completed',
  cancelled: 'cancelled',
  stopped: 'cancelled',
  unknown: 'requested',
  'entered-in-error': 'entered-in-error',
};

const HELD: HeldTree = {
  code: { text: true, coding: { display: true } },
  description: true,
  status: (value) => value !== 'unknown' && value !== 'entered-in-error',
  statusReason: { text: true },
  scheduledPeriod: { start: true, end: true },
  scheduledTiming: { repeat: { boundsPeriod: { start: true, end: true } } },
  performer: true,
};

const NEEDS_REASON: ReadonlySet<string> = new Set(['cancelled', 'on-hold']);

/** What the sender calls it: the text, else what its first code is called. */
export function conceptText(concept: fhir4.CodeableConcept | undefined): string | undefined {
  return concept?.text ?? concept?.coding?.find(({ display }) => display !== undefined)?.display;
}

function periodOf({ scheduledPeriod, scheduledTiming }: Detail): fhir4.Period | undefined {
  return scheduledPeriod ?? scheduledTiming?.repeat?.boundsPeriod;
}

function reasonOf({ statusReason }: Detail, status: string, lenient: boolean): string | undefined {
  return statusReason?.text ?? (lenient && NEEDS_REASON.has(status) ? 'Skäl är inte angivet' : undefined);
}

/**
 * An activity that a plan tells inline, as the task that it becomes here. A time with a beginning alone is a window that is
 * still open, and no time to be told.
 *
 * @param place where the detail stands in what was sent
 */
export function taskOfDetail(
  detail: Detail,
  place: string,
  { urls }: InContext,
  lenient: boolean,
): { readonly task: fhir4.Task; readonly faults: InFault[] } {
  const faults = notTaken(detail, HELD, place);
  if (detail.doNotPerform) faults.push(fault('invalid', `${place}.doNotPerform`));
  const text = conceptText(detail.code) ?? detail.description;
  if (text === undefined) faults.push(fault('required', `${place}.code`));
  for (const [i] of (detail.performer ?? []).slice(1).entries()) {
    faults.push(fault('not-held', `${place}.performer[${i + 1}]`));
  }
  const period = periodOf(detail);
  if (period?.start !== undefined && period.end === undefined) faults.push(fault('not-held', `${place}.scheduled`));
  const status = STATUS[detail.status];
  const reason = reasonOf(detail, status, lenient);
  const [owner] = detail.performer ?? [];
  const task: fhir4.Task = {
    resourceType: 'Task',
    status,
    intent: 'plan',
    code: {
      coding: [{ system: urls.system('task-kind'), code: 'step' }],
      ...(text !== undefined && { text: text.slice(0, 200) }),
    },
    ...(detail.description !== undefined && { description: detail.description }),
    ...(owner && { owner }),
    ...(period?.end !== undefined && { executionPeriod: period }),
    ...(reason !== undefined && { statusReason: { text: reason } }),
  };
  return { task, faults };
}
