import type { Actor } from '../../shared/actor.ts';
import type { ThingId } from '../../shared/ids.ts';
import { asOf, type PastWording } from '../domain/history.ts';
import type { Contribution, ContributionKind, Instant } from '../domain/model.ts';
import { NO_CONTENT } from '../domain/plan-in-hand.ts';
import { planIdOf } from '../store/changes.ts';
import type { HistoryRecord, PastRevision } from '../store/history.ts';
import { KINDS } from '../store/tables.ts';
import { earlierWordings, type VisiblePlan, visiblePlan, visiblePlans } from './visible.ts';

/** A wording with the one before it, as its reader may see both. */
export type Placed = PastWording & { readonly earlier?: Contribution };

/** A plan as its reader sees it now, with the wordings that they may see of whatever has been in it, oldest first. */
export interface VisibleHistory {
  readonly plan: VisiblePlan;
  readonly past: readonly Placed[];
}

/** A plan's history as one reader may see it; undefined when the plan does not exist for them. */
export function visibleHistory(record: HistoryRecord, actor: Actor, planId: ThingId): VisibleHistory | undefined {
  const plan = visiblePlan(record, actor, planId);
  if (!plan) return undefined;
  const present = new Set(
    visiblePlans(record, actor).flatMap(({ content }) => KINDS.flatMap((kind) => content[kind].map(({ id }) => id))),
  );
  return { plan, past: placed(earlierWordings(record, actor, present, record.past)) };
}

/** A place in the order of a history: two wordings never share one, whatever the clock said. */
export function compareWordings(a: WordingPlace, b: WordingPlace): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  return a.revision - b.revision;
}
export type WordingPlace = Pick<PastWording, 'at' | 'kind' | 'revision'> & { readonly id: string };

function placed(past: readonly PastRevision[]): Placed[] {
  const rows = past.map(({ kind, at, thing }) => ({
    ...{ kind, at, id: thing.id, revision: thing.revision, content: thing },
  }));
  const latest = new Map<string, Contribution>();
  const earlier = new Map<PastWording, Contribution | undefined>();
  for (const row of rows.toSorted((a, b) => a.revision - b.revision)) {
    earlier.set(row, latest.get(row.id));
    latest.set(row.id, row.content);
  }
  return rows.toSorted(compareWordings).map((row) => ({ ...row, earlier: earlier.get(row) }));
}

/** The changes of a plan: of what stands in it now from the beginning, of what has left it until it left. */
export function changesIn({ plan, past }: VisibleHistory): readonly Placed[] {
  const planId = plan.header.id;
  const here = new Set<string>(KINDS.flatMap((kind) => plan.content[kind].map(({ id }) => id)));
  return past.filter(({ id, content }) => here.has(id) || planIdOf(content) === planId);
}

/** How each thing of the plan read at a moment. */
export function wordingsAt({ plan, past }: VisibleHistory, at: Instant): readonly PastWording[] {
  return asOf(past, at).filter(({ content }) => planIdOf(content) === plan.header.id);
}

/** The plan as it was at a moment, as its reader may see it; undefined before there was one. */
export function planAt(history: VisibleHistory, at: Instant): VisiblePlan | undefined {
  const content = { ...NO_CONTENT } as Record<ContributionKind, Contribution[]>;
  for (const { kind, content: thing } of wordingsAt(history, at)) content[kind] = [...content[kind], thing];
  const [header] = content.plan;
  if (!header) return undefined;
  return { ...history.plan, header, content } as VisiblePlan;
}

/** One thing that read otherwise at the later moment than at the earlier. */
export interface WordingChange {
  readonly was?: PastWording;
  readonly is: PastWording;
}

/** What read otherwise between two moments, thing by thing. */
export function changesBetweenMoments(history: VisibleHistory, from: Instant, to: Instant): readonly WordingChange[] {
  const before = new Map(wordingsAt(history, from).map((row) => [row.id, row]));
  return wordingsAt(history, to).flatMap((is) => {
    const was = before.get(is.id);
    return was?.revision === is.revision ? [] : [{ was, is }];
  });
}
