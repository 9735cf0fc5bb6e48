import { cullRecords, type DueRecord, recordsDue } from '../plans/index.ts';
import { parsePatientId, publicPatientId } from '../shared/ids.ts';
import { dayOf } from './audit-days.ts';
import { type Command, EXIT, type Terminal, UsageError } from './command.ts';
import { withWholeLog } from './log-database.ts';
import { readValues } from './options.ts';

const HELP = `Användning: npm run cli -- records retention --before ÅÅÅÅ-MM-DD [--keep id,id] [--run]

Visar vad som skulle gallras ur planerna: det en vård- eller omsorgsgivare har skrivit om en person enligt en lag, när
den sista anteckningen är äldre än dagen. Enligt HSL gallras inget förrän tio år efter sista anteckningen (PDL 3:17),
enligt SoL och LSS fem år (12 kap. 1–2 §§ i 2001 års socialtjänstlag); personer födda den 5, 15 eller 25 undantas där.
Ingen annans uppgifter berörs, och planens huvud är kvar så länge någon annan har något i planen.
--keep undantar personer, till exempel placerade barn. Med --run gallras det, och det står i var och ens åtkomstlogg.

Databas: DATABASE_RETENTION_URL (en inloggning i patientkontrakt_retention), annars demonstrationens.
Slutkoder: 0 klart, 2 fel anrop, 3 gick inte att utföra.`;

/** `records retention`: explains what culling the plans' contributions would take away, and on `--run` does it. */
export const recordsRetentionCommand: Command = {
  words: ['records', 'retention'],
  summary: 'Visar vilka uppgifter i planerna som kan gallras, och gallrar med --run.',
  help: () => HELP,
  run: async (args, terminal) => {
    const { values, switches, rest } = readValues(args, { switches: ['run'], values: ['before', 'keep'] });
    const before = dayOf('before', values.before);
    if (before === undefined || rest.length > 0) throw new UsageError('Ange --before ÅÅÅÅ-MM-DD.');
    const keep = (values.keep ?? '').split(',').filter(Boolean).map(personOf);
    return withWholeLog(terminal, 'cull', async (client) => {
      if (!switches.run) {
        explain(await recordsDue(client, { before, keep }), terminal);
        return EXIT.done;
      }
      const gone = await cullRecords(client, { before, keep }, Date.now());
      terminal.out(`Gallrat: ${gone.reduce((sum, { things }) => sum + things, 0)} uppgifter i ${gone.length} akter.`);
      return EXIT.done;
    });
  },
};

function personOf(text: string) {
  const id = parsePatientId(text);
  if (!id) throw new UsageError('--keep anger personers id, med komma emellan.');
  return id;
}

function explain(due: readonly DueRecord[], { out }: Terminal): void {
  if (due.length === 0) {
    out('Inget att gallra: inget är äldre än det ska bevaras.');
    return;
  }
  out('Det här skulle gallras:');
  for (const { patientId, provider, basis, lastAt, things } of due) {
    const last = lastAt.slice(0, 10);
    out(`  ${publicPatientId(patientId)}  ${provider}  ${basis}: ${things} uppgifter, sista anteckningen ${last}`);
  }
  out('Inget är gallrat än; lägg till --run för att göra det.');
}
