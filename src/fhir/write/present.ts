import type { FastifyRequest } from 'fastify';
import { askingOf } from '../../http/asking.ts';
import { readThing } from '../../plans/index.ts';
import type { ThingRef } from '../../shared/ids.ts';
import { Problem } from '../../shared/problem.ts';
import { notFound } from '../../shared/problems.ts';
import type { FhirDeps } from '../deps.ts';
import type { Writable, WritableType } from '../mapping/in/writable.ts';
import { resourceById } from '../mapping/plan-resources.ts';
import { thingOf } from '../rest/read-routes.ts';
import { leftWith, viewOf } from '../rest/views.ts';
import { demandReach } from '../smart/narrow.ts';

/** A resource as its writer sees it, and the plan that it is in. */
export interface Present {
  readonly resource: Writable;
  readonly plan: ThingRef;
  /** The key that the person goes by. */
  readonly patientId: ThingRef['patientId'];
}

/**
 * Reads what is to be changed as its writer sees it now: the same read, decision and log entry as any.
 *
 * @throws notFound for what is not there and for what the writer may not know of, alike
 */
export function readPresent(deps: FhirDeps, request: FastifyRequest, type: WritableType, id: string): Promise<Present> {
  return readThing(deps.desk, askingOf(request), thingOf(id), (plan, seen) => {
    const view = viewOf(seen, plan, request.actor, deps.urls);
    const found = resourceById(view, type, id);
    if (!found) throw notFound();
    demandReach(request, found, seen.patientId);
    // As it leaves: what is undefined is not there.
    const resource = JSON.parse(JSON.stringify(found)) as Writable;
    const { patientId, id: planId } = plan.header;
    const answer = { resource, plan: { patientId, id: planId }, patientId: seen.patientId };
    return { answer, left: leftWith([found], [view]) };
  });
}

/** What was just written, when its writer still sees it: a step that was declined may have left their sight. */
export async function readWritten(
  deps: FhirDeps,
  request: FastifyRequest,
  type: WritableType,
  id: string,
): Promise<Writable | undefined> {
  try {
    return (await readPresent(deps, request, type, id)).resource;
  } catch (error) {
    const hidden = error instanceof Problem && (error.status === 404 || error.status === 403);
    if (hidden) return undefined;
    throw error;
  }
}
