import {
  describeFiles,
  type ImportFault,
  type ImportReport,
  ImportUnderWay,
  importDirectory,
  openFiles,
} from '../directory/index.ts';
import { type Command, EXIT, type ExitCode, type Terminal, UsageError } from './command.ts';
import { faultsInWords, reportInWords } from './import-report.ts';
import { withDatabase } from './open-database.ts';
import { readOptions } from './options.ts';

const PROGRESS_ROWS = 20_000;

const HELP = `Användning: npm run cli -- directory import FIL… [--dry-run] [--full] [--all]

Läser in katalogen: huvudmän, vård- och omsorgsgivare, enheter, medarbetare och kontaktvägar. Allt skrivs i en
transaktion. Finns ett enda fel skrivs inget, och alla fel visas på en gång med fil, rad och kolumn, aldrig med
värdet. Samma filer en gång till ändrar inget. Inget raderas någonsin.

  --dry-run   granska och jämför, men skriv inget
  --full      filerna är hela registret: det som finns i katalogen men inte i filerna tas ur bruk, för de slag som
              filerna innehåller
  --all       räkna upp allt som är nytt, ändrat eller ur bruk

FIL är CSV eller JSON i UTF-8. Filnamnet säger vad en CSV-fil innehåller (units.csv, ”2026-11 enheter.csv”), eller
så skrivs det före: units=/tmp/export.csv. Åtskilt med semikolon, komma eller tabb; rubrikraden på svenska eller
engelska, i valfri ordning. En kolumn som saknas lämnas som den är i katalogen; en tom cell tömmer fältet.
JSON: ett objekt med en lista per slag (principals, providers, units, staff, channels), med fälten nedan.

Databasen: DATABASE_URL eller DATABASE_OWNER_URL; annars demonstrationens i DATA_DIR, som då inte får vara igång.

Slutkoder: 0 klart, 1 fel i filerna (inget skrivet), 2 fel anrop, 3 gick inte att utföra.

Kolumner (* måste finnas):
`;

/** `directory import`: brings files of a register into the directory. */
export const directoryImportCommand: Command = {
  words: ['directory', 'import'],
  summary: 'Läs in huvudmän, vårdgivare, enheter, medarbetare och kontaktvägar från filer.',
  help: () => [HELP, ...describeFiles()].join('\n').trimEnd(),
  run: async (args, terminal) => {
    const { switches, rest: files } = readOptions(args, ['dry-run', 'full', 'all']);
    if (files.length === 0) throw new UsageError('Ange minst en fil.');
    const faults: ImportFault[] = [];
    const sources = await openFiles(files, (fault) => faults.push(fault));
    // With nothing to read there is no need to wake a database.
    if (sources.length === 0) return tellFaults(terminal, { faults, faultCount: faults.length });
    const options = {
      dryRun: switches['dry-run'],
      full: switches.full,
      faults,
      onProgress: (file: string, rows: number) => {
        if (rows % PROGRESS_ROWS === 0) terminal.err(`${file}: ${rows} rader …`);
      },
    };
    try {
      const report = await withDatabase(terminal, (pool) => importDirectory(pool, sources, options));
      if (report.faultCount > 0) return tellFaults(terminal, report);
      for (const line of reportInWords(report, { all: switches.all, dryRun: switches['dry-run'] })) terminal.out(line);
      return EXIT.done;
    } catch (error) {
      if (!(error instanceof ImportUnderWay)) throw error;
      terminal.err('En annan inläsning pågår i samma databas. Försök igen när den är klar.');
      return EXIT.failed;
    }
  },
};

function tellFaults(terminal: Terminal, report: Pick<ImportReport, 'faults' | 'faultCount'>): ExitCode {
  for (const line of faultsInWords(report)) terminal.err(line);
  return EXIT.faults;
}
