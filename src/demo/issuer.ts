import type { FastifyInstance } from 'fastify';
import type Provider from 'oidc-provider';
import type { IssuerConfig, SmartAuthorization } from '../identity/index.ts';
import type { DemoPersona } from './personas.ts';
import type { DemoSecrets } from './secrets.ts';
import { type LaunchPatient, smartAuthorizationAt } from './smart-launch.ts';
import { signToken, type TokenNarrowing } from './token.ts';

const KINDS = ['staff', 'citizen', 'system'] as const;
const ROOT = '/demo/issuer';

/** The audience of the demonstration's tokens of one kind: apart, as staff and citizens are in real life. */
export function demoAudience(kind: DemoPersona['kind']): string {
  return `urn:patientkontrakt:demo:${kind}`;
}

export interface DemoIssuerOptions {
  /** How browsers and clients reach this service, without a closing slash: `http://127.0.0.1:3000`. */
  readonly baseUrl: string;
  readonly secrets: DemoSecrets;
  /** Real time, epoch milliseconds: tokens do not follow the moved clock. */
  readonly realNow: () => number;
  /** The FHIR id of a persona who is registered as a patient. */
  readonly patientIdOf?: LaunchPatient;
  /** Where the FHIR door stands: what SMART apps must name as audience. */
  readonly fhirBase?: string;
}

export interface DemoIssuer {
  /** What the authenticator is to trust; the keys are inside, so nothing is fetched. */
  readonly issuers: readonly IssuerConfig[];
  /** Where SMART apps sign in: one address for patients, staff and systems. */
  readonly smart: SmartAuthorization;
  /** Puts the providers on the service, under `/demo/issuer/{staff,citizen,system}`. */
  mount(app: FastifyInstance): Promise<void>;
  /** A ready-made access token, for the lines printed at start and for tests; 12 hours unless said. */
  signToken(persona: DemoPersona, options?: TokenNarrowing): Promise<string>;
}

/**
 * The demonstration's sign-in: three real OpenID providers, since a kind of actor has an issuer, an audience and
 * keys of its own. To be made in demonstration mode only.
 */
export function createDemoIssuer(options: DemoIssuerOptions): DemoIssuer {
  const { baseUrl, secrets, realNow, patientIdOf, fhirBase = `${baseUrl}/fhir/R4` } = options;
  const issuerOf = (kind: DemoPersona['kind']) => `${baseUrl}${ROOT}/${kind}`;
  const issuers = KINDS.map((kind): IssuerConfig => {
    const { d: _private, ...publicKey } = secrets.signingKeys[kind];
    return { issuer: issuerOf(kind), audience: demoAudience(kind), kind, jwks: { keys: [publicKey] } };
  });
  return {
    issuers,
    smart: smartAuthorizationAt(baseUrl),
    async mount(app) {
      // Loaded only here: normal mode, and tests that just sign tokens, never start the provider library.
      const [{ createDemoProvider }, { mountProvider }, { mountSmart }] = await Promise.all([
        import('./provider.ts'),
        import('./issuer-routes.ts'),
        import('./smart-routes.ts'),
      ]);
      const providers = new Map<DemoPersona['kind'], Provider>();
      for (const kind of KINDS) {
        const path = `${ROOT}/${kind}`;
        const common = { kind, issuer: issuerOf(kind), audience: demoAudience(kind), secrets, realNow, patientIdOf };
        const provider = createDemoProvider({ ...common, fhirBase, interactionPath: `${path}/interaction` });
        await mountProvider(app, { kind, path, provider });
        providers.set(kind, provider);
      }
      await app.register(async (scope) => mountSmart(scope, { providers, fhirBase, root: ROOT }));
    },
    signToken: (persona, narrowing) =>
      signToken(persona, secrets, realNow(), {
        issuer: issuerOf(persona.kind),
        audience: demoAudience(persona.kind),
        ...narrowing,
      }),
  };
}
