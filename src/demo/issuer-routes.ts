import type {} from '@fastify/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import { errors } from 'oidc-provider';
import { PAGE_POLICY, page } from './page.ts';
import { personaPage } from './persona-page.ts';
import { type DemoPersona, findPersona } from './personas.ts';
import { sessionCookie } from './provider.ts';

export interface MountedProvider {
  readonly kind: DemoPersona['kind'];
  /** Where on this service the provider stands, `/demo/issuer/staff`. */
  readonly path: string;
  readonly provider: Provider;
}

// Signing in is what these are for, and the directory, the keys and the tokens of made-up persons are no secrets.
const open = { config: { access: 'public' as const }, schema: { hide: true } };

function sendPage(reply: FastifyReply, status: number, html: string) {
  return reply
    .code(status)
    .header('content-security-policy', PAGE_POLICY)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(html);
}

/** Who chose last must not be signed in again unasked, or one could never change persona. */
function withoutCookie(header: string | undefined, name: string): string | undefined {
  const kept = header?.split(';').filter((pair) => !pair.trim().startsWith(name));
  return kept === undefined || kept.length === 0 ? undefined : kept.join(';');
}

function passOn({ kind, path, provider }: MountedProvider) {
  const handle = provider.callback();
  return (request: FastifyRequest, reply: FastifyReply) => {
    reply.hijack();
    const raw = Object.assign(request.raw, { originalUrl: request.raw.url });
    raw.url = raw.url?.slice(path.length);
    raw.headers.cookie = withoutCookie(raw.headers.cookie, sessionCookie(kind));
    void handle(raw, reply.raw);
  };
}

/** The provider's own endpoints: it reads the bodies itself, so none may be parsed before it. */
async function mountEndpoints(app: FastifyInstance, mounted: MountedProvider): Promise<void> {
  mounted.provider.on('server_error', (_context, err) => app.log.error({ err }, 'demonstration issuer failed'));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const handler = passOn(mounted);
  app.route({ ...open, method: ['GET', 'POST', 'OPTIONS'], url: `${mounted.path}/*`, handler });
}

/** The page where a persona is chosen, and its answer. */
async function mountPersonaPage(app: FastifyInstance, { kind, path, provider }: MountedProvider): Promise<void> {
  const asForm = { parseAs: 'string' as const };
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    asForm,
    async (_request: FastifyRequest, text: string) => {
      return Object.fromEntries(new URLSearchParams(text));
    },
  );
  app.setErrorHandler((error, _request, reply) => {
    // An old page, another browser, or cookies switched off: nothing that a log needs to know.
    if (!(error instanceof errors.SessionNotFound)) throw error;
    return sendPage(reply, 400, page('Inloggningen har gått ut', '<p>Gå tillbaka och börja om.</p>'));
  });

  app.get(`${path}/interaction/:uid`, open, async (request, reply) => {
    const { params } = await provider.interactionDetails(request.raw, reply.raw);
    const client = await provider.Client.find(String(params.client_id));
    return sendPage(reply, 200, personaPage(kind, client?.clientName ?? 'tjänsten'));
  });

  app.post<{ Body: Record<string, string> | undefined }>(`${path}/interaction/:uid`, open, async (request, reply) => {
    const persona = findPersona(request.body?.persona ?? '');
    const result =
      persona?.kind === kind
        ? { login: { accountId: persona.id, acr: String(persona.claims.acr), amr: ['demo'], remember: false } }
        : { error: 'access_denied', error_description: 'nobody was chosen' };
    const next = await provider.interactionResult(request.raw, reply.raw, result, { mergeWithLastSubmission: false });
    return reply.header('cache-control', 'no-store').redirect(next, 303);
  });
}

/** Puts one provider on this service. */
export async function mountProvider(app: FastifyInstance, mounted: MountedProvider): Promise<void> {
  await app.register(async (scope) => mountEndpoints(scope, mounted));
  if (mounted.kind !== 'system') await app.register(async (scope) => mountPersonaPage(scope, mounted));
}
