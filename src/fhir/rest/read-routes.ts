import type { FastifyReply, FastifyRequest } from 'fastify';
import { askingOf } from '../../http/asking.ts';
import type { Server } from '../../http/server.ts';
import { readThing } from '../../plans/index.ts';
import { parseThingId, type ThingRef } from '../../shared/ids.ts';
import { notFound } from '../../shared/problems.ts';
import type { FhirDeps } from '../deps.ts';
import { nextStepParameters } from '../mapping/next-step.ts';
import { allResources, PLAN_RESOURCE_TYPES, type PlanResourceType, resourceById } from '../mapping/plan-resources.ts';
import { demandReach, withinReach } from '../smart/narrow.ts';
import { READ_PLAN } from './access.ts';
import { entryOf } from './bundle.ts';
import { hasVersion, lastModifiedAt } from './conditional-read.ts';
import { doorUrl, sendNotModified, sendResource } from './reply.ts';
import { leftWith, viewOf } from './views.ts';

/** The thing that a resource's id is about; of an occurrence, the step that it is a part of. */
export function thingOf(id: string): ThingRef {
  const ref = parseThingId(id.split('.', 1)[0]!);
  if (!ref) throw notFound();
  return ref;
}

/** Reads of whatever a plan is made of, each by its own id. */
export function registerReads(door: Server, deps: FhirDeps): void {
  for (const type of PLAN_RESOURCE_TYPES) {
    door.get(`/${type}/:id`, READ_PLAN, (request, reply) => readOne(deps, type, request, reply));
  }
  for (const method of ['GET', 'POST'] as const) {
    const at = (url: string, handler: typeof nextStep) =>
      door.route({ method, url, ...READ_PLAN, handler: (request, reply) => handler(deps, request, reply) });
    at('/CarePlan/:id/$everything', everything);
    at('/CarePlan/:id/$next-step', nextStep);
  }
}

/**
 * Types of which each is made of one thing, whose revision is the version: what a reader has of that version is what
 * there is. The others are assembled: their version says nothing of reports, channels or other things that stand in them.
 */
export const OF_ONE_THING: ReadonlySet<string> = new Set<PlanResourceType>([
  'Goal',
  'Communication',
  'Provenance',
  'Appointment',
  'ServiceRequest',
]);

/**
 * One resource; 304 for who has its version already (If-None-Match, If-Modified-Since), once it has been judged and logged
 * as any read, and only when nothing of it is left out for this reader: else an old copy, with more in it, would be confirmed.
 */
async function readOne(deps: FhirDeps, type: PlanResourceType, request: FastifyRequest, reply: FastifyReply) {
  const { id } = request.params as { id: string };
  const now = deps.desk.clock.now();
  const { resource, isKnown } = await readThing(deps.desk, askingOf(request), thingOf(id), (plan, seen) => {
    const view = viewOf(seen, plan, request.actor, deps.urls);
    const found = resourceById(view, type, id);
    if (!found) throw notFound();
    demandReach(request, found, seen.patientId);
    const isSame = OF_ONE_THING.has(type) && hasVersion(request, found.meta!, now);
    const answer = { resource: found, isKnown: isSame && seen.isWhole(thingOf(id).id) };
    return { answer, left: leftWith([found], [view]) };
  });
  const { lastUpdated } = resource.meta ?? {};
  const at = lastUpdated === undefined ? undefined : lastModifiedAt(Date.parse(lastUpdated), now);
  return isKnown ? sendNotModified(reply, resource, at) : sendResource(reply, resource, at);
}

async function everything(deps: FhirDeps, request: FastifyRequest, reply: FastifyReply) {
  const { id } = request.params as { id: string };
  const base = doorUrl(request, deps);
  const bundle = await readThing(deps.desk, askingOf(request), thingOf(id), (plan, seen) => {
    const view = viewOf(seen, plan, request.actor, deps.urls);
    const all = allResources(view);
    const carePlan = all.find((one) => one.resourceType === 'CarePlan' && one.id === id);
    if (!carePlan) throw notFound();
    demandReach(request, carePlan, seen.patientId);
    const resources = withinReach(request, all, seen.patientId);
    const answer: fhir4.Bundle = {
      resourceType: 'Bundle',
      type: 'searchset',
      total: resources.length,
      link: [{ relation: 'self', url: `${base}/CarePlan/${id}/$everything` }],
      entry: resources.map((resource) => entryOf(base, resource, 'match')),
    };
    return { answer, left: leftWith(resources, [view]) };
  });
  return sendResource(reply, bundle);
}

async function nextStep(deps: FhirDeps, request: FastifyRequest, reply: FastifyReply) {
  const { id } = request.params as { id: string };
  const parameters = await readThing(deps.desk, askingOf(request), thingOf(id), (plan, seen) => {
    const view = viewOf(seen, plan, request.actor, deps.urls);
    const carePlan = resourceById(view, 'CarePlan', id);
    if (!carePlan) throw notFound();
    demandReach(request, carePlan, seen.patientId);
    const { nextStep: next } = view;
    const steps = [next?.step?.id, next?.after?.stepId].filter((key) => key !== undefined);
    return { answer: nextStepParameters(view, next), left: [plan.header.id, ...steps] };
  });
  return sendResource(reply, parameters);
}
