import { PLAN_RESOURCE_TYPES, type PlanResource, type PlanResourceType } from '../mapping/plan-resources.ts';
import type { Sent } from './criteria.ts';
import { type Test, testOf } from './criteria.ts';
import { INCLUDES, REVERSE_INCLUDES } from './links.ts';
import type { Parameter } from './parameter.ts';
import { PARAMETERS } from './parameters.ts';
import type { SearchRequest } from './sent.ts';
import { inOrder, type Placed, SORTS } from './sorts.ts';

export interface Found {
  readonly total: number;
  readonly matches: readonly PlanResource[];
  readonly included: readonly PlanResource[];
  /** Where this page ends: what comes after it is told by the same order, whatever is written meanwhile. Absent on the last. */
  readonly next?: Placed;
}

const keyOf = (one: PlanResource) => `${one.resourceType}/${one.id}`;

/** The questions of a search, made before anything is read, so that what is malformed is refused first. */
export function testsOf(type: PlanResourceType, criteria: readonly Sent[]): Test<PlanResource>[] {
  const parameters = PARAMETERS[type] as Readonly<Record<string, Parameter<PlanResource>>>;
  return criteria.map((one) => testOf(parameters[one.name]!, one));
}

/** What each include can lead to: only these types have to be made for a search. */
const LEADS_TO: Readonly<Record<string, readonly PlanResourceType[]>> = {
  'CarePlan:care-team': ['CareTeam'],
  'CarePlan:goal': ['Goal'],
  'CarePlan:activity-reference': ['Task', 'Appointment'],
  'CarePlan:part-of': ['CarePlan'],
  'Task:based-on': ['CarePlan'],
  'Task:part-of': ['Task'],
};

/** The types that a search can answer with, by what it looks for and what it includes. */
export function typesNeeded(
  type: PlanResourceType,
  { includes, reverse }: Pick<SearchRequest, 'includes' | 'reverse'>,
): readonly PlanResourceType[] {
  const forward = includes.map((one) => LEADS_TO[nameOf(one)]);
  const backward = reverse.map(({ value }) => PLAN_RESOURCE_TYPES.find((one) => value.startsWith(`${one}:`)));
  // An include that may lead anywhere, or all of them: everything is made.
  if (forward.includes(undefined) || backward.includes(undefined)) return PLAN_RESOURCE_TYPES;
  const needed = new Set([type, ...forward.flat(), ...backward]);
  return PLAN_RESOURCE_TYPES.filter((one) => needed.has(one));
}

/** An include may name the type of what it leads to as a third part, which changes nothing here. */
const nameOf = ({ value }: Sent) => value.split(':').slice(0, 2).join(':');

function followed(wanted: readonly Sent[], names: readonly string[]): readonly string[] {
  return [...new Set(wanted.flatMap((one) => (one.value === '*' ? names : [nameOf(one)])))];
}

function includedWith(
  matches: readonly PlanResource[],
  all: readonly PlanResource[],
  { includes, reverse }: Pick<SearchRequest, 'includes' | 'reverse'>,
): PlanResource[] {
  const forward = followed(includes, Object.keys(INCLUDES));
  const backward = followed(reverse, Object.keys(REVERSE_INCLUDES));
  if (forward.length === 0 && backward.length === 0) return [];
  const byKey = new Map(all.map((one) => [keyOf(one), one]));
  const there = new Set(matches);
  const again = [...includes, ...reverse].some(({ modifier }) => modifier === 'iterate' || modifier === 'recurse');
  const found: PlanResource[] = [];
  let from: readonly PlanResource[] = matches;
  do {
    const keys = new Set(from.map(keyOf));
    const led = from.flatMap((one) => forward.flatMap((name) => INCLUDES[name]?.(one) ?? []));
    const isReferring = (one: PlanResource) =>
      backward.some((name) => INCLUDES[name]?.(one).some((reference) => keys.has(reference)));
    const referring = backward.length === 0 ? [] : all.filter(isReferring);
    const fresh = [...led.flatMap((reference) => byKey.get(reference) ?? []), ...referring].filter((one) => {
      const isNew = !there.has(one);
      there.add(one);
      return isNew;
    });
    found.push(...fresh);
    from = again ? fresh : [];
  } while (from.length > 0);
  return found;
}

/**
 * Searches among what a reader may see of one person's plans: filters, orders and pages what the policy has left.
 *
 * @param all every resource of the person's plans that the reader may see
 * @param after where the page before ended
 */
export function runSearch(
  type: PlanResourceType,
  all: readonly PlanResource[],
  tests: readonly Test<PlanResource>[],
  search: SearchRequest,
  after?: Placed,
): Found {
  const keys = search.sort.map(({ name }) => SORTS[type][name]!);
  const placed = all
    .filter((one) => one.resourceType === type && tests.every((test) => test(one)))
    .map((one) => ({ one, at: keys.map((keyOf) => keyOf(one)), id: one.id! }));
  const compare = inOrder(search.sort);
  const rest = placed.toSorted(compare).filter((one) => after === undefined || compare(one, after) > 0);
  const page = search.countOnly ? [] : rest.slice(0, search.count);
  const last = rest.length > page.length ? page.at(-1) : undefined;
  const matches = page.map(({ one }) => one);
  return {
    total: placed.length,
    matches,
    included: includedWith(matches, all, search),
    ...(last && { next: { at: last.at, id: last.id } }),
  };
}
