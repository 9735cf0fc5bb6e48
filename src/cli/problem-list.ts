import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
// Problems are declared where they are thrown: what has not been imported has declared nothing, and these are all.
import '../app.ts';
import '../demo/index.ts';
import { listProblems, PROBLEM_KINDS, type ProblemDefinition } from '../shared/problem.ts';
import { type Command, EXIT } from './command.ts';
import { readOptions } from './options.ts';

const FILE = fileURLToPath(new URL('../../docs/problems.md', import.meta.url));

const HEAD = `# Refusals

Every refusal of the service, by its \`code\`: what a client branches on. Codes are stable; titles are for people, in
Swedish, or in English when \`Accept-Language\` prefers it. The form is RFC 9457, \`application/problem+json\`:
[integrators.md](integrators.md#errors). The running service tells the same at \`/problems\` and \`/problems/<code>\`.

This file is written by \`npm run problems:write\`.
`;

const WORDS: Readonly<Record<number, string>> = {
  400: 'The form is wrong',
  401: 'Who is asking is not known',
  403: 'Another actor may do this',
  404: 'Not there, or not for the one who asks',
  405: 'Another method',
  409: 'Another state would allow it',
  412: 'Changed since it was read',
  413: 'Too large',
  415: 'Another media type',
  422: 'Could never succeed',
  428: 'A header is missing',
  429: 'Too often',
  500: 'A fault of ours',
  503: 'Not just now',
};

/** Every refusal that is declared, as `docs/problems.md` tells it; the same code gives the same text. */
export function describeProblems(): string {
  const byStatus = new Map<number, ProblemDefinition[]>();
  for (const problem of listProblems()) {
    const status = PROBLEM_KINDS[problem.kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), problem]);
  }
  const sections = [...byStatus].sort(([a], [b]) => a - b).map(([status, problems]) => sectionOf(status, problems));
  return [HEAD, ...sections].join('\n');
}

function sectionOf(status: number, problems: readonly ProblemDefinition[]): string {
  const rows = problems.map(({ code, title }) => `| \`${code}\` | ${title.sv} | ${title.en} |`);
  return [
    `## ${status} ${WORDS[status] ?? ''}`.trimEnd(),
    '',
    '| code | svenska | English |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** `problems write`: makes the list of refusals in the documentation anew. */
export const problemsWrite: Command = {
  words: ['problems', 'write'],
  summary: 'Skriv listan över felkoder till docs/problems.md.',
  help: () =>
    'Användning: npm run cli -- problems write\n\nSkriver docs/problems.md ur koden. Samma kod ger samma fil.',
  run: async (args, { out }) => {
    readOptions(args, []);
    await writeFile(FILE, describeProblems());
    out('docs/problems.md är skriven.');
    return EXIT.done;
  },
};

/** `problems check`: fails when the documented list is not what the code says. */
export const problemsCheck: Command = {
  words: ['problems', 'check'],
  summary: 'Kontrollera att docs/problems.md stämmer med koden.',
  help: () =>
    'Användning: npm run cli -- problems check\n\nAvslutas med 1 när filen inte är den som koden ger; skriv den då på nytt.',
  run: async (args, { out, err }) => {
    readOptions(args, []);
    const written = await readFile(FILE, 'utf8').catch(() => '');
    if (written === describeProblems()) {
      out('docs/problems.md stämmer med koden.');
      return EXIT.done;
    }
    err('docs/problems.md stämmer inte med koden. Kör: npm run problems:write');
    return EXIT.faults;
  },
};
