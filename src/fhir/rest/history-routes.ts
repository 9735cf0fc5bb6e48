import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { askingOf } from '../../http/asking.ts';
import type { Server } from '../../http/server.ts';
import { changesIn, type Placed, planAt, readHistory, readThing, type VisibleHistory } from '../../plans/index.ts';
import { actorKey } from '../../shared/actor.ts';
import { wrong } from '../../shared/problem.ts';
import { notFound } from '../../shared/problems.ts';
import type { FhirDeps } from '../deps.ts';
import { WRITABLE, type WritableType } from '../mapping/in/writable.ts';
import { type PlanResource, resourceById } from '../mapping/plan-resources.ts';
import type { FhirView } from '../mapping/view.ts';
import { searchParameterInvalid } from '../problems.ts';
import { rangeOf } from '../search/dates.ts';
import { readSearch, type SearchRequest, selfParameters } from '../search/sent.ts';
import { demandReach } from '../smart/narrow.ts';
import { thingOf } from './read-routes.ts';
import { doorUrl, sendResource } from './reply.ts';
import { viewOf } from './views.ts';

const READ_HISTORY = {
  config: {
    access: { actions: ['plan.read-history', 'plan.read'], actors: ['staff', 'citizen', 'system'] as const },
  },
};
const NO_LINKS = { includes: new Set<string>(), reverse: new Set<string>() };
const position = z.object({ revision: z.number() });

/** One version of a resource, with the wording that it was made of. */
interface Version {
  readonly wording: Placed;
  readonly resource: PlanResource;
}

/** Versions of a thing: one of them, and all of them with the newest first. */
export function registerHistory(door: Server, deps: FhirDeps): void {
  for (const type of WRITABLE) {
    door.get(`/${type}/:id/_history`, READ_HISTORY, (request, reply) => history(deps, type, request, reply));
    door.get(`/${type}/:id/_history/:version`, READ_HISTORY, (request, reply) => version(deps, type, request, reply));
  }
}

/** What resources are made of now, for this reader: the past is told in the same frame, with its own wordings in it. */
function presentView(deps: FhirDeps, request: FastifyRequest, type: WritableType, id: string): Promise<FhirView> {
  return readThing(deps.desk, askingOf(request), thingOf(id), (plan, seen) => {
    const view = viewOf(seen, plan, request.actor, deps.urls);
    const resource = resourceById(view, type, id);
    if (!resource) throw notFound();
    demandReach(request, resource, seen.patientId);
    return { answer: view, left: [plan.header.id] };
  });
}

/** The resource as it was when this wording had just been written. */
function versionAt(view: FhirView, past: VisibleHistory, wording: Placed, type: WritableType, id: string) {
  const then = planAt(past, wording.at);
  if (!then) return [];
  const things = then.content[wording.kind] as readonly { readonly id: string }[];
  const own = [...things.filter((one) => one.id !== wording.id), wording.content];
  const content = { ...then.content, [wording.kind]: own };
  const header = wording.kind === 'plan' ? wording.content : then.header;
  const plan = { ...view.plan, header: header as FhirView['plan']['header'], content };
  const resource = resourceById({ ...view, plan, nextStep: undefined }, type, id);
  return resource ? [{ wording, resource }] : [];
}

function versionsOf(view: FhirView, past: VisibleHistory, type: WritableType, id: string): Version[] {
  const key = thingOf(id).id as string;
  const wordings = changesIn(past).filter((one) => one.id === key);
  return wordings
    .toSorted((a, b) => b.revision - a.revision)
    .flatMap((wording) => versionAt(view, past, wording, type, id));
}

function planIn(view: FhirView) {
  return { patientId: view.plan.header.patientId, id: view.plan.header.id };
}

async function version(deps: FhirDeps, type: WritableType, request: FastifyRequest, reply: FastifyReply) {
  const { id, version: wanted } = request.params as { id: string; version: string };
  const view = await presentView(deps, request, type, id);
  const resource = await readHistory(deps.desk, askingOf(request), planIn(view), (past) => {
    const found = versionsOf(view, past, type, id).find((one) => one.resource.meta?.versionId === wanted);
    if (!found) throw notFound();
    return { answer: found.resource, left: [found.wording] };
  });
  return sendResource(reply, resource);
}

function entryOf(base: string, { resource }: Version): fhir4.BundleEntry {
  const { resourceType, id, meta } = resource;
  const first = meta?.versionId === '1';
  return {
    fullUrl: `${base}/${resourceType}/${id}`,
    resource,
    request: { method: first ? 'POST' : 'PUT', url: first ? resourceType : `${resourceType}/${id}` },
    response: {
      status: first ? '201' : '200',
      etag: `W/"${meta?.versionId}"`,
      ...(meta?.lastUpdated !== undefined && { lastModified: meta.lastUpdated }),
    },
  };
}

/** Changes at or after the instant that the client names. @throws searchParameterInvalid for what is no instant */
function since(asked: SearchRequest): number | undefined {
  const sent = asked.criteria.find(({ name }) => name === '_since')?.value;
  if (sent === undefined) return undefined;
  const range = rangeOf(sent);
  if (range) return range.from;
  throw searchParameterInvalid({
    invalidParameters: [wrong('_since', 'Ska vara en tidpunkt med tidszon.', 'Must be an instant with a zone.')],
  });
}

async function history(deps: FhirDeps, type: WritableType, request: FastifyRequest, reply: FastifyReply) {
  const { id } = request.params as { id: string };
  const asked = readSearch(request, new Set(['_since']), new Set(), NO_LINKS);
  const scope = { actor: actorKey(request.actor), route: `${deps.prefix}/${type}/_history`, filter: id };
  const after = asked.cursor ? deps.cursors.decode(scope, asked.cursor, position).revision : Number.POSITIVE_INFINITY;
  const view = await presentView(deps, request, type, id);
  const url = `${doorUrl(request, deps)}/${type}/${id}/_history`;
  const from = since(asked) ?? 0;
  const bundle = await readHistory(deps.desk, askingOf(request), planIn(view), (past) => {
    const all = versionsOf(view, past, type, id).filter(({ wording }) => Date.parse(wording.at) >= from);
    const page = all.filter(({ wording }) => wording.revision < after).slice(0, asked.count);
    const last = page.at(-1)?.wording.revision ?? 0;
    const more = all.some(({ wording }) => wording.revision < last);
    const answer: fhir4.Bundle = {
      resourceType: 'Bundle',
      type: 'history',
      total: all.length,
      link: linksOf(url, asked, more ? deps.cursors.encode(scope, { revision: last }) : undefined),
      ...(page.length > 0 && { entry: page.map((one) => entryOf(doorUrl(request, deps), one)) }),
    };
    return { answer, left: page.map(({ wording }) => wording) };
  });
  return sendResource(reply, bundle);
}

function linksOf(url: string, asked: SearchRequest, cursor: string | undefined): fhir4.BundleLink[] {
  const self = selfParameters(asked);
  const link: fhir4.BundleLink[] = [{ relation: 'self', url: self.size > 0 ? `${url}?${self}` : url }];
  if (cursor === undefined) return link;
  const next = selfParameters(asked);
  next.set('_cursor', cursor);
  return [...link, { relation: 'next', url: `${url}?${next}` }];
}
