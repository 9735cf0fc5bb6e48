import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, EXIT, type ExitCode, type Terminal, UsageError } from '../command.ts';
import { readValues } from '../options.ts';
import { isSendable, type PrepareOptions, transactionOf } from './prepare.ts';
import { type Sent, sendTransaction, type Target } from './send.ts';
import { notReached, patientOption, planOption, targetFrom } from './target.ts';
import { Tally, tellSent, tellSummary } from './tell.ts';

const HELP = `Användning: npm run cli -- fhir import FIL… [--to URL] [--patient ID] [--plan ID] [--source NAMN] [--strict]

Läser in planer från FHIR R4-filer (JSON): en bunt, eller en ensam CarePlan, Goal, CareTeam, Task eller Communication.
En mapp läses med alla .json-filer under den. Varje fil blir en transaktion mot tjänstens FHIR-dörr: allt i filen eller
inget. Samma fil en gång till ger inga dubbletter.

Ett ensamt mål, team, steg eller meddelande läggs i planen som det anger, annars i personens enda öppna plan. Har personen
flera anges vilken med --plan.

Det som en plan här inte kan hålla utelämnas och räknas upp. Med --strict avvisas i stället hela filen, med varje plats.

  --to URL       FHIR-dörren; annars http://127.0.0.1:3000/fhir/R4
  --patient ID   personens id här, i stället för den som filen anger. Utan det hittas personen på sitt nummer i filen.
  --plan ID      planen här som mål, team, steg och meddelanden läggs i, i stället för den som filen anger. En fil som har
                 en plan med sig får den som vanligt, med det som hör till den.
  --source NAMN  vad det avlämnande systemet kallas: dess id hör dit. Annars "fhir-import".
  --strict       avvisa en fil som innehåller något som inte kan tas emot

Biljetten (Bearer) läses ur miljövariabeln FHIR_TOKEN, aldrig ur kommandoraden. I demonstrationen:
  FHIR_TOKEN=$(npm run --silent cli -- token tove-testrup) npm run cli -- fhir import plan.json

Slutkoder: 0 klart, 1 någon fil togs inte emot, 2 fel anrop, 3 gick inte att utföra.`;

/** Files below a path, in order; a folder gives those that are JSON. */
async function filesUnder(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new UsageError('En av filerna finns inte.');
  if (!found.isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => join(path, name));
}

/** A file's content, when it is something that can be sent. */
async function readResource(file: string): Promise<fhir4.FhirResource | undefined> {
  try {
    const json: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isSendable(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

const UNREADABLE: Sent = {
  kind: 'refused',
  status: 400,
  issues: [{ text: 'Är inte FHIR R4 i JSON som kan läsas in' }],
};

async function importOne(file: string, target: Target, options: PrepareOptions): Promise<Sent> {
  const resource = await readResource(file);
  return resource ? sendTransaction(target, transactionOf(resource, options)) : UNREADABLE;
}

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { switches, values, rest } = readValues(args, {
    switches: ['strict'],
    values: ['to', 'patient', 'plan', 'source'],
  });
  if (rest.length === 0) throw new UsageError('Ange minst en fil eller mapp.');
  const target = targetFrom(terminal, values.to, switches.strict);
  const patient = patientOption(values.patient);
  const plan = await planOption(values.plan, target);
  const options = {
    source: values.source ?? 'fhir-import',
    ...(patient !== undefined && { patient }),
    ...(plan && { plan }),
  };
  const files = (await Promise.all(rest.map(filesUnder))).flat();
  const tally = new Tally();
  for (const [i, file] of files.entries()) {
    if (files.length > 1) terminal.err(`${i + 1} av ${files.length} …`);
    const sent = await importOne(file, target, options);
    tally.add(sent);
    tellSent(terminal, file, sent);
  }
  tellSummary(terminal, 'filer', tally);
  return tally.refused === 0 ? EXIT.done : EXIT.faults;
}

/** `fhir import`: brings plans from files into the service, through its FHIR door. */
export const fhirImportCommand: Command = {
  words: ['fhir', 'import'],
  summary: 'Läs in planer från FHIR-filer och mappar.',
  help: () => HELP,
  run: async (args, terminal) => {
    try {
      return await run(args, terminal);
    } catch (error) {
      const reason = notReached(error);
      if (reason === undefined) throw error;
      terminal.err(reason);
      return EXIT.failed;
    }
  },
};
