import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDemoClock, registerDemoClock } from '../../../src/demo/index.ts';
import { Problem } from '../../../src/shared/problem.ts';

const at = (text: string) => Date.parse(text);
const START = at('2026-11-16T00:00:00+01:00');
const HOUR = 3_600_000;

let dataDir: string;
let real: number;
const realNow = () => real;
const open = (start?: number) => openDemoClock({ dataDir, start, realNow });

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'demo-clock-'));
  real = at('2027-03-01T12:00:00Z');
});

afterEach(() => rm(dataDir, { recursive: true }));

describe('the demonstration clock', () => {
  it('shows real time unless it is started elsewhere', async () => {
    const clock = await open();
    expect(clock.now()).toBe(real);
    real += HOUR;
    expect(clock.now()).toBe(real);
  });

  it('starts where it is told and runs as fast as real time', async () => {
    const clock = await open(START);
    expect(clock.now()).toBe(START);
    real += HOUR;
    expect(clock.now()).toBe(START + HOUR);
  });

  it('goes forward when moved, never back, and keeps running', async () => {
    const clock = await open(START);
    expect(await clock.advanceTo(START + 5 * HOUR)).toBe(true);
    expect(await clock.advanceTo(START + 4 * HOUR)).toBe(false);
    expect(await clock.advanceTo(Number.NaN)).toBe(false);
    real += HOUR;
    expect(clock.now()).toBe(START + 6 * HOUR);
  });

  it('ends at the latest of several moves at once, in whatever order they come', async () => {
    const clock = await open(START);
    await Promise.all([3, 9, 1, 7].map((hours) => clock.advanceTo(START + hours * HOUR)));
    expect(clock.now()).toBe(START + 9 * HOUR);
    expect((await open(START)).now()).toBe(START + 9 * HOUR);
  });

  it('takes up after a restart where it would have been', async () => {
    await (await open(START)).advanceTo(START + 5 * HOUR);
    real += 2 * HOUR;
    expect((await open(START)).now()).toBe(START + 7 * HOUR);
    expect((await open()).now()).toBe(START + 7 * HOUR);
  });

  it('moves on to a later start, and is not taken back by an earlier one', async () => {
    await open(START);
    expect((await open(START + 10 * HOUR)).now()).toBe(START + 10 * HOUR);
    expect((await open(START)).now()).toBe(START + 10 * HOUR);
  });

  it('does not start on a damaged file', async () => {
    await open(START);
    await writeFile(join(dataDir, 'demo', 'clock.json'), '{"aheadMs":"x"}');
    await expect(open(START)).rejects.toThrow('skadad');
  });
});

describe('/demo/clock', () => {
  let app: FastifyInstance;
  let moves: number[];

  beforeEach(async () => {
    app = Fastify();
    moves = [];
    app.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof Problem)) throw error;
      return reply.code(error.status).send({ code: error.definition.code, ...error.particulars.extra });
    });
    registerDemoClock(app, await open(START), { afterMove: async (now) => void moves.push(now) });
  });

  afterEach(() => app.close());

  const post = (payload: object, more = {}) => app.inject({ method: 'POST', url: '/demo/clock', payload, ...more });

  it('shows the time and moves it, when what became due has been done', async () => {
    expect((await app.inject('/demo/clock')).json()).toEqual({ now: '2026-11-15T23:00:00.000Z' });
    const moved = await post({ now: '2026-11-17T09:00:00+01:00' });
    expect([moved.statusCode, moved.json()]).toEqual([200, { now: '2026-11-17T08:00:00.000Z' }]);
    expect(moves).toEqual([at('2026-11-17T08:00:00Z')]);
  });

  it('refuses to go back, and says what the time is', async () => {
    const response = await post({ now: '2026-11-15T00:00:00+01:00' });
    expect(response.statusCode).toBe(422);
    expect(response.json()).toEqual({ code: 'clock-only-forward', now: '2026-11-15T23:00:00.000Z' });
    expect(moves).toEqual([]);
  });

  it.each([
    {},
    { now: 1 },
    { now: '2026-11-17' },
    { now: '2026-11-17T09:00:00' },
    { now: '2026-02-30T09:00:00Z' },
    { now: '2026-11-17T09:00:00Z', x: 1 },
  ])('refuses %j', async (payload) => {
    const response = await post(payload);
    expect([response.statusCode, response.json()]).toEqual([400, { code: 'clock-time-invalid' }]);
  });

  it.each([
    ['from another machine', { remoteAddress: '192.0.2.7' }],
    ['passed on by a proxy on this machine', { headers: { 'x-forwarded-for': '192.0.2.7' } }],
  ])('refuses a request %s', async (_, from) => {
    expect((await post({ now: '2026-11-17T09:00:00Z' }, from)).statusCode).toBe(403);
    expect((await app.inject({ url: '/demo/clock', ...from })).statusCode).toBe(403);
    expect(moves).toEqual([]);
  });
});
