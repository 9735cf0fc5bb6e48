import { type Answered, type Desk, Sealed, type Sent, writing } from '../access/index.ts';
import { NIL_PATIENT, type ThingId } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import type { Conclusion, ConclusionOutcome } from './domain/review.ts';
import { findingUnknown } from './problems.ts';
import { factsOfOffice, type Reviewing, resourceOf, reviewerOf } from './reviewing.ts';
import { conclusionRow, findReview, openForReview } from './store/reviews.ts';

/**
 * Notes what a review came to. Nothing is written over: a later conclusion stands beside an earlier.
 *
 * @throws notFound, findingUnknown
 */
export async function concludeReview(
  desk: Desk,
  asking: Reviewing,
  id: ThingId,
  given: { readonly outcome: ConclusionOutcome; readonly text: string; readonly findings: readonly number[] },
  sent: Sent = {},
): Promise<Answered<Conclusion>> {
  const { actor } = asking;
  return writing(desk, asking, {
    action: 'log.record-review',
    patientId: NIL_PATIENT,
    idempotency: sent.idempotency,
    load: async (client) => {
      const office = await openForReview(client, actor);
      return new Sealed({ office, review: await findReview(client, id, reviewerOf(desk, asking)) });
    },
    facts: ({ office }) => factsOfOffice(office),
    work: (_grant, { review }) => {
      if (!review) throw notFound();
      if (given.findings.some((number) => !review.findings.some((one) => one.number === number)))
        throw findingUnknown();
      const at = new Date(desk.realNow()).toISOString();
      const by = { byStaff: actor.employeeHsaId, byName: actor.name };
      const conclusion: Conclusion = { id: desk.ids.thingId(), at, ...by, ...given };
      return {
        rows: [conclusionRow(id, review.provider, conclusion)],
        events: [],
        resources: [resourceOf(review)],
        particulars: { outcome: given.outcome },
        result: {
          status: 201,
          patientId: NIL_PATIENT,
          resourceKind: 'log-review-conclusion',
          resourceId: conclusion.id,
        },
        answer: conclusion,
      };
    },
    replay: (_grant, { review }, made) => {
      const conclusion = review?.conclusions.find((one) => one.id === made.resourceId);
      if (!conclusion) throw notFound();
      return conclusion;
    },
  });
}
