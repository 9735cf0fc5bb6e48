import type { Actor } from '../../shared/actor.ts';
import { citizenReader } from './citizen-reader.ts';
import type { Facts } from './facts.ts';
import type { ContributionFacts } from './facts-plan.ts';
import type { Sight } from './sight.ts';
import { staffReader } from './staff-reader.ts';
import { systemReader } from './system-reader.ts';

/**
 * How this actor is shown each contribution of the patient's plan that `facts` are about. What is the same for all of
 * them is worked out once: for a whole plan use this, {@link sees} for a single contribution.
 */
export function readerOf(actor: Actor, facts: Facts): (c: ContributionFacts) => Sight {
  switch (actor.kind) {
    case 'staff':
      return staffReader(actor, facts);
    case 'citizen':
      return citizenReader(actor, facts);
    case 'system':
      return systemReader(actor, facts);
  }
}

/** What one actor is shown of one contribution, by what right or why not. Default is nothing. */
export function sees(actor: Actor, facts: Facts, contribution: ContributionFacts): Sight {
  return readerOf(actor, facts)(contribution);
}
