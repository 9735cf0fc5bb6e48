import { describe, expect, it } from 'vitest';
import { type Command, EXIT, UsageError } from '../../../src/cli/command.ts';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { readOptions } from '../../../src/cli/options.ts';
import { runCli } from '../../../src/cli/run.ts';
import { StartRefusal } from '../../../src/db/start-refusal.ts';

function command(run: Command['run']): Command {
  return { words: ['do', 'it'], summary: 'Gör det.', help: () => 'Så gör man det.', run };
}

async function cli(commands: readonly Command[], ...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(commands, args, { env: {}, out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const failing = (error: Error) =>
  command(async () => {
    throw error;
  });

describe('the command line', () => {
  it('lists its commands when asked for help, or for nothing', async () => {
    const one = command(async () => EXIT.done);
    for (const args of [[], ['--help'], ['-h'], ['help']]) {
      expect(await cli([one], ...args)).toMatchObject({ code: 0, out: expect.stringContaining('do it  Gör det.') });
    }
  });

  it('explains a command instead of doing it', async () => {
    const one = failing(new Error('done after all'));
    expect(await cli([one], 'do', 'it', 'file', '--help')).toEqual({ code: 0, out: 'Så gör man det.', err: '' });
  });

  it('hands a command what followed its words, and ends as it says', async () => {
    let given: readonly string[] = [];
    const one = command(async (args) => {
      given = args;
      return EXIT.faults;
    });
    expect((await cli([one], 'do', 'it', 'a', '--b')).code).toBe(1);
    expect(given).toEqual(['a', '--b']);
  });

  it('does not know what is not there, without repeating it', async () => {
    const { code, err } = await cli(COMMANDS, '192612049029');
    expect(code).toBe(2);
    expect(err).not.toContain('192612049029');
  });

  it.each([
    ['a wrong call', new UsageError('Ange en fil.'), 2, /^Ange en fil\.\nSe: npm run cli -- do it --help$/],
    ['a refusal to start', new StartRefusal('x', { sv: 'Går inte.', en: 'Cannot.' }), 3, /^Går inte\. \(Cannot\.\)$/],
    ['a database that is away', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 3, /^Databasen svarar inte/],
    ['what nobody foresaw', new Error('oj'), 3, /^Error: oj\n {4}at /],
  ])('tells of %s in its own words', async (_what, error, code, told) => {
    const answer = await cli([failing(error)], 'do', 'it');
    expect([answer.code, answer.err]).toEqual([code, expect.stringMatching(told)]);
  });

  it('has a help text and a line of its own for every command', () => {
    for (const { words, help, summary } of COMMANDS) {
      expect(help()).toMatch(new RegExp(`npm run (?:--silent )?(?:cli -- )?${words.join(' ')}`));
      expect(summary).toMatch(/\.$/);
    }
  });
});

describe('options', () => {
  it('are switches, with everything else kept in order', () => {
    expect(readOptions(['a', '--full', 'b'], ['full', 'dry-run'])).toEqual({
      switches: { full: true, 'dry-run': false },
      rest: ['a', 'b'],
    });
  });

  it('that are unknown, or given a value, are refused without being repeated', () => {
    for (const args of [['--fulll'], ['--full=19261204-9029'], ['-x']]) {
      expect(() => readOptions(args, ['full'])).toThrow(/^Ett val känns inte igen. Kommandots val: --full\.$/);
    }
  });
});
