import { partyOfUnit, type Units } from '../../../plans/domain/party.ts';

/** Units are named by their ids alone; what kind of party each is follows from the directory. */
export function withKinds<T>(value: T, units: Units): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => withKinds(one, units)) as T;
  const { kind, unit } = value as { readonly kind?: unknown; readonly unit?: unknown };
  const known = kind === 'other' && typeof unit === 'string' ? units.get(unit) : undefined;
  if (known) return { ...partyOfUnit(known) } as T;
  // What is read already (dates, keys) has no plain fields of its own to look into.
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withKinds(one, units)])) as T;
}
