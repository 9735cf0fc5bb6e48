import type { ThingId } from '../shared/ids.ts';
import { wrong } from '../shared/problem.ts';
import { notFound, stale } from '../shared/problems.ts';
import type { Contribution, ContributionKind, ContributionsByKind, PlanContent } from './domain/model.ts';
import { unknownReference } from './problems.ts';
import { askedBy, type ChangeRecord } from './store/record.ts';

/**
 * The thing a request names, among those that its actor may see.
 *
 * @throws notFound alike for one that is not there, is in another plan, or may not be known of
 */
export function demandThing<K extends ContributionKind>(
  content: PlanContent,
  kind: K,
  id: ThingId,
): ContributionsByKind[K] {
  const things = content[kind] as readonly ContributionsByKind[K][];
  const found = things.find((thing) => thing.id === id);
  if (!found) throw notFound();
  return found;
}

/**
 * Refuses a change that was made from an earlier revision than the present one: another's change would be lost.
 *
 * @throws stale with the present revision
 */
export function demandRevision(thing: Contribution, expected: number | undefined): void {
  if (expected !== undefined && thing.revision !== expected) throw stale({ extra: { revision: thing.revision } });
}

/** A related person whom a request names, and in which field. */
export interface NamedRelative {
  readonly id: ThingId;
  readonly field: string;
}

/**
 * Refuses somebody who is not related to the patient: nobody would ever hear of the step or promise.
 *
 * @throws unknown-reference (422) naming the field
 */
export function demandRelatives(record: ChangeRecord, named: readonly NamedRelative[]): void {
  if (named.length === 0) return;
  const { relatives } = askedBy(record);
  const unknown = named.filter(({ id }) => !relatives.has(id));
  if (unknown.length === 0) return;
  throw unknownReference({
    invalidParameters: unknown.map(({ field }) =>
      wrong(field, 'Är inte registrerad som närstående', 'Is not registered as a related person'),
    ),
  });
}

/** Whether some thing of the content has this id. */
export function seesThing(content: PlanContent, id: ThingId): boolean {
  return (Object.values(content) as readonly (readonly Contribution[])[]).some((things) =>
    things.some((thing) => thing.id === id),
  );
}
