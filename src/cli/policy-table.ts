import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { policyTable } from '../access/index.ts';
import { type Command, EXIT } from './command.ts';
import { readOptions } from './options.ts';

const FILE = fileURLToPath(new URL('../../docs/policy-table.md', import.meta.url));

/** `policy write`: makes the committed policy table anew, so that a change of the rules shows in review. */
export const policyWrite: Command = {
  words: ['policy', 'write'],
  summary: 'Skriv behörighetstabellen till docs/policy-table.md.',
  help: () =>
    'npm run cli -- policy write\n\nSkriver docs/policy-table.md ur reglerna. Samma kod ger samma fil, byte för byte.',
  run: async (args, { out }) => {
    readOptions(args, []);
    await writeFile(FILE, policyTable());
    out('docs/policy-table.md är skriven.');
    return EXIT.done;
  },
};

/** `policy check`: fails when the committed table is not what the rules say. */
export const policyCheck: Command = {
  words: ['policy', 'check'],
  summary: 'Kontrollera att docs/policy-table.md stämmer med reglerna.',
  help: () =>
    'npm run cli -- policy check\n\nAvslutas med 1 när filen inte är den som reglerna ger; skriv den då på nytt.',
  run: async (args, { out, err }) => {
    readOptions(args, []);
    const committed = await readFile(FILE, 'utf8').catch(() => '');
    if (committed === policyTable()) {
      out('docs/policy-table.md stämmer med reglerna.');
      return EXIT.done;
    }
    err('docs/policy-table.md stämmer inte med reglerna. Kör: npm run cli -- policy write');
    return EXIT.faults;
  },
};
