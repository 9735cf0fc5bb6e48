import { type Asking, type Desk, momentOf, readingAs } from '../access/index.ts';
import type { PatientId } from '../shared/ids.ts';
import type { ThingAnswer } from './read-thing.ts';
import { loadForOverview } from './store/record.ts';
import { factsOf } from './view/facts.ts';
import { leftOf, type SeenPlans, seenPlans } from './view/seen.ts';

/** One search among one person's plans. */
export interface PlanSearch<T> {
  /** The person; undefined for the asking citizen's own plans. */
  readonly patientId?: PatientId;
  /** The names of the criteria, never their values. */
  readonly criteria: readonly string[];
  readonly show: (seen: SeenPlans) => ThingAnswer<T> & { readonly hits: number };
}

/**
 * Searches what the reader may see of one person's plans, as {@link listPlans} lists them: the policy filters first, and
 * what is counted and paged is what is left. Nobody's plans are an empty answer.
 */
export function searchPlans<T>(desk: Desk, asking: Asking, search: PlanSearch<T>): Promise<T> {
  return searchPlansAs(desk, asking, (answer) => answer, search);
}

/**
 * As {@link searchPlans}, in the form that leaves.
 *
 * @param form makes what is sent of an answer, while the log entry has yet to be written
 */
export function searchPlansAs<T, F>(
  desk: Desk,
  asking: Asking,
  form: (answer: T) => F,
  search: PlanSearch<T>,
): Promise<F> {
  const { patientId } = search;
  return readingAs(desk, asking, form, {
    action: 'plan.list',
    load: () => loadForOverview(desk.pool, asking.actor, { patientId, ...momentOf(desk) }),
    facts: (record) => factsOf(record, asking.actor),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const seen = seenPlans(record, asking.actor, desk.clock.now());
      const { answer, left, hits } = search.show(seen);
      return { answer, resources: leftOf(seen, left), search: search.criteria, hits };
    },
  });
}
