import type { SmartAuthorization } from '../../identity/index.ts';
import { isWritable } from '../mapping/in/writable.ts';
import { PLAN_RESOURCE_TYPES } from '../mapping/plan-resources.ts';

/** What an authorization server for SMART apps is taken to do unless its configuration says otherwise. */
const CAPABILITIES = [
  'launch-standalone',
  'client-public',
  'client-confidential-asymmetric',
  'context-standalone-patient',
  'permission-patient',
  'permission-user',
  'permission-v1',
  'permission-v2',
];

/** Who has signed in, in an ID token (SMART App Launch 2.2, `sso-openid-connect`). */
const SIGN_ON = 'sso-openid-connect';

/** What is read of beside the plans themselves. */
const OTHERS = [
  ...['Patient', 'RelatedPerson', 'Organization', 'HealthcareService', 'Practitioner', 'PractitionerRole'],
  ...['Consent', 'AuditEvent'],
];

/** What is done with each type, in SMART's letters (create, read, update, delete, search); more than one when some clients only read. */
function lettersOf(type: string): readonly string[] {
  return type === '*' ? ['rs', 'cruds'] : isWritable(type) ? ['rs', 'crus'] : ['rs'];
}

/** The same in the words of SMART's first version, where these letters have any. */
const FIRST_WORDS: Readonly<Record<string, readonly string[]>> = {
  rs: ['read'],
  crus: ['write'],
  cruds: ['write', '*'],
};

/** What a scope may let do with a type, in the forms that the server's capabilities name. */
function permissions(type: string, capabilities: readonly string[]): string[] {
  const letters = lettersOf(type);
  return [
    ...(capabilities.includes('permission-v2') ? letters : []),
    ...(capabilities.includes('permission-v1') ? letters.flatMap((one) => FIRST_WORDS[one] ?? []) : []),
  ];
}

/** Subscriptions are systems' own, and never changed. */
const SYSTEM_ONLY = ['system/Subscription.crds'];

/** No scope is offered that nothing is given for. */
function scopes(capabilities: readonly string[]): string[] {
  const types = ['*', ...PLAN_RESOURCE_TYPES, ...OTHERS];
  const reaching = ['patient', 'user', 'system'].flatMap((level) =>
    types.flatMap((type) => permissions(type, capabilities).map((permission) => `${level}/${type}.${permission}`)),
  );
  const signOn = capabilities.includes(SIGN_ON) ? ['openid', 'fhirUser'] : [];
  const launch = capabilities.includes('context-standalone-patient') ? ['launch/patient'] : [];
  return [...signOn, ...launch, ...reaching, ...(capabilities.includes('permission-v2') ? SYSTEM_ONLY : [])];
}

/**
 * Where a SMART app signs in (SMART App Launch 2.2, conformance): the authorization server is another's, so that what it
 * can do is what its configuration says.
 */
export function smartConfiguration(server: SmartAuthorization): Record<string, unknown> {
  const { issuer, jwksUri, authorizationEndpoint, tokenEndpoint, capabilities = CAPABILITIES } = server;
  return {
    ...(issuer !== undefined && capabilities.includes(SIGN_ON) && { issuer }),
    ...(jwksUri !== undefined && { jwks_uri: jwksUri }),
    authorization_endpoint: authorizationEndpoint,
    token_endpoint: tokenEndpoint,
    grant_types_supported: ['authorization_code', 'client_credentials'],
    token_endpoint_auth_methods_supported: ['private_key_jwt', 'none'],
    token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
    scopes_supported: scopes(capabilities),
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    capabilities,
  };
}

const OAUTH_URIS = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris';
const SECURITY_SERVICE = 'http://terminology.hl7.org/CodeSystem/restful-security-service';

/** The same for clients that look for it in the capability statement, as SMART's first version had it. */
export function smartSecurity(
  server: SmartAuthorization | undefined,
): Pick<fhir4.CapabilityStatementRestSecurity, 'extension' | 'service'> {
  if (!server) return {};
  return {
    extension: [
      {
        url: OAUTH_URIS,
        extension: [
          { url: 'authorize', valueUri: server.authorizationEndpoint },
          { url: 'token', valueUri: server.tokenEndpoint },
        ],
      },
    ],
    service: [{ coding: [{ system: SECURITY_SERVICE, code: 'SMART-on-FHIR' }] }],
  };
}
