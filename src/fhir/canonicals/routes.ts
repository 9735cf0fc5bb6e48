import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Server } from '../../http/server.ts';
import { notFound } from '../../shared/problems.ts';
import type { FhirDeps } from '../deps.ts';
import { PUBLIC } from '../rest/access.ts';
import { entryOf } from '../rest/bundle.ts';
import { doorUrl, sendResource } from '../rest/reply.ts';
import { alternatives, refuseModifiers, type Sent } from '../search/criteria.ts';
import { readSearch, selfParameters } from '../search/sent.ts';
import { allCanonicals, CANONICAL_TYPES, type Canonical } from './all.ts';

/** What definitions can be searched by. */
export const CANONICAL_PARAMETERS = ['_id', 'url', 'name', 'version', 'status'] as const;

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

function search(
  deps: FhirDeps,
  type: string,
  all: readonly Canonical[],
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const asked = readSearch(request, new Set(CANONICAL_PARAMETERS), new Set(), NO_LINKS);
  refuseModifiers(asked.criteria, { name: ['exact'] });
  const base = doorUrl(request, deps);
  const found = all.filter((one) => asked.criteria.every((criterion) => matches(one, criterion)));
  const self = selfParameters(asked);
  const bundle: fhir4.Bundle = {
    resourceType: 'Bundle',
    type: 'searchset',
    total: found.length,
    link: [{ relation: 'self', url: self.size > 0 ? `${base}/${type}?${self}` : `${base}/${type}` }],
    ...(found.length > 0 && !asked.countOnly && { entry: found.map((resource) => entryOf(base, resource, 'match')) }),
  };
  return sendResource(reply, bundle);
}
