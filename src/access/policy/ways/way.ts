import type { StaffActor } from '../../../shared/actor.ts';
import type { UnitFacts } from '../../../shared/unit-facts.ts';
import type { Facts } from '../facts.ts';
import type { ContributionFacts } from '../facts-plan.ts';
import type { Answer } from '../sight.ts';

/** Staff who ask, at a unit that directory and token agree about. */
export interface Reader {
  readonly actor: StaffActor;
  readonly unit: UnitFacts;
  readonly facts: Facts;
}

/** One lawful way to a contribution. What is the same for all contributions of the request is worked out first. */
export type Way = (reader: Reader) => (c: ContributionFacts) => Answer;
