import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Helper, startHelper } from './child.ts';
import { failuresInWords } from './load/failures.ts';
import type { LoadJob, LoadResult } from './load/job.ts';
import { stretch } from './measure/stretch.ts';
import type { Options } from './options.ts';
import { asked, type BenchPlace, openPlace } from './place.ts';
import { type Served, startService } from './service.ts';
import { type Workload, workloadsOf } from './workloads.ts';
import { seedWorld, type World } from './world/seed.ts';
import { createTokenMaker } from './world/tokens.ts';

/** The plans that are read, of either size: what everybody asks for in a morning, whatever lies beside it. */
const HOT = 10_000;
const SMALL = 10_000;
const WORKLOADS = ['overview', 'whole-plan', 'work-list'];
/** The server's processes tell what they have touched once they have been idle for ten seconds. */
const TOLD_WITHIN_MS = 11_000;
/** The log is only written to, and it is the measuring itself that counts its rows. */
const NOT_THE_LOG = "io.relname not like 'audit%'";
/** Rows are counted of patients' tables: the planner may read a small directory through, and a larger one by index. */
const OF_PATIENTS = `exists (select from pg_attribute a where a.attrelid = io.relid and a.attname = 'patient_id')`;
/** Reads that warm up each side: every hot plan once, of a whole run. */
const WARM = HOT;

interface Side {
  readonly plans: number;
  readonly place: BenchPlace;
  readonly service: Served;
  readonly workloads: readonly Workload[];
}

/** What one workload took of one size. Buffers and rows are those that a request touched, wherever they came from. */
export interface FlatSide {
  readonly plans: number;
  readonly perSecond: number;
  readonly buffers: number;
  readonly rows: number;
}

/** One workload at two sizes; ratios of the larger to the smaller. */
export interface FlatResult {
  readonly workload: string;
  readonly sides: readonly FlatSide[];
  readonly speed: number;
  readonly buffers: number;
  readonly rows: number;
}

type Tell = (line: string) => void;

/** Compares the same hot plans among ten thousand and among many more, by turns, each in a database of its own. */
export async function measureFlat(options: Options, tell: Tell): Promise<FlatResult[]> {
  const sides: Side[] = [];
  const generator: Helper<LoadJob, LoadResult> = await startHelper('load/generator.ts');
  try {
    for (const plans of [SMALL, options.flat!]) sides.push(await openSide(plans, options, tell));
    const results: FlatResult[] = [];
    for (const name of WORKLOADS) {
      const result = await compareSides(name, sides, generator, options);
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
  const kept = place.kept === undefined ? undefined : (JSON.parse(place.kept) as { world: World; key: string });
  const key = kept ? Buffer.from(kept.key, 'hex') : randomBytes(32);
  const seeding = { plans, planless: 0, ownerUrl, appUrl, personNumberKey: key, tell, history: false };
  const world = kept?.world ?? (await place.filled(() => seedWorld(seeding)));
  if (!kept) await place.keep(JSON.stringify({ world, key: key.toString('hex') }));
  const tokens = await createTokenMaker();
  const { issuers } = tokens;
  const service = await startService({ appUrl, issuers, personNumberKey: key, poolSize: options.poolSize });
  const hot = { ...world, persons: world.persons.slice(0, HOT) };
  return { plans, place, service, workloads: await workloadsOf({ world: hot, tokens, ownerUrl }) };
}

async function compareSides(
  name: string,
  sides: readonly Side[],
  generator: Helper<LoadJob, LoadResult>,
  { seconds, rounds }: Options,
): Promise<FlatResult> {
  const connections = 32;
  const seen: FlatSide[][] = sides.map(() => []);
  const prepared = await Promise.all(
    sides.map(async (side) => ({ side, requests: await side.workloads.find((one) => one.name === name)!.requests() })),
  );
  for (let round = -1; round < rounds; round++) {
    for (const [i, { side, requests }] of prepared.entries()) {
      const scene = { generator, ownerUrl: side.place.ownerUrl, postmasterPid: side.place.postmasterPid };
      const amount = Math.ceil(round < 0 ? Math.min(WARM, seconds * 2000) : seconds * 300);
      const before = await touched(side.place.ownerUrl);
      const run = await stretch(scene, side.service, requests, { connections, amount });
      // A machine that others use is refused on now and then: such a request touches nothing, and is not counted.
      if (run.errors > run.refused) throw new Error(`${name}: ${run.errors} fel: ${failuresInWords(run.failures)}`);
      if (round < 0) continue;
      const after = await touched(side.place.ownerUrl);
      const each = (what: 'buffers' | 'rows') => (after[what] - before[what]) / run.accepted.requests;
      seen[i]!.push({ plans: side.plans, perSecond: run.perSecond, buffers: each('buffers'), rows: each('rows') });
    }
  }
  const middle = seen.map((all) => [...all].sort((a, b) => a.perSecond - b.perSecond)[Math.floor(all.length / 2)]!);
  const [few, many] = middle as [FlatSide, FlatSide];
  const of = (what: 'perSecond' | 'buffers' | 'rows') => many[what] / few[what];
  return { workload: name, sides: middle, speed: of('perSecond'), buffers: of('buffers'), rows: of('rows') };
}

async function touched(ownerUrl: string): Promise<{ buffers: number; rows: number }> {
  await pause(TOLD_WITHIN_MS);
  const [row] = await asked<{ buffers: number; rows: number }>(
    ownerUrl,
    `select sum(heap_blks_hit + heap_blks_read + coalesce(idx_blks_hit + idx_blks_read, 0))::float8 as buffers,
       sum(s.seq_tup_read + coalesce(s.idx_tup_fetch, 0)) filter (where ${OF_PATIENTS})::float8 as rows
     from pg_statio_user_tables io join pg_stat_user_tables s using (relid) where ${NOT_THE_LOG}`,
  );
  return row!;
}

function inWords({ workload, sides, speed, buffers, rows }: FlatResult): string[] {
  const lines = sides.map(
    (side) =>
      `  ${side.plans} planer: ${side.perSecond.toFixed(0)}/s, ${side.buffers.toFixed(0)} block och ${side.rows.toFixed(0)} rader per anrop`,
  );
  const kept = speed >= 0.83 && Math.abs(buffers - 1) <= 0.1 && Math.abs(rows - 1) <= 0.1;
  const verdict = `  hastighet ${speed.toFixed(2)} (≥ 0,83), block ${buffers.toFixed(2)}, rader ${rows.toFixed(2)} (0,90–1,10): ${kept ? 'håller' : 'HÅLLER INTE'}`;
  return [workload, ...lines, verdict];
}
