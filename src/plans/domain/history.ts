import type { ThingId } from '../../shared/ids.ts';
import { BOOKKEEPING, labelOf } from './field-labels.ts';
import type { Contribution, ContributionKind, Instant } from './model.ts';
import { isSame } from './same.ts';
import { epochOf } from './when.ts';

/** One wording that a contribution has had: append-only, so that these rows are the whole truth about what was. */
export interface PastWording<T extends Contribution = Contribution> {
  readonly kind: ContributionKind;
  readonly id: ThingId;
  readonly revision: number;
  /** Since when it read so. */
  readonly at: Instant;
  readonly content: T;
}

/** One field that reads otherwise than before. */
export interface FieldChange {
  readonly field: string;
  /** What the field is called to people, in Swedish. */
  readonly label: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What differs between two wordings of one thing, in the order of the fields' names; of a new thing, all it says. */
export function diff(before: Contribution | undefined, after: Contribution): readonly FieldChange[] {
  const was = (before ?? {}) as Record<string, unknown>;
  const is = after as unknown as Record<string, unknown>;
  const skipped = new Set<string>(BOOKKEEPING);
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => !skipped.has(name));
  return names
    .filter((name) => !isSame(was[name], is[name]))
    .sort()
    .map((field) => ({
      field,
      label: labelOf(field),
      ...(was[field] === undefined ? {} : { before: was[field] }),
      ...(is[field] === undefined ? {} : { after: is[field] }),
    }));
}

function isNewer(a: PastWording, b: PastWording): boolean {
  return a.revision > b.revision;
}

/**
 * How each thing read at a moment: of every contribution that was there, the latest wording up to and including that
 * instant. The reader's own rules are applied to the answer as to today's.
 */
export function asOf<T extends Contribution>(
  rows: readonly PastWording<T>[],
  moment: Instant,
): readonly PastWording<T>[] {
  const until = epochOf(moment);
  const found = new Map<ThingId, PastWording<T>>();
  for (const row of rows) {
    if (epochOf(row.at) > until) continue;
    const known = found.get(row.id);
    if (!known || isNewer(row, known)) found.set(row.id, row);
  }
  return [...found.values()];
}
