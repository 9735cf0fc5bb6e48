import { type HandedCopy, isUnderProtection, underTwoSix } from '../../access/index.ts';
import type { ThingId } from '../../shared/ids.ts';
import type { Contribution, Instant } from '../domain/model.ts';
import type { PlanRecord } from '../store/record.ts';

/** What of a record bears on each contribution, apart from its own content. */
export interface Circumstances {
  /** What the reader's unit or provider was handed of it. Of a wording from before the copy, nothing. */
  readonly copiesOf: (thing: Contribution) => readonly HandedCopy[] | undefined;
  /** Whether the wording is from a time when the person was protected. */
  readonly isUnderProtection: (thing: Contribution) => true | undefined;
  /** Whether it is available by 2:6 alone, of a person lastingly unable who has not been informed (lag 2022:913 4:2). */
  readonly isUnderTwoSix: (thing: Contribution) => true | undefined;
}

export function circumstancesIn(record: Pick<PlanRecord, 'handed' | 'protectedWhile' | 'law' | 'now'>): Circumstances {
  const { handed, protectedWhile, law, now } = record;
  const copies = new Map<ThingId, { readonly copy: HandedCopy; readonly revision: number }[]>();
  for (const { items, ...copy } of handed) {
    for (const { id, revision } of items) copies.set(id, [...(copies.get(id) ?? []), { copy, revision }]);
  }
  const isByTwoSix = underTwoSix({ ...law, now });
  return {
    copiesOf: ({ id, revision }) =>
      copies
        .get(id)
        ?.filter((one) => one.revision <= revision)
        .map((one) => ({ ...one.copy, changedSince: one.revision < revision })),
    isUnderProtection: ({ changedAt }) => isUnderProtection(protectedWhile, changedAt) || undefined,
    isUnderTwoSix: ({ recordedBy }) => isByTwoSix(recordedBy.provider),
  };
}

/** How a thing read when it was handed over, for who may see no newer. */
export function handedWording(
  { handed }: Pick<PlanRecord, 'handed'>,
  thing: Contribution,
  at: Instant,
): Contribution | undefined {
  for (const copy of handed) {
    const item = copy.at === at ? copy.items.find(({ id }) => id === thing.id) : undefined;
    if (item) return item.wording;
  }
  return undefined;
}
