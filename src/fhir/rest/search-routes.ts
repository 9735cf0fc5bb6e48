import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { recordingRefusals } from '../../access/index.ts';
import { askingOf } from '../../http/asking.ts';
import type { Server } from '../../http/server.ts';
import { searchPlansAs } from '../../plans/index.ts';
import { actorKey } from '../../shared/actor.ts';
import { type PatientId, parsePatientId } from '../../shared/ids.ts';
import { notFound } from '../../shared/problems.ts';
import type { FhirDeps } from '../deps.ts';
import {
  PLAN_RESOURCE_TYPES,
  type PlanResource,
  type PlanResourceType,
  resourcesOfTypes,
} from '../mapping/plan-resources.ts';
import type { FhirView } from '../mapping/view.ts';
import { searchAcrossPatients } from '../problems.ts';
import { alternatives, referenceTail, type Sent } from '../search/criteria.ts';
import { daysAsked } from '../search/days-asked.ts';
import { INCLUDES, REVERSE_INCLUDES } from '../search/links.ts';
import { PARAMETERS } from '../search/parameters.ts';
import { runSearch, testsOf, typesNeeded } from '../search/run.ts';
import { readSearch, type SearchRequest, selfParameters } from '../search/sent.ts';
import { type Placed, SORTS } from '../search/sorts.ts';
import { subsetOf } from '../search/subset.ts';
import { withinReach } from '../smart/narrow.ts';
import { SEARCH_PLANS } from './access.ts';
import { emptyBundle, entryOf } from './bundle.ts';
import { BY_PERSON, withPatient } from './patient-identifier.ts';
import { thingOf } from './read-routes.ts';
import { bytesOf, doorUrl, sendBytes, sendResource } from './reply.ts';
import { leftWith, viewOf } from './views.ts';

const position = z.object({ at: z.array(z.union([z.number(), z.string(), z.null()])), id: z.string() });

/** What may be followed from and to one type. */
export function linksOf(type: PlanResourceType) {
  const includes = new Set(Object.keys(INCLUDES).filter((name) => name.startsWith(`${type}:`)));
  const reverse = new Set(Object.keys(REVERSE_INCLUDES).filter((name) => REVERSE_INCLUDES[name]!.includes(type)));
  return { includes, reverse };
}

/** Includes are followed from whatever is included as well, so that all are understood wherever they are sent. */
const ALL_LINKS = { includes: new Set(Object.keys(INCLUDES)), reverse: new Set(Object.keys(REVERSE_INCLUDES)) };

/** How a door tells what is found: which links may be followed, and in what form a resource leaves. */
interface SearchForm {
  readonly links: typeof ALL_LINKS;
  readonly shape: (resource: PlanResource, views: readonly FhirView[]) => PlanResource;
}

const OURS: SearchForm = { links: ALL_LINKS, shape: (resource) => resource };

/** Searches within one person's plans, by address or form. */
export function registerSearches(
  door: Server,
  deps: FhirDeps,
  types: readonly PlanResourceType[] = PLAN_RESOURCE_TYPES,
  form = OURS,
): void {
  for (const type of types) {
    const handler = (request: FastifyRequest, reply: FastifyReply) => search(deps, type, request, reply, form);
    door.get(`/${type}`, SEARCH_PLANS, handler);
    door.post(`/${type}/_search`, SEARCH_PLANS, handler);
  }
}

/**
 * Whose plans a search is about: what it says of the patient, else the person that the ids are of, else the citizen's
 * own.
 *
 * @throws searchAcrossPatients for a search by anyone else that names no patient, or several: looking for persons by
 *   what their plans hold is not allowed [PDL 2:8]
 */
function patientOf(request: FastifyRequest, criteria: readonly Sent[]): PatientId | undefined {
  const named = new Set<PatientId>();
  for (const { name, modifier, value } of criteria) {
    if (modifier === 'missing' || modifier === 'identifier') continue;
    if (name === 'patient' || name === 'subject') {
      for (const one of alternatives(value)) named.add(patientIdOf(referenceTail(one, 'Patient')));
    }
    if (name === '_id') for (const one of alternatives(value)) named.add(thingOf(one).patientId);
    if (name === 'based-on' || name === 'target' || name === 'part-of') {
      for (const one of alternatives(value)) named.add(thingOf(one.split('/').at(-1)!).patientId);
    }
  }
  if (named.size > 1) throw searchAcrossPatients();
  const [only] = named;
  if (only === undefined && request.actor.kind !== 'citizen') throw searchAcrossPatients();
  return only;
}

function patientIdOf(reference: string): PatientId {
  const id = reference.startsWith('Patient/') ? parsePatientId(reference.slice('Patient/'.length)) : undefined;
  if (id === undefined) throw notFound();
  return id;
}

async function search(
  deps: FhirDeps,
  type: PlanResourceType,
  request: FastifyRequest,
  reply: FastifyReply,
  { links, shape }: SearchForm,
) {
  const known = new Set([...Object.keys(PARAMETERS[type]), ...(request.method === 'POST' ? [BY_PERSON] : [])]);
  const sent = readSearch(request, known, new Set(Object.keys(SORTS[type])), links);
  const { asked, isFound } = await withPatient(deps, request, sent);
  const base = doorUrl(request, deps);
  if (!isFound) return sendResource(reply, emptyBundle(`${base}/${type}`));
  const { patientId, criteria } = await recordingRefusals(deps.desk, askingOf(request), 'plan.list', async () =>
    narrowed(request, type, asked),
  );
  const tests = testsOf(type, criteria);
  const types = typesNeeded(type, asked);
  const days = type === 'Task' ? daysAsked(criteria) : undefined;
  const scope = { actor: actorKey(request.actor), route: `${deps.prefix}/${type}`, filter: filterOf(asked) };
  const after: Placed | undefined = asked.cursor ? deps.cursors.decode(scope, asked.cursor, position) : undefined;
  const bytes = await searchPlansAs(deps.desk, askingOf(request), bytesOf, {
    patientId,
    criteria: criteriaNames(sent),
    show: (seen) => {
      const shownDays = days ? { days } : {};
      const views = seen.plans.map((plan) => ({ ...viewOf(seen, plan, request.actor, deps.urls), ...shownDays }));
      const readable = withinReach(
        request,
        views.flatMap((view) => resourcesOfTypes(view, types)),
        seen.patientId,
      );
      const found = runSearch(type, readable, tests, asked, after);
      const cursor = found.next && deps.cursors.encode(scope, found.next);
      const shown = [...found.matches, ...found.included];
      const told = (one: PlanResource) => subsetOf(shape(one, views), asked.subset);
      const answer: fhir4.Bundle = {
        resourceType: 'Bundle',
        type: 'searchset',
        ...((asked.total || asked.countOnly) && { total: found.total }),
        link: linksIn(`${base}/${type}`, asked, cursor),
        ...(shown.length > 0 && {
          entry: [
            ...found.matches.map((one) => entryOf(base, told(one), 'match')),
            ...found.included.map((one) => entryOf(base, told(one), 'include')),
          ],
        }),
      };
      return { answer, left: leftWith(shown, views), hits: found.total };
    },
  });
  return sendBytes(reply, bytes);
}

/** A person is looked for once, by key: any of the person's keys leads to all, and resources name the present one. */
function narrowed(request: FastifyRequest, type: PlanResourceType, asked: SearchRequest) {
  const patientId = patientOf(request, asked.criteria);
  const criteria = asked.criteria.filter(({ name, modifier }) => {
    const person = name === 'patient' || name === 'subject';
    return !person || (modifier !== undefined && modifier !== 'Patient' && PARAMETERS[type][name] !== undefined);
  });
  return { patientId, criteria };
}

function criteriaNames({ criteria }: SearchRequest): string[] {
  return [...new Set(criteria.map(({ name }) => name))];
}

/** A page may change size on the way, so that the count is no part of what a cursor is good for. */
function filterOf(asked: SearchRequest): string {
  const parameters = selfParameters(asked);
  parameters.delete('_count');
  return parameters.toString();
}

function linksIn(url: string, asked: SearchRequest, cursor: string | undefined): fhir4.BundleLink[] {
  const self = selfParameters(asked);
  const link: fhir4.BundleLink[] = [{ relation: 'self', url: self.size > 0 ? `${url}?${self}` : url }];
  if (cursor === undefined) return link;
  const next = selfParameters(asked);
  next.set('_cursor', cursor);
  return [...link, { relation: 'next', url: `${url}?${next}` }];
}
