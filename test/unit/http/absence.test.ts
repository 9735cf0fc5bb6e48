import fc from 'fast-check';
import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { ABSENCE_EVERY_MS, answerAbsenceAlike, untilNext } from '../../../src/http/absence.ts';

describe('that something is not there', () => {
  it('is told at a whole number of intervals, after at most one of them', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 30_000, noNaN: true }), (elapsed) => {
        const wait = untilNext(elapsed, ABSENCE_EVERY_MS);
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(ABSENCE_EVERY_MS);
        const intervals = (elapsed + wait) / ABSENCE_EVERY_MS;
        expect(Math.abs(intervals - Math.round(intervals))).toBeLessThan(1e-6);
      }),
    );
  });

  it('is held back with its body whole, and nothing else is', async () => {
    const app = Fastify();
    const held: number[] = [];
    answerAbsenceAlike(app, 40);
    app.addHook('onResponse', async (_request, reply) => {
      held.push(reply.elapsedTime);
    });
    app.get('/there', async () => ({ here: true }));
    app.get('/not-there', async (_request, reply) => reply.code(404).send({ code: 'not-found' }));
    const absent = await app.inject('/not-there');
    expect([absent.statusCode, absent.json()]).toEqual([404, { code: 'not-found' }]);
    // A timer may fire a fraction of a millisecond early.
    expect(held[0]).toBeGreaterThan(38);
    const present = await app.inject('/there');
    expect([present.statusCode, present.json()]).toEqual([200, { here: true }]);
    await app.close();
  });
});
