import { type Answered, type Desk, readingMany, Sealed, type Sent, type Written, writing } from '../access/index.ts';
import { NIL_PATIENT, type PatientId, type ThingId } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import { alreadyWatched, watchEnded, watchedPersonUnknown } from './problems.ts';
import { admitFirst, factsOfOffice, type Reviewing, reviewerOf } from './reviewing.ts';
import { openForReview } from './store/reviews.ts';
import { findWatch, findWatched, loadWatches, type Watch, watchRow } from './store/watches.ts';

export type { Watch };

const ACTION = 'log.record-review';
const WATCH = 'log-watch';

/**
 * Puts a person on the list of those whose log the reviewer's provider looks at more closely: someone known to the
 * public, or staff of its own. It is in that person's log that it was done.
 *
 * @throws watchedPersonUnknown, alreadyWatched
 */
export async function addWatch(
  desk: Desk,
  asking: Reviewing,
  patientId: PatientId,
  why: string,
  sent: Sent = {},
): Promise<Answered<Watch>> {
  await admitFirst(desk, asking, ACTION);
  const { actor } = asking;
  return writing(desk, asking, {
    action: ACTION,
    patientId: NIL_PATIENT,
    locks: [`watch:${actor.providerHsaId}`],
    idempotency: sent.idempotency,
    load: async (client) => {
      const office = await openForReview(client, actor);
      return new Sealed({ office, ...(await findWatched(client, patientId, reviewerOf(desk, asking))) });
    },
    facts: ({ office }) => factsOfOffice(office),
    work: (_grant, { isKnown, latest }) => {
      if (!isKnown) throw watchedPersonUnknown();
      if (latest && !latest.endedAt) throw alreadyWatched();
      const watch: Watch = {
        id: desk.ids.thingId(),
        provider: actor.providerHsaId,
        patientId,
        why,
        fromAt: new Date(desk.realNow()).toISOString(),
        byStaff: actor.employeeHsaId,
        byName: actor.name,
      };
      return written(watch, watch.id, 201);
    },
    replay: (_grant, { latest }, made) => {
      if (latest?.id !== made.resourceId) throw notFound();
      return latest;
    },
  });
}

/** Takes a person off the list. @throws notFound, watchEnded */
export async function endWatch(desk: Desk, asking: Reviewing, id: ThingId, sent: Sent = {}): Promise<Answered<Watch>> {
  const { actor } = asking;
  return writing(desk, asking, {
    action: ACTION,
    patientId: NIL_PATIENT,
    locks: [`watch:${actor.providerHsaId}`],
    idempotency: sent.idempotency,
    load: async (client) => {
      const office = await openForReview(client, actor);
      return new Sealed({ office, found: await findWatch(client, id) });
    },
    facts: ({ office }) => factsOfOffice(office),
    work: (_grant, { found }) => {
      if (!found) throw notFound();
      if (found.latest.id !== id) throw watchEnded();
      const endedAt = new Date(desk.realNow()).toISOString();
      const ended = { ...found.watch, id: desk.ids.thingId(), endedAt, endedBy: actor.employeeHsaId };
      return { ...written(ended, id, 200), answer: { ...ended, id } };
    },
    replay: (_grant, { found }) => {
      if (!found) throw notFound();
      return { ...found.latest, id };
    },
  });
}

function written(line: Watch, id: ThingId, status: 200 | 201): Written<Watch> {
  const resources = [{ kind: WATCH, id, owner: line.provider }];
  return {
    rows: [watchRow(line)],
    events: [],
    resources,
    alsoAbout: { patientId: line.patientId, resources },
    result: { status, patientId: NIL_PATIENT, resourceKind: WATCH, resourceId: id },
    answer: line,
  };
}

/** Those whom the reviewer's provider looks at more closely. */
export function listWatches(desk: Desk, asking: Reviewing): Promise<readonly Watch[]> {
  return readingMany(desk, asking, {
    action: 'log.review',
    load: async () => new Sealed(await loadWatches(desk.pool, asking.actor, reviewerOf(desk, asking))),
    facts: ({ office }) => factsOfOffice(office),
    show: (_grant, { watches }) => ({
      answer: watches,
      hits: watches.length,
      resources: watches.map(({ patientId, id, provider }) => ({
        patientId,
        resource: { kind: WATCH, id, owner: provider },
      })),
    }),
  });
}
