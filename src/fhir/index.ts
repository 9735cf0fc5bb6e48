import type { Deps } from '../deps.ts';
import type { TranslateError } from '../http/error-handler.ts';
import { readJsonBodies } from '../http/json-body.ts';
import type { Server } from '../http/server.ts';
import { registerCanonicals, registerCapability } from './canonicals/routes.ts';
import { type FhirRelease, fhirDeps } from './deps.ts';
import { registerBundles } from './rest/bundle-routes.ts';
import { capabilityStatement } from './rest/capability.ts';
import { registerConsentReads } from './rest/consent-routes.ts';
import { registerDirectoryRoutes, registerServices } from './rest/directory-routes.ts';
import { registerDirectorySearches } from './rest/directory-search.ts';
import { readForms } from './rest/forms.ts';
import { registerHistory } from './rest/history-routes.ts';
import { registerLogReads } from './rest/log-routes.ts';
import { refuseForeignForms } from './rest/negotiation.ts';
import { answerWithOutcomes } from './rest/outcome.ts';
import { registerPatientRoutes } from './rest/patient-routes.ts';
import { registerReads } from './rest/read-routes.ts';
import { registerRelatedReads } from './rest/related-routes.ts';
import { registerSearches } from './rest/search-routes.ts';
import { registerTypesNotHeld } from './rest/types-not-held.ts';
import { registerValidation } from './rest/validate-routes.ts';
import { PATCH_JSON, registerWrites } from './rest/write-routes.ts';
import { narrowByScopes } from './smart/narrow.ts';
import { registerSmartDiscovery } from './smart/routes.ts';
import { registerSubscriptions } from './subscriptions/routes.ts';

export { FHIR_PREFIX } from './deps.ts';
export { FHIR_R5_PREFIX, registerFhirR5 } from './r5/routes.ts';
export { refuseFhirEarly } from './rest/early.ts';
export { holdsPersonNumber } from './rest/negotiation.ts';
export { allowBrowserApps } from './smart/browser-apps.ts';
export { registerSmartDiscovery } from './smart/routes.ts';
export { fhirNotificationForm } from './subscriptions/form.ts';

/**
 * Puts FHIR R4 on a door of its own: the same use cases, decisions and log as the REST door, in the form that portals
 * and record systems know. Every refusal is an OperationOutcome.
 *
 * @param door an encapsulated context under {@link FHIR_PREFIX}; whoever calls this authenticates it
 */
export async function registerFhir(
  door: Server,
  deps: Deps,
  { version, released }: FhirRelease,
  translate?: TranslateError,
): Promise<void> {
  const own = fhirDeps(deps, version);
  answerWithOutcomes(door, own.urls, translate);
  readJsonBodies(door, ['application/fhir+json', 'application/json', PATCH_JSON]);
  readForms(door);
  refuseForeignForms(door);
  narrowByScopes(door, own.prefix);
  registerCapability(door, own, (base) => capabilityStatement(own, base, released));
  registerSmartDiscovery(door, own);
  registerCanonicals(door, own, released);
  registerReads(door, own);
  registerSearches(door, own);
  registerWrites(door, own);
  registerHistory(door, own);
  registerBundles(door, own);
  registerPatientRoutes(door, own);
  registerDirectoryRoutes(door, own);
  registerValidation(door, own);
  registerRelatedReads(door, own);
  registerConsentReads(door, own);
  registerLogReads(door, own);
  registerDirectorySearches(door, own);
  registerServices(door, own);
  registerSubscriptions(door, { ...own, secret: deps.secret, webhookTargets: deps.webhookTargets });
  registerTypesNotHeld(door, own);
}
