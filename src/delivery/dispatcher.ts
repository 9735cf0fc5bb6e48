import type { Desk } from '../access/index.ts';
import { sequenceEvents } from '../events/index.ts';
import type { ThingId } from '../shared/ids.ts';
import { admitNext } from './admit.ts';
import { type ChannelForm, webhookForm } from './channel.ts';
import type { Sending } from './deliver.ts';
import type { Subscription } from './domain/model.ts';
import { greet } from './greet.ts';
import { createLanes } from './lanes.ts';
import type { Sealer } from './sealing.ts';
import { createPoster } from './sending/post.ts';
import type { DeliverySettings } from './settings.ts';
import { subscriptionsDue } from './store/lanes.ts';
import { sentSubscriptions } from './store/subscriptions.ts';

/** Where the dispatcher tells how it goes: never to whom, nor what. */
export interface DispatchLog {
  info(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

export interface DispatchOptions {
  readonly desk: Desk;
  readonly log: DispatchLog;
  readonly settings: DeliverySettings;
  readonly sealer: Sealer;
  /** How FHIR subscriptions are written to; without it they are left alone. */
  readonly fhirForm?: ChannelForm;
}

export interface Dispatcher {
  /** Stops taking on, ends what is under way, and resolves when all of it has been put back. */
  stop(): Promise<void>;
}

/** How many events a subscription looks at in one step, so that the others have their turn. */
const STEP = 200;

/**
 * Sequences events and sends them to subscribers, in every process of the service: they share the work by leases in the
 * database, and what a process that dies had under way is sent again by another.
 */
export function startDispatcher(options: DispatchOptions): Dispatcher {
  const { desk, settings, sealer, log } = options;
  const poster = createPoster(settings);
  const sending: Sending = { desk, settings, sealer, poster, forms: { webhook: webhookForm, fhir: options.fhirForm } };
  let subscriptions = new Map<ThingId, Subscription>();
  const tell = (error: unknown) => {
    log.error(
      { err: error instanceof Error ? error : undefined, component: 'delivery' },
      'delivery failed; trying again',
    );
  };
  const lanes = createLanes(sending, (id) => subscriptions.get(id), tell);

  async function round(): Promise<void> {
    let isMore = (await sequenceEvents(desk.pool)) > 0;
    subscriptions = new Map((await sentSubscriptions(desk.pool)).map((one) => [one.id, one]));
    for (const subscription of subscriptions.values()) {
      if (stopped) return;
      // Not waited for: a receiver that does not answer must not hold the others.
      lanes.beside(greet(sending, subscription));
      if (subscription.status === 'active' && (await admitNext(desk, subscription, STEP))) isMore = true;
    }
    for (const id of await subscriptionsDue(desk.pool)) lanes.pump(id);
    if (isMore) setImmediate(tick);
  }

  let stopped = false;
  let running: Promise<void> | undefined;
  const tick = () => {
    if (stopped) return;
    running ??= round()
      .catch(tell)
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(tick, settings.everyMs);
  timer.unref();
  tick();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      poster.stop();
      await running;
      await lanes.idle();
    },
  };
}
