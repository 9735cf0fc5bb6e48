import type { Desk } from '../access/index.ts';
import type { Server } from '../http/server.ts';
import { registerAmendments } from './rest/amend-routes.ts';
import { registerReading } from './rest/read-routes.ts';
import { registerSending } from './rest/send-routes.ts';
import { registerTold } from './rest/told-routes.ts';

export { breachesOf, clocksOf, type LegalClock, paymentOf } from './domain/clocks.ts';
export type { DischargeMessage } from './domain/model.ts';
export { MESSAGE_MOVES, STAY_MOVES, type Stay, stayOf } from './domain/states.ts';

export { readStaysOf, stayParts } from './store/messages.ts';

/** Puts hospital stays and the way home on a door. */
export async function registerDischarge(door: Server, deps: { readonly desk: Desk }): Promise<void> {
  registerSending(door, deps);
  registerAmendments(door, deps);
  registerReading(door, deps);
  registerTold(door, deps);
}
