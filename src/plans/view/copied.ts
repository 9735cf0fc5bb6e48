import { type Facts, type Period, readerOf } from '../../access/index.ts';
import type { Actor } from '../../shared/actor.ts';
import type { ThingId } from '../../shared/ids.ts';
import { type Disclosure, receiverKey, receiverOf } from '../domain/disclosure.ts';
import type { Contribution } from '../domain/model.ts';
import { NO_CONTENT } from '../domain/plan-in-hand.ts';
import { contributionFactsIn } from './facts.ts';
import { forReader } from './visible.ts';

/** What of a person bears on who may read the copies that were made. */
export interface CopiesRecord {
  readonly facts: Facts;
  readonly protectedWhile: readonly Period[];
  /** Plans that the patient is not shown: drafts, and mistakes. */
  readonly unshown: ReadonlySet<ThingId>;
  readonly now: number;
}

/**
 * The wordings of a copy that this reader may see now, by the same policy as the plan: its receiver all that it was
 * handed, staff what their own unit has written, the patient's side what is in direct access. That a provider has handed
 * something out makes it no more open within it (PDL 4:1, 4:4), nor to the patient's side (PDL 5:5; lag 2022:913 4:2).
 */
export function copiedWordings(
  record: CopiesRecord,
  actor: Actor,
  copy: Disclosure,
): ReadonlyMap<ThingId, Contribution> {
  const { facts, protectedWhile, unshown, now } = record;
  const { items, whole, madeAt: at } = copy;
  const handed = [{ items, whole, at, ...receiverOf(receiverKey(copy.receiver)) }];
  const factsFor = contributionFactsIn({ content: NO_CONTENT, handed, protectedWhile, law: facts, now });
  const read = readerOf(actor, facts);
  const isUnshown = unshown.has(copy.planId);
  const shown = items.flatMap(({ id, kind, wording }) => {
    const asked = factsFor(kind, wording);
    // A duty of then is none of now.
    const sight = read({ ...asked, duties: [], approvedForPatient: asked.approvedForPatient && !isUnshown });
    return sight.shown === 'nothing' ? [] : [[id, forReader(sight, kind, wording)] as const];
  });
  return new Map(shown);
}
