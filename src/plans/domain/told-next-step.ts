import type { ThingId } from '../../shared/ids.ts';
import type { Acting } from './acting-contact.ts';
import type { Choice } from './choose-next-step.ts';
import type { LateView } from './late-step.ts';
import type { SwedishDate, When } from './model.ts';
import type { Reach } from './reach.ts';
import type { StepView, WhenView } from './step-view.ts';

/** Whom to contact, also in words. */
export type ReachTold = Reach & { readonly words: string };

/** What comes after the next step, said in the same breath: "hemsjukvården kommer söndag". */
export interface AfterStep {
  readonly planId: ThingId;
  readonly stepId?: ThingId;
  readonly what: string;
  readonly when?: WhenView;
  readonly sentence: string;
}

/** The one next step: what, when, where or how, with whom, and how to reach them. Computed, never stored. */
export interface NextStep {
  /**
   * `step`: agreed and on time. `late`: care is late with it. `owed`: what care owes by law or by these rules.
   * `proposal`: a yes is waited for. `resting`: who decides about going on. `follow-up`: nothing is left.
   */
  readonly kind: Choice['kind'];
  readonly planId: ThingId;
  readonly step?: StepView;
  /** Which occurrence of a series, by its scheduled day. */
  readonly occurrence?: SwedishDate;
  /** Which duty, of what care owes. */
  readonly duty?: string;
  readonly what?: string;
  readonly when?: WhenView;
  readonly late?: LateView;
  /** Who follows up, goes through the proposal, or decides about going on. */
  readonly by?: Acting;
  /** Follow-up: when it is planned. Resting: by when it is decided. */
  readonly byWhen?: When;
  /** Whom to contact about it, now or when they open. */
  readonly reach: ReachTold;
  readonly after?: AfterStep;
  /** All of it in a sentence or two, in the reader's language. */
  readonly sentence: string;
}
