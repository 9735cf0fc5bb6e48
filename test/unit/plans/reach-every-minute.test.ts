import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContactChannel, type Reach, type ReachCandidate, whomToReach } from '../../../src/plans/domain/reach.ts';
import type { ReachNeeds } from '../../../src/plans/domain/reach-preference.ts';
import { anyHours, openMinutes, type Timeline, WEEKS } from '../shared/opening-oracle.ts';

const MINUTE = 60_000;
const KINDS = ['phone', '1177-message', 'web-booking', 'video', 'visit', 'switchboard', 'e-mail', 'letter'] as const;

interface World {
  readonly candidates: readonly ReachCandidate[];
  readonly needs: ReachNeeds;
}

function anyWorld(weeks: Timeline): fc.Arbitrary<World> {
  const minutes = fc.integer({ min: -600, max: weeks.shown.length + 600 }).map((m) => weeks.start + m * MINUTE);
  const period = fc.tuple(minutes, minutes).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
  const channels: fc.Arbitrary<ContactChannel> = fc.record({
    kind: fc.constantFrom(...KINDS),
    value: fc.constantFrom('040-6280420', 'https://www.1177.se/', 'https://boka.example/', ' '),
    purpose: fc.constant('Frågor'),
    audience: fc.constantFrom('patient', 'patient', 'patient', 'professional'),
    openingHours: anyHours(weeks),
    whenClosed: fc.constantFrom('Tala in så ringer vi.', '', null, undefined),
    inEmergency: fc.constantFrom('Ring 112 genast.', 'Kom till akuten.', null, undefined),
  });
  const candidates: fc.Arbitrary<ReachCandidate> = fc.record({
    via: fc.constantFrom('contact', 'deputy', 'unit', 'lead-unit'),
    name: fc.constant(''),
    unitName: fc.constant('Testeryds vårdcentral'),
    from: fc.option(minutes, { nil: undefined, freq: 2 }),
    to: fc.option(minutes, { nil: undefined, freq: 2 }),
    away: fc.array(period, { maxLength: 2 }),
    channels: fc.array(channels, { maxLength: 3 }),
  });
  const needs: fc.Arbitrary<ReachNeeds> = fc.record({
    cannotUse1177: fc.boolean(),
    hearingImpaired: fc.boolean(),
    preferred: fc.option(fc.constantFrom(...KINDS), { nil: undefined }),
    cannotUse: fc.subarray([...KINDS], { maxLength: 2 }),
    doNotCall: fc.boolean(),
  });
  return fc
    .record({ candidates: fc.array(candidates, { minLength: 1, maxLength: 4 }), needs })
    .map(({ candidates: all, needs: own }) => ({
      needs: own,
      // Names and purposes tell the ways apart in the answer.
      candidates: all.map((one, place) => ({
        ...one,
        name: `nr ${place}`,
        channels: one.channels.map((channel, nr) => ({ ...channel, purpose: `kanal ${nr}` })),
      })),
    }));
}

/** The ways a patient may be shown, best first, said as a list of comparisons rather than as the code sums them up. */
function waysBestFirst({ candidates, needs }: World) {
  const speech = (kind: string) => kind === 'phone' || kind === 'switchboard';
  const order = needs.hearingImpaired
    ? ['1177-message', 'video', 'visit', 'web-booking', 'phone', 'switchboard']
    : ['phone', 'switchboard', 'video', 'visit', '1177-message', 'web-booking'];
  const ways = candidates.flatMap((candidate, place) =>
    candidate.channels.map((channel, nr) => ({ candidate, channel, place, nr })),
  );
  const shown = ways.filter(
    ({ channel: { audience, kind, value } }) =>
      audience === 'patient' &&
      kind !== 'letter' &&
      kind !== 'e-mail' &&
      value !== ' ' &&
      !needs.cannotUse?.includes(kind) &&
      !(needs.cannotUse1177 && (kind === '1177-message' || (kind === 'web-booking' && value.includes('1177')))),
  );
  const late = (kind: string) => Number(!!needs.hearingImpaired && speech(kind) && kind !== needs.preferred);
  return shown.sort(
    (a, b) =>
      late(a.channel.kind) - late(b.channel.kind) ||
      a.place - b.place ||
      Number(b.channel.kind === needs.preferred) - Number(a.channel.kind === needs.preferred) ||
      order.indexOf(a.channel.kind) - order.indexOf(b.channel.kind) ||
      a.nr - b.nr,
  );
}

function presentMinutes({ from, to, away }: ReachCandidate, weeks: Timeline): (minute: number) => boolean {
  return (minute) => {
    const at = weeks.start + minute * MINUTE;
    const gone = away?.some((period) => period.from <= at && at < period.to);
    return (from ?? at) <= at && (to === undefined || at < to) && !gone;
  };
}

/** For each minute which way is the best that is open, by its place in the list; -1 for none. */
function bestOpen(ways: ReturnType<typeof waysBestFirst>, weeks: Timeline): Int8Array {
  const best = new Int8Array(weeks.shown.length).fill(-1);
  for (const [place, { candidate, channel }] of [...ways.entries()].reverse()) {
    const open = openMinutes(channel.openingHours, weeks);
    const present = presentMinutes(candidate, weeks);
    for (let minute = 0; minute < best.length; minute++) if (open[minute] && present(minute)) best[minute] = place;
  }
  return best;
}

function fault(reach: Reach, expected: number, ways: ReturnType<typeof waysBestFirst>, opensAt: number, end: number) {
  const way = ways[expected];
  const isWay = way?.candidate.name === reach.contact.name && way.channel.purpose === reach.channel.purpose;
  if (!reach.emergency.includes('112')) return 'no emergency text';
  if (!reach.open && reach.untilThen.trim() === '') return 'nothing applies until then';
  if (expected === -1) {
    // Nothing opens in these weeks: later then, or 1177.
    return reach.open
      ? reach.contact.via !== 'advice-line' && 'open though nothing is'
      : reach.opensAt < end && 'too early';
  }
  if (!isWay) return 'another way';
  return reach.open ? opensAt !== -1 && 'open though closed' : reach.opensAt !== opensAt && 'opens at another time';
}

describe('whom do I reach now, every minute', () => {
  it.each(Object.keys(WEEKS))('of %s: one contact and one channel, open now or the first to open', (name) => {
    const weeks = WEEKS[name]!();
    const end = weeks.start + weeks.shown.length * MINUTE;
    fc.assert(
      fc.property(anyWorld(weeks), (world) => {
        const ways = waysBestFirst(world);
        const best = bestOpen(ways, weeks);
        let coming = { place: -1, at: -1 };
        for (let minute = best.length - 1; minute >= 0; minute--) {
          const now = weeks.start + minute * MINUTE;
          const place = best[minute]!;
          const reach = whomToReach(world.candidates, world.needs, now);
          const wrong =
            place === -1
              ? fault(reach, coming.place, ways, coming.at, end)
              : fault(reach, place, ways, -1, end) || (!reach.open && 'closed though open');
          if (wrong) throw new Error(`${weeks.shown[minute]}: ${wrong}: ${JSON.stringify(reach)}`);
          if (place !== -1) coming = { place, at: now };
        }
      }),
      { numRuns: 3 },
    );
  });

  it('is open to the very minute it says, and not in that minute any more', () => {
    const weeks = WEEKS['the autumn shift']!();
    fc.assert(
      fc.property(anyWorld(weeks), fc.nat({ max: weeks.shown.length - 1 }), (world, minute) => {
        const ways = waysBestFirst(world);
        const reach = whomToReach(world.candidates, world.needs, weeks.start + minute * MINUTE);
        const way = ways.find(
          ({ candidate, channel }) =>
            candidate.name === reach.contact.name && channel.purpose === reach.channel.purpose,
        );
        if (!reach.open || !way) return;
        const [open, present] = [openMinutes(way.channel.openingHours, weeks), presentMinutes(way.candidate, weeks)];
        let last = minute;
        while (last < weeks.shown.length && open[last] && present(last)) last++;
        const until = reach.until ?? Number.POSITIVE_INFINITY;
        if (last < weeks.shown.length) expect(until).toBe(weeks.start + last * MINUTE);
        else expect(until).toBeGreaterThanOrEqual(weeks.start + last * MINUTE);
      }),
      { numRuns: 60 },
    );
  });
});
