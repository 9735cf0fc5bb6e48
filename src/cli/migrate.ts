import { migrate } from '../db/migrate.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { readOptions } from './options.ts';

const HELP = `Användning: npm run cli -- migrate

Kör de migreringar som databasen saknar, under ägarens adress i DATABASE_OWNER_URL (direkt till servern, inte
genom en pooler). Varje migrering är en transaktion. Flera kan startas samtidigt: en arbetar, de andra väntar.

Slutkoder: 0 klart, 2 fel anrop, 3 gick inte att utföra.`;

/** `migrate`: brings the database up to this version. */
export const migrateCommand: Command = {
  words: ['migrate'],
  summary: 'Kör databasens migreringar (DATABASE_OWNER_URL).',
  help: () => HELP,
  run: async (args, { env, out }) => {
    if (readOptions(args, []).rest.length > 0) throw new UsageError('Kommandot tar inga argument.');
    if (!env.DATABASE_OWNER_URL) throw new UsageError('DATABASE_OWNER_URL saknas: ägarens adress till databasen.');
    const applied = await migrate(env.DATABASE_OWNER_URL, { log: out });
    out(applied.length === 0 ? 'Inget att göra: databasen är i takt.' : `Klart: ${applied.length} migreringar.`);
    return EXIT.done;
  },
};
