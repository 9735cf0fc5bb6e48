import type { FastifyRequest } from 'fastify';
import { askingOf } from '../../http/asking.ts';
import { changeTogether, readThing, searchPlans, withPublicIds } from '../../plans/index.ts';
import { type PatientId, parsePatientId, parseThingId, publicId, type ThingRef } from '../../shared/ids.ts';
import type { FhirDeps } from '../deps.ts';
import { isOpenPlan } from '../mapping/in/care-plan.ts';
import type { InAct } from '../mapping/in/change.ts';
import { fault, planUnsaid } from '../mapping/in/faults.ts';
import { whoOf } from '../mapping/in/parts.ts';
import { creating, planOf, subjectOf, type Writable } from '../mapping/in/writable.ts';
import { resourceNotTaken } from '../problems.ts';
import { demandWriteReach } from '../smart/narrow.ts';
import { preferOf, type Written } from './answer.ts';
import { readIfNoneExist, type SourceId } from './conditional.ts';
import { demandTaken, isLenient, judged, refusalOf } from './judge.ts';
import { namedIn, partsOf } from './parts.ts';

/** What can be made one by one; a plan is made with all that is in it. */
export type Makeable = Exclude<Writable, fhir4.CarePlan>;

/** Where the element stands that says which plan a thing is of. */
function planPlace({ resourceType }: Makeable): string {
  return resourceType === 'Task' || resourceType === 'Communication'
    ? `${resourceType}.basedOn`
    : `${resourceType}.extension`;
}

/** The person's only open plan, for clients that know of no other way to say which. */
export function onlyPlanOf(
  deps: FhirDeps,
  request: FastifyRequest,
  patientId: PatientId,
): Promise<ThingRef | undefined> {
  return searchPlans(deps.desk, askingOf(request), {
    patientId,
    criteria: ['patient'],
    show: ({ plans }) => {
      const open = plans.map(({ header }) => header).filter(isOpenPlan);
      const [only, ...others] = open;
      const answer = only && others.length === 0 ? { patientId: only.patientId, id: only.id } : undefined;
      return { answer, left: answer ? [answer.id] : [], hits: open.length };
    },
  });
}

function onlyPlan(deps: FhirDeps, request: FastifyRequest, sent: Makeable): Promise<ThingRef | undefined> {
  const who = whoOf(subjectOf(sent).reference);
  const patientId = who?.kind === 'patient' ? parsePatientId(who.id) : undefined;
  return patientId === undefined ? Promise.resolve(undefined) : onlyPlanOf(deps, request, patientId);
}

/** The plan that a new thing goes into. @throws resource-not-taken (422) when it does not say, or says another person's */
export async function planFor(deps: FhirDeps, request: FastifyRequest, sent: Makeable): Promise<ThingRef> {
  const said = planOf(sent, { urls: deps.urls });
  const plan = said === undefined ? await onlyPlan(deps, request, sent) : parseThingId(said);
  if (!plan) {
    const place = planPlace(sent);
    throw refusalOf([said === undefined ? planUnsaid(place) : fault('reference', place)], resourceNotTaken);
  }
  await demandSubject(deps, request, sent, plan);
  return plan;
}

/** Refuses a thing that says it is somebody else's than the plan is; one person may go by several keys. */
async function demandSubject(deps: FhirDeps, request: FastifyRequest, sent: Makeable, plan: ThingRef): Promise<void> {
  const { reference, path } = subjectOf(sent);
  if (!reference) return;
  const who = whoOf(reference);
  const key = who?.kind === 'patient' ? parsePatientId(who.id) : undefined;
  if (key === plan.patientId) return;
  const goesBy = await readThing(deps.desk, askingOf(request), plan, (_plan, seen) => ({
    answer: seen.patientId,
    left: [plan.id],
  }));
  if (key === undefined || key !== goesBy) throw refusalOf([fault('reference', path)], resourceNotTaken);
}

/** The first change with the source's id that the condition names, when the resource itself has none. */
export function underSource(acts: readonly InAct[], sourceId: SourceId | undefined): readonly InAct[] {
  if (!sourceId) return acts;
  return acts.map((one, i) => (i > 0 ? one : { ...one, body: { externalId: sourceId, ...one.body } }));
}

/**
 * Makes a thing of a plan from a sent resource, by the rules of `/v1`. With `If-None-Exist`, what the sender's system has
 * sent before is answered with as it is; without it, such a thing is brought up to date and never doubled.
 *
 * @throws resource-invalid (400), resource-not-taken (422), and what the rules refuse, told by the elements
 */
export async function createOne(deps: FhirDeps, request: FastifyRequest, sent: Makeable): Promise<Written> {
  const type = sent.resourceType;
  const resource = judged(sent, type) as Makeable;
  const condition = readIfNoneExist(deps, headerOf(request, 'if-none-exist'));
  const { acts, faults } = creating(resource, { urls: deps.urls });
  const dropped = demandTaken(faults, isLenient(preferOf(request)));
  const plan = await planFor(deps, request, resource);
  demandWriteReach(request, type, 'c', plan.patientId);
  const own = underSource(acts, condition);
  const writing = { name: 'new', plan: () => plan, key: `fhir:${request.id}`, onlyNew: condition !== undefined };
  const made = await changeTogether(deps.desk, askingOf(request), {
    patientId: plan.patientId,
    parts: partsOf(own, writing),
    named: namedIn(own),
    idempotency: request.idempotency,
  }).catch((error: unknown) => {
    throw withPublicIds(error);
  });
  const { thing, fresh } = made.answer.made.get('new')!;
  const id = publicId(thing.patientId, thing.id);
  return { type, id, revision: thing.revision, created: fresh, dropped, replayed: made.replayed };
}

export function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
