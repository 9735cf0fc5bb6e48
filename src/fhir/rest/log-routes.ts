import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readExtract, readLogEntry } from '../../audit-log/index.ts';
import { askingOf } from '../../http/asking.ts';
import type { Server } from '../../http/server.ts';
import { actorKey } from '../../shared/actor.ts';
import type { FhirDeps } from '../deps.ts';
import { auditEventFrom } from '../mapping/audit-event.ts';
import { demandReach } from '../smart/narrow.ts';
import { READ_LOG } from './access.ts';
import { sendFound } from './found.ts';
import { readPersonSearch } from './person-search.ts';
import { thingOf } from './read-routes.ts';
import { sendResource } from './reply.ts';

/** What the log is searched by. */
export const LOG_PARAMETERS = ['patient'] as const;

const place = z.object({ at: z.string(), id: z.string() });

/** The access log: who has seen what, to be read and never changed. */
export function registerLogReads(door: Server, deps: FhirDeps): void {
  door.get('/AuditEvent/:id', READ_LOG, async (request, reply) => {
    const ref = thingOf((request.params as { id: string }).id);
    const entry = await readLogEntry(deps.desk, askingOf(request), ref);
    return sendResource(reply, demandReach(request, auditEventFrom(entry, ref.patientId), ref.patientId));
  });
  const handler = (request: FastifyRequest, reply: FastifyReply) => accessLog(deps, request, reply);
  door.get('/AuditEvent', READ_LOG, handler);
  door.post('/AuditEvent/_search', READ_LOG, handler);
}

/** Who has seen what: to the patient all of it, to staff who hand it out what their own provider answers for. */
async function accessLog(deps: FhirDeps, request: FastifyRequest, reply: FastifyReply) {
  const { asked, patientId } = await readPersonSearch(deps, request, LOG_PARAMETERS, 'log.extract');
  if (patientId === undefined) return sendFound(deps, request, reply, asked, { type: 'AuditEvent', resources: [] });
  const scope = { actor: actorKey(request.actor), route: `${deps.prefix}/AuditEvent`, filter: patientId };
  const after = asked.cursor === undefined ? undefined : deps.cursors.decode(scope, asked.cursor, place);
  const page = { after, limit: Math.max(asked.count, 1) };
  const { entries, next } = await readExtract(deps.desk, askingOf(request), patientId, page);
  return sendFound(deps, request, reply, asked, {
    type: 'AuditEvent',
    resources: entries.map((entry) => auditEventFrom(entry, patientId)),
    patientId,
    ...(next && { next: deps.cursors.encode(scope, next) }),
  });
}
