import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { notFound, publicThingId, text } from '../../../src/http/index.ts';
import { AS_STAFF, FOR_STAFF, NUMBER, note, type SmallApp, smallApp } from './small-app.ts';

let small: SmallApp;

beforeAll(async () => {
  small = await smallApp((door) => {
    door.post('/notes', { config: FOR_STAFF, schema: { body: note } }, () => ({ ok: true }));
    door.post(
      '/deep',
      {
        config: FOR_STAFF,
        schema: {
          body: z.strictObject({
            steps: z.array(
              z.strictObject({
                title: text(10),
                party: z.discriminatedUnion('kind', [
                  z.strictObject({ kind: z.literal('unit'), unit: z.string() }),
                  z.strictObject({ kind: z.literal('patient') }),
                ]),
              }),
            ),
            names: z.record(z.string(), z.int()).optional(),
          }),
        },
      },
      () => ({ ok: true }),
    );
    door.get(
      '/things/:thingId',
      { config: FOR_STAFF, schema: { params: z.strictObject({ thingId: publicThingId }) } },
      () => {
        throw notFound();
      },
    );
    door.get(
      '/search',
      { config: FOR_STAFF, schema: { querystring: z.strictObject({ name: text(50).optional() }) } },
      () => ({ ok: true }),
    );
    door.get('/fault', { config: FOR_STAFF }, () => {
      throw Object.assign(new Error(`duplicate key (${NUMBER})`), { code: '23505', constraint: 'persons_pkey' });
    });
    door.get('/slow', { config: FOR_STAFF, handlerTimeout: 30 }, async (_request, reply) => {
      await new Promise((resolve) => reply.raw.once('close', resolve));
    });
  });
});
afterAll(() => small.app.close());

async function post(path: string, payload: unknown, headers: Record<string, string> = {}) {
  const body = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);
  return small.app.inject({
    method: 'POST',
    url: `/v1${path}`,
    headers: { ...AS_STAFF, 'content-type': 'application/json', ...headers },
    payload: body,
  });
}

const get = (path: string, headers: Record<string, string> = AS_STAFF) => small.app.inject({ url: path, headers });

describe('a refusal', () => {
  it('has every member of RFC 9457, a code and Swedish words, and no charset', async () => {
    const reply = await post('/notes', { title: '' });
    expect(reply.statusCode).toBe(400);
    expect(reply.headers['content-type']).toBe('application/problem+json');
    expect(reply.headers['content-language']).toBe('sv');
    expect(reply.headers['cache-control']).toBe('private, no-store');
    expect(reply.json()).toEqual({
      type: '/problems/invalid-request',
      title: 'Begäran innehåller fel',
      status: 400,
      detail: 'Begäran innehåller fel',
      instance: '/v1/notes',
      code: 'invalid-request',
      invalidParameters: [{ name: 'title', reason: 'Får inte vara tomt.' }],
    });
  });

  it('speaks English to those who prefer it, and says that it depends', async () => {
    const reply = await post('/notes', { title: '' }, { 'accept-language': 'sv;q=0.5, en-GB;q=0.9' });
    expect(reply.headers['content-language']).toBe('en');
    expect(String(reply.headers.vary)).toContain('Accept-Language');
    expect(reply.json()).toMatchObject({
      title: 'The request contains errors',
      invalidParameters: [{ reason: 'May not be empty.' }],
    });
  });

  it('shows the path without the query and without what somebody typed there', async () => {
    const reply = await get(`/v1/persons/${NUMBER}?number=${NUMBER}`);
    expect(reply.statusCode).toBe(404);
    expect(reply.json().instance).toBe('/v1/persons/***');
    expect(reply.body).not.toContain(NUMBER);
  });
});

describe('a body that the schema refuses', () => {
  it('names every wrong field by its path, with a reason and never the value', async () => {
    const reply = await post('/deep', {
      steps: [{ title: NUMBER, party: { kind: NUMBER } }, { party: { kind: 'unit', unit: 7 } }],
      names: { [NUMBER]: 'x' },
      [NUMBER]: 1,
      extra: 2,
    });
    expect(reply.statusCode).toBe(400);
    expect(reply.json().invalidParameters).toEqual([
      { name: 'steps.0.title', reason: 'Får ha högst 10 tecken.' },
      { name: 'steps.0.party.kind', reason: 'Ska vara något av: unit, patient.' },
      { name: 'steps.1.title', reason: 'Fältet saknas.' },
      { name: 'steps.1.party.unit', reason: 'Ska vara text.' },
      { name: 'names.(okänt fält)', reason: 'Ska vara ett tal.' },
      { name: '(okänt fält)', reason: 'Fältet finns inte här.' },
      { name: 'extra', reason: 'Fältet finns inte här.' },
    ]);
    expect(reply.body).not.toContain(NUMBER);
  });

  it.each([
    ['malformed JSON', `{"title":"${NUMBER}"`, 'malformed-json'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'malformed-json'],
    ['a prototype key', '{"__proto__":{"title":"x"}}', 'malformed-json'],
    ['an empty body', '', 'empty-body'],
    ['a body of null', 'null', 'empty-body'],
  ])('is refused with its own code: %s', async (_what, payload, code) => {
    const reply = await post('/notes', payload);
    expect(reply.statusCode).toBe(400);
    expect(reply.json().code).toBe(code);
    expect(reply.body).not.toContain(NUMBER);
  });

  it('names the field that holds a NUL character or half of an emoji', async () => {
    const withNul = await post('/deep', '{"steps":[{"title":"a\\u0000b"}]}');
    expect(withNul.json()).toMatchObject({
      status: 400,
      code: 'invalid-request',
      invalidParameters: [{ name: 'steps.0.title' }],
    });
    const half = await post('/notes', '{"title":"\\ud83d"}');
    expect(half.json().invalidParameters[0].name).toBe('title');
    const whole = await post('/notes', { title: 'Hälsa 💚' });
    expect(whole.statusCode).toBe(200);
  });

  it('is refused, not crashed on, when it is a hundred thousand brackets deep', async () => {
    const reply = await post('/notes', '['.repeat(100_000) + ']'.repeat(100_000));
    expect(reply.statusCode).toBe(400);
    expect(reply.json().invalidParameters[0].reason).toBe('Innehållet är nästlat för djupt.');
  });

  it('is refused as too large before it is read', async () => {
    const reply = await post('/notes', { title: 'x'.repeat(1_000_000) });
    expect(reply.statusCode).toBe(413);
    expect(reply.json().code).toBe('body-too-large');
  });

  it('must be JSON', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded']) {
      const reply = await post('/notes', 'title=x', { 'content-type': type });
      expect(reply.statusCode).toBe(415);
      expect(reply.json().code).toBe('unsupported-media-type');
    }
  });
});

describe('a URL', () => {
  it('with a NUL character in its query or path is refused by name', async () => {
    const query = await get('/v1/search?name=a%00b');
    expect(query.json()).toMatchObject({ status: 400, code: 'invalid-request', invalidParameters: [{ name: 'name' }] });
    const path = await get('/v1/things/a%00b');
    expect(path.json()).toMatchObject({ status: 400, invalidParameters: [{ name: 'thingId' }] });
  });

  it('that cannot be decoded is refused without being repeated', async () => {
    const reply = await get(`/v1/things/${NUMBER}%zz`);
    expect(reply.statusCode).toBe(400);
    expect(reply.json().code).toBe('malformed-url');
    expect(reply.headers['x-request-id']).toBeDefined();
    expect(reply.headers['x-content-type-options']).toBe('nosniff');
    expect(reply.body).not.toContain(NUMBER);
  });

  it('with an id that is not ours is refused by name', async () => {
    const reply = await get(`/v1/things/${NUMBER}`);
    expect(reply.json()).toMatchObject({
      status: 400,
      invalidParameters: [{ name: 'thingId', reason: 'Är inte ett id härifrån.' }],
    });
  });

  it('of no route is answered exactly as a thing that does not exist', async () => {
    const thing = `${'a'.repeat(26)}-${'a'.repeat(26)}`;
    const missing = await get(`/v1/things/${thing}`);
    const unrouted = await get(`/v1/others/${thing}`);
    expect(missing.statusCode).toBe(404);
    expect(unrouted.body).toBe(missing.body.replace('/v1/things/', '/v1/others/'));
    const stable = ({ headers }: typeof missing) => {
      const { date, 'x-request-id': id, 'x-ratelimit-remaining': left, 'x-ratelimit-reset': reset, ...rest } = headers;
      expect([date, id, left, reset]).not.toContain(undefined);
      return rest;
    };
    expect(stable(unrouted)).toEqual(stable(missing));
  });

  it('with the wrong method says which methods there are', async () => {
    const reply = await small.app.inject({ method: 'DELETE', url: '/v1/notes', headers: AS_STAFF });
    expect(reply.statusCode).toBe(405);
    expect(reply.headers.allow).toBe('POST');
    expect(reply.json().code).toBe('method-not-allowed');
  });
});

describe('what nobody foresaw', () => {
  it('leaves as 500 without inner text, and is logged with code and place but no message', async () => {
    small.lines.length = 0;
    const reply = await get('/v1/fault');
    expect(reply.statusCode).toBe(500);
    expect(reply.json()).toEqual({
      type: '/problems/fault',
      title: 'Något gick fel hos oss',
      status: 500,
      detail: 'Något gick fel hos oss',
      instance: '/v1/fault',
      code: 'fault',
    });
    const line = small.lines.find(({ msg }) => msg === 'fault');
    expect(line).toMatchObject({
      level: 'error',
      requestId: reply.headers['x-request-id'],
      err: { type: 'Error', code: '23505', constraint: 'persons_pkey' },
    });
    expect(JSON.stringify(line)).toContain('problems.test.ts');
    expect(JSON.stringify(small.lines)).not.toContain(NUMBER);
  });

  it('that takes too long leaves as 503 with Retry-After', async () => {
    const reply = await get('/v1/slow');
    expect(reply.statusCode).toBe(503);
    expect(reply.json().code).toBe('timed-out');
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('the pages that problem types lead to', () => {
  it('list every declared refusal and describe one, as JSON or as a page', async () => {
    const list = await get('/problems', {});
    expect(list.json().problems).toContainEqual({
      type: '/problems/not-found',
      code: 'not-found',
      status: 404,
      title: { sv: 'Hittas inte', en: 'Not found' },
    });
    expect((await get('/problems/not-found', {})).json().status).toBe(404);
    const page = await get('/problems/not-found', { accept: 'text/html', 'accept-language': 'en' });
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.body).toContain('Not found');
    expect((await get('/problems/no-such', {})).statusCode).toBe(404);
  });
});
