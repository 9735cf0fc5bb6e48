/** Something that goes on until it is stopped; `stop` resolves when nothing of it is under way. */
export interface Repeated {
  stop(): Promise<void>;
}

/**
 * Does something again and again, never twice at once: a round that is still under way when the next is due goes on alone.
 * Does not keep the process alive.
 *
 * @param everyMs real time
 * @param onError told of a round that failed; the next one is made as usual
 */
export function repeated(everyMs: number, work: () => Promise<unknown>, onError: (error: unknown) => void): Repeated {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= work()
      .then(() => undefined, onError)
      .finally(() => {
        running = undefined;
      });
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
