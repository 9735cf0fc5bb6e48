import { createHmac } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { actorKey } from '../shared/actor.ts';
import { knownActor } from './authenticate.ts';
import { canonicalJson } from './canonical-json.ts';
import { derivedKey } from './derived-key.ts';
import { idempotencyKeyMalformed } from './problems.ts';

/** A request that the caller may send again. Both hashes are keyed, so neither key nor body can be guessed from them. */
export interface Idempotency {
  /** Tells (actor, route, key) apart: what the stored answer is looked up by. */
  readonly keyHash: string;
  /** Tells requests apart: path parameters, query and body. Another one under the same key is `idempotencyMismatch`. */
  readonly requestHash: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Present when a POST or PATCH carries `Idempotency-Key`. */
    idempotency: Idempotency | undefined;
  }
}

const FORM = /^[\x20-\x7e]{1,200}$/;
const METHODS = new Set(['POST', 'PATCH']);

/**
 * Reads `Idempotency-Key` on POST and PATCH before the body's schema sees it, so that what is compared is what was sent
 * and not what a later version of the schema makes of it. Storing and looking up belongs to the use case, in the
 * change's own transaction.
 *
 * @param secret the service's secret; every process that answers the same callers needs the same
 */
export function readIdempotencyKeys(app: FastifyInstance, secret: Uint8Array): void {
  const hmacKey = derivedKey(secret, 'idempotency');
  const hash = (parts: readonly unknown[]) =>
    createHmac('sha256', hmacKey).update(canonicalJson(parts)).digest('base64url');
  app.decorateRequest('idempotency', undefined);
  app.addHook('preValidation', (request, _reply, done) => {
    const key = idempotencyKey(request);
    const actor = key === undefined ? undefined : knownActor(request);
    if (key !== undefined && actor) {
      const { method, params, query, body } = request;
      request.idempotency = {
        keyHash: hash(['key', actorKey(actor), method, request.routeOptions.url, key]),
        requestHash: hash(['request', params, query, body]),
      };
    }
    done();
  });
}

function idempotencyKey(request: FastifyRequest): string | undefined {
  const header = METHODS.has(request.method) ? request.headers['idempotency-key'] : undefined;
  if (header === undefined) return undefined;
  if (typeof header === 'string' && FORM.test(header)) return header;
  throw idempotencyKeyMalformed({
    detail: {
      sv: 'Idempotency-Key ska vara 1–200 skrivbara ASCII-tecken.',
      en: 'Idempotency-Key must be 1–200 printable ASCII characters.',
    },
  });
}
