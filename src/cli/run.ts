import { StartRefusal } from '../db/start-refusal.ts';
import { type Command, EXIT, type ExitCode, type Terminal, UsageError } from './command.ts';

const HELP = new Set(['--help', '-h']);

/**
 * Runs the command that the arguments name and answers with its exit code. `--help` anywhere explains instead of
 * doing; expected failures are told in a line of Swedish, without a stack trace.
 */
export async function runCli(
  commands: readonly Command[],
  args: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const command = commands.find(({ words }) => words.every((word, index) => args[index] === word));
  if (args.some((arg) => HELP.has(arg)) || args.length === 0 || args[0] === 'help') {
    terminal.out(command ? command.help() : overview(commands));
    return EXIT.done;
  }
  if (!command) {
    terminal.err('Det finns inget sådant kommando.\n');
    terminal.err(overview(commands));
    return EXIT.usage;
  }
  try {
    return await command.run(args.slice(command.words.length), terminal);
  } catch (error) {
    return tellFailure(error, command, terminal);
  }
}

function overview(commands: readonly Command[]): string {
  const names = commands.map(({ words }) => words.join(' '));
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const lines = commands.map(({ summary }, index) => `  ${names[index]!.padEnd(width)}${summary}`);
  return [
    'Användning: npm run cli -- KOMMANDO [VAL]',
    '',
    ...lines,
    '',
    'KOMMANDO --help förklarar ett kommando.',
  ].join('\n');
}

/** Errors of connecting to a database that is away or refuses. */
const DATABASE_AWAY: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Databasen svarar inte på den angivna adressen.',
  ENOTFOUND: 'Databasens värdnamn finns inte.',
  ETIMEDOUT: 'Databasen svarade inte i tid.',
  '28P01': 'Databasen godtar inte lösenordet.',
  '28000': 'Databasen godtar inte inloggningen.',
  '3D000': 'Databasen finns inte på servern.',
  '42501': 'Databasrollen saknar rättigheter till det som kommandot gör.',
};

function tellFailure(error: unknown, { words }: Command, terminal: Terminal): ExitCode {
  if (error instanceof UsageError) {
    terminal.err(`${error.message}\nSe: npm run cli -- ${words.join(' ')} --help`);
    return EXIT.usage;
  }
  const code = String((error as { code?: unknown }).code);
  if (error instanceof StartRefusal) terminal.err(error.message);
  else if (DATABASE_AWAY[code]) terminal.err(DATABASE_AWAY[code]);
  else terminal.err(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.failed;
}
