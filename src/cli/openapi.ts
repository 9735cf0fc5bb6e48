import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildApp } from '../app.ts';
import { createPool } from '../db/pool.ts';
import { createDeps, createDesk } from '../deps.ts';
import { buildOpenApi } from '../http/openapi.ts';
import { createAuthenticator } from '../identity/index.ts';
import { systemClock } from '../shared/clock.ts';
import { type Command, EXIT } from './command.ts';
import { readOptions } from './options.ts';

const FILE = fileURLToPath(new URL('../../openapi/v1.json', import.meta.url));

/** The document as the code describes it now. Nothing is asked of a database: the app is built and never listens. */
async function describe(): Promise<string> {
  const key = Buffer.alloc(32);
  const pool = createPool({
    url: 'postgres://nobody@127.0.0.1/none',
    applicationName: 'openapi',
    onConnectionError: () => undefined,
  });
  const app = await buildApp(
    createDeps({
      desk: createDesk({ pool, clock: systemClock }),
      authenticator: createAuthenticator({ issuers: [], personNumberHash: () => '', realNow: Date.now }),
      personNumberKey: key,
      server: { log: false, rateLimitPerMinute: false, pressure: false },
    }),
  );
  await app.ready();
  try {
    return buildOpenApi(app);
  } finally {
    await app.close();
    await pool.end();
  }
}

/** `openapi write`: makes the committed description anew. */
export const openapiWrite: Command = {
  words: ['openapi', 'write'],
  summary: 'Skriv API-beskrivningen (OpenAPI 3.1) till openapi/v1.json.',
  help: () =>
    'Användning: npm run cli -- openapi write\n\nSkriver openapi/v1.json ur koden. Samma kod ger samma fil, byte för byte.',
  run: async (args, { out }) => {
    readOptions(args, []);
    await mkdir(dirname(FILE), { recursive: true });
    await writeFile(FILE, await describe());
    out('openapi/v1.json är skriven.');
    return EXIT.done;
  },
};

/** `openapi check`: fails when the committed description is not what the code says. */
export const openapiCheck: Command = {
  words: ['openapi', 'check'],
  summary: 'Kontrollera att openapi/v1.json stämmer med koden.',
  help: () =>
    'Användning: npm run cli -- openapi check\n\nAvslutas med 1 när filen inte är den som koden ger; skriv den då på nytt.',
  run: async (args, { out, err }) => {
    readOptions(args, []);
    const committed = await readFile(FILE, 'utf8').catch(() => '');
    if (committed === (await describe())) {
      out('openapi/v1.json stämmer med koden.');
      return EXIT.done;
    }
    err('openapi/v1.json stämmer inte med koden. Kör: npm run openapi:write');
    return EXIT.faults;
  },
};
