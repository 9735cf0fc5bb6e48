import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answer, listRoutes, type Server } from '../../../src/http/index.ts';
import { AS_STAFF, FOR_STAFF, type SmallApp, smallApp } from './small-app.ts';

const small: SmallApp[] = [];
async function started(...given: Parameters<typeof smallApp>): Promise<SmallApp> {
  const one = await smallApp(...given);
  small.push(one);
  return one;
}
afterAll(() => Promise.all(small.map(({ app }) => app.close())));

describe('declared access', () => {
  it.each([
    ['nothing', undefined],
    ['no actions', { access: { actions: [], actors: ['staff'] } }],
    ['no actors', { access: { actions: ['test.read'], actors: [] } }],
  ] as const)('keeps the service from starting when a route declares %s', async (_what, config) => {
    await expect(
      started((door) => void door.get('/open', { config: config as unknown as typeof FOR_STAFF }, () => ({}))),
    ).rejects.toThrow('route without declared access: GET /v1/open');
  });

  it('is seen for every route under the door, HEAD included', async () => {
    const { app } = await started((door) => void door.get('/things', { config: FOR_STAFF }, () => ({})));
    await app.ready();
    const under = listRoutes(app).filter(({ url }) => url.startsWith('/v1/'));
    expect(under).toEqual([
      { method: 'GET', url: '/v1/api-info', access: 'public' },
      { method: 'HEAD', url: '/v1/api-info', access: 'public' },
      { method: 'GET', url: '/v1/things', access: FOR_STAFF.access },
      { method: 'HEAD', url: '/v1/things', access: FOR_STAFF.access },
    ]);
  });
});

describe('authentication of a door', () => {
  let app: Server;
  beforeAll(async () => {
    const routes = (door: Server) => {
      door.get('/me', { config: FOR_STAFF }, (request) => ({ kind: request.actor.kind }));
      door.post('/things', { config: FOR_STAFF, schema: { body: z.strictObject({}) } }, () => ({}));
      door.get('/open', { config: { access: 'public' } }, (request) => ({ kind: request.actor.kind }));
    };
    ({ app } = await started(routes, { rateLimitPerMinute: 10, challenge: () => 'Bearer realm="test", error="x"' }));
  });

  it('gives the route a typed actor', async () => {
    expect((await app.inject({ url: '/v1/me', headers: AS_STAFF })).json()).toEqual({ kind: 'staff' });
  });

  it('comes before the body is judged', async () => {
    const reply = await app.inject({
      method: 'POST',
      url: '/v1/things',
      payload: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect(reply.statusCode).toBe(401);
    expect(reply.headers['www-authenticate']).toBe('Bearer realm="test", error="x"');
  });

  it('refuses an actor of a kind that the route is not for', async () => {
    const reply = await app.inject({ url: '/v1/me', headers: { authorization: 'Bearer citizen' } });
    expect(reply.statusCode).toBe(403);
    expect(reply.json().code).toBe('actor-not-allowed');
  });

  it('is not asked for by unknown URLs, and makes asking for the actor on a public route a fault', async () => {
    expect((await app.inject({ url: '/v1/nowhere' })).statusCode).toBe(404);
    expect((await app.inject({ url: '/v1/open' })).statusCode).toBe(500);
  });

  it('counts failures per address, so that tokens cannot be tried without end', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) {
      const reply = await app.inject({
        url: '/v1/me',
        remoteAddress: '192.0.2.7',
        headers: { authorization: 'Bearer x' },
      });
      statuses.push(reply.statusCode);
    }
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect(statuses.at(-1)).toBe(429);
    const other = await app.inject({ url: '/v1/me', remoteAddress: '192.0.2.7', headers: AS_STAFF });
    expect(other.statusCode).toBe(200);
  });
});

describe('rate limits', () => {
  it('are each actor’s own and say when to come back', async () => {
    const { app } = await started((door) => void door.get('/me', { config: FOR_STAFF }, () => ({})), {
      rateLimitPerMinute: 3,
    });
    const ask = (token: string) => app.inject({ url: '/v1/me', headers: { authorization: token } });
    for (let i = 0; i < 3; i++) expect((await ask('Bearer staff')).statusCode).toBe(200);
    const refused = await ask('Bearer staff');
    expect(refused.statusCode).toBe(429);
    expect(refused.json().code).toBe('too-many-requests');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask('Bearer other')).statusCode).toBe(200);
  });

  it('do not touch the probes', async () => {
    const { app } = await started(() => undefined, { rateLimitPerMinute: 1 });
    for (let i = 0; i < 4; i++) expect((await app.inject('/health/live')).statusCode).toBe(200);
  });

  it('can be left out', async () => {
    const { app } = await started((door) => void door.get('/me', { config: FOR_STAFF }, () => ({})), {
      rateLimitPerMinute: false,
    });
    const reply = await app.inject({ url: '/v1/me', headers: AS_STAFF });
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['x-ratelimit-limit']).toBeUndefined();
    expect((await app.inject('/v1/nowhere')).statusCode).toBe(404);
  });
});

describe('a service whose event loop is late', () => {
  it('refuses work with 503 and Retry-After, but answers its probes', async () => {
    const { app } = await started((door) => void door.get('/me', { config: FOR_STAFF }, () => ({})), {
      pressure: { maxEventLoopDelayMs: 1, sampleMs: 20 },
    });
    await app.ready();
    let busy = await app.inject({ url: '/v1/me', headers: AS_STAFF });
    // Hold the loop until a sample has seen it.
    for (let i = 0; i < 40 && busy.statusCode !== 503; i++) {
      const until = performance.now() + 80;
      while (performance.now() < until);
      await new Promise((resolve) => setImmediate(resolve));
      busy = await app.inject({ url: '/v1/me', headers: AS_STAFF });
    }
    expect(busy.statusCode).toBe(503);
    expect(busy.json().code).toBe('busy');
    expect(Number(busy.headers['retry-after'])).toBeGreaterThan(0);
    expect((await app.inject('/health/live')).statusCode).toBe(200);
  });
});

describe('an answer', () => {
  const shape = z.object({ title: z.string() });
  const routes = (door: Server) => {
    const schema = { response: { 200: answer(shape, 'Svar.') } };
    door.get('/leaking', { config: FOR_STAFF, schema }, () => ({ title: 'x', secret: 'y' }));
    door.get('/wrong', { config: FOR_STAFF, schema }, () => ({ title: 7 }) as unknown as { title: string });
  };

  it.each(['strip', 'validate'] as const)('has only the fields that its schema names (%s)', async (answers) => {
    const { app } = await started(routes, { answers });
    expect((await app.inject({ url: '/v1/leaking', headers: AS_STAFF })).json()).toEqual({ title: 'x' });
  });

  it('that does not fit its schema is a fault where answers are validated', async () => {
    const { app } = await started(routes, { answers: 'validate' });
    expect((await app.inject({ url: '/v1/wrong', headers: AS_STAFF })).statusCode).toBe(500);
  });

  it('tells browsers to treat it as data, on every path', async () => {
    const { app } = await started(routes);
    for (const url of ['/v1/leaking', '/v1/nowhere', '/health/live']) {
      const { headers } = await app.inject({ url, headers: AS_STAFF });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['strict-transport-security']).toContain('max-age=');
      expect(headers['cache-control']).toBe('private, no-store');
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });
});
