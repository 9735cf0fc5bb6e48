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

/** Switches, options with a value (undefined when not given), and everything else in order. */
export interface GivenValues<Switch extends string, Value extends string> extends GivenOptions<Switch> {
  readonly values: Readonly<Partial<Record<Value, string>>>;
}

/**
 * Reads a command's arguments: switches without values, options with one, and free arguments.
 *
 * @throws UsageError for an option that the command does not have or whose value is missing; it is not repeated
 */
export function readValues<Switch extends string, Value extends string>(
  args: readonly string[],
  names: { readonly switches?: readonly Switch[]; readonly values: readonly Value[] },
): GivenValues<Switch, Value> {
  const switches = (names.switches ?? []).map((name) => [name, { type: 'boolean' as const, default: false }] as const);
  const valued = names.values.map((name) => [name, { type: 'string' as const }] as const);
  try {
    const options = Object.fromEntries<{ type: 'boolean' | 'string'; default?: boolean }>([...switches, ...valued]);
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    const given = values as Record<string, string | boolean | undefined>;
    return {
      switches: Object.fromEntries(switches.map(([name]) => [name, given[name] === true])) as Record<Switch, boolean>,
      values: Object.fromEntries(valued.map(([name]) => [name, given[name]])) as Partial<Record<Value, string>>,
      rest: positionals,
    };
  } catch {
    const known = [...(names.switches ?? []), ...names.values].map((name) => `--${name}`).join(', ');
    throw new UsageError(`Ett val känns inte igen eller saknar värde. Kommandots val: ${known}.`);
  }
}
