import { createHash, randomBytes } from 'node:crypto';
import { DEMO_PUBLIC_CLIENT, type DemoPersona, demoAudience } from '../../demo/index.ts';

/** Nobody listens there: a code that comes back this way is read off the address. */
const RETURN_TO = 'http://127.0.0.1/callback';
const MOST_REDIRECTS = 10;

/** A browser without scripts, as far as signing in takes one: follows redirects and keeps cookies. */
async function browse(cookies: Map<string, string>, url: string, form?: URLSearchParams): Promise<string> {
  let next = url;
  let body = form;
  for (let step = 0; step < MOST_REDIRECTS; step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await fetch(next, {
      method: body ? 'POST' : 'GET',
      headers: { cookie },
      redirect: 'manual',
      ...(body && { body }),
    });
    for (const line of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    const location = reply.headers.get('location');
    if (location === null) {
      if (!reply.ok) throw new Error(`Inloggningen gav ${reply.status}.`);
      return next;
    }
    next = new URL(location, next).href;
    if (next.startsWith(RETURN_TO)) return next;
    body = undefined;
  }
  throw new Error('Inloggningen blev aldrig klar.');
}

/**
 * Signs in as a persona the way a portal would: through the demonstration's own page, with authorization code and PKCE
 * (RFC 7636).
 *
 * @returns the access token
 */
export async function signIn(baseUrl: string, { id, kind }: DemoPersona): Promise<string> {
  const about = await fetch(`${baseUrl}/demo/issuer/${kind}/.well-known/openid-configuration`);
  const { authorization_endpoint: authorize, token_endpoint: exchange } = (await about.json()) as Record<
    'authorization_endpoint' | 'token_endpoint',
    string
  >;
  const verifier = randomBytes(32).toString('base64url');
  const wanted = { client_id: DEMO_PUBLIC_CLIENT, redirect_uri: RETURN_TO, resource: demoAudience(kind) };
  const query = new URLSearchParams({
    ...wanted,
    response_type: 'code',
    scope: 'openid profile',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const cookies = new Map<string, string>();
  const page = await browse(cookies, `${authorize}?${query}`);
  const back = await browse(cookies, page, new URLSearchParams({ persona: id }));
  const code = new URL(back).searchParams.get('code');
  if (code === null) throw new Error('Inloggningen gav ingen kod.');
  const grant = { ...wanted, grant_type: 'authorization_code', code, code_verifier: verifier };
  const reply = await fetch(exchange, { method: 'POST', body: new URLSearchParams(grant) });
  const { access_token: token } = (await reply.json()) as { access_token?: string };
  if (token === undefined) throw new Error(`Inloggningen gav ingen biljett (${reply.status}).`);
  return token;
}
