import { setTimeout as pause } from 'node:timers/promises';
import { type PatientId, publicId, randomIds, type ThingId } from '../src/shared/ids.ts';
import { asked, openPlace } from './place.ts';
import { type Served, startService } from './service.ts';
import { PLANS_PER_DISTRICT } from './world/district.ts';
import { worldOf } from './world/kept.ts';
import { createTokenMaker } from './world/tokens.ts';

/**
 * Whether a stranger can tell by the clock a plan that is there from one that is not: the refusal of each, by turns, over
 * a thousand pairs, three times over. Run it alone, `npm run build && npx tsx bench/stranger.ts`; it fails when the medians differ by more
 * than five in a hundred.
 */
const PAIRS = 1000;
const WARMED = 200;
const TIMES = 3;
const MOST = 0.05;

const say = (text: string) => console.log(text);

/** Milliseconds of one refusal; of what is sent away unanswered on a machine that is too busy, another try's. */
async function refusalMs(service: Served, token: string, path: string): Promise<number> {
  const began = performance.now();
  const reply = await fetch(service.url + path, { headers: { authorization: `Bearer ${token}` } });
  await reply.arrayBuffer();
  if (reply.status === 503) {
    await pause(200);
    return refusalMs(service, token, path);
  }
  if (reply.status !== 404) throw new Error(`${path}: ${reply.status}`);
  return performance.now() - began;
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)]!;
}

interface Kind {
  readonly name: string;
  readonly path: (i: number) => string;
}

/** Asks about each kind in turn, so that what else the machine does falls on all alike; milliseconds per kind. */
async function measure(service: Served, token: string, kinds: readonly Kind[]): Promise<number[]> {
  const times = kinds.map((): number[] => []);
  for (let i = 0; i < WARMED + PAIRS; i++) {
    // The order turns too: who comes first meets a colder cache.
    for (const k of i % 2 === 0 ? [0, 1, 2] : [2, 1, 0]) {
      const took = await refusalMs(service, token, kinds[k]!.path(i));
      if (i >= WARMED) times[k]!.push(took);
    }
  }
  return times.map((all) => median(all.toSorted((a, b) => a - b)));
}

function tell(kinds: readonly Kind[], medians: readonly number[]): void {
  const [there = 0] = medians;
  for (const [k, { name }] of kinds.entries()) {
    const difference = (medians[k]! - there) / there;
    const isFault = Math.abs(difference) > MOST;
    say(
      `${name.padEnd(36)} ${medians[k]!.toFixed(3)} ms  ${(difference * 100).toFixed(1)} %${isFault ? '  ÖVER 5 %' : ''}`,
    );
    if (isFault) process.exitCode = 1;
  }
}

const place = await openPlace(undefined, say);
const tokens = await createTokenMaker();
// One plan more than a district holds, for a second district with strangers in it.
const size = { plans: PLANS_PER_DISTRICT + 1, planless: 0, tell: say };
const { world, personNumberKey } = await worldOf(place, size);
const service = await startService({ ...place, issuers: tokens.issuers, personNumberKey, poolSize: 10 });
try {
  const plans = await asked<{ patient_id: PatientId; id: ThingId }>(
    place.ownerUrl,
    'select patient_id, id from plans order by id limit 1000',
  );
  const own = new Set(world.persons.filter(({ district }) => district === 0).map(({ id }) => id as string));
  const theirs = plans.filter((plan) => own.has(plan.patient_id));
  const at = (i: number) => theirs[i % theirs.length]!;
  const kinds: Kind[] = [
    { name: 'en plan som finns', path: (i) => `/v1/plans/${publicId(at(i).patient_id, at(i).id)}` },
    {
      name: 'ingen plan, en person som finns',
      path: (i) => `/v1/plans/${publicId(at(i).patient_id, randomIds.thingId())}`,
    },
    {
      name: 'en person som inte finns',
      path: () => `/v1/plans/${publicId(randomIds.patientId(), randomIds.thingId())}`,
    },
  ];
  const token = await tokens.staff(world.districts[1]!.units.homeHelp, 0);
  say(`\nMedian av ${PAIRS} nekade läsningar vardera, om vartannat`);
  for (let time = 0; time < TIMES; time++) tell(kinds, await measure(service, token, kinds));
} finally {
  await service.stop();
  await place.close();
}
