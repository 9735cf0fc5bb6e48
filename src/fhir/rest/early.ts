import type { Deps } from '../../deps.ts';
import { DEFAULT_CANONICAL_BASE, ownUrls } from '../mapping/systems.ts';
import { refuseEarly } from './outcome.ts';

/** What answers below the FHIR doors before there is a route: an OperationOutcome there too. */
export function refuseFhirEarly({ fhirCanonicalBase }: Pick<Deps, 'fhirCanonicalBase'>) {
  return refuseEarly(ownUrls(fhirCanonicalBase ?? DEFAULT_CANONICAL_BASE));
}
