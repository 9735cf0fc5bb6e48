import { parseArgs } from 'node:util';
import { UsageError } from './command.ts';

/** Switches by their long names, and everything else in order. */
export interface GivenOptions<Name extends string> {
  readonly switches: Readonly<Record<Name, boolean>>;
  readonly rest: readonly string[];
}

/**
 * Reads a command's arguments: switches without values, and free arguments.
 *
 * @throws UsageError for a switch that the command does not have; it is not repeated
 */
export function readOptions<Name extends string>(args: readonly string[], names: readonly Name[]): GivenOptions<Name> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'boolean' as const, default: false }]));
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    return { switches: values as Record<Name, boolean>, rest: positionals };
  } catch {
    const known = names.map((name) => `--${name}`).join(', ');
    throw new UsageError(`Ett val känns inte igen. Kommandots val: ${known === '' ? 'inga' : known}.`);
  }
}
