import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import { readPrivateFile, replacePrivateFile } from './private-file.ts';

const stored = z.strictObject({ aheadMs: z.int() });

export interface DemoClock extends Clock {
  /**
   * Moves the clock on to an instant (epoch milliseconds); from there it keeps running.
   *
   * @returns false, and nothing moves, when the instant has already passed: deadlines, ages and consents that have
   *   run out would come back to life
   */
  advanceTo(instant: number): Promise<boolean>;
}

export interface DemoClockOptions {
  readonly dataDir: string;
  /** Epoch milliseconds; undefined starts in real time. */
  readonly start?: number | undefined;
  readonly realNow: () => number;
}

async function readAhead(path: string): Promise<number | undefined> {
  const text = await readPrivateFile(path);
  if (text === undefined) return undefined;
  try {
    return stored.parse(JSON.parse(text)).aheadMs;
  } catch {
    throw new Error(`Demonstrationens klockfil ${path} är skadad. Ta bort hela mappen för att börja om.`);
  }
}

/**
 * The demonstration's business clock: it runs as fast as the real one, from where it was started or moved to, and
 * a restart takes up where it would have been. A start that lies ahead of a kept clock moves it there; one that has
 * passed is left, since the clock only goes forward.
 */
export async function openDemoClock({ dataDir, start, realNow }: DemoClockOptions): Promise<DemoClock> {
  const path = join(dataDir, 'demo', 'clock.json');
  const kept = await readAhead(path);
  let aheadMs = kept ?? (start === undefined ? 0 : start - realNow());
  if (kept === undefined) await replacePrivateFile(path, JSON.stringify({ aheadMs }));

  let moving: Promise<unknown> = Promise.resolve();
  async function move(instant: number): Promise<boolean> {
    const real = realNow();
    if (!(instant >= real + aheadMs)) return false;
    // Kept first: a clock that was shown to have moved must not stand earlier after a kill.
    await replacePrivateFile(path, JSON.stringify({ aheadMs: instant - real }));
    aheadMs = instant - real;
    return true;
  }
  const clock: DemoClock = {
    now: () => realNow() + aheadMs,
    advanceTo(instant) {
      // One at a time, so that two moves cannot pass each other on the way to the file.
      const moved = moving.then(() => move(instant));
      moving = moved.catch(() => undefined);
      return moved;
    },
  };
  if (start !== undefined) await clock.advanceTo(start);
  return clock;
}
