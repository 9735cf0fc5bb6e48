import { getPersona } from '../../demo/index.ts';
import { dateInWords } from '../../shared/swedish-words.ts';
import type { Play } from './play.ts';
import { type Check, deviations, readTold, type Scene } from './scene.ts';

/** Where a story is played, and where it is told. */
export interface Theatre {
  readonly play: Play;
  /** Moves the service's clock to a Swedish wall-clock time in winter, as an instant with offset. */
  moveClock(instant: string): Promise<void>;
  say(line: string): void;
  /** Asked before every scene, so that a story can be broken off. */
  readonly signal?: AbortSignal;
}

export interface Outcome {
  /** Moments that the scenario itself words, and how many of them came out as it says. */
  readonly named: number;
  readonly right: number;
  readonly deviations: readonly (Check & { readonly at: string })[];
}

const INDENT = ' '.repeat(9);

function whoDoes({ who, does }: Scene): string {
  if (who === undefined) return 'Ester läser sin översikt';
  return `${getPersona(who).name}: ${does ?? ''}`;
}

function wrong(checks: readonly Check[]): string[] {
  return checks.flatMap(({ what, expected, actual }) => [
    `${INDENT}✗ ${what}`,
    `${INDENT}  - väntat: ${expected}`,
    `${INDENT}  + fick:   ${actual}`,
  ]);
}

/**
 * Plays a story scene by scene at the times it names and tells it day by day: who does what, and what the patient is told
 * is next. What does not come out as the scene says is told on the spot and counted; the story goes on.
 *
 * @param citizen the persona whose overview is read
 * @throws StageFault when the service refuses what the story does
 */
export async function tellStory(scenes: readonly Scene[], citizen: string, theatre: Theatre): Promise<Outcome> {
  const found: (Check & { readonly at: string })[] = [];
  let right = 0;
  let day = '';
  for (const scene of scenes) {
    theatre.signal?.throwIfAborted();
    const date = scene.at.slice(0, 10);
    if (date !== day) theatre.say(`\n${heading(date)}`);
    day = date;
    // November and December: Swedish standard time.
    await theatre.moveClock(`${scene.at}:00+01:00`);
    theatre.say(`  ${scene.at.slice(11)}  ${whoDoes(scene)}`);
    const checks = await playScene(scene, citizen, theatre.play, theatre.say);
    found.push(...checks.map((check) => ({ ...check, at: scene.at })));
    if (scene.named && checks.length === 0) right += 1;
  }
  return { named: scenes.filter(({ named }) => named).length, right, deviations: found };
}

async function playScene(scene: Scene, citizen: string, play: Play, say: Theatre['say']): Promise<readonly Check[]> {
  const remarks = (await scene.act?.(play)) ?? {};
  for (const line of remarks.lines ?? []) say(`${INDENT}${line}`);
  const told = await readTold(play, citizen);
  say(`${INDENT}Nästa steg: ${told['nästa steg']}${told.sedan === '' ? '' : ` ${told.sedan}`}`);
  if (scene.named) say(`${INDENT}Når: ${told.når}`);
  const failed = [
    ...(remarks.checks ?? []).filter(({ expected, actual }) => expected !== actual),
    ...deviations(scene.sees ?? {}, told),
  ];
  for (const line of wrong(failed)) say(line);
  if (scene.named && failed.length === 0) say(`${INDENT}✓ som i berättelsen`);
  return failed;
}

function heading(date: string): string {
  const words = dateInWords(date, date);
  return words.charAt(0).toLocaleUpperCase('sv') + words.slice(1);
}
