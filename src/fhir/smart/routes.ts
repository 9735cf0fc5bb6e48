import type { FastifyReply } from 'fastify';
import type { Server } from '../../http/server.ts';
import { notFound } from '../../shared/problems.ts';
import type { FhirDeps } from '../deps.ts';
import { PUBLIC } from '../rest/access.ts';
import { smartConfiguration } from './configuration.ts';

/** Where the discovery document stands, below the door and at the root of the host. */
export const SMART_WELL_KNOWN = '/.well-known/smart-configuration';

/**
 * SMART's discovery document, open to all; not found where no authorization server is configured.
 *
 * @param door the FHIR door, or the host's root for clients that look there
 */
export function registerSmartDiscovery(door: Server, { smart }: Pick<FhirDeps, 'smart'>): void {
  const options = { ...PUBLIC, schema: { hide: true } };
  door.get(SMART_WELL_KNOWN, options, (_request, reply): FastifyReply => {
    if (!smart) throw notFound();
    const body = Buffer.from(JSON.stringify(smartConfiguration(smart)));
    return reply.header('content-type', 'application/json').header('cache-control', 'public, max-age=300').send(body);
  });
}
