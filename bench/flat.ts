import { join } from 'node:path';
import { type Helper, startHelper } from './child.ts';
import { failuresInWords } from './load/failures.ts';
import type { LoadJob, LoadRequest, LoadResult } from './load/job.ts';
import { middleOf } from './measure/compare.ts';
import { stretch } from './measure/stretch.ts';
import { type Touched, touchedByEach, touchedSoFar } from './measure/touched.ts';
import type { Options } from './options.ts';
import { type BenchPlace, openPlace } from './place.ts';
import { type Served, startService } from './service.ts';
import { type Workload, workloadsOf } from './workloads.ts';
import { PLANS_PER_DISTRICT } from './world/district.ts';
import { worldOf } from './world/kept.ts';
import type { World } from './world/seed.ts';
import { createTokenMaker } from './world/tokens.ts';

/** The plans that are read, of either size: what everybody asks for in a morning, whatever lies beside it. */
const HOT = 10_000;
const SMALL = 10_000;
const WORKLOADS = ['overview', 'whole-plan', 'work-list'];
/** Reads that warm up each side: every hot plan once, of a whole run. */
const WARM = HOT;
const CONNECTIONS = 32;

interface Side {
  readonly plans: number;
  readonly place: BenchPlace;
  readonly service: Served;
  readonly hot: readonly Workload[];
  readonly anywhere: readonly Workload[];
}

/** What one workload took of one size, and what each of its requests touched. */
export interface FlatSide extends Touched {
  readonly plans: number;
  readonly perSecond: number;
}

/** One workload at two sizes: the same hot plans in both, and plans from anywhere among the many. */
export interface FlatResult {
  readonly workload: string;
  readonly few: FlatSide;
  readonly many: FlatSide;
  readonly anywhere: FlatSide;
}

type Tell = (line: string) => void;

/** Compares the same hot plans among ten thousand and among many more, by turns, each in a database of its own. */
export async function measureFlat(options: Options, tell: Tell): Promise<FlatResult[]> {
  const sides: Side[] = [];
  const generator: Helper<LoadJob, LoadResult> = await startHelper('load/generator.ts');
  try {
    for (const plans of [SMALL, options.flat!]) sides.push(await openSide(plans, options, tell));
    const [few, many] = sides;
    const results: FlatResult[] = [];
    for (const name of WORKLOADS) {
      const result = await compareSides(name, [few!, many!], generator, options);
      results.push(result);
      for (const line of inWords(result)) tell(line);
    }
    return results;
  } finally {
    await generator.stop();
    for (const { service, place } of sides.reverse()) {
      await service.stop();
      await place.close();
    }
  }
}

async function openSide(plans: number, options: Options, tell: Tell): Promise<Side> {
  const place = await openPlace(options.data && join(options.data, String(plans)), tell);
  const { appUrl, ownerUrl } = place;
  const { world, personNumberKey } = await worldOf(place, { plans, planless: 0, tell, history: false });
  const tokens = await createTokenMaker();
  const { issuers } = tokens;
  const service = await startService({ appUrl, issuers, personNumberKey, poolSize: options.poolSize });
  const among = (part: Partial<World>) => workloadsOf({ world: { ...world, ...part }, tokens, ownerUrl });
  const districts = world.districts.slice(0, HOT / PLANS_PER_DISTRICT);
  const step = Math.max(1, Math.floor(world.persons.length / HOT));
  const spread = world.persons.filter((_, i) => i % step === 0);
  const hot = await among({ persons: world.persons.slice(0, HOT), districts });
  return { plans, place, service, hot, anywhere: await among({ persons: spread }) };
}

async function compareSides(
  name: string,
  [few, many]: readonly [Side, Side],
  generator: Helper<LoadJob, LoadResult>,
  { seconds, rounds }: Options,
): Promise<FlatResult> {
  const runs = await Promise.all([loadOf(few, 'hot', name), loadOf(many, 'hot', name), loadOf(many, 'anywhere', name)]);
  const seen: FlatSide[][] = runs.map(() => []);
  for (let round = -1; round < rounds; round++) {
    for (const [i, { side, which, requests }] of runs.entries()) {
      const amount = Math.ceil(round < 0 ? Math.min(WARM, seconds * 2000) : seconds * 300);
      // Plans from anywhere are new to the server's memory, and stay so.
      if (which === 'anywhere' && round < 0) continue;
      const asks = which === 'hot' ? requests : unseen(requests, WORKLOADS.indexOf(name) * rounds + round, amount);
      const one = await oneRound(name, side, asks, { generator, amount });
      if (round >= 0) seen[i]!.push(one);
    }
  }
  const [hotFew, hotMany, anywhere] = seen.map((all) => middleOf(all, (one) => one.perSecond)) as [
    FlatSide,
    FlatSide,
    FlatSide,
  ];
  return { workload: name, few: hotFew, many: hotMany, anywhere };
}

async function oneRound(
  name: string,
  side: Side,
  requests: readonly LoadRequest[],
  { generator, amount }: { readonly generator: Helper<LoadJob, LoadResult>; readonly amount: number },
): Promise<FlatSide> {
  const { ownerUrl, postmasterPid } = side.place;
  const before = await touchedSoFar(ownerUrl);
  const scene = { generator, ownerUrl, postmasterPid };
  const run = await stretch(scene, side.service, requests, { connections: CONNECTIONS, amount });
  // A machine that others use is refused on now and then: such a request touches nothing, and is not counted.
  if (run.errors > run.refused) throw new Error(`${name}: ${run.errors} fel: ${failuresInWords(run.failures)}`);
  const each = touchedByEach(before, await touchedSoFar(ownerUrl), run.accepted.requests);
  return { plans: side.plans, perSecond: run.perSecond, ...each };
}

/** Those of this round of this workload; all, where there are not enough for each to have its own. */
function unseen(requests: readonly LoadRequest[], round: number, amount: number): readonly LoadRequest[] {
  const own = requests.slice(round * amount, (round + 1) * amount);
  return own.length === amount ? own : requests;
}

async function loadOf(side: Side, which: 'hot' | 'anywhere', name: string) {
  return { side, which, requests: await side[which].find((one) => one.name === name)!.requests() };
}

/**
 * An index has one level more for some hundred times as many rows, so each walk down it one page more, which no B-tree
 * avoids: what must be equal is how many walks there are, and the rows and pages that they lead to.
 */
function inWords({ workload, few, many, anywhere }: FlatResult): string[] {
  const ratio = (what: 'perSecond' | 'rows' | 'walks' | 'tablePages' | 'indexPages') => many[what] / few[what];
  const equal = (['rows', 'walks', 'tablePages'] as const).every((what) => Math.abs(ratio(what) - 1) <= 0.1);
  const kept = ratio('perSecond') >= 0.83 && equal;
  const told = (['rows', 'walks', 'tablePages'] as const).map((what) => ratio(what).toFixed(2)).join(', ');
  return [
    workload,
    sideInWords('', few),
    sideInWords('', many),
    sideInWords('var som helst, ', anywhere),
    `  hastighet ${ratio('perSecond').toFixed(2)} (≥ 0,83); rader, sökningar och tabellblock ${told} (0,90–1,10): ${kept ? 'håller' : 'HÅLLER INTE'}`,
    `  indexblock ${ratio('indexPages').toFixed(2)}: ${perWalk(few)} och ${perWalk(many)} nivåer per sökning`,
  ];
}

function perWalk({ indexPages, walks }: FlatSide): string {
  return (indexPages / walks).toFixed(2);
}

function sideInWords(which: string, side: FlatSide): string {
  const { rows, walks, tablePages, indexPages, pagesRead } = side;
  const of = (n: number, what: string) => `${n.toFixed(0)} ${what}`;
  const touched = [
    of(rows, 'rader'),
    of(walks, 'sökningar'),
    of(tablePages, 'tabellblock'),
    of(indexPages, 'indexblock'),
  ];
  return `  ${which}${side.plans} planer: ${side.perSecond.toFixed(0)}/s; per anrop ${touched.join(', ')}, ${pagesRead.toFixed(1)} block lästa in`;
}
