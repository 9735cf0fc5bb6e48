import { type Asking, type Desk, entryFor } from '../access/index.ts';
import { mayTellProvider } from '../plans/index.ts';
import type { SystemActor } from '../shared/actor.ts';
import type { PatientId, ThingId } from '../shared/ids.ts';
import type { Subscriber } from './domain/model.ts';

/** Something to be told, as far as it is judged. */
export interface Telling {
  readonly event: string;
  readonly patientId: PatientId;
  readonly planId?: ThingId;
  readonly resourceKind: string;
  readonly resourceId: ThingId;
  readonly ownerProvider: string;
  readonly at: string;
}

/** The machine that a subscription speaks to, as the policy judges it. */
export function systemOf({ issuer, clientId, provider }: Subscriber): SystemActor {
  return { kind: 'system', issuer, clientId, providerHsaId: provider };
}

/** Those that the subscriber's provider may be told of at this moment: each plan's record is read once. */
export async function tellable<T extends Telling>(
  desk: Desk,
  subscriber: Subscriber,
  tellings: readonly T[],
): Promise<ReadonlySet<T>> {
  const may = new Set<T>();
  const plans = grouped(tellings, ({ patientId, planId }) => `${patientId} ${planId ?? ''}`);
  for (const same of plans.values()) {
    const { patientId, planId } = same[0]!;
    const answers = await mayTellProvider(desk, systemOf(subscriber), { patientId, planId }, same);
    same.forEach((telling, place) => {
      if (answers[place]) may.add(telling);
    });
  }
  return may;
}

/** Writes in each person's log what of it leaves the service, before it does. */
export async function logTold(desk: Desk, asking: Asking, tellings: readonly Telling[]): Promise<void> {
  await desk.recorder.record(
    [...grouped(tellings, ({ patientId }) => patientId)].map(([patientId, same]) =>
      entryFor(asking, 'event.read', {
        patientId,
        outcome: 'Beviljad',
        resources: same.map(({ resourceKind, resourceId, ownerProvider }) => ({
          kind: resourceKind,
          id: resourceId,
          owner: ownerProvider,
        })),
        particulars: { events: [...new Set(same.map(({ event }) => event))].sort() },
      }),
    ),
  );
}

function grouped<T, K>(things: readonly T[], keyOf: (thing: T) => K): Map<K, T[]> {
  const found = new Map<K, T[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const same = found.get(key);
    if (same) same.push(thing);
    else found.set(key, [thing]);
  }
  return found;
}
