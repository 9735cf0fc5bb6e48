import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { repeated } from '../../../src/jobs/index.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what is repeated is never under way twice, goes on after a failure, and is waited for when it stops', async () => {
  const rounds: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const failures: unknown[] = [];
  const work = () => new Promise<void>((resolve, reject) => rounds.push({ resolve, reject }));
  const going = repeated(100, work, (error) => failures.push(error));
  await vi.advanceTimersByTimeAsync(350);
  expect(rounds).toHaveLength(1);
  rounds[0]!.reject(new Error('away'));
  await vi.advanceTimersByTimeAsync(100);
  expect(failures).toHaveLength(1);
  expect(rounds).toHaveLength(2);

  let stopped = false;
  const stopping = going.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(500);
  expect([stopped, rounds.length]).toEqual([false, 2]);
  rounds[1]!.resolve();
  await stopping;
  expect(rounds).toHaveLength(2);
});
