import type { HsaId, Instant, SwedishDate } from '../../shared/owned.ts';
import { startOfDay } from '../../shared/swedish-time.ts';
import { latest, type Stay, standingReady } from './states.ts';

export const CLOCK_NAMES = ['admission-notice', 'named-contact', 'sip-call', 'information-transfer'] as const;
export const CLOCK_STANDINGS = ['waiting', 'met', 'breached', 'stopped', 'not-owed'] as const;

/** One thing that somebody owes by law within a time, shown to both sides. */
export interface LegalClock {
  readonly name: (typeof CLOCK_NAMES)[number];
  readonly law: string;
  /** The unit that owes it. */
  readonly owner: HsaId;
  readonly standing: (typeof CLOCK_STANDINGS)[number];
  /** The last instant in time; absent while it has not begun to run. */
  readonly lastInstant?: Instant;
  readonly metAt?: Instant;
  /** Not owed any more from then on: death, an interruption, no joint plan. */
  readonly stoppedAt?: Instant;
}

type Run = Omit<LegalClock, 'standing'>;

/** What was late stays late, whatever happened since; what was stopped in time is no breach. */
function judged(run: Run, now: number): LegalClock {
  const { lastInstant, metAt, stoppedAt } = run;
  const last = lastInstant === undefined ? Number.POSITIVE_INFINITY : Date.parse(lastInstant);
  const end = Date.parse(metAt ?? stoppedAt ?? new Date(now).toISOString());
  if (end > last) return { ...run, standing: 'breached' };
  if (metAt !== undefined) return { ...run, standing: 'met' };
  return { ...run, standing: stoppedAt === undefined ? 'waiting' : 'stopped' };
}

const stopOf = ({ deathAt }: Stay): Instant | undefined => deathAt;

function contactClock(stay: Stay, owner: HsaId): Run {
  const designated = stay.messages.find(({ kind }) => kind === 'contact');
  const left = latest(stay, 'discharged');
  return {
    name: 'named-contact',
    law: 'LUS 2:5',
    owner,
    ...(left && { lastInstant: left.at }),
    ...(designated && { metAt: designated.sentAt }),
    ...(!designated && stopOf(stay) !== undefined && { stoppedAt: stopOf(stay) }),
  };
}

function callClock(stay: Stay, owner: HsaId): Run | undefined {
  const ready = latest(stay, 'ready');
  if (!ready?.call || !ready.sipNeeded) return undefined;
  const call = sinceWorse(stay, 'sip-call');
  const worse = standingReady(stay) ? undefined : latest(stay, 'interruption');
  const ends = [worse?.sentAt, sinceWorse(stay, 'no-sip')?.sentAt, stopOf(stay)].filter((at) => at !== undefined);
  const stoppedAt = ends.sort()[0];
  return {
    name: 'sip-call',
    law: 'LUS 4:3',
    owner,
    lastInstant: ready.call.lastInstant,
    ...(call && { metAt: call.sentAt }),
    ...(!call && stoppedAt !== undefined && { stoppedAt }),
  };
}

/** The first of a kind in this round: what was said of a meeting before the patient became worse is said anew. */
function sinceWorse({ messages }: Stay, kind: 'sip-call' | 'no-sip') {
  const ready = messages.findLastIndex((one) => one.kind === 'ready');
  const worse = messages.findLastIndex((one, at) => one.kind === 'interruption' && at < ready);
  return messages.find((one, at) => one.kind === kind && at > worse);
}

function informationClock(stay: Stay): Run | undefined {
  const left = latest(stay, 'discharged');
  const sent = stay.messages.find(({ kind }) => kind === 'information-transfer');
  if (!left && !sent) return undefined;
  return {
    name: 'information-transfer',
    law: 'LUS 3:2',
    owner: stay.admission.recordedBy.unit,
    ...(left?.informationBy && { lastInstant: left.informationBy }),
    ...(sent && { metAt: sent.sentAt }),
    ...(!sent && stopOf(stay) !== undefined && { stoppedAt: stopOf(stay) }),
  };
}

/** Everything that somebody owes in a stay, by law and within a time, as it stands (epoch milliseconds). */
export function clocksOf(stay: Stay, now: number): LegalClock[] {
  const { admission } = stay;
  if (stay.state === 'cancelled') return [];
  const notice: Run = {
    name: 'admission-notice',
    law: 'LUS 2:3',
    owner: admission.recordedBy.unit,
    lastInstant: admission.notice.lastInstant,
    metAt: admission.sentAt,
  };
  const ofOpenCare = admission.openCareUnit;
  const runs = [
    notice,
    ofOpenCare === undefined ? undefined : contactClock(stay, ofOpenCare),
    ofOpenCare === undefined ? undefined : callClock(stay, ofOpenCare),
    informationClock(stay),
  ];
  return runs.filter((run) => run !== undefined).map((run) => judged(run, now));
}

/** What was not done in time. */
export function breachesOf(stay: Stay, now: number): LegalClock[] {
  return clocksOf(stay, now).filter(({ standing }) => standing === 'breached');
}

export const PRECONDITIONS = ['admission-notice-late', 'sip-call-missing', 'open-care-missing'] as const;

/** When the kommun begins to pay (LUS 5:3–5:5), shown to both sides. */
export interface PaymentClock {
  readonly from: SwedishDate;
  readonly standing: 'to-come' | 'runs' | 'preconditions-unmet' | 'ended';
  /** What LUS 5:3 and 5:5 ask for and is not there. */
  readonly unmet: readonly (typeof PRECONDITIONS)[number][];
  /** Ended by going home, by death, or by becoming worse. */
  readonly endedAt?: Instant;
}

/**
 * The payment responsibility, from the notice that the patient is ready. It is not for this service to say what is owed:
 * it shows the day, and which of the law's conditions are not there.
 */
export function paymentOf(stay: Stay, now: number): PaymentClock | undefined {
  const ready = latest(stay, 'ready');
  if (stay.state === 'cancelled' || !ready?.payment) return undefined;
  const { from } = ready.payment;
  const clocks = clocksOf(stay, now);
  const standing = (name: LegalClock['name']) => clocks.find((one) => one.name === name)?.standing;
  const call = standing('sip-call');
  const unmet = [
    standing('admission-notice') === 'breached' ? ('admission-notice-late' as const) : undefined,
    call === 'waiting' || call === 'breached' ? ('sip-call-missing' as const) : undefined,
    standing('named-contact') === 'waiting' || standing('named-contact') === 'breached'
      ? ('open-care-missing' as const)
      : undefined,
  ].filter((one) => one !== undefined);
  const worse = standingReady(stay) ? undefined : latest(stay, 'interruption')?.sentAt;
  const ends = [worse, latest(stay, 'discharged')?.at, stopOf(stay)].filter((at) => at !== undefined);
  const endedAt = ends.sort()[0];
  if (endedAt !== undefined) return { from, standing: 'ended', unmet, endedAt };
  if (now < startOfDay(from)) return { from, standing: 'to-come', unmet };
  return { from, standing: unmet.length > 0 ? 'preconditions-unmet' : 'runs', unmet };
}
