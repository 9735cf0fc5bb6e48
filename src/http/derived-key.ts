import { hkdfSync } from 'node:crypto';

/** A key for one purpose, made from the service's secret (RFC 5869), so that no two uses share a key. */
export function derivedKey(secret: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `patientkontrakt/${purpose}`, 32));
}
