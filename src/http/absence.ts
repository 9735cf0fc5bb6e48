import type { FastifyInstance } from 'fastify';

/** Real time between the moments at which it is told that something is not there, in milliseconds. */
export const ABSENCE_EVERY_MS = 25;

/** How long to wait, in milliseconds, so that what has taken `elapsed` ends at a whole number of `every`. */
export function untilNext(elapsed: number, every: number): number {
  return every - (elapsed % every);
}

/**
 * Holds each 404 back until the next whole number of `every` milliseconds since the request came, so that the clock does
 * not tell a stranger what the answer hides: a plan that is there and refused takes longer to find out about than one that
 * is not. Costs no work, only the stranger's time. Register before the routes.
 */
export function answerAbsenceAlike(app: FastifyInstance, every: number): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (reply.statusCode !== 404) {
      done(null, payload);
      return;
    }
    setTimeout(done, untilNext(reply.elapsedTime, every), null, payload);
  });
}
