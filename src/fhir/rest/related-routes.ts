import type { FastifyReply, FastifyRequest } from 'fastify';
import { askingOf } from '../../http/asking.ts';
import type { Server } from '../../http/server.ts';
import { listRelatedPersons, readRelatedPerson } from '../../patients/index.ts';
import type { FhirDeps } from '../deps.ts';
import { relatedPersonFrom } from '../mapping/related-person.ts';
import { demandReach } from '../smart/narrow.ts';
import { READ_RELATED } from './access.ts';
import { sendFound } from './found.ts';
import { isAsked, readPersonSearch } from './person-search.ts';
import { thingOf } from './read-routes.ts';
import { sendResource } from './reply.ts';

/** What related persons are searched by: always those of one person. */
export const RELATED_PARAMETERS = ['_id', 'patient'] as const;

/** Relatives, guardians and legal representatives: by id, and all of one person. */
export function registerRelatedReads(door: Server, deps: FhirDeps): void {
  door.get('/RelatedPerson/:id', READ_RELATED, (request, reply) => readOne(deps, request, reply));
  const handler = (request: FastifyRequest, reply: FastifyReply) => search(deps, request, reply);
  door.get('/RelatedPerson', READ_RELATED, handler);
  door.post('/RelatedPerson/_search', READ_RELATED, handler);
}

async function readOne(deps: FhirDeps, request: FastifyRequest, reply: FastifyReply) {
  const ref = thingOf((request.params as { id: string }).id);
  const related = await readRelatedPerson(deps.desk, askingOf(request), ref.patientId, ref);
  const resource = relatedPersonFrom(related, related.patientId, request.actor.kind);
  return sendResource(reply, demandReach(request, resource, related.patientId));
}

async function search(deps: FhirDeps, request: FastifyRequest, reply: FastifyReply) {
  const { asked, patientId } = await readPersonSearch(deps, request, RELATED_PARAMETERS, 'representative.read');
  const related = patientId === undefined ? [] : await listRelatedPersons(deps.desk, askingOf(request), patientId);
  const all = related.map((one) => relatedPersonFrom(one, one.patientId, request.actor.kind));
  const found = all.filter((one) => isAsked(one, asked));
  return sendFound(deps, request, reply, asked, {
    type: 'RelatedPerson',
    resources: found,
    ...(patientId !== undefined && { patientId }),
    total: found.length,
  });
}
