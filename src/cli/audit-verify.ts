import { faultLine, fileSink, type LogFault, type Verified, verifyLog } from '../audit-log/index.ts';
import { endOfDay, startOfDay } from '../shared/swedish-time.ts';
import { dayOf } from './audit-days.ts';
import { type Command, EXIT, type Terminal, UsageError } from './command.ts';
import { withWholeLog } from './log-database.ts';
import { readValues } from './options.ts';

const HELP = `Användning: npm run cli -- audit verify [--from ÅÅÅÅ-MM-DD] [--to ÅÅÅÅ-MM-DD]

Letar efter poster i åtkomstloggen som har ändrats, tagits bort eller satts in vid sidan av tjänsten, efter
förseglingar som har ändrats eller saknas, och jämför dem med filen i AUDIT_SEAL_FILE om den är satt. Utan dagar
granskas hela loggen; kedjan av förseglingar följs alltid från början. Tjänsten kan vara igång.

Databas: DATABASE_RETENTION_URL (en inloggning i patientkontrakt_retention), annars DATABASE_OWNER_URL, annars
demonstrationens. Ingenting skrivs.
Slutkoder: 0 inga fel, 1 fel i loggen, 2 fel anrop, 3 gick inte att utföra.`;

/** Faults that are told one by one; all are counted. */
const MOST_TOLD = 100;

/** `audit verify`: finds what was changed in the log behind the service's back. */
export const auditVerifyCommand: Command = {
  words: ['audit', 'verify'],
  summary: 'Letar efter ändrade, borttagna och insatta poster i åtkomstloggen.',
  help: () => HELP,
  run: async (args, terminal) => {
    const { values, rest } = readValues(args, { values: ['from', 'to'] });
    if (rest.length > 0) throw new UsageError('Kommandot tar bara --from och --to.');
    const [from, to] = [dayOf('from', values.from), dayOf('to', values.to)];
    if (from && to && to < from) throw new UsageError('--to ligger före --from.');
    const file = terminal.env.AUDIT_SEAL_FILE;
    const faults = teller(terminal);
    const verified = await withWholeLog(terminal, 'look', (client) =>
      verifyLog(client, {
        ...(from ? { from: startOfDay(from) } : {}),
        ...(to ? { until: endOfDay(to) } : {}),
        ...(file ? { sink: fileSink(file) } : {}),
        onFault: faults.onFault,
      }),
    );
    return tellResult(verified, faults.count(), terminal);
  },
};

function teller({ out }: Terminal) {
  let count = 0;
  return {
    onFault: (fault: LogFault) => {
      count++;
      if (count <= MOST_TOLD) out(`FEL  ${faultLine(fault)}`);
    },
    count: () => count,
  };
}

function tellResult({ entries, seals, kept, waiting, culledBefore }: Verified, faults: number, { out }: Terminal) {
  if (faults > MOST_TOLD) out(`… och ${faults - MOST_TOLD} fel till.`);
  out(`${entries} poster och ${seals} förseglingar granskade; ${waiting} poster väntar på försegling.`);
  out(
    kept === undefined
      ? 'AUDIT_SEAL_FILE är inte satt: förseglingarna är inte jämförda med några utanför databasen.'
      : `${kept} förseglingar utanför databasen jämförda.`,
  );
  if (culledBefore !== undefined) out(`Poster före ${culledBefore} är gallrade.`);
  out(faults === 0 ? 'Inga fel.' : `${faults} fel.`);
  return faults === 0 ? EXIT.done : EXIT.faults;
}
