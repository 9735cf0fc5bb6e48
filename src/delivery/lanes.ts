import type { ThingId } from '../shared/ids.ts';
import { deliver, type Sending } from './deliver.ts';
import type { Subscription } from './domain/model.ts';
import { FIRST_LANE, takeHeads } from './store/lanes.ts';

/** Failures in a row after which a subscription is tried by one lane at a time. */
const FAILING_AFTER = 5;

interface Place {
  underWay: number;
  failing: number;
  taking: boolean;
  /** The lane that was taken last: the next look goes on from there. */
  after: string;
}

/** Sends what is due, each subscription by itself: one that answers slowly, or never, holds nobody but itself. */
export interface Lanes {
  /** Sends what the subscription has due, up to its own limit at a time, and goes on as each is done. */
  pump(id: ThingId): void;
  /** Lets something else run beside the lanes, and be waited for when they stop. */
  beside(work: Promise<void>): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/**
 * @param current the subscription as it stands now, undefined when nothing more is to be sent to it
 * @param onError told of faults (the database away); the lease sees to it that the event is tried again
 */
export function createLanes(
  sending: Sending,
  current: (id: ThingId) => Subscription | undefined,
  onError: (error: unknown) => void,
): Lanes {
  const places = new Map<ThingId, Place>();
  const running = new Set<Promise<void>>();
  let stopped = false;

  async function fill(id: ThingId, place: Place): Promise<void> {
    const limit = place.failing >= FAILING_AFTER ? 1 : sending.settings.lanesAtOnce;
    const room = limit - place.underWay;
    const subscription = current(id);
    if (stopped || room <= 0 || !subscription) return;
    const { leaseMs } = sending.settings;
    const heads = await takeHeads(sending.desk.pool, id, { most: room, leaseMs, after: place.after });
    for (const head of heads) {
      place.after = head.planId ?? head.patientId;
      place.underWay += 1;
      const work = deliver(sending, subscription, head)
        .then((failure) => {
          place.failing = failure === undefined ? 0 : place.failing + 1;
        })
        .catch(onError)
        .finally(() => {
          place.underWay -= 1;
          pump(id);
        });
      follow(work);
    }
  }

  function follow(work: Promise<void>): void {
    const kept = work.finally(() => running.delete(kept));
    running.add(kept);
  }

  function pump(id: ThingId): void {
    const place = places.get(id) ?? { underWay: 0, failing: 0, taking: false, after: FIRST_LANE };
    places.set(id, place);
    if (place.taking || stopped) return;
    place.taking = true;
    follow(
      fill(id, place)
        .catch(onError)
        .finally(() => {
          place.taking = false;
        }),
    );
  }

  return {
    pump,
    beside: (work) => follow(work.catch(onError)),
    async idle() {
      stopped = true;
      while (running.size > 0) await Promise.all(running);
    },
  };
}
