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
import { doorUrl, sendResource } from './reply.ts';
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
  door.get('/CarePlan/:id/$everything', READ_PLAN, (request, reply) => everything(deps, request, reply));
  for (const method of ['GET', 'POST'] as const) {
    const url = '/CarePlan/:id/$next-step';
    door.route({ method, url, ...READ_PLAN, handler: (request, reply) => nextStep(deps, request, reply) });
  }
}

async function readOne(deps: FhirDeps, type: PlanResourceType, request: FastifyRequest, reply: FastifyReply) {
  const { id } = request.params as { id: string };
  const resource = await readThing(deps.desk, askingOf(request), thingOf(id), (plan, seen) => {
    const view = viewOf(seen, plan, request.actor, deps.urls);
    const answer = resourceById(view, type, id);
    if (!answer) throw notFound();
    demandReach(request, answer, seen.patientId);
    return { answer, left: leftWith([answer], [view]) };
  });
  return sendResource(reply, resource);
}

async function everything(deps: FhirDeps, request: FastifyRequest, reply: FastifyReply) {
  const { id } = request.params as { id: string };
  const base = doorUrl(request, deps);
  const bundle = await readThing(deps.desk, askingOf(request), thingOf(id), (plan, seen) => {
    const view = viewOf(seen, plan, request.actor, deps.urls);
    const carePlan = resourceById(view, 'CarePlan', id);
    if (!carePlan) throw notFound();
    demandReach(request, carePlan, seen.patientId);
    const resources = withinReach(request, allResources(view), seen.patientId);
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
