import type { Step } from '../../../plans/domain/model.ts';
import { readStepTime } from '../step-time.ts';
import type { OwnUrls } from '../systems.ts';
import { dueOf, executionPeriod } from '../task-time.ts';
import { extensionOf } from './parts.ts';

type Said = Pick<Step, 'time' | 'agreedLatest'>;
type SentTime = Readonly<Record<string, unknown>>;

const sameMoment = (a: string | undefined, b: string | undefined) =>
  a === b || (a !== undefined && b !== undefined && Date.parse(a) === Date.parse(b));

function samePeriod(a: fhir4.Period | undefined, b: fhir4.Period | undefined): boolean {
  return sameMoment(a?.start, b?.start) && sameMoment(a?.end, b?.end);
}

/** What the period says by itself; the form that the step had is kept where the period can be of it. */
function timeFromPeriod(period: fhir4.Period, form: unknown, status: fhir4.Task['status']): SentTime {
  const { start, end } = period;
  const fixed = form === 'fixed' || (form === undefined && (end === undefined || status === 'ready'));
  if (start !== undefined && (fixed || end === undefined)) {
    return { form: 'fixed', start, ...(end !== undefined && { end }), changeable: { byPatient: false } };
  }
  if (start !== undefined) return { form: 'window', from: start, to: end };
  if (form === 'waiting-list') return { form, expected: end };
  return { form: form === 'as-needed' || form === 'patient-books' ? form : 'latest-by', by: end };
}

/** What our own extension says, in the elements of FHIR; undefined for values that say nothing. */
function inFhir<T>(said: Said, tell: (said: Said) => T): { readonly told?: T } {
  try {
    return { told: tell(said) };
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return {};
    throw error;
  }
}

/**
 * The time and the agreed latest of a sent task. Our own extension counts as long as it says the same as FHIR's elements
 * beside it; a client that knows only those changes them alone, and then they count.
 */
export function taskTime(task: fhir4.Task, urls: OwnUrls): { time?: SentTime; agreedLatest?: unknown } {
  const own = readStepTime(extensionOf(task, urls.extension('step-time')));
  const said = own as unknown as Said;
  const { status, executionPeriod: period, restriction } = task;
  const due = restriction?.period?.end;
  const known = own.time !== undefined || own.agreedLatest !== undefined;
  const spoken = inFhir(said, executionPeriod);
  const agrees = known && (!period || !('told' in spoken) || samePeriod(period, spoken.told));
  const fromDue = !known && !period && due !== undefined ? { form: 'latest-by', by: due } : undefined;
  const fromPeriod = period ? timeFromPeriod(period, own.time?.form, status) : fromDue;
  const time = agrees ? own.time : fromPeriod;
  const dueSaid = inFhir({ ...said, time: time as unknown as Step['time'] }, dueOf);
  const latest =
    known && (due === undefined || sameMoment(due, dueSaid.told)) ? own.agreedLatest : fromDue ? undefined : due;
  return { ...(time && { time }), ...(latest !== undefined && { agreedLatest: latest }) };
}
