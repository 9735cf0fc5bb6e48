import type { Deps } from '../deps.ts';
import type { SmartAuthorization } from '../identity/index.ts';
import { DEFAULT_CANONICAL_BASE, type OwnUrls, ownUrls } from './mapping/systems.ts';

/** Where this door stands. */
export const FHIR_PREFIX = '/fhir/R4';

/** The version of the running service and the day that it was released. */
export interface FhirRelease {
  readonly version: string;
  readonly released: string;
}

/** What the FHIR door works with: the same desk, cursors and hashes as the REST door. */
export interface FhirDeps extends Pick<Deps, 'desk' | 'cursors' | 'personNumberHash'> {
  readonly urls: OwnUrls;
  /** Where our own definitions are said to live, without a closing slash. */
  readonly canonicalBase: string;
  readonly smart?: SmartAuthorization;
  /** Whether apps in a browser, of another origin, may use this door. */
  readonly browserApps: boolean;
  readonly publicUrl?: string;
  readonly prefix: string;
  readonly softwareVersion: string;
}

export function fhirDeps(deps: Deps, softwareVersion: string): FhirDeps {
  const { desk, cursors, personNumberHash } = deps;
  const canonicalBase = deps.fhirCanonicalBase ?? DEFAULT_CANONICAL_BASE;
  return {
    desk,
    cursors,
    personNumberHash,
    urls: ownUrls(canonicalBase),
    canonicalBase,
    smart: deps.smartAuthorization,
    browserApps: (deps.browserOrigins ?? []).length > 0,
    publicUrl: deps.server.publicUrl,
    prefix: FHIR_PREFIX,
    softwareVersion,
  };
}
