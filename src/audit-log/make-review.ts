import { randomBytes } from 'node:crypto';
import type { ClientBase } from 'pg';
import { type Answered, type Desk, entryFor, Sealed, type Sent, writing } from '../access/index.ts';
import { auditRow } from '../audit/index.ts';
import type { RowChange } from '../db/save-rows.ts';
import { NIL_PATIENT, type PatientId, type ThingId } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import type { KnownPerson } from './domain/patterns.ts';
import type { Review, ReviewCriteria, Search } from './domain/review.ts';
import { findForReview } from './find-for-review.ts';
import {
  admitFirst,
  factsOfOffice,
  personsIn,
  REVIEW,
  type Reviewing,
  resourceOf,
  reviewerOf,
  type ShownReview,
} from './reviewing.ts';
import { readPersons } from './store/known-people.ts';
import { findReview, type Office, openForReview, reviewRows, type StoredReview } from './store/reviews.ts';

interface ReviewRecord {
  readonly office: Office;
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
      const office = await openForReview(client, asking.actor);
      if (made) return loadMade(desk, asking, client, office, made.resourceId);
      const search = await findForReview(client, asking.actor, criteria, seed, reviewerOf(desk, asking));
      const persons = await readPersons(client, asking.actor, personsIn(search.findings));
      return new Sealed<ReviewRecord>({ office, search, made: undefined, persons });
    },
    facts: ({ office }) => factsOfOffice(office),
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

async function loadMade(desk: Desk, asking: Reviewing, client: ClientBase, office: Office, id: ThingId) {
  const made = await findReview(client, id, reviewerOf(desk, asking));
  const persons = await readPersons(client, asking.actor, personsIn(made?.findings ?? []));
  return new Sealed<ReviewRecord>({ office, search: { covered: 0, findings: [], cut: false }, made, persons });
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

/** An entry in the log of each person who was shown to the reviewer. */
function personEntries(desk: Desk, asking: Reviewing, patients: readonly PatientId[]): RowChange[] {
  const at = new Date(desk.realNow());
  return patients.map((patientId) => {
    const entry = entryFor(asking, 'log.review', { patientId, outcome: 'Beviljad', resources: [] });
    return { table: 'audit_entries', write: 'insert', row: auditRow(entry, desk.ids.thingId(), at) };
  });
}
