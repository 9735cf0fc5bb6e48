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
}

/** The machine that a subscription speaks to, as the policy judges it. */
export function systemOf({ issuer, clientId, provider }: Subscriber): SystemActor {
  return { kind: 'system', issuer, clientId, providerHsaId: provider };
}

/** Those that the subscriber's provider may be told of at this moment: each person's record is read once. */
export async function tellable<T extends Telling>(
  desk: Desk,
  subscriber: Subscriber,
  tellings: readonly T[],
): Promise<ReadonlySet<T>> {
  const may = new Set<T>();
  for (const [patientId, same] of byPerson(tellings)) {
    const answers = await mayTellProvider(desk, systemOf(subscriber), patientId, same);
    same.forEach((telling, place) => {
      if (answers[place]) may.add(telling);
    });
  }
  return may;
}

/** Writes in each person's log what of it leaves the service, before it does. */
export async function logTold(desk: Desk, asking: Asking, tellings: readonly Telling[]): Promise<void> {
  await desk.recorder.record(
    [...byPerson(tellings)].map(([patientId, same]) =>
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

function byPerson<T extends Telling>(tellings: readonly T[]): Map<PatientId, T[]> {
  const found = new Map<PatientId, T[]>();
  for (const telling of tellings) {
    const same = found.get(telling.patientId);
    if (same) same.push(telling);
    else found.set(telling.patientId, [telling]);
  }
  return found;
}
