import cluster from 'node:cluster';
import { createServer } from 'node:net';
import { baseUrlOf, type Config, ConfigError, readConfig } from './config.ts';
import { StartRefusal } from './db/start-refusal.ts';
import { seedDemonstration } from './demo/seed.ts';
import { welcome } from './demo/welcome.ts';
import { closeGracefully } from './http/shutdown.ts';
import { type Started, startDemonstration, startNormal } from './start.ts';
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
    await listen(config, await startNormal(config, say), port);
    return;
  }
  // Requests are not logged at the desk unless asked for: the lines below are what a newcomer should read.
  const quiet = process.env.LOG_LEVEL ? config : { ...config, logLevel: 'warn' as const };
  const baseUrl = baseUrlOf({ ...config, port });
  const started = await startDemonstration(quiet, baseUrl, say);
  await seedDemonstration(started);
  await listen(config, started, port);
  for (const line of await welcome(started, baseUrl, config)) say(line);
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
