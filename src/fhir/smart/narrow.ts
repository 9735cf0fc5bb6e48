import type { FastifyRequest } from 'fastify';
import { narrowActor } from '../../http/authenticate.ts';
import type { Server } from '../../http/server.ts';
import type { PatientId } from '../../shared/ids.ts';
import { outsideSmartScopes } from '../problems.ts';
import { type Reach, reachOf } from './reach.ts';
import type { Interaction } from './scopes.ts';

/** What answers are put together from, whatever is asked for: what leaves is judged resource by resource. */
const READING = ['plan.read', 'plan.list', 'patient.read', 'directory.read'];

const reaches = new WeakMap<FastifyRequest, Reach>();

/** A thing that is done with a type; `undefined` for what concerns no type. */
interface Asked {
  readonly type: string;
  readonly interaction: Interaction;
}

/** What a method at an address below the door does, by FHIR's own table of interactions (R4 http.html). */
export function interactionOf(method: string, path: string): Asked | undefined {
  const [type = '', second] = path.split(/[?#]/, 1)[0]!.split('/').filter(Boolean);
  if (!/^[A-Z]/.test(type)) return undefined;
  const reads = method === 'GET' || method === 'HEAD';
  if (reads && (second === undefined || second.startsWith('_'))) return { type, interaction: 's' };
  if (reads || second?.startsWith('$') || /\/\$[^/]+$/.test(path)) return { type, interaction: 'r' };
  if (method === 'POST') return { type, interaction: second === '_search' ? 's' : 'c' };
  return { type, interaction: method === 'DELETE' ? 'd' : 'u' };
}

/**
 * Narrows every request to what its token's SMART scopes cover, before anything is read. The policy then judges an actor
 * with no more than what the request needs, or with nothing, so that a refusal is decided and logged in one place.
 */
export function narrowByScopes(door: Server, prefix: string): void {
  door.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config;
    if (request.is404 || access === undefined || access === 'public') return;
    const reach = reachOf(request.actor);
    if (!reach) return;
    reaches.set(request, reach);
    const asked = interactionOf(request.method, (request.routeOptions.url ?? '').slice(prefix.length));
    const covered = !asked || reach.covers(asked.type, asked.interaction);
    narrowActor(request, covered ? [...access.actions, ...READING] : []);
  });
  door.addHook('preHandler', async (request) => {
    const reach = reaches.get(request);
    const { body } = request;
    if (!reach || !isBundle(body)) return;
    const all = body.entry?.every((entry: Partial<fhir4.BundleEntry> | null) => {
      const one = entry?.request;
      const asked = one && interactionOf(String(one.method), String(one.url));
      return asked !== undefined && reach.covers(asked.type, asked.interaction);
    });
    if (all === false) narrowActor(request, []);
  });
}

function isBundle(body: unknown): body is fhir4.Bundle {
  const bundle = body as Partial<fhir4.Bundle> | null;
  return typeof body === 'object' && bundle?.resourceType === 'Bundle' && Array.isArray(bundle.entry);
}

/** Keeps of some resources those that the token's scopes cover; all of them for a token without SMART scopes. */
export function withinReach<R extends fhir4.FhirResource>(
  request: FastifyRequest,
  resources: readonly R[],
  patientId: PatientId | undefined,
): readonly R[] {
  const reach = reaches.get(request);
  return reach ? resources.filter((one) => reach.shows(one, patientId)) : resources;
}

/**
 * Lets one resource through.
 *
 * @throws outsideSmartScopes when the token's scopes do not cover it
 */
export function demandReach<R extends fhir4.FhirResource>(
  request: FastifyRequest,
  resource: R,
  patientId: PatientId | undefined,
): R {
  if (withinReach(request, [resource], patientId).length === 0) throw outsideSmartScopes();
  return resource;
}

/**
 * Lets a change of one person's things through.
 *
 * @throws outsideSmartScopes when the token's scopes do not cover it, or not for this person
 */
export function demandWriteReach(
  request: FastifyRequest,
  type: string,
  interaction: 'c' | 'u',
  patientId: PatientId,
): void {
  const reach = reaches.get(request);
  if (reach && !reach.writes(type, interaction, patientId)) throw outsideSmartScopes();
}
