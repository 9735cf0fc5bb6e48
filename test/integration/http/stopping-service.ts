import { closeGracefully } from '../../../src/http/index.ts';
import { FOR_STAFF, smallApp } from './small-app.ts';

/** A process of its own that serves one slow route, for the test that stops it. */
const { app } = await smallApp(
  (door) => {
    door.get('/slow', { config: FOR_STAFF }, async () => {
      process.stdout.write('begun\n');
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { done: true };
    });
    door.get('/broken', { config: FOR_STAFF }, () => {
      setImmediate(() => {
        throw new Error('192612049029');
      });
      return {};
    });
  },
  { log: { level: 'info' } },
);
closeGracefully({
  servers: [app],
  readiness: app.readiness,
  log: app.log,
  drainMs: 0,
  graceMs: 5000,
  release: async () => void process.stdout.write('released\n'),
});
process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`);
