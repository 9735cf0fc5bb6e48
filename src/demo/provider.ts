import Provider, { type Configuration, errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { isLoopback } from '../shared/loopback.ts';
import { memoryAdapter } from './memory-adapter.ts';
import { escapeHtml, page } from './page.ts';
import { type DemoPersona, findPersona } from './personas.ts';
import { DEMO_SIGNATURE, type DemoSecrets } from './secrets.ts';
import {
  dataScopes,
  fhirUserOf,
  LAUNCH_SCOPES,
  type LaunchPatient,
  personaOfClient,
  smartClients,
  tellLaunchPatient,
} from './smart-launch.ts';
import { DEMO_PUBLIC_CLIENT, DEMO_TOKEN_SECONDS } from './token.ts';

export interface DemoProviderOptions {
  readonly kind: DemoPersona['kind'];
  readonly issuer: string;
  /** The only audience that its access tokens are for; also the resource indicator to ask for (RFC 8707). */
  readonly audience: string;
  /** Where its interaction pages are, as a path on this service. */
  readonly interactionPath: string;
  readonly secrets: DemoSecrets;
  readonly realNow: () => number;
  /** The FHIR id of the person with a number, once registered: who a SMART app is launched for. */
  readonly patientIdOf?: LaunchPatient;
  /** Where the FHIR door stands: what `fhirUser` begins with. */
  readonly fhirBase: string;
}

const HOUR_S = 3600;

function isLoopbackAddress(uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname, hash } = new URL(uri);
  return protocol === 'http:' && isLoopback(hostname) && hash === '';
}

function clientsOf({ kind, secrets }: DemoProviderOptions): Configuration['clients'] {
  if (kind === 'system') {
    const withSecret = Object.entries(secrets.clientSecrets).map(([client_id, client_secret]) => ({
      client_id,
      client_secret,
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
    }));
    return [...withSecret, ...smartClients(secrets)];
  }
  const publicClient = {
    client_id: DEMO_PUBLIC_CLIENT,
    client_name: 'Demonstrationsklient',
    application_type: 'native' as const,
    token_endpoint_auth_method: 'none' as const,
    redirect_uris: ['http://127.0.0.1/callback'],
  };
  return [publicClient];
}

/** Who signs in is chosen each time; what a demonstration client may have needs no asking. */
function policy() {
  const { base, Check } = interactionPolicy;
  const prompts = base();
  const chosen = (ctx: KoaContextWithOIDC) => (ctx.oidc.result?.login ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT);
  prompts.get('login')?.checks.add(new Check('persona', 'choose who to be', 'login_required', chosen));
  prompts.remove('consent');
  return prompts;
}

async function grantEverything(ctx: KoaContextWithOIDC, audience: string) {
  const { provider, client, session } = ctx.oidc;
  if (!client || !session?.accountId) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(['openid', 'profile', ...LAUNCH_SCOPES].join(' '));
  grant.addResourceScope(audience, dataScopes(ctx).join(' '));
  await grant.save();
  return grant;
}

function account(id: string, { kind, fhirBase, patientIdOf }: DemoProviderOptions) {
  const persona = findPersona(id);
  if (persona?.kind !== kind) return undefined;
  // Only the names: an ID token travels through the browser, and a personal identity number has no business there.
  const { given_name, family_name } = persona.claims;
  const names = { sub: id, name: persona.name, given_name, family_name };
  return {
    accountId: id,
    claims: async () => ({ ...names, fhirUser: await fhirUserOf(persona, fhirBase, patientIdOf) }),
  };
}

function features({ audience }: DemoProviderOptions): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    dPoP: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => audience,
      useGrantedResource: () => true,
      getResourceServerInfo: (ctx, indicator) => {
        if (indicator !== audience) throw new errors.InvalidTarget();
        return {
          scope: dataScopes(ctx).join(' '),
          audience,
          accessTokenTTL: DEMO_TOKEN_SECONDS,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: DEMO_SIGNATURE } },
        };
      },
    },
  };
}

function configuration(options: DemoProviderOptions): Configuration {
  const { kind, secrets, interactionPath, realNow, patientIdOf } = options;
  return {
    adapter: memoryAdapter(realNow),
    clients: clientsOf(options),
    clientDefaults: { id_token_signed_response_alg: DEMO_SIGNATURE },
    clientBasedCORS: (_ctx, origin) => isLoopbackAddress(origin),
    jwks: { keys: [secrets.signingKeys[kind]] },
    cookies: {
      keys: [secrets.cookieKey],
      // Cookies know no ports or sub-paths of ours: each issuer on this host needs its own names.
      names: { session: sessionCookie(kind), interaction: `demo_${kind}_choice`, resume: `demo_${kind}_resume` },
    },
    claims: { openid: ['sub'], profile: ['name', 'given_name', 'family_name'], fhirUser: ['fhirUser'] },
    conformIdTokenClaims: false,
    scopes: ['openid', ...LAUNCH_SCOPES],
    enabledJWA: { clientAuthSigningAlgValues: ['ES384', 'RS384'] },
    pkce: { required: () => true },
    interactions: { policy: policy(), url: (_ctx, { uid }) => `${interactionPath}/${uid}` },
    findAccount: (_ctx, id) => account(id, options),
    loadExistingGrant: (ctx) => grantEverything(ctx, options.audience),
    expiresWithSession: () => false,
    extraTokenClaims: async (_ctx, token) => {
      const persona = findPersona('accountId' in token ? token.accountId : personaOfClient(token.clientId ?? ''));
      const patient = persona?.kind === 'citizen' ? await patientIdOf?.(persona) : undefined;
      const auth_time = Math.floor(realNow() / 1000);
      return { ...persona?.claims, ...(patient !== undefined && { patient }), auth_time };
    },
    features: features(options),
    renderError: (ctx, out) => {
      ctx.type = 'html';
      const text = `<p>Anropet kunde inte tas emot: <code>${escapeHtml(out.error)}</code>.</p>`;
      ctx.body = page('Inloggningen gick inte', `${text}<p>${escapeHtml(out.error_description ?? '')}</p>`);
    },
    ttl: {
      AccessToken: DEMO_TOKEN_SECONDS,
      ClientCredentials: DEMO_TOKEN_SECONDS,
      Grant: HOUR_S,
      IdToken: HOUR_S,
      Interaction: HOUR_S,
      Session: HOUR_S,
    },
  };
}

/** The name of the cookie in which the provider would remember who signed in last. */
export function sessionCookie(kind: DemoPersona['kind']): string {
  return `demo_${kind}_session`;
}

/**
 * One of the demonstration's OpenID providers. People choose a persona on its page (code flow, PKCE required, any
 * return address on this machine); systems use client credentials. Its access tokens are JWTs for this service.
 */
export function createDemoProvider(options: DemoProviderOptions): Provider {
  const provider = new Provider(options.issuer, configuration(options));
  // Ports and paths of tools under development are many; that they are on this machine is what matters.
  provider.Client.prototype.redirectUriAllowed = isLoopbackAddress;
  provider.proxy = options.issuer.startsWith('https:');
  if (options.patientIdOf) tellLaunchPatient(provider, options.patientIdOf);
  return provider;
}
