import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import { PAGE_POLICY, page } from './page.ts';
import type { DemoPersona } from './personas.ts';
import { dataScopesIn, SMART_ROOT } from './smart-launch.ts';

export interface MountedSmart {
  readonly providers: ReadonlyMap<DemoPersona['kind'], Provider>;
  /** What a launch must name as audience, so that a token is never got for one service and used at another. */
  readonly fhirBase: string;
  /** Where the providers stand, `/demo/issuer`. */
  readonly root: string;
}

const open = { config: { access: 'public' as const }, schema: { hide: true } };

function refuse(reply: FastifyReply, why: string) {
  return reply
    .code(400)
    .header('content-security-policy', PAGE_POLICY)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(page('Inloggningen gick inte', `<p>${why}</p>`));
}

/** Scopes of the level `user/` alone are asked for by apps for staff; whatever is about one patient, by the patient. */
function kindAsked(scopes: readonly string[]): 'citizen' | 'staff' {
  return scopes.every((scope) => scope.startsWith('user/')) ? 'staff' : 'citizen';
}

function authorize({ fhirBase, root }: MountedSmart) {
  return (request: FastifyRequest, reply: FastifyReply) => {
    const query = new URLSearchParams(request.url.split('?')[1] ?? '');
    if (query.get('aud')?.replace(/\/$/, '') !== fhirBase)
      return refuse(reply, 'Parametern aud ska vara FHIR-adressen.');
    const scope = query.get('scope') ?? '';
    const scopes = dataScopesIn(scope);
    // Without one the token would be as wide as the persona: an app that asks for nothing gets nothing.
    if (scopes.length === 0) return refuse(reply, 'Ingen behörighet (scope) till data begärdes.');
    query.delete('aud');
    const kind = scope.split(' ').includes('launch/patient') ? 'citizen' : kindAsked(scopes);
    return reply.header('cache-control', 'no-store').redirect(`${root}/${kind}/auth?${query}`, 302);
  };
}

async function providerFor({ providers }: MountedSmart, form: URLSearchParams): Promise<Provider> {
  const staff = providers.get('staff')!;
  if (form.get('grant_type') === 'client_credentials') return providers.get('system')!;
  const code = await staff.AuthorizationCode.find(form.get('code') ?? '');
  return code ? staff : providers.get('citizen')!;
}

/** The request once more, for a provider that reads its body itself. */
function again(raw: IncomingMessage, text: string): IncomingMessage {
  const { headers, method, socket, httpVersion } = raw;
  const url = raw.url?.slice(SMART_ROOT.length);
  const copy = Object.assign(Readable.from([Buffer.from(text)]), {
    headers: { ...headers, 'content-length': String(Buffer.byteLength(text)) },
    method,
    socket,
    httpVersion,
    url,
    originalUrl: raw.url,
  });
  return copy as unknown as IncomingMessage;
}

/**
 * One place to sign in for SMART apps, in front of the three issuers: an app knows one authorization server, while a kind
 * of actor here has an issuer of its own.
 */
export async function mountSmart(app: FastifyInstance, mounted: MountedSmart): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) =>
    done(null, text),
  );
  app.get(`${SMART_ROOT}/authorize`, open, authorize(mounted));
  // A browser asks first, whoever the client is: the provider judges the origin when the request itself comes.
  app.options(`${SMART_ROOT}/token`, open, async (request, reply) => {
    reply.hijack();
    await mounted.providers.get('citizen')!.callback()(again(request.raw, ''), reply.raw);
  });
  app.post(`${SMART_ROOT}/token`, open, async (request, reply) => {
    const text = String(request.body ?? '');
    const provider = await providerFor(mounted, new URLSearchParams(text));
    reply.hijack();
    await provider.callback()(again(request.raw, text), reply.raw);
  });
}
