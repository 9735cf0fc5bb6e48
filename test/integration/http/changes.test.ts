import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  answer,
  changeHeaders,
  type Idempotency,
  publicThingId,
  readHeaders,
  replyAssembled,
  requireIfMatch,
  strongTag,
} from '../../../src/http/index.ts';
import { AS_STAFF, FOR_STAFF, NUMBER, note, type SmallApp, smallApp } from './small-app.ts';

let small: SmallApp;
let seen: (Idempotency | undefined)[] = [];
let shown: Record<string, unknown> = {};
let served = 0;
const planSchema = z.object({ title: z.string(), steps: z.array(z.object({ id: z.string() })) });
const PLAN = { title: 'Esters plan', steps: [{ id: 'a' }, { id: 'b' }] };

beforeAll(async () => {
  small = await smallApp(
    (door) => {
      door.patch('/notes', { config: FOR_STAFF, schema: { headers: changeHeaders, body: note } }, (request, reply) => {
        const base = requireIfMatch(request);
        return reply.header('etag', strongTag(base + 1)).send({ base });
      });
      door.patch('/fhir-notes', { config: FOR_STAFF }, (request) => ({
        base: requireIfMatch(request, { weak: true }),
      }));
      const params = z.strictObject({ thingId: publicThingId });
      door.post(
        '/things/:thingId/reports',
        { config: FOR_STAFF, schema: { params, headers: changeHeaders, body: note } },
        (request) => {
          seen.push(request.idempotency);
          return {};
        },
      );
      door.get('/reports', { config: FOR_STAFF }, (request) => {
        seen.push(request.idempotency);
        return {};
      });
      const response = { 200: answer(planSchema, 'Planen.') };
      door.get('/plan', { config: FOR_STAFF, schema: { headers: readHeaders, response } }, async (request, reply) => {
        served += 1;
        return replyAssembled(request, reply, shown);
      });
      door.get('/undocumented', { config: FOR_STAFF }, (request, reply) => replyAssembled(request, reply, shown));
    },
    { answers: 'strip' },
  );
});
afterAll(() => small.app.close());

const patch = (url: string, headers: Record<string, string>) =>
  small.app.inject({ method: 'PATCH', url, headers: { ...AS_STAFF, ...headers }, payload: { title: 'x' } });

describe('If-Match', () => {
  it('takes the revision that the change is based on', async () => {
    const reply = await patch('/v1/notes', { 'if-match': '"3"' });
    expect(reply.json()).toEqual({ base: 3 });
    expect(reply.headers.etag).toBe('"4"');
  });

  it('is required', async () => {
    const reply = await patch('/v1/notes', {});
    expect(reply.statusCode).toBe(428);
    expect(reply.json().code).toBe('precondition-required');
  });

  it.each([
    'W/"3"',
    '*',
    '3',
    '""',
    '"0"',
    '"03"',
    '"-1"',
    '"3", "4"',
    `"${NUMBER}"`,
    '"99999999999"',
    'W/"kq3v9Zt0m1"',
  ])('is refused when it is %s', async (tag) => {
    const reply = await patch('/v1/notes', { 'if-match': tag });
    expect(reply.statusCode).toBe(400);
    expect(reply.json().code).toBe('if-match-malformed');
    expect(reply.body).not.toContain(NUMBER);
  });

  it('may be a weak version where FHIR writes it so', async () => {
    expect((await patch('/v1/fhir-notes', { 'if-match': 'W/"3"' })).json()).toEqual({ base: 3 });
    expect((await patch('/v1/fhir-notes', { 'if-match': '*' })).statusCode).toBe(400);
  });
});

describe('Idempotency-Key', () => {
  const things = ['a', 'e'].map((letter) => `${'a'.repeat(26)}-${letter.repeat(25)}a`);
  async function report(key: string, options: { thing?: number; as?: string; body?: object } = {}) {
    seen = [];
    const reply = await small.app.inject({
      method: 'POST',
      url: `/v1/things/${things[options.thing ?? 0]}/reports`,
      headers: { authorization: options.as ?? 'Bearer staff', 'idempotency-key': key },
      payload: options.body ?? { title: 'utfört', count: 1 },
    });
    return { reply, hashes: seen[0]! };
  }

  it('gives the same hashes for the same request, also when its fields come in another order', async () => {
    const first = (await report('k1')).hashes;
    expect((await report('k1', { body: { count: 1, title: 'utfört' } })).hashes).toEqual(first);
    expect(first.keyHash).toMatch(/^[\w-]{43}$/);
  });

  it('tells another body and another thing apart under one key', async () => {
    const first = (await report('k1')).hashes;
    for (const other of [await report('k1', { body: { title: 'annat' } }), await report('k1', { thing: 1 })]) {
      expect(other.hashes.keyHash).toBe(first.keyHash);
      expect(other.hashes.requestHash).not.toBe(first.requestHash);
    }
  });

  it('belongs to one actor', async () => {
    const first = (await report('k1')).hashes;
    const other = (await report('k1', { as: 'Bearer other' })).hashes;
    expect(other.keyHash).not.toBe(first.keyHash);
    expect(other.requestHash).toBe(first.requestHash);
  });

  it('is refused when it is empty, too long or not ASCII', async () => {
    for (const key of ['', 'x'.repeat(201), 'nyckel-å']) {
      const { reply } = await report(key);
      expect(reply.statusCode).toBe(400);
      expect(reply.json().code).toBe('idempotency-key-malformed');
    }
  });

  it('may be absent, and means nothing on a read', async () => {
    seen = [];
    await small.app.inject({ url: '/v1/reports', headers: { ...AS_STAFF, 'idempotency-key': 'x'.repeat(500) } });
    expect(seen).toEqual([undefined]);
  });
});

describe('an assembled answer', () => {
  const read = (tag?: string) =>
    small.app.inject({ url: '/v1/plan', headers: { ...AS_STAFF, ...(tag !== undefined && { 'if-none-match': tag }) } });

  it('has a weak tag made of what this reader is shown', async () => {
    shown = PLAN;
    const first = await read();
    expect(first.headers.etag).toMatch(/^W\/"[\w-]{22}"$/);
    expect(first.headers['cache-control']).toBe('private, no-store');
    expect(first.headers['content-type']).toBe('application/json; charset=utf-8');
    expect((await read()).headers.etag).toBe(first.headers.etag);
    shown = { ...PLAN, steps: [{ id: 'a' }] };
    expect((await read()).headers.etag).not.toBe(first.headers.etag);
  });

  it('leaves out what its schema does not name, from the bytes and so from the tag', async () => {
    shown = PLAN;
    const clean = await read();
    shown = { ...PLAN, internal: 'never to leave', steps: [{ id: 'a', internal: 1 }, { id: 'b' }] };
    const leaking = await read();
    expect(leaking.json()).toEqual(PLAN);
    expect(leaking.headers.etag).toBe(clean.headers.etag);
  });

  it('is 304 to one who has it, but only after it was put together anew', async () => {
    shown = PLAN;
    const tag = String((await read()).headers.etag);
    served = 0;
    for (const held of [tag, tag.slice(2), `"x", ${tag}`, '*']) {
      const reply = await read(held);
      expect(reply.statusCode).toBe(304);
      expect(reply.body).toBe('');
      expect(reply.headers.etag).toBe(tag);
      expect(reply.headers['cache-control']).toBe('private, no-store');
    }
    expect(served).toBe(4);
    shown = { title: 'Esters plan', steps: [] };
    expect((await read(tag)).statusCode).toBe(200);
  });

  it('cannot be sent from a route that documents no answer, since nothing would keep unknown fields in', async () => {
    const reply = await small.app.inject({ url: '/v1/undocumented', headers: AS_STAFF });
    expect(reply.statusCode).toBe(500);
  });
});
