import type {} from '@fastify/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isLoopback } from '../shared/loopback.ts';
import { wrong } from '../shared/problem.ts';
import { parseInstant, toRfc3339Utc } from '../shared/rfc3339.ts';
import type { DemoClock } from './clock.ts';
import { clockNotLocal, clockOnlyForward, clockTimeInvalid } from './problems.ts';

const PATH = '/demo/clock';
const body = z.strictObject({ now: z.string() });
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip'];

export interface DemoClockRoutesOptions {
  /** Runs after each move and before its answer, so that what has become due is done when the caller goes on. */
  readonly afterMove?: (now: number) => Promise<void>;
}

// The socket's own address: `request.ip` may be taken from a header. A proxy on this machine speaks for others.
function mustBeLocal(request: FastifyRequest): void {
  const forwarded = FORWARDED.some((name) => request.headers[name] !== undefined);
  if (forwarded || !isLoopback(request.socket.remoteAddress ?? '')) throw clockNotLocal();
}

function readInstant(sent: unknown): number {
  const parsed = body.safeParse(sent);
  const instant = parsed.success ? parseInstant(parsed.data.now) : undefined;
  if (instant !== undefined) return instant;
  const reason = wrong(
    'now',
    'Ska vara den enda uppgiften: en tid med tidszon, som 2026-11-17T09:00:00+01:00.',
    'Must be the only field: a time with an offset, such as 2026-11-17T09:00:00+01:00.',
  );
  throw clockTimeInvalid({ invalidParameters: [reason] });
}

/**
 * Lets whoever sits at the machine read and move the demonstration's clock: `GET` and `POST /demo/clock`. To be
 * registered in demonstration mode only. Other machines are refused, forwarded requests too.
 */
export function registerDemoClock(app: FastifyInstance, clock: DemoClock, options: DemoClockRoutesOptions = {}): void {
  const shown = () => ({ now: toRfc3339Utc(clock.now()) });
  // No token: being on the machine is the proof, and the clock holds nobody's data.
  const route = { config: { access: 'public' as const }, schema: { hide: true } };

  app.get(PATH, route, async (request) => {
    mustBeLocal(request);
    return shown();
  });

  app.post(PATH, route, async (request) => {
    mustBeLocal(request);
    const instant = readInstant(request.body);
    if (!(await clock.advanceTo(instant))) throw clockOnlyForward({ extra: shown() });
    await options.afterMove?.(clock.now());
    return shown();
  });
}
