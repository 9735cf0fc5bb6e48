import { openAt } from '../../shared/opening-hours.ts';
import { isBlank } from '../../shared/text.ts';
import type { ContactChannel } from './contact-channel.ts';
import { isUsable, preferenceOf, type ReachNeeds } from './reach-preference.ts';

export type { ContactChannel, ContactChannelKind } from './contact-channel.ts';

/**
 * Whose channel it is. `unit` and `deputy-unit`: that of the unit where the contact or the deputy works;
 * `advice-line`: 1177 by phone, when nobody else can be reached at all.
 */
export type ReachVia = 'contact' | 'deputy' | 'unit' | 'deputy-unit' | 'lead-unit' | 'advice-line';

/** Who answers. */
export interface ReachContact {
  readonly via: ReachVia;
  /** A person, a role where the person must not be named, or a unit. */
  readonly name: string;
  /** The person's role in Swedish; absent for units. */
  readonly role?: string;
  readonly unitName: string;
  /** For a unit: the person to ask for there. */
  readonly askFor?: string;
  /** For a deputy: whose place it is. */
  readonly inPlaceOf?: string;
}

/** Someone who may be reached, with the times when there is any use in trying (epoch milliseconds, ends exclusive). */
export interface ReachCandidate extends ReachContact {
  readonly from?: number;
  readonly to?: number;
  readonly away?: readonly { readonly from: number; readonly to: number }[];
  readonly channels: readonly ContactChannel[];
}

interface Reached {
  readonly contact: ReachContact;
  readonly channel: Pick<ContactChannel, 'kind' | 'value' | 'purpose'>;
  /** What to do when life is in danger; always names 112. */
  readonly emergency: string;
}

/** Exactly one contact and one channel: open now, or the one that opens first and what applies until then. */
export type Reach =
  | (Reached & { readonly open: true /** Undefined: no end in sight. */; readonly until: number | undefined })
  | (Reached & { readonly open: false; readonly opensAt: number; readonly untilThen: string });

export const ADVICE_LINE_NUMBER = '1177';
export const DEFAULT_UNTIL_THEN = 'Ring 1177 för råd, dygnet runt.';
export const DEFAULT_EMERGENCY = 'Ring 112 vid fara för liv.';

/** The national advice line by phone, open day and night: the answer when there is no other. */
const ADVICE_LINE: Reach = {
  contact: { via: 'advice-line', name: '1177 på telefon', unitName: '1177' },
  channel: { kind: 'phone', value: ADVICE_LINE_NUMBER, purpose: 'Råd om vård, dygnet runt' },
  emergency: DEFAULT_EMERGENCY,
  open: true,
  until: undefined,
};

interface Way {
  readonly candidate: ReachCandidate;
  readonly channel: ContactChannel;
}

function availableFrom({ from, to, away = [] }: ReachCandidate, instant: number): number | undefined {
  let at = Math.max(instant, from ?? instant);
  for (const period of [...away].sort((a, b) => a.from - b.from)) {
    if (period.from <= at && at < period.to) at = period.to;
  }
  return to === undefined || at < to ? at : undefined;
}

function leavesAt({ to, away = [] }: ReachCandidate, instant: number): number {
  const leaves = away.flatMap((period) => (period.from > instant && period.to > period.from ? [period.from] : []));
  return Math.min(to ?? Number.POSITIVE_INFINITY, ...leaves);
}

/** The first instant from `now` on when both the channel is open and there is someone behind it. */
function firstOpen({ candidate, channel }: Way, now: number): number | undefined {
  let at: number | undefined = now;
  for (;;) {
    at = availableFrom(candidate, at);
    if (at === undefined) return undefined;
    const opening = openAt(channel.openingHours, at);
    if (opening.open) return at;
    if (opening.opens === undefined) return undefined;
    at = opening.opens;
  }
}

function waysInOrder(candidates: readonly ReachCandidate[], needs: ReachNeeds): Way[] {
  const ways = candidates.flatMap((candidate, place) =>
    candidate.channels
      .filter((channel) => isUsable(channel, needs))
      .map((channel) => ({ candidate, channel, order: preferenceOf(channel.kind, place, needs) })),
  );
  return ways.sort((a, b) => a.order - b.order);
}

function emergencyText(channel: ContactChannel): string {
  const own = channel.inEmergency ?? '';
  if (isBlank(own)) return DEFAULT_EMERGENCY;
  return /\b112\b/.test(own) ? own : `${own} ${DEFAULT_EMERGENCY}`;
}

function untilThen(channel: ContactChannel, needs: ReachNeeds): string {
  const own = channel.whenClosed ?? '';
  // Such texts often promise to call back, which someone who must never be called cannot be told.
  const mayPromiseCall = needs.doNotCall === true && (channel.kind === 'phone' || channel.kind === 'switchboard');
  return isBlank(own) || mayPromiseCall ? DEFAULT_UNTIL_THEN : own;
}

function reached({ candidate, channel }: Way): Reached {
  const { via, name, role, unitName, askFor, inPlaceOf } = candidate;
  const { kind, value, purpose } = channel;
  return {
    contact: {
      via,
      name,
      unitName,
      ...(role !== undefined && { role }),
      ...(askFor !== undefined && { askFor }),
      ...(inPlaceOf !== undefined && { inPlaceOf }),
    },
    channel: { kind, value, purpose },
    emergency: emergencyText(channel),
  };
}

function openNow(way: Way, now: number): Reach {
  const opening = openAt(way.channel.openingHours, now);
  const closes = opening.open ? opening.until : undefined;
  const until = Math.min(closes ?? Number.POSITIVE_INFINITY, leavesAt(way.candidate, now));
  return { ...reached(way), open: true, until: Number.isFinite(until) ? until : undefined };
}

/**
 * Answers the patient's question "whom do I reach now?" for one instant (epoch milliseconds).
 *
 * Always one contact and one channel: the first candidate, in the order given, that has a channel open now which this
 * patient can use; else the one that opens first, with the instant, and what applies until then; else, when nothing
 * opens within `HORIZON_DAYS`, 1177 by phone. Never a channel for professionals, a letter or an e-mail, never one
 * behind which there is nobody (away, not begun, ended), and always what to do when life is in danger.
 *
 * `candidates` come from `reachCandidates`, in the order in which they are to be tried.
 */
export function whomToReach(candidates: readonly ReachCandidate[], needs: ReachNeeds, now: number): Reach {
  let first: { way: Way; at: number } | undefined;
  for (const way of waysInOrder(candidates, needs)) {
    const at = firstOpen(way, now);
    if (at === now) return openNow(way, now);
    if (at !== undefined && (first === undefined || at < first.at)) first = { way, at };
  }
  if (!first) return ADVICE_LINE;
  const { way, at } = first;
  return { ...reached(way), open: false, opensAt: at, untilThen: untilThen(way.channel, needs) };
}
