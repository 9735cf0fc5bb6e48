import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PatientId } from '../../shared/ids.ts';
import type { FhirDeps } from '../deps.ts';
import { type SearchRequest, selfParameters } from '../search/sent.ts';
import { subsetOf } from '../search/subset.ts';
import { withinReach } from '../smart/narrow.ts';
import { entryOf } from './bundle.ts';
import { doorUrl, sendResource } from './reply.ts';

/** What a search outside the plans has found, a page of it when there is a cursor to the next. */
export interface FoundPage {
  readonly type: string;
  readonly resources: readonly fhir4.FhirResource[];
  readonly patientId?: PatientId;
  readonly next?: string;
  /** Left out when only another search could tell. */
  readonly total?: number;
}

/** Answers a search with a bundle: what the token's scopes cover, in the parts that were asked for. */
export function sendFound(
  deps: FhirDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: SearchRequest,
  { type, resources, patientId, next, total }: FoundPage,
): FastifyReply {
  const url = `${doorUrl(request, deps)}/${type}`;
  const self = selfParameters(asked);
  const link: fhir4.BundleLink[] = [{ relation: 'self', url: self.size > 0 ? `${url}?${self}` : url }];
  if (next !== undefined) {
    const after = selfParameters(asked);
    after.set('_cursor', next);
    link.push({ relation: 'next', url: `${url}?${after}` });
  }
  const readable = withinReach(request, resources, patientId);
  const shown = asked.countOnly ? [] : readable;
  const counted = total === undefined ? undefined : total - (resources.length - readable.length);
  return sendResource(reply, {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(counted !== undefined && (asked.total || asked.countOnly) && { total: counted }),
    link,
    ...(shown.length > 0 && {
      entry: shown.map((one) => entryOf(doorUrl(request, deps), subsetOf(one, asked.subset), 'match')),
    }),
  });
}
