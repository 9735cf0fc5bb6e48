import { variables } from '../config-variables.ts';
import { cullServed, type ServedKeep, type ServedRows, servedDue } from '../jobs/index.ts';
import { type Command, EXIT, type Terminal, UsageError } from './command.ts';
import { withWholeLog } from './log-database.ts';
import { readValues } from './options.ts';

const HELP = `Användning: npm run cli -- served retention [--run]

Visar vad tjänsten själv gallrar varje natt (03:17): rader som har tjänat driften och inte hör till någons uppgifter.
Med --run gallras de nu.

  idempotency_keys  nycklar för upprepade anrop, äldre än 72 timmar
  deliveries        händelser som har skickats, getts upp (dead letters) eller hållits inne: EVENTS_KEEP_DAYS (30) dygn
  outbox            händelser som alla verksamma prenumerationer har passerat, en rad för allt som en ändring berättar:
                    EVENTS_KEEP_DAYS dygn; övriga 90
  notices           aviseringar som har skickats eller stoppats: NOTICES_KEEP_DAYS (90) dygn

Avslutade jobb gallrar jobbkön själv.

Databas: DATABASE_RETENTION_URL (en inloggning i patientkontrakt_retention), annars demonstrationens.
Slutkoder: 0 klart, 2 fel anrop, 3 gick inte att utföra.`;

/** `served retention`: explains what the nightly culling would take away, and on `--run` does it. */
export const servedRetentionCommand: Command = {
  words: ['served', 'retention'],
  summary: 'Visar vilka rader som har tjänat ut, och gallrar med --run.',
  help: () => HELP,
  run: async (args, terminal) => {
    const { switches, rest } = readValues(args, { switches: ['run'], values: [] });
    if (rest.length > 0) throw new UsageError('Kommandot tar inga fler ord.');
    const keep = keepOf(terminal.env);
    return withWholeLog(terminal, 'cull', async (client) => {
      if (!switches.run) {
        explain(await servedDue(client, keep), keep, terminal);
        return EXIT.done;
      }
      const gone = Object.entries(await cullServed(client, keep)).map(([name, rows]) => `${name} ${rows}`);
      terminal.out(`Gallrat: ${gone.join(', ')}.`);
      return EXIT.done;
    });
  },
};

/** The same settings as the service's own, so that the command tells what the night will do. */
function keepOf(env: Terminal['env']): ServedKeep {
  const read = (name: 'EVENTS_KEEP_DAYS' | 'NOTICES_KEEP_DAYS') => {
    const result = variables.shape[name].safeParse(env[name]?.trim() || undefined);
    if (!result.success) throw new UsageError(`${name} ${result.error.issues[0]!.message}.`);
    return result.data;
  };
  return { eventDays: read('EVENTS_KEEP_DAYS'), noticeDays: read('NOTICES_KEEP_DAYS') };
}

function explain(due: readonly ServedRows[], keep: ServedKeep, { out }: Terminal): void {
  out(`Händelser sparas ${keep.eventDays} dygn och aviseringar ${keep.noticeDays}. Det här skulle gallras:`);
  for (const { name, due: rows, oldest } of due) {
    out(`  ${name}: ${rows} rader${oldest === undefined ? '' : `, den äldsta från ${oldest.slice(0, 10)}`}`);
  }
  out('Inget är gallrat än; lägg till --run för att göra det.');
}
