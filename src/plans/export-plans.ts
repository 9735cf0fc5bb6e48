import type { Asking, Desk } from '../access/index.ts';
import type { Operator } from '../audit/index.ts';
import type { SystemActor } from '../shared/actor.ts';
import { publicId, type ThingRef } from '../shared/ids.ts';
import type { HsaId } from '../shared/owned.ts';
import { Problem } from '../shared/problem.ts';
import { readPlan } from './read-plan.ts';
import { presentWholePlan } from './rest/whole-plan.ts';
import { loadPlansOfProvider } from './store/plans-of-provider.ts';

const PAGE = 200;
const AT_A_TIME = 4;

export interface ExportRun extends Pick<Asking, 'requestId' | 'route'> {
  readonly operator: Operator;
  readonly provider: HsaId;
  /** Only plans after this one, in the order of their keys. */
  readonly after?: ThingRef;
}

/** One plan with the provider's own part of it; without a plan it is one that the provider's system may not see. */
export interface ExportedPlan {
  readonly id: string;
  readonly plan?: Record<string, unknown>;
}

/**
 * Gives a provider's own part of every plan that it has written in, one by one in the order of their keys: as a system of
 * that provider's sees it, by the policy, so that nothing of others' and nothing of a protected person's is in it. Each
 * plan leaves an entry in the log, which names the operator, before it is given.
 */
export async function* exportPlans(desk: Desk, run: ExportRun): AsyncGenerator<ExportedPlan> {
  const actor: SystemActor = { kind: 'system', issuer: 'cli', clientId: 'cli', providerHsaId: run.provider };
  for (let { after } = run; ; ) {
    const page = await loadPlansOfProvider(desk.pool, actor, after, PAGE);
    for (let from = 0; from < page.length; from += AT_A_TIME) {
      const some = page.slice(from, from + AT_A_TIME);
      yield* await Promise.all(some.map((ref) => exported(desk, { ...run, actor }, ref)));
    }
    if (page.length < PAGE) return;
    after = page.at(-1);
  }
}

async function exported(
  desk: Desk,
  { actor, requestId, route, operator }: Asking,
  ref: ThingRef,
): Promise<ExportedPlan> {
  const id = publicId(ref.patientId, ref.id);
  try {
    return { id, plan: await readPlan(desk, { actor, requestId, route, operator }, ref, presentWholePlan) };
  } catch (error) {
    if (error instanceof Problem && (error.status === 404 || error.status === 403)) return { id };
    throw error;
  }
}
