import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { core } from 'zod';
import { safeParse } from 'zod/v4/core';
import { canonicalJson } from './canonical-json.ts';
import { derivedKey } from './derived-key.ts';
import { cursorInvalid } from './problems.ts';

/** What a cursor is good for: this actor, this route, this search. */
export interface CursorScope {
  /** `actorKey(actor)`. */
  readonly actor: string;
  /** The route's pattern, `/v1/plans/search`. */
  readonly route: string;
  /** The criteria and the order of the search, but not `limit`: a page may change size on the way. */
  readonly filter: unknown;
}

export interface Cursors {
  /** Where the next page begins, as opaque text. The same place gives the same text, so that tags stay comparable. */
  encode(scope: CursorScope, position: unknown): string;
  /**
   * Reads a cursor back.
   *
   * @throws cursorInvalid it was altered, cut, or made for another actor, route, search or version of the service
   */
  decode<T>(scope: CursorScope, text: string, position: core.$ZodType<T>): T;
}

/** Raised when the meaning of positions changes, so that old cursors are refused and not misread. */
const VERSION = 'c1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORM = /^c1\.[A-Za-z0-9_-]{38,1000}$/;

/**
 * Makes and reads the cursors of long lists.
 *
 * A position may hold names and dates, and cursors travel in URLs, so they are encrypted and not merely signed
 * (AES-256-GCM; the scope is authenticated with them). The nonce is a keyed hash of scope and position: equal only for
 * equal content, which makes the text reproducible without ever using a nonce for two texts.
 */
export function createCursors(secret: Uint8Array): Cursors {
  const encryptionKey = derivedKey(secret, 'cursor-encryption');
  const nonceKey = derivedKey(secret, 'cursor-nonce');
  const bound = (scope: CursorScope) => Buffer.from(canonicalJson([VERSION, scope.actor, scope.route, scope.filter]));
  return {
    encode(scope, position) {
      const plain = Buffer.from(JSON.stringify(position));
      const aad = bound(scope);
      const nonce = createHmac('sha256', nonceKey)
        .update(aad)
        .update('\n')
        .update(plain)
        .digest()
        .subarray(0, NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', encryptionKey, nonce).setAAD(aad);
      const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
      return `${VERSION}.${sealed.toString('base64url')}`;
    },
    decode(scope, text, position) {
      if (!FORM.test(text)) throw cursorInvalid();
      const result = safeParse(position, open(encryptionKey, bound(scope), text.slice(VERSION.length + 1)));
      if (!result.success) throw cursorInvalid();
      return result.data;
    },
  };
}

function open(key: Buffer, aad: Buffer, text: string): unknown {
  const sealed = Buffer.from(text, 'base64url');
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(sealed.length - TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(aad)
    .setAuthTag(tag);
  try {
    const plain = Buffer.concat([
      decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES)),
      decipher.final(),
    ]);
    return JSON.parse(plain.toString('utf8'));
  } catch {
    throw cursorInvalid();
  }
}
