import type { JWTPayload } from 'jose';
import { normalizeHsaId } from '../shared/hsa-id.ts';
import type { Problem } from '../shared/problem.ts';
import { type ClaimKey, DEFAULT_CLAIMS, type IssuerConfig } from './issuer-config.ts';
import { tokenInvalid } from './problems.ts';

const MAX_TEXT = 1000;
const MAX_ENTRIES = 100;
const CONTROL = /\p{Cc}/u;

/** Refuses a token by naming the claim that is missing or malformed, never what it held. */
export function claimRefused(claim: string): Problem {
  return tokenInvalid({
    detail: {
      sv: `Uppgiften ${claim} i inloggningen saknas eller har fel form.`,
      en: `The claim ${claim} is missing or malformed.`,
    },
    extra: { claim },
  });
}

/** Reads one token's claims under the names that its issuer uses. */
export interface ClaimReader {
  /** Undefined when absent; identity providers also send null or an empty text for "none". */
  text(key: ClaimKey): string | undefined;
  requiredText(key: ClaimKey): string;
  hsaId(key: ClaimKey): string | undefined;
  requiredHsaId(key: ClaimKey): string;
  /** A list, or a lone text as a list of one; empty when absent. */
  list(key: ClaimKey): readonly string[];
  refuse(key: ClaimKey): Problem;
}

function isPlainText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT && !CONTROL.test(value);
}

/** @throws tokenInvalid from its functions, naming the claim */
export function claimReader(payload: JWTPayload, issuer: IssuerConfig): ClaimReader {
  const nameOf = (key: ClaimKey) => issuer.claims?.[key] ?? DEFAULT_CLAIMS[key];
  const refuse = (key: ClaimKey) => claimRefused(nameOf(key));
  const claimed = (key: ClaimKey): unknown => (Object.hasOwn(payload, nameOf(key)) ? payload[nameOf(key)] : undefined);

  const text = (key: ClaimKey) => {
    const value = claimed(key);
    if (value === undefined || value === null || value === '') return undefined;
    if (!isPlainText(value)) throw refuse(key);
    return value;
  };
  const hsaId = (key: ClaimKey) => {
    const value = text(key);
    if (value === undefined) return undefined;
    const normal = normalizeHsaId(value);
    if (normal === undefined) throw refuse(key);
    return normal;
  };
  const required = (key: ClaimKey, value: string | undefined) => {
    if (value === undefined) throw refuse(key);
    return value;
  };
  return {
    text,
    hsaId,
    refuse,
    requiredText: (key) => required(key, text(key)),
    requiredHsaId: (key) => required(key, hsaId(key)),
    list(key) {
      const value = claimed(key) ?? [];
      const entries: unknown[] = Array.isArray(value) ? value : value === '' ? [] : [value];
      if (entries.length > MAX_ENTRIES || !entries.every(isPlainText)) throw refuse(key);
      return entries;
    },
  };
}
