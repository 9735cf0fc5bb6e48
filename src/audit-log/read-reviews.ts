import {
  admit,
  type Desk,
  entryFor,
  reading,
  recordingRefusals,
  Sealed,
  withoutProtectedStaff,
} from '../access/index.ts';
import { NIL_PATIENT, type ThingId } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import { factsOfOffice, personsIn, type Reviewing, resourceOf, reviewerOf, type ShownReview } from './reviewing.ts';
import { readPersons } from './store/known-people.ts';
import { loadReview, loadReviews, type ReviewHead, type ReviewPlace } from './store/reviews.ts';

export type { ReviewHead, ReviewPlace };

/** Reads one review of the own provider, with its conclusions. @throws notFound */
export async function readReview(desk: Desk, asking: Reviewing, id: ThingId): Promise<ShownReview> {
  return recordingRefusals(desk, asking, 'log.review', async () => {
    const { office, review } = await loadReview(desk.pool, asking.actor, id, reviewerOf(desk, asking));
    admit(asking, 'log.review', factsOfOffice(office));
    if (!review) throw notFound();
    const patients = personsIn(review.findings);
    const persons = await readPersons(desk.pool, asking.actor, patients);
    await desk.recorder.record([
      entryFor(asking, 'log.review', { outcome: 'Beviljad', resources: [resourceOf(review)] }),
      ...patients.map((patientId) => entryFor(asking, 'log.review', { patientId, outcome: 'Beviljad', resources: [] })),
    ]);
    return { review: withoutProtectedStaff(review, office.protectedStaff), persons };
  });
}

/** One page of the own provider's reviews, newest first, without what they found. */
export function listReviews(
  desk: Desk,
  asking: Reviewing,
  page: { readonly limit: number; readonly after?: ReviewPlace },
): Promise<readonly ReviewHead[]> {
  return reading(desk, asking, {
    action: 'log.review',
    load: async () =>
      new Sealed(await loadReviews(desk.pool, asking.actor, page.after, page.limit, reviewerOf(desk, asking))),
    facts: ({ office }) => factsOfOffice(office),
    patientOf: () => NIL_PATIENT,
    show: (_grant, { reviews }) => ({ answer: reviews, resources: reviews.map(resourceOf), hits: reviews.length }),
  });
}
