import { type Asking, type Desk, momentOf, reading } from '../access/index.ts';
import type { ThingRef } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import type { PastWording } from './domain/history.ts';
import { loadHistory } from './store/history.ts';
import { factsOf } from './view/facts.ts';
import { type VisibleHistory, visibleHistory } from './view/past.ts';

export {
  changesBetweenMoments,
  changesIn,
  compareWordings,
  type Placed,
  planAt,
  type VisibleHistory,
  wordingsAt,
} from './view/past.ts';

/** What of a history is answered, and the wordings that leave with it: the log names no others. */
export interface HistoryAnswer<T> {
  readonly answer: T;
  readonly left: readonly Pick<PastWording, 'kind' | 'content'>[];
}

/**
 * Reads a plan's history: every wording of every contribution that the reader may see today. Nothing is erased, so that
 * what was agreed, promised or changed can always be shown.
 *
 * @param show picks what is asked for; throws a Problem when nothing of it may be seen
 * @throws notFound for a plan that is not there and for one that the reader may not know of, alike
 */
export function readHistory<T>(
  desk: Desk,
  asking: Asking,
  ref: ThingRef,
  show: (history: VisibleHistory) => HistoryAnswer<T>,
): Promise<T> {
  return reading(desk, asking, {
    action: 'plan.read-history',
    load: () => loadHistory(desk.pool, asking.actor, ref, momentOf(desk)),
    facts: (record) => factsOf(record, asking.actor, ref.id),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const history = visibleHistory(record, asking.actor, ref.id);
      if (!history) throw notFound();
      const { answer, left } = show(history);
      const owners = new Map(
        left.map(({ kind, content }) => [content.id, { kind, owner: content.recordedBy.provider }]),
      );
      return {
        answer,
        resources: [...owners].map(([id, { kind, owner }]) => ({ kind, id, owner })),
        hits: left.length,
      };
    },
  });
}
