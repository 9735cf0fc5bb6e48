import { type Asking, admit, type Desk, type Facts, recordingRefusals } from '../access/index.ts';
import { inBoundTransaction } from '../db/bound.ts';
import type { StaffActor } from '../shared/actor.ts';
import type { PatientId } from '../shared/ids.ts';
import type { KnownPerson } from './domain/patterns.ts';
import type { Review } from './domain/review.ts';
import { type Office, openForReview, type Reviewer, type StoredReview } from './store/reviews.ts';

export type { StoredReview };

/** Reviews are made by staff: whoever else asks has been turned away at the door. */
export type Reviewing = Asking & { readonly actor: StaffActor };

export const REVIEW = 'log-review';

/** A review with the names of the persons in it, read anew each time. */
export interface ShownReview {
  readonly review: StoredReview;
  readonly persons: ReadonlyMap<PatientId, KnownPerson>;
}

/** Who reviews now. */
export const reviewerOf = (desk: Desk, { actor }: Reviewing): Reviewer => ({
  staff: actor.employeeHsaId,
  unit: actor.unitHsaId,
  now: desk.clock.now(),
});

/** What the policy judges a reviewer by; with whom no answer names. */
export const factsOfOffice = ({ unit, protectedStaff }: Office): Facts & Pick<Office, 'protectedStaff'> => ({
  ...(unit ? { actorUnit: unit, target: { provider: unit.provider.hsaId, unit: unit.hsaId } } : {}),
  isSelf: false,
  patientKnown: false,
  protectedStaff,
});

/**
 * Asks the policy before anything is searched: a search through a provider's whole log is nothing to be refused after.
 *
 * @throws forbidden, notFound as the policy says; the refusal is in the log
 */
export function admitFirst(desk: Desk, asking: Asking, action: 'log.review' | 'log.record-review'): Promise<void> {
  return recordingRefusals(desk, asking, action, async () => {
    const office = await inBoundTransaction(desk.pool, { actor: asking.actor }, (client) =>
      openForReview(client, asking.actor),
    );
    admit(asking, action, factsOfOffice(office));
  });
}

/** A review as the log names it. */
export const resourceOf = ({ id, provider }: Pick<Review, 'id' | 'provider'>) => ({
  kind: REVIEW,
  id,
  owner: provider,
});

/** The persons that findings are about, each once. */
export function personsIn(findings: readonly { readonly patientId?: PatientId }[]): PatientId[] {
  return [...new Set(findings.flatMap(({ patientId }) => patientId ?? []))];
}
