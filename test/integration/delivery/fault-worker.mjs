// One process that dispatches events, as the service does, on a built copy: it is killed in the middle.
// node fault-worker.mjs <dist> <settings as JSON>
const [dist, given] = process.argv.slice(2);
const { url, secret, delivery, now } = JSON.parse(given);
const { createPool } = await import(`${dist}/pool.js`);
const { createDesk } = await import(`${dist}/deps.js`);
const { createSealer, DEFAULT_DELIVERY, startDispatcher } = await import(`${dist}/delivery.js`);
const { startAttention } = await import(`${dist}/attention.js`);

const pool = createPool({ url, applicationName: 'fault-worker', max: 8, onConnectionError: () => undefined });
const desk = createDesk({ pool, clock: { now: () => Date.parse(now) } });
const log = { info: () => undefined, error: () => undefined };
const settings = { ...DEFAULT_DELIVERY, ...delivery, allowLocal: true };
startDispatcher({ desk, log, settings, sealer: createSealer(Buffer.from(secret, 'hex')) });
startAttention(desk, { log, everyMs: 100, leaseSeconds: 5 });
process.stdout.write('ready\n');
