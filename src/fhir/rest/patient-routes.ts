import type { FastifyReply, FastifyRequest } from 'fastify';
import { askingOf } from '../../http/asking.ts';
import type { Server } from '../../http/server.ts';
import { readPatient } from '../../patients/index.ts';
import { readOverview, searchPlans } from '../../plans/index.ts';
import { NIL_PATIENT, type PatientId, parsePatientId, publicPatientId } from '../../shared/ids.ts';
import { notFound } from '../../shared/problems.ts';
import type { FhirDeps } from '../deps.ts';
import { nextStepParameters } from '../mapping/next-step.ts';
import { type GeneralPractitioner, patientFrom } from '../mapping/patient.ts';
import { allResources } from '../mapping/plan-resources.ts';
import { refuseModifiers } from '../search/criteria.ts';
import { readSearch, type SearchRequest, selfParameters } from '../search/sent.ts';
import { subsetOf } from '../search/subset.ts';
import { demandReach, withinReach } from '../smart/narrow.ts';
import { FIND_PERSON, READ_OVERVIEW, READ_PERSON } from './access.ts';
import { emptyBundle, entryOf } from './bundle.ts';
import { findPerson } from './patient-identifier.ts';
import { doorUrl, sendResource } from './reply.ts';
import { leftWith, viewOf } from './views.ts';

const NO_LINKS = { includes: new Set<string>(), reverse: new Set<string>() };

/** Persons: read by id, found by number in a form, and the next step of a citizen's own. */
export function registerPatientRoutes(door: Server, deps: FhirDeps): void {
  door.get('/Patient/:id', READ_PERSON, async (request, reply) => {
    const { id } = request.params as { id: string };
    return sendResource(reply, await patientResource(deps, request, keyOf(id)));
  });
  door.get('/Patient', READ_PERSON, (request, reply) => byId(deps, request, reply));
  door.post('/Patient/_search', FIND_PERSON, (request, reply) => byNumber(deps, request, reply));
  for (const method of ['GET', 'POST'] as const) {
    const all = (request: FastifyRequest, reply: FastifyReply) => everything(deps, request, reply);
    door.route({ method, url: '/Patient/:id/$everything', ...READ_PERSON, handler: all });
    const handler = (request: FastifyRequest, reply: FastifyReply) => nextStep(deps, request, reply);
    door.route({ method, url: '/Patient/$next-step', ...READ_OVERVIEW, handler });
    door.route({ method, url: '/Patient/:id/$next-step', ...READ_OVERVIEW, handler });
  }
}

/** The key that a person's id stands for.
 *
 * @throws notFound for what is no id
 */
export function keyOf(id: string): PatientId {
  const key = parsePatientId(id);
  if (key === undefined) throw notFound();
  return key;
}

/** The fast läkarkontakt that the plans name, as far as this reader sees it. */
function generalPractitioner(deps: FhirDeps, request: FastifyRequest, patientId: PatientId) {
  return searchPlans(deps.desk, askingOf(request), {
    patientId,
    criteria: ['general-practitioner'],
    show: ({ plans, context }) => {
      const contacts = plans.flatMap(({ content }) => content['named-contact']);
      const named = contacts.find(
        (one) => one.role === 'fast-lakarkontakt' && one.state === 'designated' && !one.enteredInError,
      );
      const staff = named?.person?.staff;
      const facts = staff === undefined ? undefined : context.staff?.get(staff);
      if (!named?.person || facts?.protectedIdentity) return { answer: undefined, left: [], hits: 0 };
      const readable = facts !== undefined && request.actor.kind !== 'citizen';
      const answer: GeneralPractitioner = { staff, name: named.person.name, readable };
      return { answer, left: [named.id], hits: 1 };
    },
  });
}

/** A person, as far as this reader may see. */
export async function patientResource(deps: FhirDeps, request: FastifyRequest, id: PatientId): Promise<fhir4.Patient> {
  const { canonical } = await readPatient(deps.desk, askingOf(request), id);
  if (!canonical) throw notFound();
  const gp = await generalPractitioner(deps, request, canonical.patientId);
  return demandReach(request, patientFrom(canonical, request.actor.kind, gp), canonical.patientId);
}

/** The person and everything in the person's plans that this reader may see; `_type` narrows it. */
async function everything(deps: FhirDeps, request: FastifyRequest, reply: FastifyReply) {
  const { id } = request.params as { id: string };
  const base = doorUrl(request, deps);
  const person = await patientResource(deps, request, keyOf(id));
  const { _type: wanted } = request.query as { _type?: unknown };
  const types = typeof wanted === 'string' && wanted !== '' ? new Set(wanted.split(',')) : undefined;
  const patientId = keyOf(person.id!);
  const bundle = await searchPlans(deps.desk, askingOf(request), {
    patientId,
    criteria: ['everything'],
    show: (seen) => {
      const views = seen.plans.map((plan) => viewOf(seen, plan, request.actor, deps.urls));
      const readable = withinReach(request, views.flatMap(allResources), seen.patientId);
      const shown = readable.filter(({ resourceType }) => types?.has(resourceType) ?? true);
      const all: fhir4.FhirResource[] = types && !types.has('Patient') ? [...shown] : [person, ...shown];
      const answer: fhir4.Bundle = {
        resourceType: 'Bundle',
        type: 'searchset',
        total: all.length,
        link: [{ relation: 'self', url: `${base}/Patient/${id}/$everything` }],
        ...(all.length > 0 && { entry: all.map((resource) => entryOf(base, resource, 'match')) }),
      };
      return { answer, left: leftWith(shown, views), hits: all.length };
    },
  });
  return sendResource(reply, bundle);
}

/** The one person that was found, in the parts that were asked for. */
function oneOf(base: string, person: fhir4.Patient, self: string, asked: SearchRequest): fhir4.Bundle {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...((asked.total || asked.countOnly) && { total: 1 }),
    link: [{ relation: 'self', url: self }],
    ...(!asked.countOnly && { entry: [entryOf(base, subsetOf(person, asked.subset), 'match')] }),
  };
}

/** Who a citizen is here: the key of the plans that are the citizen's own; nobody for one who is not registered. */
export async function ownKey(deps: FhirDeps, request: FastifyRequest): Promise<PatientId | undefined> {
  if (request.actor.kind !== 'citizen') return undefined;
  const search = {
    criteria: [],
    show: ({ patientId }: { patientId: PatientId }) => ({ answer: patientId, left: [], hits: 0 }),
  };
  const key = await searchPlans(deps.desk, askingOf(request), search);
  return key === NIL_PATIENT ? undefined : key;
}

/** `Patient?_id=…`; without it, the asking citizen's own, as patient apps ask first of all. */
async function byId(deps: FhirDeps, request: FastifyRequest, reply: FastifyReply) {
  const asked = readSearch(request, new Set(['_id']), new Set(), NO_LINKS);
  refuseModifiers(asked.criteria);
  const base = doorUrl(request, deps);
  const self = `${base}/Patient?${selfParameters(asked)}`;
  const id = asked.criteria.at(-1)?.value;
  const key = id === undefined ? await ownKey(deps, request) : parsePatientId(id);
  if (key === undefined) return sendResource(reply, emptyBundle(self));
  return sendResource(reply, oneOf(base, await patientResource(deps, request, key), self, asked));
}

/** In a form, by number or id. By number staff are given the person, a system the id alone, as on the REST door. */
async function byNumber(deps: FhirDeps, request: FastifyRequest, reply: FastifyReply) {
  const asked = readSearch(request, new Set(['identifier', '_id']), new Set(), NO_LINKS);
  refuseModifiers(asked.criteria);
  if (asked.criteria.length > 0 && asked.criteria.every(({ name }) => name === '_id'))
    return byId(deps, request, reply);
  const base = doorUrl(request, deps);
  const found = await findPerson(deps, request, asked.criteria);
  if (!found) return sendResource(reply, emptyBundle(`${base}/Patient`));
  const self = `${base}/Patient?_id=${publicPatientId(found)}`;
  if (request.actor.kind !== 'staff') {
    return sendResource(reply, oneOf(base, { resourceType: 'Patient', id: publicPatientId(found) }, self, asked));
  }
  return sendResource(reply, oneOf(base, await patientResource(deps, request, found), self, asked));
}

/** The same answer as the overview of the REST door gives, for the same reader at the same moment. */
async function nextStep(deps: FhirDeps, request: FastifyRequest, reply: FastifyReply) {
  const { id } = request.params as { id?: string };
  const key = id === undefined ? undefined : keyOf(id);
  const { overview, patientId, shards } = await readOverview(deps.desk, askingOf(request), key, 'sv', (read) => read);
  demandReach(request, { resourceType: 'Patient', id: publicPatientId(patientId) }, patientId);
  return sendResource(reply, nextStepParameters({ shards }, overview.nextStep));
}
