import { type Asking, type Desk, readActorUnit, readingMany } from '../access/index.ts';
import type { StaffActor } from '../shared/actor.ts';
import type { Instant } from './domain/model.ts';
import { type FeedbackCount, loadFeedbackCounts } from './store/feedback-counts.ts';

export type { FeedbackCount } from './store/feedback-counts.ts';

/**
 * How often the acting unit has given and got feedback, per other unit and kind: what the two have to talk about. Numbers
 * alone leave, of nobody in particular.
 */
export function countFeedback(
  desk: Desk,
  asking: Asking & { readonly actor: StaffActor },
  period: { readonly from: Instant; readonly to: Instant },
): Promise<readonly FeedbackCount[]> {
  return readingMany(desk, asking, {
    action: 'feedback.count',
    load: () => loadFeedbackCounts(desk.pool, asking.actor, period, desk.clock.now()),
    facts: ({ raw }) => ({ actorUnit: readActorUnit(raw), isSelf: false, patientKnown: false }),
    show: (_grant, { counts }) => ({ answer: counts, hits: counts.length, resources: [] }),
  });
}
