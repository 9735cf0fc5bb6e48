import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ifMatchMalformed, preconditionRequired } from './problems.ts';

const STRONG_TAG = /^"([1-9]\d{0,8})"$/;
const ANY_TAG = /^(?:W\/)?"([1-9]\d{0,8})"$/;
const MOST_TAGS_READ = 20;
/** 132 bits: no two contents share a tag by chance. */
const TAG_LETTERS = 22;

/** The strong tag of one thing at one revision (RFC 9110 8.8.3). */
export function strongTag(revision: number): string {
  return `"${revision}"`;
}

/**
 * Reads which revision a change was based on.
 *
 * `If-Match: *` is refused, since "whatever it is by now" would let one writer overwrite another unseen, and so is a
 * list: a thing has one revision. The weak tag of an assembled answer says nothing of any one thing, so weak tags are
 * refused as well, except on the FHIR door, whose `W/"3"` is a version (FHIR R4 http.html 3.1.0.1.1).
 *
 * @throws preconditionRequired the header is absent
 * @throws ifMatchMalformed     it is anything but one tag with a revision
 */
export function requireIfMatch(request: FastifyRequest, options: { weak?: boolean } = {}): number {
  const header = request.headers['if-match'];
  if (header === undefined) {
    throw preconditionRequired({
      detail: {
        sv: 'Skicka If-Match med den revision du läste, till exempel "3".',
        en: 'Send If-Match with the revision that you read, for example "3".',
      },
    });
  }
  const tag = (options.weak ? ANY_TAG : STRONG_TAG).exec(header.trim());
  if (!tag) {
    throw ifMatchMalformed({
      detail: {
        sv: 'If-Match ska vara en enda revision inom citattecken, till exempel "3". Svaga taggar och * tas inte emot.',
        en: 'If-Match must be one revision in quotation marks, for example "3". Weak tags and * are not accepted.',
      },
    });
  }
  return Number(tag[1]);
}

/** Whether `If-None-Match` names this tag, by weak comparison (RFC 9110 13.1.2). */
export function matchesNone(request: FastifyRequest, tag: string): boolean {
  const header = request.headers['if-none-match'];
  if (header === undefined) return false;
  const opaque = (text: string) => text.trim().replace(/^W\//, '');
  const wanted = opaque(tag);
  const tags = header.split(',', MOST_TAGS_READ).map(opaque);
  return tags.includes('*') || tags.includes(wanted);
}

/** An answer as it leaves. */
export interface Assembled {
  readonly bytes: Buffer;
  readonly tag: string;
}

/**
 * Makes the bytes of an answer put together from several things (a plan, an overview, a search), with a weak tag of what
 * this very reader is shown.
 *
 * Made anew each time, of what the policy has filtered, so that a 304 can never confirm a copy that the reader may no
 * longer see.
 *
 * @throws Error when the route documents no 200 answer, since nothing could then keep unknown fields in
 */
export function assembled(reply: FastifyReply, body: object): Assembled {
  const serialize = reply.getSerializationFunction('200', 'application/json');
  if (!serialize) throw new Error('an assembled answer needs a documented 200 answer');
  // Encoded once: hashing, measuring and writing text would each encode it again.
  const bytes = Buffer.from(serialize({ ...body }));
  return { bytes, tag: `W/"${hash('sha256', bytes, 'base64url').slice(0, TAG_LETTERS)}"` };
}

/** Assembles and sends in one, see {@link assembled} and {@link sendAssembled}. */
export function replyAssembled(request: FastifyRequest, reply: FastifyReply, body: object): FastifyReply {
  return sendAssembled(request, reply, assembled(reply, body));
}

/**
 * Sends an assembled answer, or 304 when the reader has those bytes already. Call it last, when the access log is
 * written: a 304 is a read like any other.
 */
export function sendAssembled(request: FastifyRequest, reply: FastifyReply, { bytes, tag }: Assembled): FastifyReply {
  reply.header('etag', tag).header('cache-control', 'private, no-store');
  if (matchesNone(request, tag)) return reply.code(304).send();
  return reply.code(200).header('content-type', 'application/json; charset=utf-8').send(bytes);
}
