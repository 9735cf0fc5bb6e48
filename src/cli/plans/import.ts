import { randomUUID } from 'node:crypto';
import type { ImportedLines, LineFault, LineImporter } from '../../plans/index.ts';
import { type Command, EXIT, type ExitCode, type Terminal, UsageError } from '../command.ts';
import { withDatabase } from '../open-database.ts';
import { readValues } from '../options.ts';
import { importProcesses, ProcessEnded } from './import-processes.ts';
import { CONNECTIONS, type ImportJob, importerOn, UNDER_WAY } from './importer.ts';
import { groupsOfLines, type LineGroup } from './numbered-lines.ts';
import { type Progress, readProgress, writeProgress } from './progress.ts';

/** Lines to a transaction. */
const GROUP = 16;
/** More are never needed to keep a database at work. */
const MOST_PROCESSES = 64;
const TELL_EVERY = 1000;
/** Faults told one by one; the rest are counted. */
const MOST_TOLD = 1000;

const HELP = `Användning: npm run cli -- plans import FIL [--dry-run] [--progress FIL]

Läser in planer, en per rad (NDJSON, UTF-8). En rad är
  {"unit": "…", "staff": "…", "patientNumber": "…", "plan": {…}}

  unit, staff      enheten som äger det som skrivs, och medarbetaren där som står bakom; båda ska finnas i katalogen
  patientNumber    tolv siffror för en registrerad person; eller patientId i planen i stället
  plan             som POST /v1/plans tar den, med externalId: källsystemets eget id

Varje rad prövas och skrivs som om den kommit genom API:t: samma regler, historik, händelser och åtkomstlogg, där
den som kör kommandot står som drift. Samma fil en gång till ändrar inget; en plan som ändrats i källan uppdateras.
En felaktig rad hoppas över och de andra läses in. Fel visas med rad och fält, aldrig med värdet.

  --dry-run        granska allt mot databasen, men skriv inga planer
  --progress FIL   anteckna hur långt det kommit, och fortsätt därifrån nästa gång
  --processes TAL  låt så många processer granska och skriva samtidigt, på en databas som DATABASE_URL anger (1)

Databasen: DATABASE_URL, annars demonstrationens i DATA_DIR. PERSON_NUMBER_KEY behövs för patientNumber.

Slutkoder: 0 klart, 1 rader med fel, 2 fel anrop, 3 gick inte att utföra.`;

interface Tally {
  created: number;
  known: number;
  faulty: number;
  told: number;
}

/** `plans import`: brings many plans in, as the API would make them. */
export const plansImportCommand: Command = {
  words: ['plans', 'import'],
  summary: 'Läs in många planer från en fil (NDJSON).',
  help: () => HELP,
  run: async (args, terminal) => {
    const { switches, values, rest } = readValues(args, { switches: ['dry-run'], values: ['progress', 'processes'] });
    const [file, ...more] = rest;
    if (file === undefined || more.length > 0) throw new UsageError('Ange en fil.');
    const dryRun = switches['dry-run'];
    if (dryRun && values.progress !== undefined) throw new UsageError('En torrkörning har inget att fortsätta.');
    const processes = processesOf(values.processes, terminal.env);
    const job = { file, progressFile: values.progress, processes, dryRun, requestId: randomUUID() };
    return withDatabase(
      terminal,
      async (pool) => {
        if (processes === 1) return bringIn(terminal, await importerOn(pool, terminal.env, job), job);
        // Whatever refuses the database to this process has done so before others are started on it.
        const several = importProcesses(terminal.env, job, processes);
        return bringIn(terminal, several, job).catch(unlessEnded(terminal)).finally(several.close);
      },
      { connections: CONNECTIONS },
    );
  },
};

const unlessEnded = (terminal: Terminal) => (error: unknown) => {
  if (!(error instanceof ProcessEnded)) throw error;
  terminal.err('En av processerna avslutades innan den var klar. Kör kommandot igen: ingen plan skrivs två gånger.');
  return EXIT.failed;
};

/** @throws UsageError for a number that is none, and for more than one without a database that all of them can reach */
function processesOf(text: string | undefined, env: Terminal['env']): number {
  if (text === undefined) return 1;
  const count = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > MOST_PROCESSES) throw new UsageError(`--processes ska vara 1–${MOST_PROCESSES}.`);
  if (count > 1 && !env.DATABASE_URL && !env.DATABASE_OWNER_URL)
    throw new UsageError('Flera processer kräver en databas som DATABASE_URL anger.');
  return count;
}

interface Job extends ImportJob {
  readonly file: string;
  readonly progressFile?: string;
  readonly processes: number;
}

async function bringIn(terminal: Terminal, importer: LineImporter, job: Job): Promise<ExitCode> {
  const { progressFile, dryRun, processes } = job;
  const earlier = progressFile === undefined ? undefined : await readProgress(progressFile);
  const tally: Tally = { created: 0, known: 0, faulty: 0, told: 0 };
  const took = async (group: LineGroup, done: ImportedLines) => {
    tally.created += done.created;
    tally.known += done.known;
    tellFaults(terminal, done.faults, tally);
    if (progressFile !== undefined && !dryRun)
      await writeProgress(progressFile, { line: group.last, digest: group.digest });
    if (group.last % TELL_EVERY < GROUP) terminal.err(`rad ${group.last} …`);
  };
  const isSame = await inOrder(afterEarlier(job.file, earlier), importer, processes * UNDER_WAY, took);
  if (!isSame) {
    terminal.err('Filen är inte den som förra körningen läste. Ta bort förloppsfilen för att börja om.');
    return EXIT.failed;
  }
  const { created, known, faulty } = tally;
  terminal.out(`${created} nya, ${known} kända sedan förut, ${faulty} rader med fel.`);
  if (dryRun) terminal.out('Torrkörning: inga planer är skrivna.');
  return faulty > 0 ? EXIT.faults : EXIT.done;
}

/** The groups that are left to do; ends with false when the file is another than the one begun on. */
async function* afterEarlier(file: string, earlier: Progress | undefined): AsyncGenerator<LineGroup, boolean> {
  let reached = earlier === undefined;
  for await (const group of groupsOfLines(file, GROUP)) {
    if (reached) yield group;
    else if (group.last >= earlier!.line) {
      if (group.last !== earlier!.line || group.digest !== earlier!.digest) return false;
      reached = true;
    }
  }
  return reached;
}

/** Several groups under way at a time; what is done is told in the file's order, so that progress has no holes. */
async function inOrder(
  groups: AsyncGenerator<LineGroup, boolean>,
  importer: LineImporter,
  atATime: number,
  took: (group: LineGroup, done: ImportedLines) => Promise<void>,
): Promise<boolean> {
  const underWay: { readonly group: LineGroup; readonly done: Promise<ImportedLines> }[] = [];
  const settle = async () => {
    const { group, done } = underWay.shift()!;
    await took(group, await done);
  };
  for (;;) {
    const next = await groups.next();
    if (next.done) {
      while (underWay.length > 0) await settle();
      return next.value;
    }
    const done = importer.take(next.value.lines);
    // A later group may fail while an earlier one is waited for; it is heard of when its turn comes.
    done.catch(() => undefined);
    underWay.push({ group: next.value, done });
    if (underWay.length >= atATime) await settle();
  }
}

function tellFaults(terminal: Terminal, faults: readonly LineFault[], tally: Tally): void {
  for (const { number, code, fields } of faults) {
    tally.faulty += 1;
    if (tally.told > MOST_TOLD) continue;
    tally.told += 1;
    if (tally.told > MOST_TOLD) terminal.err('… fler fel räknas men visas inte.');
    else
      for (const { name, reason } of fields)
        terminal.err(`rad ${number}: ${name}: ${reason.sv}${code ? ` (${code})` : ''}`);
  }
}
