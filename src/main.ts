import cluster from 'node:cluster';
import { createServer } from 'node:net';
import { baseUrlOf, type Config, ConfigError, type DemonstrationConfig, readConfig } from './config.ts';
import { openServer } from './db/server.ts';
import { StartRefusal } from './db/start-refusal.ts';
import { closeGracefully } from './http/shutdown.ts';
import type { Started } from './start.ts';
import { runWorkers, stopWithTheFirst } from './workers.ts';

/** Behind a load balancer that needs to notice; at the desk nobody should wait for Ctrl-C. */
const DRAIN_MS = { normal: 3000, demonstration: 0 };
const GRACE_MS = 20_000;

const say = (line: string) => console.log(line);

function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function listen(config: Config, started: Started, port: number): Promise<void> {
  await started.app.listen({ host: config.host, port });
  const { app, servers, release } = started;
  const drainMs = DRAIN_MS[config.mode];
  const stopping = { servers, readiness: app.readiness, log: app.log, drainMs, graceMs: GRACE_MS, release };
  const { close } = closeGracefully({ ...stopping, signalsElsewhere: cluster.isWorker });
  if (cluster.isWorker) stopWithTheFirst(close);
}

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const port = config.port === 0 ? await freePort(config.host) : config.port;
  if (config.workers > 1 && cluster.isPrimary) {
    process.exit(await runWorkers({ count: config.workers, env: { PORT: String(port) }, say }));
  }
  if (config.mode === 'normal') {
    const { startNormal } = await import('./start.ts');
    await listen(config, await startNormal(config, say), port);
    return;
  }
  await demonstrate(config, port);
}

async function demonstrate(config: DemonstrationConfig, port: number): Promise<void> {
  // Requests are not logged at the desk unless asked for: the lines below are what a newcomer should read.
  const quiet = process.env.LOG_LEVEL ? config : { ...config, logLevel: 'warn' as const };
  const baseUrl = baseUrlOf({ ...config, port });
  // The database's own processes start while the service's modules are read, which is most of a start.
  const opening = openServer(config.database, { dataDir: config.dataDir, log: say, demonstration: true });
  opening.catch(() => undefined);
  const [{ startDemonstration }, { seedDemonstration }, { welcome }] = await Promise.all([
    import('./start.ts'),
    import('./demo/seed.ts'),
    import('./demo/welcome.ts'),
  ]);
  const started = await startDemonstration(quiet, opening, baseUrl, say);
  await seedDemonstration(started);
  await listen(config, started, port);
  try {
    for (const line of await welcome(started, baseUrl, config)) say(line);
  } catch (error) {
    // Stopped while it looked up what to say.
    if (!started.app.readiness.draining) throw error;
  }
}

try {
  await start();
} catch (error) {
  if (error instanceof ConfigError || error instanceof StartRefusal) console.error(error.message);
  else if ((error as { code?: unknown }).code === 'EADDRINUSE') {
    console.error('Porten är upptagen. Välj en annan med PORT. (The port is in use; choose another with PORT.)');
  } else console.error(error);
  process.exit(1);
}
