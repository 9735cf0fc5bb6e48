import { type Act, added, type Change, changed, type NewOwned, newInPlan, revised } from './contribution.ts';
import { refuseInError } from './demands.ts';
import type { WhatMatters } from './model.ts';
import { type PlanInHand, refuseClosed } from './plan-in-hand.ts';
import { differing, type Fields, isEmpty } from './same.ts';
import { actsAs, demand, isUnit, mayChangeContent } from './who-may.ts';

export type WhatMattersCommand = NewOwned & Pick<WhatMatters, 'text' | 'ownResources'>;

/** Adds the person's own words about what matters, kept byte for byte, whether written by the person or taken down. */
export function addWhatMatters(hand: PlanInHand, command: WhatMattersCommand, act: Act): Change[] {
  refuseClosed(hand.plan);
  const words: WhatMatters = Object.assign(newInPlan(act, hand.plan, command), {
    approvedForPatient: isUnit(actsAs(act)) ? command.approvedForPatient : true,
    text: command.text,
    ownResources: command.ownResources,
  });
  return [added('what-matters', words)];
}

type WhatMattersField = 'text' | 'ownResources' | 'approvedForPatient';

/**
 * Changes the words: what the patient has written, only the patient; what staff took down, their unit.
 *
 * @throws content-not-yours (403), plan-closed, entered-in-error (409)
 */
export function changeWhatMatters(
  hand: PlanInHand,
  words: WhatMatters,
  fields: Fields<WhatMatters, WhatMattersField>,
  act: Act,
): Change[] {
  demand(mayChangeContent(words, actsAs(act)));
  refuseClosed(hand.plan);
  refuseInError(words);
  const differs = differing<WhatMatters, WhatMattersField>(words, fields);
  return isEmpty(differs) ? [] : [changed('what-matters', words, revised<WhatMatters>(words, act, differs))];
}
