export { consentFacts, consentInForce, consentState } from './domain/consent.ts';
export { type ConsentSettings, DEFAULT_CONSENT_SETTINGS } from './domain/demands.ts';
export { CONSENT_FORMS, type Consent, type ConsentForm, type NewConsent, type Recipient } from './domain/model.ts';
export { type ConsentsDeps, registerConsents } from './rest/routes.ts';
export { consentParts, readConsents } from './store/record-parts.ts';
