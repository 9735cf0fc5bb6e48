import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { derivedKey } from '../http/derived-key.ts';
import type { SubscriptionSecrets } from './domain/model.ts';

/** Keeps what only the service may read: the database holds it sealed. */
export interface Sealer {
  seal(id: string, secrets: SubscriptionSecrets): string;
  /** @throws Error when it was sealed with another key, or for another subscription */
  open(id: string, sealed: string): SubscriptionSecrets;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SECRET_BYTES = 32;

/** AES-256-GCM under a key made from the service's secret, bound to the subscription's id. */
export function createSealer(secret: Uint8Array): Sealer {
  const key = derivedKey(secret, 'subscription-secrets');
  return {
    seal(id, secrets) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(id));
      const sealed = Buffer.concat([cipher.update(JSON.stringify(secrets)), cipher.final()]);
      return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
    },
    open(id, text) {
      const sealed = Buffer.from(text, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(id))
        .setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
      const plain = decipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES));
      return JSON.parse(Buffer.concat([plain, decipher.final()]).toString('utf8')) as SubscriptionSecrets;
    },
  };
}

/** A new signing secret in the form of Standard Webhooks. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}
