import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { SmartAuthorization } from '../identity/index.ts';
import { type DemoCitizenPersona, type DemoPersona, findPersona } from './personas.ts';
import type { DemoSecrets } from './secrets.ts';

/** The FHIR id of a persona, once registered as a patient. */
export type LaunchPatient = (persona: DemoCitizenPersona) => Promise<string | undefined>;

/** Where SMART apps sign in, as a path on this service. */
export const SMART_ROOT = '/demo/smart';

/** Scopes of a launch that say nothing of data. */
export const LAUNCH_SCOPES = ['fhirUser', 'launch/patient'];

const DATA_SCOPE =
  /^(?:patient|user|system)\/(?:[A-Z][A-Za-z]+|\*)\.(?:(?=[crudsh])c?r?u?d?s?|read|write|\*)(?:\?\S+)?$/;
const MOST_SCOPES = 50;

/** The SMART scopes in a text of scopes. */
export function dataScopesIn(text: string): string[] {
  return text
    .split(' ')
    .filter((scope) => DATA_SCOPE.test(scope))
    .slice(0, MOST_SCOPES);
}

/** The SMART scopes that this request, or the code that it brings, asked for: a demonstration grants what is asked. */
export function dataScopes({ oidc }: KoaContextWithOIDC): string[] {
  const asked = oidc.params?.scope ?? oidc.entities.AuthorizationCode?.scope;
  return dataScopesIn(typeof asked === 'string' ? asked : '');
}

const WITH_KEY = '-smart';

/** The persona of a system's client, whether it signs in with a secret or a key. */
export function personaOfClient(clientId: string): string {
  return clientId.endsWith(WITH_KEY) ? clientId.slice(0, -WITH_KEY.length) : clientId;
}

/** The client with a key of a demonstration system: SMART's backend services sign in so. */
export function smartClientId(personaId: string): string {
  return `${personaId}${WITH_KEY}`;
}

/** Each system once more, with `private_key_jwt`. */
export function smartClients({ clientKeys }: Pick<DemoSecrets, 'clientKeys'>) {
  return Object.entries(clientKeys).map(([personaId, { d: _private, ...publicKey }]) => ({
    client_id: smartClientId(personaId),
    token_endpoint_auth_method: 'private_key_jwt' as const,
    token_endpoint_auth_signing_alg: 'ES384' as const,
    jwks: { keys: [publicKey] },
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
  }));
}

/** SMART wants the patient in the answer with the token, beside the token. */
export function tellLaunchPatient(provider: Provider, patientIdOf: LaunchPatient): void {
  provider.use(async (ctx, next) => {
    await next();
    const { oidc } = ctx as KoaContextWithOIDC;
    const body = ctx.body as { readonly access_token?: string } | undefined;
    const asked = oidc?.entities.AuthorizationCode?.scope?.split(' ') ?? [];
    if (oidc?.route !== 'token' || body?.access_token === undefined || !asked.includes('launch/patient')) return;
    const persona = findPersona(oidc.entities.AuthorizationCode?.accountId ?? '');
    const patient = persona?.kind === 'citizen' ? await patientIdOf(persona) : undefined;
    if (patient !== undefined) ctx.body = { ...body, patient };
  });
}

/**
 * Who has signed in, as SMART's scope `fhirUser` names them in the ID token: the address of a Patient or a Practitioner.
 * Undefined for a citizen who is not registered, and for systems.
 */
export async function fhirUserOf(
  persona: DemoPersona,
  fhirBase: string,
  patientIdOf?: LaunchPatient,
): Promise<string | undefined> {
  if (persona.kind === 'system') return undefined;
  if (persona.kind === 'staff') return `${fhirBase}/Practitioner/${String(persona.claims.employeeHsaId)}`;
  const patient = await patientIdOf?.(persona);
  return patient === undefined ? undefined : `${fhirBase}/Patient/${patient}`;
}

/** The demonstration's authorization server as SMART apps find it. */
export function smartAuthorizationAt(baseUrl: string): SmartAuthorization {
  return { authorizationEndpoint: `${baseUrl}${SMART_ROOT}/authorize`, tokenEndpoint: `${baseUrl}${SMART_ROOT}/token` };
}
