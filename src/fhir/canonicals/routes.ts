import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Server } from '../../http/server.ts';
import { notFound } from '../../shared/problems.ts';
import type { FhirDeps } from '../deps.ts';
import { PUBLIC } from '../rest/access.ts';
import { sendFound } from '../rest/found.ts';
import { doorUrl, sendResource } from '../rest/reply.ts';
import { alternatives, refuseModifiers, type Sent } from '../search/criteria.ts';
import { readSearch } from '../search/sent.ts';
import { allCanonicals, CANONICAL_TYPES, type Canonical } from './all.ts';

/** What definitions can be searched by. */
export const CANONICAL_PARAMETERS = ['_id', 'url', 'name', 'version', 'status'] as const;

/** Whoever asks is told the same, so that a page goes on for anyone. */
const ANYONE = 'anyone';

/** The id that a page ends with: the next begins after it. */
const place = z.string();

const NO_LINKS = { includes: new Set<string>(), reverse: new Set<string>() };

const VALUE_OF: Readonly<Record<string, (one: Canonical) => string | undefined>> = {
  _id: ({ id }) => id,
  url: ({ url }) => url,
  name: ({ name }) => name?.toLowerCase(),
  version: ({ version }) => version,
  status: ({ status }) => status,
};

/** Names are found by how they begin, whatever the case (R4 search.html#string). */
function matches(one: Canonical, { name, modifier, value }: Sent): boolean {
  const held = VALUE_OF[name]?.(one);
  if (held === undefined) return false;
  if (modifier === 'exact') return alternatives(value).includes(one.name!);
  if (name !== 'name') return alternatives(value).includes(held);
  return alternatives(value.toLowerCase()).some((wanted) => held.startsWith(wanted));
}

/**
 * What a door can do, open to all: at `metadata`, and by its own id, where its canonical address leads.
 *
 * @param statement made for the address by which this caller reaches the door
 */
export function registerCapability(
  door: Server,
  deps: FhirDeps,
  statement: (base: string) => fhir4.CapabilityStatement,
): void {
  door.get('/metadata', PUBLIC, (request, reply) => sendResource(reply, statement(doorUrl(request, deps))));
  door.get('/CapabilityStatement/:id', PUBLIC, (request, reply) => {
    const found = statement(doorUrl(request, deps));
    if (found.id !== (request.params as { id: string }).id) throw notFound();
    return sendResource(reply, found);
  });
}

/** Our own definitions, open to all: descriptions of the service, and nobody's data. */
export function registerCanonicals(door: Server, deps: FhirDeps, released: string): void {
  const canon = { base: deps.canonicalBase, version: deps.softwareVersion, released };
  let made: readonly Canonical[] | undefined;
  // Made at the first question: by then every slice has declared its refusals.
  const all = () => {
    made ??= allCanonicals(canon);
    return made;
  };
  for (const type of CANONICAL_TYPES) {
    const ofType = () => all().filter((one) => one.resourceType === type);
    door.get(`/${type}/:id`, PUBLIC, (request, reply) => {
      const { id } = request.params as { id: string };
      const found = ofType().find((one) => one.id === id);
      if (!found) throw notFound();
      return sendResource(reply, found);
    });
    const find = (request: FastifyRequest, reply: FastifyReply) => search(deps, type, ofType(), request, reply);
    door.get(`/${type}`, PUBLIC, find);
    door.post(`/${type}/_search`, PUBLIC, find);
  }
}

/** Definitions by their ids, a page of them; each is told whole, whatever part of it is asked for. */
function search(
  deps: FhirDeps,
  type: string,
  all: readonly Canonical[],
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const asked = { ...readSearch(request, new Set(CANONICAL_PARAMETERS), new Set(), NO_LINKS), subset: {} };
  refuseModifiers(asked.criteria, { name: ['exact'] });
  const found = all
    .filter((one) => asked.criteria.every((criterion) => matches(one, criterion)))
    .toSorted((a, b) => (a.id! < b.id! ? -1 : 1));
  const scope = { actor: ANYONE, route: `${deps.prefix}/${type}`, filter: asked.criteria };
  const after = asked.cursor === undefined ? undefined : deps.cursors.decode(scope, asked.cursor, place);
  const rest = found.filter(({ id }) => after === undefined || id! > after);
  const resources = rest.slice(0, asked.count);
  const last = rest.length > resources.length ? resources.at(-1) : undefined;
  const next = last && deps.cursors.encode(scope, last.id!);
  return sendFound(deps, request, reply, asked, { type, resources, total: found.length, ...(next && { next }) });
}
