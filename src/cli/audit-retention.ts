import { type CullablePart, planRetention, runRetention } from '../audit-log/index.ts';
import { dayOf } from './audit-days.ts';
import { type Command, EXIT, type Terminal, UsageError } from './command.ts';
import { withWholeLog } from './log-database.ts';
import { readValues } from './options.ts';

const HELP = `Användning: npm run cli -- audit retention --before ÅÅÅÅ-MM-DD [--run]

Visar vad som skulle gallras ur åtkomstloggen: hela månader före den månad som dagen ligger i, med antal poster.
Med --run gallras det också, i en transaktion. Yngre än fem år gallras aldrig (HSLF-FS 2016:40), och inget som inte
är förseglat. Förseglingarna behålls, så att kedjan går att följa; att gallringen gjordes står i loggen.

Databas: DATABASE_RETENTION_URL (en inloggning i patientkontrakt_retention), annars demonstrationens.
Slutkoder: 0 klart, 1 gallringen nekades, 2 fel anrop, 3 gick inte att utföra.`;

const REFUSED = {
  'too-young': 'Nekat: loggen bevaras i fem år, och något av detta är yngre. Inget är gallrat.',
  unsealed: 'Nekat: något av detta är inte förseglat. Kör audit seal först. Inget är gallrat.',
} as const;

/** `audit retention`: explains what culling the log would take away, and on `--run` does it. */
export const auditRetentionCommand: Command = {
  words: ['audit', 'retention'],
  summary: 'Visar vad som kan gallras ur åtkomstloggen, och gallrar med --run.',
  help: () => HELP,
  run: async (args, terminal) => {
    const { values, switches, rest } = readValues(args, { switches: ['run'], values: ['before'] });
    const before = dayOf('before', values.before);
    if (before === undefined || rest.length > 0) throw new UsageError('Ange --before ÅÅÅÅ-MM-DD.');
    return withWholeLog(terminal, 'cull', async (client) => {
      const parts = await planRetention(client, before);
      explain(parts, terminal);
      if (parts.length === 0 || !switches.run) return EXIT.done;
      const done = await runRetention(client, before, Date.now());
      if ('refused' in done) {
        terminal.err(REFUSED[done.refused]);
        return EXIT.faults;
      }
      terminal.out(`Gallrat: ${done.entries} poster. Förseglingarna är kvar.`);
      return EXIT.done;
    });
  },
};

function explain(parts: readonly CullablePart[], { out }: Terminal): void {
  if (parts.length === 0) {
    out('Inget att gallra före den månaden.');
    return;
  }
  out('Det här skulle gallras:');
  for (const { part, firstAt, lastAt, entries, unsealed } of parts) {
    const span =
      firstAt === undefined || lastAt === undefined ? '' : `, ${firstAt.slice(0, 10)}–${lastAt.slice(0, 10)}`;
    out(`  ${part}: ${entries} poster${span}${unsealed > 0 ? `, ${unsealed} inte förseglade` : ''}`);
  }
  out('Förseglingarna behålls. Inget är gallrat än; lägg till --run för att göra det.');
}
