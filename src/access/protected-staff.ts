import type { HsaId } from '../shared/owned.ts';

/** What stands where a name is asked for and must not be told; the unit, and the role if there is one, stand beside it. */
const SOMEONE = 'Personal';

/** Fields that say which member of staff, and those beside them that hold the name. */
const NAMES = [
  ['staff', ['name', 'staffName']],
  ['byStaff', ['byName']],
] as const;

/**
 * A view in which staff with protected identity are role and unit, wherever they stand: as writer, performer, contact,
 * deputy, assessor, reviewer of the log, or who took a consent (OSL 21:3; house rule for staff with skyddade personuppgifter). The id stays:
 * the directory tells no more of it.
 *
 * @param hidden HSA-ids of staff with protected identity, as the directory knows them now; absent when none were read
 * @returns the same object when it names none of them
 */
export function withoutProtectedStaff<T>(view: T, hidden: ReadonlySet<HsaId> | undefined): T {
  return hidden === undefined || hidden.size === 0 ? view : (masked(view, hidden) as T);
}

function masked(value: unknown, hidden: ReadonlySet<HsaId>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return maskedList(value, hidden);
  const own = value as Readonly<Record<string, unknown>>;
  let copy: Record<string, unknown> | undefined;
  for (const [field, before] of Object.entries(own)) {
    const after = masked(before, hidden);
    if (after === before) continue;
    copy ??= { ...own };
    copy[field] = after;
  }
  for (const [who, names] of NAMES) {
    const staff = own[who];
    if (typeof staff !== 'string' || !hidden.has(staff)) continue;
    copy ??= { ...own };
    for (const field of names) if (copy[field] !== undefined) copy[field] = SOMEONE;
  }
  return copy ?? own;
}

function maskedList(list: readonly unknown[], hidden: ReadonlySet<HsaId>): readonly unknown[] {
  const views = list.map((one) => masked(one, hidden));
  return views.some((view, i) => view !== list[i]) ? views : list;
}
