import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { Server } from '../../../src/http/index.ts';
import { AS_STAFF, FOR_STAFF, smallApp } from './small-app.ts';

const apps: Server[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

/** A service that two requests fill, and requests that are held until they are let go. */
async function filled(metricsToken = 'metrics-for-whoever') {
  const held: (() => void)[] = [];
  const begun: (() => void)[] = [];
  const begins = Array.from({ length: 2 }, () => new Promise<void>((resolve) => begun.push(resolve)));
  const { app, lines } = await smallApp(
    (door) => {
      door.get('/held', { config: FOR_STAFF }, async () => {
        const letGo = new Promise<void>((resolve) => held.push(resolve));
        begun.shift()?.();
        await letGo;
        return {};
      });
      door.get('/quick', { config: FOR_STAFF }, () => ({}));
    },
    { pressure: { maxEventLoopDelayMs: 60_000, mostUnderWay: 2 }, metricsToken },
  );
  apps.push(app);
  const hold = () => app.inject({ url: '/v1/held', headers: AS_STAFF });
  const quick = () => app.inject({ url: '/v1/quick', headers: AS_STAFF });
  return { app, lines, held, begins, hold, quick };
}

test('one request more than the service has room for is refused at once, and taken as soon as there is room', async () => {
  const { app, lines, held, begins, hold, quick } = await filled();
  const under = [hold(), hold()];
  await Promise.all(begins);
  const refused = await Promise.all(Array.from({ length: 20 }, quick));
  expect(new Set(refused.map(({ statusCode }) => statusCode))).toEqual(new Set([503]));
  expect(refused[0]!.json().code).toBe('busy');
  expect(Number(refused[0]!.headers['retry-after'])).toBeGreaterThan(0);
  // Each is told of in the log, without a trace that costs more than the refusal.
  const warned = lines.filter(({ msg }) => msg === 'busy');
  expect(warned).toHaveLength(20);
  expect(warned.filter(({ err }) => err !== undefined)).toEqual([]);

  const metrics = { url: '/metrics', headers: { authorization: 'Bearer metrics-for-whoever' } };
  expect((await app.inject('/health/live')).statusCode).toBe(200);
  expect((await app.inject('/health/ready')).statusCode).toBe(200);
  expect((await app.inject(metrics)).statusCode).toBe(200);

  held.shift()!();
  expect((await under[0]!).statusCode).toBe(200);
  expect((await quick()).statusCode).toBe(200);
  held.shift()!();
  expect((await under[1]!).statusCode).toBe(200);
});

test('a request whose caller has gone leaves its room to another', async () => {
  const { app, held, begins, hold, quick } = await filled();
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const caller = new AbortController();
  const gone = fetch(`${url}/v1/held`, { headers: AS_STAFF, signal: caller.signal });
  const stays = hold();
  await Promise.all(begins);
  expect((await quick()).statusCode).toBe(503);
  caller.abort();
  await expect(gone).rejects.toThrow();
  while ((await quick()).statusCode !== 200) await pause(10);
  for (const letGo of held) letGo();
  expect((await stays).statusCode).toBe(200);
});

test('what was refused takes no room', async () => {
  const { quick } = await filled();
  for (let i = 0; i < 50; i++) expect((await quick()).statusCode).toBe(200);
});

test('each who is refused is told in their own language and of their own address, and keeps the connection', async () => {
  const { app, held, begins, hold } = await filled();
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const under = [hold(), hold()];
  await Promise.all(begins);
  const ask = async (query: string, language: string) => {
    const headers = { ...AS_STAFF, 'accept-language': language };
    const reply = await fetch(`${url}/v1/quick${query}`, { headers });
    return { connection: reply.headers.get('connection'), body: (await reply.json()) as Record<string, unknown> };
  };
  const swedish = await ask('', 'sv');
  const english = await ask('?a=1', 'en');
  const unknown = await fetch(`${url}/v1/nowhere`, { headers: AS_STAFF });
  expect(swedish.body.title).toBe('Tjänsten är tillfälligt överbelastad');
  expect(english.body.title).toBe('The service is busy');
  expect(english.body.instance).toBe(swedish.body.instance);
  // A new connection is let in once in a turn of the event loop: closing those there are would make more of them wait.
  expect([swedish.connection, english.connection, unknown.headers.get('connection')]).not.toContain('close');
  expect(unknown.status).toBe(503);
  for (const letGo of held) letGo();
  expect((await Promise.all(under)).map(({ statusCode }) => statusCode)).toEqual([200, 200]);
});
