import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createDemoIssuer,
  DEMO_PUBLIC_CLIENT,
  type DemoIssuer,
  type DemoPersona,
  type DemoSecrets,
  demoAudience,
  demoPersonas,
  getPersona,
  loadDemoSecrets,
} from '../../../src/demo/index.ts';
import { createServer as createApp, type Server } from '../../../src/http/server.ts';
import { type Authenticator, createAuthenticator } from '../../../src/identity/index.ts';

const REDIRECT = 'http://127.0.0.1:45678/some/path';

let app: Server;
let baseUrl: string;
let dataDir: string;
let secrets: DemoSecrets;
let issuer: DemoIssuer;
let authenticator: Authenticator;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

beforeAll(async () => {
  const port = await freePort();
  baseUrl = `http://127.0.0.1:${port}`;
  dataDir = await mkdtemp(join(tmpdir(), 'demo-issuer-'));
  secrets = await loadDemoSecrets(dataDir);
  issuer = createDemoIssuer({ baseUrl, secrets, realNow: Date.now });
  authenticator = createAuthenticator({
    issuers: issuer.issuers,
    personNumberHash: (it) => `h${it}`,
    realNow: Date.now,
  });
  // The service's own server, with its headers, limits and body parsing: those are what could get in the way.
  app = await createApp({
    log: false,
    secret: secrets.personNumberKey,
    doors: ['/v1'],
    api: { version: '0', door: '/v1', apiReleased: '2026-11-21', apiStatus: 'beta', description: 'test', tags: [] },
    healthChecks: [],
  });
  await issuer.mount(app);
  await app.listen({ port, host: '127.0.0.1' });
});

afterAll(async () => {
  await app.close();
  await rm(dataDir, { recursive: true });
});

const discover = (kind: DemoPersona['kind'], client = DEMO_PUBLIC_CLIENT, authentication = oidc.None()) =>
  oidc.discovery(new URL(`${baseUrl}/demo/issuer/${kind}`), client, undefined, authentication, {
    execute: [oidc.allowInsecureRequests],
  });

/** A browser without scripts: follows redirects on this service, keeps its cookies, sends one form. */
class Browser {
  readonly cookies = new Map<string, string>();

  async go(url: string, form?: Record<string, string>): Promise<{ url: string; response: Response }> {
    let next = url;
    let body = form && new URLSearchParams(form);
    for (;;) {
      const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const method = body ? 'POST' : 'GET';
      const response = await fetch(next, { method, headers: { cookie }, redirect: 'manual', ...(body && { body }) });
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        const [name = '', value = ''] = pair.split('=');
        if (value) this.cookies.set(name, value);
        else this.cookies.delete(name);
      }
      const location = response.headers.get('location');
      if (location === null) return { url: next, response };
      next = new URL(location, next).href;
      body = undefined;
      if (next.startsWith(REDIRECT)) return { url: next, response };
    }
  }
}

async function signIn(kind: 'staff' | 'citizen', choice: Record<string, string>, browser = new Browser()) {
  const config = await discover(kind);
  const verifier = oidc.randomPKCECodeVerifier();
  const state = oidc.randomState();
  const start = oidc.buildAuthorizationUrl(config, {
    redirect_uri: REDIRECT,
    scope: 'openid profile',
    resource: demoAudience(kind),
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
  });
  const shown = await browser.go(start.href);
  const html = await shown.response.text();
  const back = await browser.go(shown.url, choice);
  const tokens = () =>
    oidc.authorizationCodeGrant(
      config,
      new URL(back.url),
      { pkceCodeVerifier: verifier, expectedState: state },
      { resource: demoAudience(kind) },
    );
  return { html, shown, back, tokens };
}

describe('signing in at the demonstration issuer', () => {
  it('with code and PKCE gives a token that the service takes, for the persona that was chosen', async () => {
    const { html, shown, tokens } = await signIn('staff', { persona: 'maj-modell' });
    expect(html).toContain('<html lang="sv">');
    expect(html).toContain('Maj Modell');
    expect(html).toContain('Provköpings kommun');
    expect(html).not.toContain('<script');
    expect(shown.response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const { access_token, id_token } = await tokens();
    expect(await authenticator.authenticate(`Bearer ${access_token}`)).toMatchObject({
      kind: 'staff',
      name: 'Maj Modell',
      unitHsaId: 'SE0000000000-TST0201',
      providerHsaId: 'SE0000000000-TSTR01',
      commission: { purpose: 'Vård och behandling' },
    });
    expect(decodeJwt(id_token!)).toMatchObject({ sub: 'maj-modell', name: 'Maj Modell' });
  });

  it('as a patient gives a citizen token, with the number in no other token than that', async () => {
    const { html, tokens } = await signIn('citizen', { persona: 'ester' });
    expect(html).toContain('Ester Exempelsson');
    expect(html).not.toContain('192612049029');
    const { access_token, id_token } = await tokens();
    const actor = await authenticator.authenticate(`Bearer ${access_token}`);
    expect(actor).toMatchObject({ kind: 'citizen', personNumberHash: 'h192612049029', name: 'Ester Exempelsson' });
    expect(JSON.stringify(decodeJwt(id_token!))).not.toContain('192612049029');
  });

  it('lets the same browser be somebody else the next time', async () => {
    const browser = new Browser();
    await (await signIn('staff', { persona: 'maj-modell' }, browser)).tokens();
    const { html, tokens } = await signIn('staff', { persona: 'nils-norrprov' }, browser);
    expect(html).toContain('Logga in som personal');
    const actor = await authenticator.authenticate(`Bearer ${(await tokens()).access_token}`);
    expect(actor).toMatchObject({ name: 'Nils Norrprov', unitHsaId: 'SE0000000000-TST0303' });
    expect(actor).not.toHaveProperty('commission');
  });

  it.each([
    ['going back', { cancel: 'yes' }],
    ['choosing nobody', {}],
    ['choosing a patient at the staff issuer', { persona: 'ester' }],
  ])('by %s ends at the client without a code', async (_, choice) => {
    const { back } = await signIn('staff', choice as Record<string, string>);
    const answer = new URL(back.url).searchParams;
    expect(answer.get('error')).toBe('access_denied');
    expect(answer.get('code')).toBeNull();
  });

  it('on a page that is too old, or another browser’s, says so in Swedish', async () => {
    const { shown } = await signIn('staff', { persona: 'maj-modell' });
    const response = await fetch(shown.url);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('Inloggningen har gått ut');
  });
});

describe('what the demonstration issuer refuses', () => {
  const authorize = (changes: Record<string, string>) => {
    const usual = { client_id: 'demo', response_type: 'code', scope: 'openid', redirect_uri: REDIRECT };
    const pkce = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };
    const query = new URLSearchParams({ ...usual, ...pkce, ...changes });
    return fetch(`${baseUrl}/demo/issuer/staff/auth?${query}`, { redirect: 'manual' });
  };

  it('is a return address outside this machine', async () => {
    const evil = [
      'https://evil.example.com/',
      'http://127.0.0.1.evil.example.com/',
      'http://evil.example.com/#127.0.0.1',
    ];
    for (const redirect_uri of evil) {
      const response = await authorize({ redirect_uri });
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('Inloggningen gick inte');
    }
  });

  it('is a client without PKCE', async () => {
    const response = await authorize({ code_challenge: '', code_challenge_method: '' });
    expect(response.headers.get('location')).toContain('error=invalid_request');
  });

  it('is another resource than the service', async () => {
    const response = await authorize({ resource: 'https://other.example.com' });
    expect(response.headers.get('location')).toContain('error=invalid_target');
  });
});

describe('a system', () => {
  it('gets a token for its own provider with its own secret', async () => {
    for (const persona of demoPersonas.filter((it) => it.kind === 'system')) {
      const secret = secrets.clientSecrets[persona.id];
      const config = await discover('system', persona.id, oidc.ClientSecretBasic(secret));
      const { access_token } = await oidc.clientCredentialsGrant(config);
      const actor = await authenticator.authenticate(`Bearer ${access_token}`);
      expect(actor).toMatchObject({ kind: 'system', clientId: persona.id, providerHsaId: persona.providerHsaId });
    }
  });

  it('gets none with another secret', async () => {
    const config = await discover('system', 'demo-kommun-hsl', oidc.ClientSecretBasic('fel'));
    await expect(oidc.clientCredentialsGrant(config)).rejects.toThrow();
  });
});

describe('ready-made tokens', () => {
  it('work for every persona, and last for as long as is said', async () => {
    for (const persona of demoPersonas) {
      const token = await issuer.signToken(persona);
      const actor = await authenticator.authenticate(`Bearer ${token}`);
      expect(actor.kind).toBe(persona.kind);
      const { iat, exp } = decodeJwt(token);
      expect(exp! - iat!).toBe(12 * 3600);
    }
    const short = decodeJwt(await issuer.signToken(getPersona('ester'), { expiresInSeconds: 60 }));
    expect(short.exp! - short.iat!).toBe(60);
  });

  it('say the same of a person as signing in through the page', async () => {
    const { tokens } = await signIn('staff', { persona: 'kim-ovning' });
    const varying = { jti: undefined, iat: undefined, exp: undefined, nbf: undefined, auth_time: undefined };
    const chosen = decodeJwt((await tokens()).access_token);
    const ready = decodeJwt(await issuer.signToken(getPersona('kim-ovning')));
    expect({ ...chosen, ...varying }).toEqual({ ...ready, ...varying });
  });

  it('are confirmed by the keys that the issuer publishes, which hold nothing secret', async () => {
    for (const { kind, issuer: name, jwks } of issuer.issuers) {
      const metadata = (await discover(kind)).serverMetadata();
      expect(metadata.issuer).toBe(name);
      const published = (await (await fetch(metadata.jwks_uri!)).json()) as { keys: Record<string, string>[] };
      expect(published.keys).toEqual(jwks!.keys);
      expect(published.keys[0]).not.toHaveProperty('d');
    }
  });
});
