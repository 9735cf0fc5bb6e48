import { type Command, EXIT, type ExitCode, type Terminal, UsageError } from './command.ts';
import { readOptions } from './options.ts';
import { esterAgreement } from './walkthrough/ester-agreement.ts';
import { esterHome } from './walkthrough/ester-home.ts';
import { OverHttp } from './walkthrough/over-http.ts';
import { Play } from './walkthrough/play.ts';
import { startOwnService } from './walkthrough/service.ts';
import { type Outcome, tellStory } from './walkthrough/tell-story.ts';

const HELP = `Användning: npm run walkthrough

Startar den byggda tjänsten på en egen, tom datamapp och en ledig port med klockan på 16 november 2026, och berättar
Esters historia över HTTP: avdelningen, vårdcentralen, hemsjukvården, hemtjänsten och Ester loggar in var för sig,
klockan flyttas, och dag för dag syns vem som gör vad och vad Ester får veta är nästa steg. Allt städas bort efteråt.

Slutkoder: 0 som i berättelsen, 1 något avvek, 2 fel anrop, 3 gick inte att utföra.`;

const CLOCK_START = '2026-11-16';

/** Says how the story came out; what deviated is listed once more at the end, where it is seen. */
export function conclude({ named, right, deviations }: Outcome, { out, err }: Terminal): ExitCode {
  if (deviations.length === 0) {
    out(`\nBerättelsen stämmer: ${right} av ${named} nästa steg som i scenariot.`);
    return EXIT.done;
  }
  err(`\nBerättelsen avviker: ${right} av ${named} nästa steg som i scenariot. Detta avvek:`);
  for (const { at, what, expected, actual } of deviations) {
    err(`  ${at.replace('T', ' ')}, ${what}`);
    err(`    - väntat: ${expected}`);
    err(`    + fick:   ${actual}`);
  }
  return EXIT.faults;
}

/** Breaks off at Ctrl-C and the like, so that what was started is stopped and taken away before the process ends. */
function interruption(): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const abort = () => controller.abort(new Error('Avbrutet.'));
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, abort);
  // Nobody reads any more, as after `| head`.
  process.stdout.on('error', abort);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of signals) process.off(name, abort);
    },
  };
}

async function walk(terminal: Terminal, signal: AbortSignal): Promise<ExitCode> {
  const service = await startOwnService(CLOCK_START, signal);
  try {
    terminal.out(`Esters historia, över HTTP mot ${service.baseUrl} (inte för riktiga personer)`);
    const sender = new OverHttp(service.baseUrl, signal);
    const theatre = {
      play: new Play(sender),
      signal,
      moveClock: (to: string) => sender.moveClock(to),
      say: terminal.out,
    };
    return conclude(await tellStory([...esterHome, ...esterAgreement], 'ester', theatre), terminal);
  } finally {
    await service.stop();
  }
}

/** `walkthrough`: Ester's story from `scenarios`, told over HTTP against a service of its own. */
export const walkthroughCommand: Command = {
  words: ['walkthrough'],
  summary: 'Berätta Esters historia mot en egen, tom tjänst, och jämför med scenariot.',
  help: () => HELP,
  run: async (args, terminal) => {
    if (readOptions(args, []).rest.length > 0) throw new UsageError('Kommandot tar inga argument.');
    const { signal, release } = interruption();
    try {
      return await walk(terminal, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      terminal.err('Avbrutet. Det som startades är borttaget.');
      return EXIT.interrupted;
    } finally {
      release();
    }
  },
};
