import type { Recurrence, Step, StepTime, Weekday, When } from '../../plans/domain/model.ts';
import { parts } from './owned.ts';
import type { OwnUrls } from './systems.ts';

/**
 * The time of a step in all its forms, as one extension: FHIR's own elements of a Task tell less (a window, a deadline and
 * a waiting list are all a period), so that it travels beside them and nothing is lost on the way back.
 */

type Sub = fhir4.Extension | undefined;
const when = (url: string, valueString: When | undefined): Sub => (valueString ? { url, valueString } : undefined);
const day = (url: string, valueDate: string | undefined): Sub => (valueDate ? { url, valueDate } : undefined);

function seriesParts(series: Recurrence): Sub[] {
  const { every, interval, weekdays = [], startsOn, endsOn, timeOfDay, exceptions = [] } = series;
  return [
    { url: 'every', valueCode: every },
    { url: 'interval', valueInteger: interval },
    ...weekdays.map((valueCode) => ({ url: 'weekday', valueCode })),
    day('startsOn', startsOn),
    day('endsOn', endsOn),
    timeOfDay === undefined ? undefined : { url: 'timeOfDay', valueTime: `${timeOfDay}:00` },
    ...exceptions.map(({ on, movedTo, cancelled }) => ({
      url: 'exception',
      extension: parts([
        day('on', on),
        when('movedTo', movedTo),
        cancelled && { url: 'cancelled', valueBoolean: true },
      ]),
    })),
  ];
}

function partsOf(time: StepTime): Sub[] {
  switch (time.form) {
    case 'fixed': {
      const { byPatient, how } = time.changeable;
      const said = how === undefined ? undefined : { url: 'how', valueString: how };
      const own = { url: 'byPatient', valueBoolean: byPatient };
      return [when('start', time.start), when('end', time.end), own, said];
    }
    case 'window':
      return [when('from', time.from), when('to', time.to)];
    case 'waiting-list':
      return [when('expected', time.expected)];
    case 'patient-books':
      return [time.link === undefined ? undefined : { url: 'link', valueUrl: time.link }, when('by', time.by)];
    case 'recurring':
      return seriesParts(time.series);
    default:
      return [when('by', time.by)];
  }
}

/** The time and the agreed latest of a step; nothing when it has neither. */
export function stepTimeExtension(urls: OwnUrls, { time, agreedLatest }: Pick<Step, 'time' | 'agreedLatest'>) {
  const form = time && { url: 'form', valueCode: time.form };
  const extension = parts([form, ...(time ? partsOf(time) : []), when('agreedLatest', agreedLatest)]);
  return extension.length === 0 ? [] : [{ url: urls.extension('step-time'), extension }];
}

type Values = Readonly<Record<string, unknown>>;

function saidIn(extension: fhir4.Extension): unknown {
  const { url: _url, id: _id, extension: inner, ...value } = extension as fhir4.Extension & Record<string, unknown>;
  return inner ?? Object.values(value)[0];
}

/** Values by name; of those that may come several times, all. */
function read(extensions: readonly fhir4.Extension[]): { readonly one: Values; all(name: string): unknown[] } {
  const one: Record<string, unknown> = {};
  for (const part of extensions) one[part.url] ??= saidIn(part);
  return { one, all: (name) => extensions.filter(({ url }) => url === name).map(saidIn) };
}

function seriesFrom(extensions: readonly fhir4.Extension[]): Values {
  const { one, all } = read(extensions);
  const { every, interval, startsOn, endsOn, timeOfDay } = one;
  const weekdays = all('weekday') as Weekday[];
  const exceptions = all('exception').map((inner) => read((inner ?? []) as fhir4.Extension[]).one);
  return {
    every,
    interval: interval ?? 1,
    ...(weekdays.length > 0 && { weekdays }),
    startsOn,
    ...(endsOn !== undefined && { endsOn }),
    ...(typeof timeOfDay === 'string' && { timeOfDay: timeOfDay.slice(0, 5) }),
    ...(exceptions.length > 0 && { exceptions }),
  };
}

/** What a step's own time extension says; the form of its values is judged by whoever takes the change in. */
export function readStepTime(extension: fhir4.Extension | undefined): { time?: Values; agreedLatest?: unknown } {
  if (!extension) return {};
  const inner = extension.extension ?? [];
  const { form, agreedLatest, byPatient, how, ...rest } = read(inner).one;
  const latest = agreedLatest === undefined ? {} : { agreedLatest };
  if (form === undefined) return latest;
  if (form === 'recurring') return { ...latest, time: { form, series: seriesFrom(inner) } };
  if (form !== 'fixed') return { ...latest, time: { form, ...rest } };
  const changeable = { byPatient: byPatient ?? false, ...(how !== undefined && { how }) };
  return { ...latest, time: { form, ...rest, changeable } };
}
