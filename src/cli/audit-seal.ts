import { fileSink, sealOnce } from '../audit-log/index.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { withDatabase } from './open-database.ts';
import { readOptions } from './options.ts';

const HELP = `Användning: npm run cli -- audit seal

Förseglar det som har skrivits i åtkomstloggen sedan sist, stänger gårdagen om den är slut, och skriver de nya
förseglingarna till filen i AUDIT_SEAL_FILE om den är satt. Tjänsten gör det själv varje minut; kommandot är för den
som vill göra det genast, eller när tjänsten står. Det går bra samtidigt: en arbetar, den andra väntar.

Databas: DATABASE_URL, annars demonstrationens.
Slutkoder: 0 klart, 2 fel anrop, 3 gick inte att utföra.`;

/** `audit seal`: what the service does each minute, once. */
export const auditSealCommand: Command = {
  words: ['audit', 'seal'],
  summary: 'Förseglar åtkomstloggen nu.',
  help: () => HELP,
  run: async (args, terminal) => {
    if (readOptions(args, []).rest.length > 0) throw new UsageError('Kommandot tar inga argument.');
    const file = terminal.env.AUDIT_SEAL_FILE;
    await withDatabase(terminal, async (pool) => {
      const log = {
        info: (facts: object) => terminal.out(sealedLine(facts)),
        error: (_: object, text: string) => terminal.err(text),
      };
      await sealOnce({ pool, log, ...(file ? { sink: fileSink(file) } : {}) });
    });
    terminal.out('Klart: inget väntar på försegling.');
    return EXIT.done;
  },
};

function sealedLine(facts: object): string {
  const { seal, hash, entries } = facts as { seal: number; hash: string; entries: number };
  return `${entries} poster förseglade. Senaste förseglingen: ${seal}, ${hash}`;
}
