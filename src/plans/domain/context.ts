import type { ThingId } from '../../shared/ids.ts';
import type { ChoiceContext } from './choose-next-step.ts';
import type { HsaId, Step } from './model.ts';
import type { Units } from './party.ts';
import type { ReachDirectory } from './reach-candidates.ts';
import type { ReachNeeds } from './reach-preference.ts';
import type { Language } from './when-words.ts';

/** A relative as the plan names one to the patient. */
export interface RelativeFacts {
  readonly name: string;
  /** `dotter`, in Swedish. */
  readonly relation?: string;
}

/**
 * Everything outside the plans that their next step and overview are made of, at one moment for one reader. Nothing in
 * it is fetched, so that the same facts always give the same words.
 */
export interface PlanContext extends ChoiceContext, ReachDirectory {
  readonly units: Units;
  readonly language: Language;
  /** How the patient can reach care. */
  readonly needs: ReachNeeds;
  readonly relatives: ReadonlyMap<ThingId, RelativeFacts>;
  /**
   * Whether a unit has the late step in its own list, so that it may be said to call. Absent: the unit that answers for
   * the step, whose own steps it stands first in, and no other.
   */
  readonly hasInList?: (unit: HsaId, step: Step) => boolean;
}
