import type { Deps } from '../deps.ts';
import type { Server } from '../http/server.ts';
import { registerEventRoutes } from './rest/event-routes.ts';
import { registerResendRoutes } from './rest/resend-routes.ts';
import { registerWebhookRoutes } from './rest/webhook-routes.ts';
import { createSealer } from './sealing.ts';
import { DEFAULT_DELIVERY } from './settings.ts';

export { type SystemAsking, subscriberOf } from './asking.ts';
export type { ChannelForm, Envelope, Occasion } from './channel.ts';
export { type Dispatcher, type DispatchOptions, startDispatcher } from './dispatcher.ts';
export { moved } from './domain/commands.ts';
export type { EventMessage } from './domain/message.ts';
export type { Subscription } from './domain/model.ts';
export { readNumbered } from './feed.ts';
export { addSubscription, changeSubscription, listSubscriptions, readSubscription } from './manage.ts';
export { registerDeliveryMetrics } from './metrics.ts';
export { createSealer, type Sealer } from './sealing.ts';
export { DEFAULT_DELIVERY, type DeliverySettings } from './settings.ts';
export { demandAddress } from './target.ts';

/** Puts the feed of events and the webhooks on a door, for system clients. */
export async function registerDelivery(door: Server, deps: Deps): Promise<void> {
  const settings = { ...DEFAULT_DELIVERY, ...deps.webhookTargets };
  registerEventRoutes(door, deps);
  registerWebhookRoutes(door, { desk: deps.desk, settings, sealer: createSealer(deps.secret) });
  registerResendRoutes(door, deps);
}
