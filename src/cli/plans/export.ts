import { randomUUID } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { createDesk } from '../../deps.ts';
import { type ExportedPlan, exportPlans } from '../../plans/index.ts';
import { systemClock } from '../../shared/clock.ts';
import { normalizeHsaId } from '../../shared/hsa-id.ts';
import { parseThingId, type ThingRef } from '../../shared/ids.ts';
import { type Command, EXIT, type Terminal, UsageError } from '../command.ts';
import { withDatabase } from '../open-database.ts';
import { readValues } from '../options.ts';

const CONNECTIONS = 5;
const TELL_EVERY = 1000;
/** More than the longest line: a whole plan with everything that can be in it. */
const TAIL_BYTES = 16 * 1024 * 1024;

const HELP = `Användning: npm run cli -- plans export FIL --provider HSA-ID [--resume]

Skriver en vård- eller omsorgsgivares egen del av alla planer som den har skrivit i, en plan per rad (NDJSON, UTF-8):
  {"id": "…", "plan": {…}}   planen som GET /v1/plans/{planId} ger den för givarens eget system

Andras delar är inte med, och inget om den som har skyddade personuppgifter. Varje plan ger en rad i åtkomstloggen, där
den som kör kommandot står som drift. Filen får bara läsas av dig, och får inte finnas förut.

  --provider HSA-ID  vems
  --resume           fortsätt en fil som avbröts

Databasen: DATABASE_URL, annars demonstrationens i DATA_DIR.

Slutkoder: 0 klart, 2 fel anrop, 3 gick inte att utföra.`;

/** `plans export`: writes out a provider's own part of its plans. */
export const plansExportCommand: Command = {
  words: ['plans', 'export'],
  summary: 'Skriv ut en vårdgivares egen del av alla sina planer (NDJSON).',
  help: () => HELP,
  run: async (args, terminal) => {
    const { switches, values, rest } = readValues(args, { switches: ['resume'], values: ['provider'] });
    const provider = normalizeHsaId(values.provider ?? '');
    const [path, ...more] = rest;
    if (path === undefined || more.length > 0 || !provider) throw new UsageError('Ange en fil och --provider.');
    const { file, after } = await openFile(path, switches.resume);
    try {
      return await withDatabase(
        terminal,
        async (pool) => {
          const { rows } = await pool.query<{ login: string }>('select session_user::text as login');
          const operator = { kind: 'operator', login: rows[0]!.login } as const;
          const run = { operator, requestId: randomUUID(), route: 'cli plans export', provider, after };
          return writeOut(terminal, file, exportPlans(createDesk({ pool, clock: systemClock }), run));
        },
        { connections: CONNECTIONS },
      );
    } finally {
      await file.close();
    }
  },
};

/** A new file, or one that was broken off: cut after its last whole line, and the plan that stands there. */
async function openFile(path: string, resume: boolean): Promise<{ file: FileHandle; after?: ThingRef }> {
  const file = await open(path, resume ? 'r+' : 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new UsageError('Filen finns redan. Välj en annan, eller --resume.');
    if (error.code === 'ENOENT') throw new UsageError('Filen finns inte.');
    throw error;
  });
  if (!resume) return { file };
  const { size } = await file.stat();
  const from = Math.max(0, size - TAIL_BYTES);
  const tail = (await file.read(Buffer.alloc(size - from), 0, size - from, from)).buffer;
  const end = tail.lastIndexOf('\n');
  await file.truncate(from + end + 1);
  if (end < 0) return { file };
  const last = tail.subarray(tail.lastIndexOf('\n', end - 1) + 1, end).toString('utf8');
  return { file, after: parseThingId((JSON.parse(last) as { readonly id: string }).id) };
}

async function writeOut(terminal: Terminal, file: FileHandle, plans: AsyncIterable<ExportedPlan>) {
  let [written, withheld] = [0, 0];
  // At the end, also of what an earlier run wrote.
  let at = (await file.stat()).size;
  for await (const { id, plan } of plans) {
    if (!plan) withheld += 1;
    else {
      const line = Buffer.from(`${JSON.stringify({ id, plan })}\n`);
      await file.write(line, 0, line.length, at);
      at += line.length;
      written += 1;
      if (written % TELL_EVERY === 0) terminal.err(`${written} planer …`);
    }
  }
  await file.sync();
  terminal.out(`${written} planer skrivna, ${withheld} som inte får lämnas ut.`);
  return EXIT.done;
}
