import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Command, EXIT } from './command.ts';
import { readOptions } from './options.ts';
import { withDiagrams } from './state-diagrams.ts';

const NAME = 'docs/working-together.md';
const FILE = fileURLToPath(new URL(`../../${NAME}`, import.meta.url));

/** `docs write`: draws the state diagrams anew, from the tables that the rules use. */
export const docsWrite: Command = {
  words: ['docs', 'write'],
  summary: `Rita tillståndsdiagrammen i ${NAME} ur koden.`,
  help: () =>
    `npm run cli -- docs write\n\nRitar diagrammen i ${NAME} ur kodens egna tabeller; resten av filen lämnas som den är.`,
  run: async (args, { out }) => {
    readOptions(args, []);
    await writeFile(FILE, withDiagrams(await readFile(FILE, 'utf8')));
    out(`Diagrammen i ${NAME} är ritade.`);
    return EXIT.done;
  },
};

/** `docs check`: fails when a diagram is not what the code says. */
export const docsCheck: Command = {
  words: ['docs', 'check'],
  summary: `Kontrollera att diagrammen i ${NAME} stämmer med koden.`,
  help: () =>
    'npm run cli -- docs check\n\nAvslutas med 1 när ett diagram inte är det som koden ger; rita det då på nytt.',
  run: async (args, { out, err }) => {
    readOptions(args, []);
    const written = await readFile(FILE, 'utf8').catch(() => '');
    if (written !== '' && withDiagrams(written) === written) {
      out(`Diagrammen i ${NAME} stämmer med koden.`);
      return EXIT.done;
    }
    err(`Diagrammen i ${NAME} stämmer inte med koden. Kör: npm run cli -- docs write`);
    return EXIT.faults;
  },
};
