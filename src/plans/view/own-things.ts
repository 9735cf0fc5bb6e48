import { readerOf, withoutProtectedStaff } from '../../access/index.ts';
import type { Actor } from '../../shared/actor.ts';
import type { Contribution, PlanContent } from '../domain/model.ts';
import { NO_CONTENT } from '../domain/plan-in-hand.ts';
import type { PlanRecord } from '../store/record.ts';
import { contributionFactsIn, factsOf } from './facts.ts';
import { forReader, protectedIn } from './visible.ts';

/**
 * The steps and promises that a relative has said yes to, in whatever plans they stand: never the plans, nor what comes
 * before or after their own (docs/domain.md 4, "Self-care").
 */
export function ownThings(record: PlanRecord, actor: Actor): PlanContent {
  const read = readerOf(actor, factsOf(record, actor));
  const factsFor = contributionFactsIn(record);
  const seen = <K extends 'step' | 'commitment', T extends Contribution>(kind: K, things: readonly T[]): T[] =>
    things.flatMap((thing) => {
      const sight = read(factsFor(kind, thing));
      return sight.shown === 'nothing' || sight.asOf !== undefined ? [] : [forReader(sight, kind, thing) as T];
    });
  const steps = seen('step', record.content.step);
  const own = new Set(steps.map(({ id }) => id));
  const step = steps.map((one) => ({ ...one, predecessors: one.predecessors.filter((id) => own.has(id)) }));
  const content = { ...NO_CONTENT, step, commitment: seen('commitment', record.content.commitment) };
  return withoutProtectedStaff(content, protectedIn(record));
}
