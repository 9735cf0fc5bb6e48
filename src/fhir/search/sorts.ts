import type { PlanResource, PlanResourceType } from '../mapping/plan-resources.ts';
import { rangeOf } from './dates.ts';
import type { Parameter } from './parameter.ts';
import { PARAMETERS } from './parameters.ts';

/** What decides where a resource stands; null for one that has nothing there, which stands last in either direction. */
export type SortKey = number | string | null;

/** One of the orders that a search asks for; the next one decides between what this one leaves equal. */
export interface Order {
  readonly name: string;
  readonly descending: boolean;
}

type KeyOf = (one: PlanResource) => SortKey;

/** A source's own ids say nothing of what comes first. */
const UNORDERED: ReadonlySet<string> = new Set(['identifier', 'group-identifier']);

/** The farthest that a date can be from 1970, in milliseconds: for a period without a beginning. */
const FARTHEST_MS = 8.64e15;

/** A booked time counts by its start, anything else by its last moment, as our own order does. */
function deciding(one: PlanResource): SortKey {
  const period =
    one.resourceType === 'Task' ? one.executionPeriod : one.resourceType === 'ServiceRequest' && one.occurrencePeriod;
  if (!period) return null;
  const { start, end } = period;
  const booked = one.resourceType === 'Task' && one.focus?.reference?.startsWith('Appointment/');
  const at = booked ? start : (end ?? start);
  return at === undefined ? null : (rangeOf(at)?.from ?? null);
}

function byParameter(parameter: Parameter<PlanResource>): KeyOf | undefined {
  switch (parameter.type) {
    case 'date':
      return (one) => {
        const [range] = parameter.ranges(one);
        return range === undefined ? null : Math.max(range.from, -FARTHEST_MS);
      };
    case 'token':
      return (one) => parameter.tokens(one)[0]?.code ?? null;
    case 'reference':
      return undefined;
  }
}

function sortsOf(type: PlanResourceType): Readonly<Record<string, KeyOf>> {
  const parameters = PARAMETERS[type] as Readonly<Record<string, Parameter<PlanResource>>>;
  const keys = Object.entries(parameters).flatMap(([name, parameter]): [string, KeyOf][] => {
    const key = name === 'period' || name === 'occurrence' ? deciding : byParameter(parameter);
    return key === undefined || UNORDERED.has(name) ? [] : [[name, key]];
  });
  return Object.fromEntries(keys);
}

/** What each type can be put in order by: its dates and its codes (a concept of several by the first). */
export const SORTS = Object.fromEntries(
  (Object.keys(PARAMETERS) as PlanResourceType[]).map((type) => [type, sortsOf(type)]),
) as { readonly [T in PlanResourceType]: Readonly<Record<string, KeyOf>> };

/** A resource's place in an order. */
export interface Placed {
  readonly at: readonly SortKey[];
  readonly id: string;
}

function compareKeys(a: SortKey, b: SortKey, descending: boolean): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b === descending ? 1 : -1;
}

/** The order of a search: by each of what it asks for in turn, and by id between equals, so that no two are alike. */
export function inOrder(orders: readonly Order[]): (a: Placed, b: Placed) => number {
  return (a, b) => {
    for (const [n, { descending }] of orders.entries()) {
      const decided = compareKeys(a.at[n]!, b.at[n]!, descending);
      if (decided !== 0) return decided;
    }
    return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  };
}
