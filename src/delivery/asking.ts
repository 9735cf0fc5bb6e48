import {
  type Action,
  type Asking,
  admit,
  type Desk,
  entryFor,
  type Facts,
  recordingRefusals,
} from '../access/index.ts';
import type { AuditedResource } from '../audit/index.ts';
import type { SystemActor } from '../shared/actor.ts';
import type { Subscriber, Subscription } from './domain/model.ts';

/** A request by a machine: the only kind of actor that subscribes. */
export interface SystemAsking extends Asking {
  readonly actor: SystemActor;
}

/** A subscription concerns no person: what is told through it is judged event by event. */
export const NO_PERSON: Facts = { isSelf: false, patientKnown: false };

export function subscriberOf({ issuer, clientId, providerHsaId }: SystemActor): Subscriber {
  return { issuer, clientId, provider: providerHsaId };
}

/** The subscription as the log names it. */
export function resourceOf({ id, provider }: Pick<Subscription, 'id' | 'provider'>): AuditedResource {
  return { kind: 'subscription', id, owner: provider };
}

/** Refuses, and logs the refusal of, a token that does not cover the action, before anything is looked at or sent. */
export function admitFirst(desk: Desk, asking: Asking, action: Action): Promise<void> {
  return recordingRefusals(desk, asking, action, async () => {
    admit(asking, action, NO_PERSON);
  });
}

/** Logs an act on subscriptions that is not a change of their settings, before it is done. */
export async function logAct(
  desk: Desk,
  asking: Asking,
  action: Action,
  resources: readonly AuditedResource[],
  particulars?: Readonly<Record<string, unknown>>,
): Promise<void> {
  await desk.recorder.record([entryFor(asking, action, { outcome: 'Beviljad', resources, particulars })]);
}
