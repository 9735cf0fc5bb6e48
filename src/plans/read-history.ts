import { type Asking, type Desk, reading } from '../access/index.ts';
import type { ThingRef } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import { loadHistory, type PastRevision } from './store/history.ts';

export type { PastRevision } from './store/history.ts';

import { factsOf } from './view/facts.ts';
import { earlierWordings, type VisiblePlan, visiblePlan } from './view/visible.ts';

/** A plan as its reader sees it now, with the earlier wordings that they may see, oldest first. */
export interface VisibleHistory {
  readonly plan: VisiblePlan;
  readonly past: readonly PastRevision[];
}

/**
 * Reads a plan's history: every wording of every contribution that the reader may see today. Nothing is erased, so that
 * what was agreed, promised or changed can always be shown.
 *
 * @throws notFound for a plan that is not there and for one that the reader may not know of, alike
 */
export function readHistory(desk: Desk, asking: Asking, ref: ThingRef): Promise<VisibleHistory> {
  return reading(desk, asking, {
    action: 'plan.read-history',
    load: () =>
      loadHistory(desk.pool, asking.actor, { patientId: ref.patientId, planId: ref.id, now: desk.clock.now() }),
    facts: (record) => factsOf(record, asking.actor, ref.id),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const plan = visiblePlan(record, asking.actor, ref.id);
      if (!plan) throw notFound();
      const past = earlierWordings(record, asking.actor, plan, record.past);
      const owners = new Map(past.map(({ kind, thing }) => [thing.id, { kind, owner: thing.recordedBy.provider }]));
      return {
        answer: { plan, past },
        resources: [...owners].map(([id, { kind, owner }]) => ({ kind, id, owner })),
        hits: past.length,
      };
    },
  });
}
