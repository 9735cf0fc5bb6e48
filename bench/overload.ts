import type { LoadRequest } from './load/job.ts';
import { type Scene, type Stretch, stretch } from './measure/stretch.ts';
import type { Served } from './service.ts';

const USUAL = 32;
const CROWD = 400;
/** So many times what the service managed when it was just kept busy. */
const TIMES = 3;

/** How the service fares when far more is asked of it than it can do, and right after. */
export interface Overload {
  readonly before: Stretch;
  readonly during: Stretch;
  readonly after: Stretch;
  /** p99 of what was accepted, as a multiple of the usual. */
  readonly lateness: number;
  /** Requests per second afterwards, as a share of those before. */
  readonly recovery: number;
}

/** Asks three times as much as it manages, over four hundred connections, between two stretches of the usual. */
export async function measureOverload(
  scene: Scene,
  service: Served,
  requests: readonly LoadRequest[],
  seconds: number,
): Promise<Overload> {
  const usual = (amount: number) => stretch(scene, service, requests, { connections: USUAL, amount });
  const warm = await usual(2500);
  const before = await usual(Math.ceil(warm.perSecond * seconds));
  const rate = Math.ceil(before.perSecond * TIMES);
  const during = await stretch(scene, service, requests, { connections: CROWD, amount: rate * seconds, rate });
  const after = await usual(Math.ceil(before.perSecond * seconds));
  const lateness = during.accepted.p99Ms / before.accepted.p99Ms;
  return { before, during, after, lateness, recovery: after.perSecond / before.perSecond };
}

/** The lines of the report. */
export function overloadInWords({ before, during, after, lateness, recovery }: Overload): string[] {
  const line = (name: string, { accepted, refused, seconds }: Stretch) =>
    `  ${name}: ${(accepted.requests / seconds).toFixed(0)} besvarade/s, p99 ${accepted.p99Ms.toFixed(0)} ms, ${refused} avvisade (503)`;
  return [
    `överlast (${CROWD} samtidiga, ${TIMES} gånger så mycket som hinns med)`,
    line('före', before),
    line('under', during),
    line('efter', after),
    `  p99 av det som tas emot ${lateness.toFixed(1)} gånger det vanliga (≤ 3), efteråt ${recovery.toFixed(2)} av farten före`,
  ];
}
