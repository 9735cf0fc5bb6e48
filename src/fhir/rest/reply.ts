import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FhirDeps } from '../deps.ts';
import { FHIR_JSON } from './outcome.ts';

function describe(reply: FastifyReply, { meta }: fhir4.FhirResource, modifiedAt?: number): FastifyReply {
  const { versionId, lastUpdated } = meta ?? {};
  reply.header('cache-control', 'private, no-store');
  if (versionId !== undefined) reply.header('etag', `W/"${versionId}"`);
  const at = modifiedAt ?? (lastUpdated === undefined ? undefined : Date.parse(lastUpdated));
  if (at !== undefined) reply.header('last-modified', new Date(at).toUTCString());
  return reply;
}

/**
 * Sends a resource with its version as a weak tag, which is FHIR's form of our revision.
 *
 * @param modifiedAt what `Last-Modified` is to say, where a reader may hold it against `If-Modified-Since`
 */
export function sendResource(reply: FastifyReply, resource: fhir4.FhirResource, modifiedAt?: number): FastifyReply {
  return sendBytes(describe(reply, resource, modifiedAt), bytesOf(resource));
}

/** A resource as it leaves: encoded once, since measuring and writing text would each encode it again. */
export function bytesOf(resource: fhir4.FhirResource): Buffer {
  return Buffer.from(JSON.stringify(resource));
}

/** Sends what {@link bytesOf} made of a resource without a version of its own. */
export function sendBytes(reply: FastifyReply, bytes: Buffer): FastifyReply {
  return reply.header('cache-control', 'private, no-store').header('content-type', FHIR_JSON).code(200).send(bytes);
}

/** Says that the reader has this version already. */
export function sendNotModified(reply: FastifyReply, resource: fhir4.FhirResource, modifiedAt?: number): FastifyReply {
  return describe(reply, resource, modifiedAt).code(304).send();
}

/** The address of this door as callers reach it, without a closing slash. */
export function doorUrl(
  request: FastifyRequest,
  { publicUrl, prefix }: Pick<FhirDeps, 'publicUrl' | 'prefix'>,
): string {
  return `${publicUrl ?? `${request.protocol}://${request.host}`}${prefix}`;
}
