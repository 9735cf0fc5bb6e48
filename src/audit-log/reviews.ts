import { randomBytes } from 'node:crypto';
import type { ClientBase } from 'pg';
import {
  type Answered,
  type Asking,
  admit,
  type Desk,
  entryFor,
  type Facts,
  reading,
  recordingRefusals,
  Sealed,
  type Sent,
  writing,
} from '../access/index.ts';
import { auditRow } from '../audit/index.ts';
import { inBoundTransaction } from '../db/bound.ts';
import type { RowChange } from '../db/save-rows.ts';
import type { StaffActor } from '../shared/actor.ts';
import { NIL_PATIENT, type PatientId, type ThingId } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import type { UnitFacts } from '../shared/unit-facts.ts';
import type { KnownPerson } from './domain/patterns.ts';
import type { Conclusion, ConclusionOutcome, Review, ReviewCriteria, Search } from './domain/review.ts';
import { findForReview } from './find-for-review.ts';
import { findingUnknown } from './problems.ts';
import { readPersons } from './store/known-people.ts';
import {
  conclusionRow,
  findReview,
  loadReview,
  loadReviews,
  openForReview,
  type ReviewHead,
  type ReviewPlace,
  reviewRows,
  type StoredReview,
} from './store/reviews.ts';

export type { ReviewHead, ReviewPlace, StoredReview };

/** Reviews are made by staff: whoever else asks has been turned away at the door. */
export type Reviewing = Asking & { readonly actor: StaffActor };

const REVIEW = 'log-review';

/** A review with the names of the persons in it, read anew each time. */
export interface ShownReview {
  readonly review: StoredReview;
  readonly persons: ReadonlyMap<PatientId, KnownPerson>;
}

export const factsOfUnit = (actorUnit: UnitFacts | undefined): Facts => ({
  ...(actorUnit ? { actorUnit, target: { provider: actorUnit.provider.hsaId, unit: actorUnit.hsaId } } : {}),
  isSelf: false,
  patientKnown: false,
});

/**
 * Asks the policy before anything is searched: a search through a provider's whole log is nothing to be refused after.
 *
 * @throws forbidden, notFound as the policy says; the refusal is in the log
 */
export function admitFirst(desk: Desk, asking: Asking, action: 'log.review' | 'log.record-review'): Promise<void> {
  return recordingRefusals(desk, asking, action, async () => {
    const unit = await inBoundTransaction(desk.pool, { actor: asking.actor }, (client) =>
      openForReview(client, asking.actor),
    );
    admit(asking, action, factsOfUnit(unit));
  });
}

interface ReviewRecord {
  readonly actorUnit: UnitFacts | undefined;
  readonly search: Search;
  readonly made: StoredReview | undefined;
  readonly persons: ReadonlyMap<PatientId, KnownPerson>;
}

/**
 * Reviews the log of the reviewer's own provider (PDL 4:3, lag 2022:913 4:3, HSLF-FS 2016:40 4:9): who did it, by what
 * criteria and what was found is kept with it, and each person whose data left has it in the own log.
 *
 * @param seed draws the same sample again; a new one unless given
 * @throws reviewTooLarge
 */
export async function makeReview(
  desk: Desk,
  asking: Reviewing,
  criteria: ReviewCriteria,
  sent: Sent & { readonly seed?: string } = {},
): Promise<Answered<ShownReview>> {
  await admitFirst(desk, asking, 'log.review');
  const seed = sent.seed ?? randomBytes(12).toString('base64url');
  return writing(desk, asking, {
    action: 'log.review',
    patientId: NIL_PATIENT,
    idempotency: sent.idempotency,
    load: async (client, made) => {
      const actorUnit = await openForReview(client, asking.actor);
      if (made) return loadMade(client, asking.actor, actorUnit, made.resourceId);
      const search = await findForReview(client, asking.actor, criteria, seed);
      const persons = await readPersons(client, asking.actor, personsIn(search.findings));
      return new Sealed<ReviewRecord>({ actorUnit, search, made: undefined, persons });
    },
    facts: ({ actorUnit }) => factsOfUnit(actorUnit),
    work: (_grant, { search, persons }) => {
      const review = newReview(desk, asking, criteria, search, seed);
      return {
        rows: [...reviewRows(review), ...personEntries(desk, asking, personsIn(search.findings))],
        events: [],
        resources: [resourceOf(review)],
        particulars: { kind: criteria.kind, criteria: Object.keys(criteria), findings: search.findings.length },
        result: { status: 201, patientId: NIL_PATIENT, resourceKind: REVIEW, resourceId: review.id },
        answer: {
          review: { ...review, findings: review.findings.map((one, i) => ({ ...one, number: i + 1 })) },
          persons,
        },
      };
    },
    replay: (_grant, { made, persons }) => {
      if (!made) throw notFound();
      return { review: made, persons };
    },
    shownBy: ({ review }) => [resourceOf(review)],
  });
}

async function loadMade(client: ClientBase, actor: StaffActor, actorUnit: UnitFacts | undefined, id: ThingId) {
  const made = await findReview(client, id);
  const persons = await readPersons(client, actor, personsIn(made?.findings ?? []));
  return new Sealed<ReviewRecord>({ actorUnit, search: { covered: 0, findings: [], cut: false }, made, persons });
}

function newReview(desk: Desk, { actor }: Reviewing, criteria: ReviewCriteria, search: Search, seed: string): Review {
  return {
    id: desk.ids.thingId(),
    at: new Date(desk.realNow()).toISOString(),
    provider: actor.providerHsaId,
    unit: actor.unitHsaId,
    byStaff: actor.employeeHsaId,
    byName: actor.name,
    criteria,
    ...(criteria.kind === 'sample' ? { seed } : {}),
    ...search,
    conclusions: [],
  };
}

const resourceOf = ({ id, provider }: Pick<Review, 'id' | 'provider'>) => ({ kind: REVIEW, id, owner: provider });

function personsIn(findings: readonly { readonly patientId?: PatientId }[]): PatientId[] {
  return [...new Set(findings.flatMap(({ patientId }) => patientId ?? []))];
}

/** An entry in the log of each person who was shown to the reviewer. */
function personEntries(desk: Desk, asking: Reviewing, patients: readonly PatientId[]): RowChange[] {
  const at = new Date(desk.realNow());
  return patients.map((patientId) => {
    const entry = entryFor(asking, 'log.review', { patientId, outcome: 'Beviljad', resources: [] });
    return { table: 'audit_entries', write: 'insert', row: auditRow(entry, desk.ids.thingId(), at) };
  });
}

/** Reads one review of the own provider, with its conclusions. @throws notFound */
export async function readReview(desk: Desk, asking: Reviewing, id: ThingId): Promise<ShownReview> {
  return recordingRefusals(desk, asking, 'log.review', async () => {
    const { actorUnit, review } = await loadReview(desk.pool, asking.actor, id);
    admit(asking, 'log.review', factsOfUnit(actorUnit));
    if (!review) throw notFound();
    const patients = personsIn(review.findings);
    const persons = await readPersons(desk.pool, asking.actor, patients);
    await desk.recorder.record([
      entryFor(asking, 'log.review', { outcome: 'Beviljad', resources: [resourceOf(review)] }),
      ...patients.map((patientId) => entryFor(asking, 'log.review', { patientId, outcome: 'Beviljad', resources: [] })),
    ]);
    return { review, persons };
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
    load: async () => new Sealed(await loadReviews(desk.pool, asking.actor, page.after, page.limit)),
    facts: ({ actorUnit }) => factsOfUnit(actorUnit),
    patientOf: () => NIL_PATIENT,
    show: (_grant, { reviews }) => ({ answer: reviews, resources: reviews.map(resourceOf), hits: reviews.length }),
  });
}

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
      const actorUnit = await openForReview(client, actor);
      return new Sealed({ actorUnit, review: await findReview(client, id) });
    },
    facts: ({ actorUnit }) => factsOfUnit(actorUnit),
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
