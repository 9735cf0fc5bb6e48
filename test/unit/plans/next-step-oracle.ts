import { Temporal } from 'temporal-polyfill';
import type { Plan, PlanContent, Recurrence, Report, Step, When } from '../../../src/plans/domain/model.ts';

/**
 * docs/domain.md 4, "The next step", told plainly and slowly with a library's clock and a calendar read day by day; shares
 * nothing with what it is compared to but the shape of the content.
 */

const ZONE = 'Europe/Stockholm';
const HOUR = 3_600_000;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const DAY = 24 * HOUR;
const number = (date: string) => Date.parse(date) / DAY;
const text = (n: number) => new Date(n * DAY).toISOString().slice(0, 10);

/** The library is slow and the same midnights come again and again. */
const known = new Map<string, number>();
function reading(local: string): number {
  const shown = Temporal.PlainDateTime.from(local).toZonedDateTime(ZONE);
  // A time that clocks jump past is the jump itself.
  const jumped = shown.toPlainDateTime().toString({ smallestUnit: 'minute' }) !== local;
  return (jumped ? shown.getTimeZoneTransition('previous')! : shown).epochMilliseconds;
}
function clock(date: string, time = '00:00'): number {
  const local = `${date}T${time}`;
  const found = known.get(local) ?? reading(local);
  known.set(local, found);
  return found;
}
const midnight = (date: string, later = 0) => clock(text(number(date) + later));
const isDay = (when: When) => !when.includes('T');
const starts = (when: When) => (isDay(when) ? midnight(when) : Date.parse(when));
const ends = (when: When) => (isDay(when) ? midnight(when, 1) : Date.parse(when));
/** The last instant in time: just before a day is over, or the instant itself. */
const lastInTime = (when: When) => (isDay(when) ? ends(when) - 1 : ends(when));

interface Time {
  readonly on?: string;
  readonly at: number;
  readonly inTimeUntil: number;
  readonly booked: boolean;
  readonly start: number;
  readonly end: number;
}

/** 1970-01-01 was a Thursday: Monday is 0. */
const weekday = (n: number) => (n + 3) % 7;

function scheduled(series: Recurrence, until: number): string[] {
  const found: string[] = [];
  const first = number(series.startsOn);
  const last = Math.min(until, series.endsOn ? number(series.endsOn) : until);
  const wanted = (n: number) => series.weekdays!.includes(DAYS[weekday(n)] as 'mon');
  for (let n = first; n <= last; n++) {
    const weeks = Math.floor((n - (first - weekday(first))) / 7);
    const any = !series.weekdays?.length;
    const fits =
      series.every === 'day'
        ? (n - first) % series.interval === 0 && (any || wanted(n))
        : weeks % series.interval === 0 && (any ? weekday(n) === weekday(first) : wanted(n));
    if (fits) found.push(text(n));
  }
  return found;
}

function occurrenceTime(series: Recurrence, on: string, own: boolean): Time | undefined {
  const exception = series.exceptions?.find((e) => e.on === on);
  if (exception?.cancelled) return undefined;
  const usual = series.timeOfDay ? new Date(clock(on, series.timeOfDay)).toISOString() : on;
  const when = exception?.movedTo ?? usual;
  const booked = !isDay(when) && (exception?.movedTo !== undefined || !own);
  if (isDay(when))
    return { on, at: ends(when), inTimeUntil: lastInTime(when), booked, start: starts(when), end: ends(when) };
  const at = Date.parse(when);
  // What is not booked has not been moved.
  return { on, at, inTimeUntil: booked ? at + HOUR - 1 : lastInTime(on), booked, start: at, end: at };
}

/** The fewest days between two occurrences of the rule itself. */
function closest(series: Recurrence): number {
  const days = scheduled({ ...series, endsOn: undefined }, number(series.startsOn) + 200).map(number);
  return Math.min(...days.slice(1).map((on, i) => on - days[i]!));
}

const isTicked = (report: Report | undefined) => report !== undefined && report.outcome !== 'undone';

function lastWord(reports: readonly Report[], step: Step, on: string): Report | undefined {
  const about = reports.filter((r) => r.stepId === step.id && r.occurrence === on && !r.enteredInError);
  return about.sort(
    (a, b) => Date.parse(b.reportedAt) - Date.parse(a.reportedAt) || (a.clientKey < b.clientKey ? 1 : -1),
  )[0];
}

function seriesTime(step: Step, series: Recurrence, content: PlanContent, now: number, own: boolean): Time | undefined {
  const until = Math.floor(now / DAY) + 250;
  const all = scheduled(series, until).flatMap((on) => occurrenceTime(series, on, own) ?? []);
  const told = new Set(content.report.map((r) => r.occurrence));
  const ticked = all.filter((t) => told.has(t.on) && isTicked(lastWord(content.report, step, t.on!)));
  // A tick on a day that the series no longer has still tells how far one has come.
  const others = content.report.filter((r) => r.stepId === step.id && !all.some((t) => t.on === r.occurrence));
  const odd = others.filter((r) => isTicked(lastWord(content.report, step, r.occurrence!)));
  const latest = Math.max(...ticked.map((t) => t.start), ...odd.map((r) => starts(r.occurrence!)));
  const each = closest(series) > 7 || (series.timeOfDay !== undefined && !own);
  const counts = (t: Time) => t === all[0] || t.booked || each;
  const left = all.filter((t) => !ticked.includes(t) && t.end > latest && counts(t) && !(own && now > t.inTimeUntil));
  return left.sort((a, b) => a.at - b.at)[0];
}

const never: Time = { at: Infinity, inTimeUntil: Infinity, booked: false, start: Infinity, end: Infinity };
const by = (when: When): Time => ({ ...never, at: ends(when), inTimeUntil: lastInTime(when) });

function timeOf(step: Step, content: PlanContent, now: number, own: boolean): Time | undefined {
  const time = step.time;
  if (time?.form === 'recurring') return seriesTime(step, time.series, content, now, own);
  let one = step.agreedLatest ? by(step.agreedLatest) : never;
  if (time?.form === 'fixed') {
    const at = Date.parse(time.start);
    one = { ...never, at, inTimeUntil: time.end ? Date.parse(time.end) : at + HOUR - 1, booked: true };
  }
  if (time?.form === 'window') one = by(time.to);
  if (time?.form === 'latest-by' || time?.form === 'as-needed') one = by(time.by);
  if (time?.form === 'waiting-list') one = by(time.expected);
  if (time?.form === 'patient-books' && time.by) one = by(time.by);
  return own && now > one.inTimeUntil ? undefined : one;
}

/** The number of the step that is next in the plans, or the word for what is said when there is none. */
export function oracle(plans: readonly Plan[], content: PlanContent, now: number): string {
  const alive = plans.filter((p) => ['proposed', 'active', 'on-hold'].includes(p.status));
  if (alive.length === 0) return 'nothing';
  const shown = content.step.filter(
    (s) =>
      alive.some((p) => p.id === s.planId) && s.approvedForPatient && !s.enteredInError && s.condition === undefined,
  );
  const rows = shown.flatMap((s) => {
    if (s.state !== 'agreed' && s.state !== 'booked' && s.state !== 'in-progress') return [];
    const party = s.responsibleParty.kind;
    const own = party === 'patient' || party === 'relative' || s.time?.form === 'patient-books';
    const time = timeOf(s, content, now, own);
    if (!time) return [];
    const late = !own && now > time.inTimeUntil;
    const first = time.booked && time.at - 24 * HOUR <= now && now <= time.inTimeUntil;
    return [{ s, late, row: [first ? 1 : late ? 2 : 3, time.at, s.order, s.id] as const }];
  });
  rows.sort((a, b) => {
    for (let i = 0; i < 4; i++) if (a.row[i] !== b.row[i]) return a.row[i]! < b.row[i]! ? -1 : 1;
    return 0;
  });
  const chosen = rows[0];
  if (chosen) return `${chosen.late ? 'late' : 'step'} ${chosen.s.id}`;
  const said = alive.map((p) => {
    const own = shown.filter((s) => s.planId === p.id);
    if (p.status === 'on-hold') return 'resting';
    if (own.some((s) => s.state === 'proposed' || s.state === 'wished')) return 'proposal';
    if (own.some((s) => s.state === 'on-hold')) return 'resting';
    return p.status === 'proposed' ? 'proposal' : 'follow-up';
  });
  return (['proposal', 'resting', 'follow-up'] as const).find((word) => said.includes(word))!;
}
