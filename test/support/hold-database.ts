import { startEmbedded } from '../../src/db/embedded/start.ts';

/** A process that starts the embedded server of a folder and keeps it until it is killed. */
const [dataDir = '', durability] = process.argv.slice(2);
try {
  const { ownerUrl } = await startEmbedded({ dataDir, durable: durability === 'durable', log: () => undefined });
  console.log(JSON.stringify({ ownerUrl }));
  setInterval(() => undefined, 60_000);
} catch (error) {
  console.log(JSON.stringify({ refused: (error as { code?: string }).code, message: String(error) }));
}
