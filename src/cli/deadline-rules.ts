import { readFile } from 'node:fs/promises';
import { addRules } from '../deadlines/index.ts';
import { randomIds } from '../shared/ids.ts';
import { swedishDate } from '../shared/swedish-time.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { withDatabase } from './open-database.ts';
import { readOptions } from './options.ts';

const HELP = `Användning: npm run cli -- deadlines add FIL

Lägger till det som en region och en kommun har kommit överens om om tidsfrister: en JSON-lista med
  region, municipality   huvudmännens HSA-id
  name                   vilken frist, till exempel handover-answer
  rule                   { "counts": "weekdays" | "calendar-days" | "hours", "number": 1, "cutOff": "15:00", "dueAt": "12:00" }
  validFrom, validTo     dagar; validTo kan utelämnas
  reference              överenskommelsens nummer eller namn

Den regel som gäller i dag slutar dagen innan den nya börjar. Ingen regel börjar bakåt i tiden, och det som redan har
räknats ändras aldrig. Finns ett enda fel skrivs inget.

Slutkoder: 0 klart, 1 fel i filen (inget skrivet), 2 fel anrop, 3 gick inte att utföra.`;

async function rowsIn(file: string): Promise<readonly unknown[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError('Filen går inte att läsa.');
  });
  try {
    const rows: unknown = JSON.parse(text);
    if (Array.isArray(rows)) return rows;
  } catch {
    // Said below, without what the file holds.
  }
  throw new UsageError('Filen ska vara en lista i JSON.');
}

/** `deadlines add`: takes in agreed deadlines. */
export const deadlinesAddCommand: Command = {
  words: ['deadlines', 'add'],
  summary: 'Lägg till vad en region och en kommun har kommit överens om om tidsfrister.',
  help: () => HELP,
  run: async (args, terminal) => {
    const [file, ...more] = readOptions(args, []).rest;
    if (file === undefined || more.length > 0) throw new UsageError('Ange en fil.');
    const rows = await rowsIn(file);
    const now = Date.now();
    const facts = { ids: randomIds, today: swedishDate(now), at: new Date(now).toISOString() };
    const done = await withDatabase(terminal, (pool) => addRules(pool, rows, facts));
    for (const { row, field, reason } of done.faults) terminal.err(`rad ${row}, ${field}: ${reason}`);
    if (done.faults.length > 0) return EXIT.faults;
    terminal.out(`${done.added} regler tillagda, ${done.ended} avslutade.`);
    return EXIT.done;
  },
};
