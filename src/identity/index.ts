export { CARE_PURPOSE, STAFF_ASSURANCE } from './actor-from-claims.ts';
export { type Authenticator, type AuthenticatorOptions, createAuthenticator } from './authenticator.ts';
export { challengeFor } from './challenge.ts';
export { type IssuerConfig, issuerList, SIGNATURE_ALGORITHMS } from './issuer-config.ts';
export * from './problems.ts';
export { type SmartAuthorization, smartAuthorization } from './smart-authorization.ts';
