import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AS_STAFF, FOR_STAFF, NUMBER, note, type SmallApp, STAFF, smallApp } from './small-app.ts';

let small: SmallApp;
beforeAll(async () => {
  small = await smallApp((door) => {
    door.post(
      '/notes/:id',
      { config: FOR_STAFF, schema: { body: note, params: z.object({ id: z.string() }) } },
      () => ({}),
    );
    door.get('/notes/:id', { config: FOR_STAFF }, () => ({}));
    door.get('/twice', { config: FOR_STAFF }, (_request, reply) => {
      reply.send({});
      reply.send({});
    });
    door.get('/careless', { config: FOR_STAFF }, (request) => {
      request.log.info({ number: NUMBER, count: 3, body: { NUMBER } }, `saw ${NUMBER}`);
      request.log.warn(new Error(NUMBER));
      request.log.info({ err: new Error(NUMBER) });
      request.log.info('saw %s', NUMBER);
      request.log.child({ person: NUMBER, component: 'test' }).info('child');
      return {};
    });
  });
});
afterAll(() => small.app.close());

describe('the request log', () => {
  it('says who asked for what kind of thing and how it went, and nothing else', async () => {
    small.lines.length = 0;
    const reply = await small.app.inject({ url: `/v1/notes/${NUMBER}?number=${NUMBER}`, headers: AS_STAFF });
    expect(small.lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        requestId: reply.headers['x-request-id'],
        method: 'GET',
        route: '/v1/notes/:id',
        status: 200,
        ms: expect.any(Number),
        actorKind: 'staff',
        unit: STAFF.kind === 'staff' && STAFF.unitHsaId,
        msg: 'request',
      },
    ]);
  });

  it('names the refusal', async () => {
    small.lines.length = 0;
    await small.app.inject({ url: '/v1/nowhere', headers: AS_STAFF });
    expect(small.lines.at(-1)).toMatchObject({ route: '(none)', status: 404, problem: 'not-found' });
  });

  it('never holds a personal number, wherever one was sent', async () => {
    small.lines.length = 0;
    const json = { 'content-type': 'application/json' };
    const sent = [
      { url: `/v1/notes/${NUMBER}` },
      { url: `/v1/${NUMBER}/x?${NUMBER}=${NUMBER}`, headers: AS_STAFF },
      {
        url: '/v1/notes/1',
        headers: { authorization: `Bearer ${NUMBER}`, 'x-request-id': NUMBER, 'user-agent': NUMBER },
      },
      {
        url: '/v1/notes/1',
        headers: { ...AS_STAFF, 'x-number': NUMBER, referer: `https://x/${NUMBER}`, 'if-match': NUMBER },
      },
      {
        method: 'POST' as const,
        url: '/v1/notes/1',
        headers: { ...AS_STAFF, ...json },
        payload: { title: 1, [NUMBER]: NUMBER },
      },
      {
        method: 'POST' as const,
        url: '/v1/notes/1',
        headers: { ...AS_STAFF, ...json },
        payload: `{"title":"${NUMBER}`,
      },
      {
        method: 'POST' as const,
        url: '/v1/notes/1',
        headers: { ...AS_STAFF, 'idempotency-key': `å${NUMBER}` },
        payload: { title: 'x' },
      },
      { url: `/v1/notes/%zz${NUMBER}` },
      { method: 'DELETE' as const, url: `/v1/notes/${NUMBER}` },
      { url: '/v1/twice', headers: AS_STAFF },
      { url: '/v1/careless', headers: AS_STAFF },
    ];
    for (const request of sent) {
      const reply = await small.app.inject(request);
      expect(`${reply.body}${JSON.stringify(reply.headers)}`).not.toContain(NUMBER);
    }
    expect(small.lines.length).toBeGreaterThanOrEqual(sent.length);
    expect(JSON.stringify(small.lines)).not.toContain(NUMBER);
    expect(JSON.stringify(small.lines)).not.toContain('261204');
  });

  it('drops fields that nobody decided on, and says which', async () => {
    small.lines.length = 0;
    await small.app.inject({ url: '/v1/careless', headers: AS_STAFF });
    expect(small.lines[0]).toMatchObject({ count: 3, dropped: 'number,body', msg: 'saw ***' });
    expect(small.lines[1]).toMatchObject({ err: { type: 'Error' }, msg: 'no message' });
    expect(small.lines[4]).toMatchObject({ component: 'test', msg: 'child' });
  });
});

describe('the request id', () => {
  it('is the caller’s when it is a UUID, and otherwise a new one', async () => {
    const id = '5b0c9a1e-5a53-4a6e-9d0a-0a4c1f6f2f10';
    const ask = (given: string) => small.app.inject({ url: '/health/live', headers: { 'x-request-id': given } });
    expect((await ask(id)).headers['x-request-id']).toBe(id);
    for (const given of [NUMBER, 'abc', `${id} `.repeat(2), id.toUpperCase()]) {
      expect((await ask(given)).headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
      expect((await ask(given)).headers['x-request-id']).not.toBe(given);
    }
  });
});
