import { failuresInWords } from './load/failures.ts';
import type { CrowdJob, CrowdResult, LoadRequest } from './load/job.ts';
import { type Cost, type Scene, underLoad } from './measure/stretch.ts';
import type { Served } from './service.ts';

const USUAL = 32;
const CROWD = 400;
/** So many times what the service managed when it was just kept busy. */
const TIMES = 3;
/** On connections of their own, all at once in the midst of it. */
const NEWCOMERS = 20;
/** Shorter stretches of so few requests say little: one in a hundred is then the latest of all. */
const SHORTEST_SECONDS = 3;

export type Crowded = CrowdResult & Cost;

/** How the service fares when far more is asked of it than it can do, and right after. */
export interface Overload {
  readonly before: Crowded;
  readonly during: Crowded;
  readonly after: Crowded;
  /** p99 of what was accepted, as a multiple of the usual. */
  readonly lateness: number;
  /** Requests per second afterwards, as a share of those before. */
  readonly recovery: number;
}

const speed = ({ accepted, seconds }: CrowdResult) => accepted.requests / seconds;

/**
 * Asks three times as much as it manages, over four hundred connections, between two stretches of the usual. Both are
 * done once before anything is counted, so that no code is run for the first time.
 */
export async function measureOverload(
  scene: Scene<CrowdJob, CrowdResult>,
  { url, pid }: Served,
  requests: readonly LoadRequest[],
  wanted: number,
): Promise<Overload> {
  const seconds = Math.max(wanted, SHORTEST_SECONDS);
  const usual = () => underLoad(scene, pid, { url, connections: USUAL, seconds, requests });
  const crowd = (rate: number) =>
    underLoad(scene, pid, { url, connections: CROWD, seconds, rate, newcomers: NEWCOMERS, requests });
  const warm = await usual();
  await crowd(speed(warm) * TIMES);
  const before = await usual();
  const during = await crowd(speed(before) * TIMES);
  const after = await usual();
  const lateness = during.accepted.p99Ms / before.accepted.p99Ms;
  return { before, during, after, lateness, recovery: speed(after) / speed(before) };
}

/** The lines of the report. */
export function overloadInWords({ before, during, after, lateness, recovery }: Overload): string[] {
  const times = ({ medianMs, p99Ms }: { medianMs: number; p99Ms: number }) =>
    `median ${medianMs.toFixed(0)} ms, p99 ${p99Ms.toFixed(0)} ms`;
  const line = (name: string, one: Crowded) =>
    `  ${name}: ${speed(one).toFixed(0)} besvarade/s, ${times(one.accepted)}, CPU ${one.cpu.server?.toFixed(2) ?? '-'}`;
  const { refused, newcomers, leftLateMs, seconds } = during;
  return [
    `överlast (${CROWD} samtidiga, ${TIMES} gånger så mycket som hinns med)`,
    line('före', before),
    line('under', during),
    `    ${(refused.requests / seconds).toFixed(0)} avvisade/s (503), ${times(refused)}; avsända p99 ${leftLateMs.toFixed(0)} ms för sent`,
    ...(newcomers
      ? [
          `    ${NEWCOMERS} nya anslutningar på en gång: ${times(newcomers)}, den sista ${newcomers.lastMs.toFixed(0)} ms`,
        ]
      : []),
    line('efter', after),
    ...[before, during, after].flatMap(({ errors, failures }) =>
      errors > 0 ? [`  ${errors} fel: ${failuresInWords(failures)}`] : [],
    ),
    `  p99 av det som tas emot ${lateness.toFixed(1)} gånger det vanliga (≤ 3), efteråt ${recovery.toFixed(2)} av farten före`,
  ];
}
