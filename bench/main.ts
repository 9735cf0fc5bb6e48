import { setTimeout as pause } from 'node:timers/promises';
import { measureBulk } from './bulk.ts';
import { type Helper, startHelper } from './child.ts';
import { measureColdStart } from './cold-start.ts';
import { dispatchInWords, measureDispatch } from './dispatch.ts';
import { measureFlat } from './flat.ts';
import type { LimitSetup } from './limit/server.ts';
import { limitRows } from './limit/setup.ts';
import type { CrowdJob, CrowdResult, LoadJob, LoadResult } from './load/job.ts';
import { type Comparison, compare } from './measure/compare.ts';
import type { Scene } from './measure/stretch.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { measureOverload, type Overload, overloadInWords } from './overload.ts';
import { asked, type BenchPlace, openPlace } from './place.ts';
import { faultsOf, heading, linesOf, machine, RESULTS, writeReport, writeResult } from './report.ts';
import { type Served, startService } from './service.ts';
import { measureSoak, soakInWords } from './soak.ts';
import { type Bench, type Workload, workloadsOf } from './workloads.ts';
import { type KeyedWorld, worldOf } from './world/kept.ts';
import { createTokenMaker } from './world/tokens.ts';

const say = (text: string) => console.log(text);

/** Requests before a measurement of what has run already. */
const WARMED = 100;

/** Events told at once when their dispatch is measured: each of a plan of its own. */
const MOST_EVENTS = 1000;

/** An answer of the service, as the constant and the stored documents of the bare server. */
async function exampleOf(service: Served, workload: Workload): Promise<string> {
  const [request] = await workload.requests();
  const headers = { authorization: `Bearer ${request!.token}` };
  let reply = await fetch(service.url + request!.path, { headers });
  // Busy with its own start; it says when to come back.
  for (let times = 0; reply.status === 503 && times < 5; times++) {
    await pause(Number(reply.headers.get('retry-after') ?? 1) * 1000);
    reply = await fetch(service.url + request!.path, { headers });
  }
  if (!reply.ok) throw new Error(`${request!.path}: ${reply.status} ${await reply.text()}`);
  return reply.text();
}

async function storeDocuments(ownerUrl: string, body: string): Promise<void> {
  await asked(
    ownerUrl,
    `create table if not exists bench_documents (patient_id uuid, plan_id uuid, body text, primary key (patient_id, plan_id))`,
  );
  await asked(ownerUrl, 'grant select on bench_documents to patientkontrakt_app');
  await asked(ownerUrl, 'insert into bench_documents select patient_id, id, $1 from plans on conflict do nothing', [
    body,
  ]);
  await asked(ownerUrl, 'analyze bench_documents');
}

async function startLimit(
  place: BenchPlace,
  { world }: Bench,
  options: Options,
  service: Served,
  workloads: readonly Workload[],
) {
  const find = (name: string) => workloads.find((one) => one.name === name)!;
  const constant = await exampleOf(service, find('whole-plan'));
  const page = JSON.parse(await exampleOf(service, find('work-list'))) as { items: { patient: { id: string } }[] };
  await storeDocuments(place.ownerUrl, constant);
  const { nursing } = world.districts[0]!.units;
  const setup: LimitSetup = {
    appUrl: place.appUrl,
    ownerUrl: place.ownerUrl,
    poolSize: options.poolSize,
    constant,
    workListUnit: { unit: nursing.hsaId, provider: nursing.provider.hsaId, limit: page.items.length },
    ...limitRows(world.districts[0]!, new Set(page.items.map(({ patient }) => patient.id)).size),
  };
  const profile = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${RESULTS}`] : [];
  const helper = await startHelper<LimitSetup, { port: number }>('limit/server.ts', profile);
  const { port } = await helper.ask(setup);
  return { url: `http://127.0.0.1:${port}`, pid: helper.pid, stop: () => helper.stop() };
}

const isChosen = ({ only }: Options, name: string) => only.length === 0 || only.includes(name);

async function overloadOf(
  options: Options,
  service: Served,
  workloads: readonly Workload[],
  place: Pick<Scene, 'ownerUrl' | 'postmasterPid'>,
) {
  if (!isChosen(options, 'overload')) return undefined;
  const requests = await workloads.find(({ name }) => name === 'whole-plan')!.requests();
  const generator: Helper<CrowdJob, CrowdResult> = await startHelper('load/crowd.ts');
  try {
    const overload = await measureOverload({ ...place, generator }, service, requests, options.seconds);
    for (const line of overloadInWords(overload)) say(line);
    return overload;
  } finally {
    await generator.stop();
  }
}

async function measure(
  place: BenchPlace,
  { world, personNumberKey }: KeyedWorld,
  options: Options,
): Promise<{ comparisons: Comparison[]; overload?: Overload; tokens: number }> {
  const tokens = await createTokenMaker();
  const { appUrl, ownerUrl, postmasterPid } = place;
  const { poolSize, prepared, underWay } = options;
  const profileDir = options.profile ? RESULTS : undefined;
  const service = await startService({
    appUrl,
    issuers: tokens.issuers,
    personNumberKey,
    poolSize,
    prepared,
    underWay,
    profileDir,
  });
  const running: { stop(): Promise<void> }[] = [service];
  try {
    const bench: Bench = { world, tokens, ownerUrl };
    const workloads = await workloadsOf(bench);
    const limit = await startLimit(place, bench, options, service, workloads);
    running.push(limit);
    const generator: Helper<LoadJob, LoadResult> = await startHelper('load/generator.ts');
    running.push(generator);
    const chosen = workloads.filter(({ name }) => isChosen(options, name));
    say(`\n${heading}`);
    const comparisons: Comparison[] = [];
    for (const workload of chosen) {
      // The most at a time first: it is the quickest to warm up by, and the rest then needs no more.
      for (const [i, connections] of options.connections.toSorted((a, b) => b - a).entries()) {
        const { seconds, rounds } = options;
        const scene = { generator, ownerUrl, postmasterPid };
        const warm = i === 0 ? undefined : WARMED;
        const found = await compare(scene, { service, limit }, workload, { connections, seconds, rounds, warm });
        comparisons.push(found);
        for (const line of linesOf(found)) say(line);
      }
    }
    const overload = await overloadOf(options, service, workloads, { ownerUrl, postmasterPid });
    return { comparisons, overload, tokens: world.persons.length + world.districts.length * 112 };
  } finally {
    for (const one of running.reverse()) await one.stop();
  }
}

/** Once the service is stopped, which would take its share of the sending. */
async function dispatchOf(place: BenchPlace, { world }: KeyedWorld, options: Options) {
  if (!isChosen(options, 'event-dispatch')) return undefined;
  const events = Math.min(options.plans, MOST_EVENTS);
  const dispatch = await measureDispatch(place, world, { events, poolSize: options.poolSize });
  say(`\n${dispatchInWords(dispatch)}`);
  return dispatch;
}

async function runBulk(place: BenchPlace, options: Options): Promise<void> {
  const { world } = await worldOf(place, { ...options, tell: say });
  const bulk = await measureBulk(place, world, options.processes);
  const { plans, processes, seconds, cpu, memoryMb } = bulk;
  const each = (((cpu.command ?? 0) + (cpu.database ?? 0)) / plans) * 1e6;
  say(
    `${plans} planer inlästa av ${processes} processer på ${seconds.toFixed(1)} s (${(plans / seconds).toFixed(0)}/s), ${each.toFixed(0)} µs CPU per plan ` +
      `(kommandot ${cpu.command?.toFixed(1)} s, databasen ${cpu.database?.toFixed(1)} s), högst ${memoryMb} MB`,
  );
  say(`Allt står i ${await writeResult('bulk', { at: new Date().toISOString(), machine, bulk })}`);
}

async function runSoak(place: BenchPlace, options: Options, minutes: number): Promise<void> {
  const { world, personNumberKey } = await worldOf(place, { ...options, tell: say });
  const ended = new AbortController();
  // Ended by hand it still tells what it has seen; a second time ends it at once.
  process.once('SIGINT', () => ended.abort());
  const soaked = { world, personNumberKey, poolSize: options.poolSize, minutes, ended: ended.signal };
  const soak = await measureSoak(place, soaked, say);
  say(soakInWords(soak));
  say(`Allt står i ${await writeResult('soak', { at: new Date().toISOString(), machine, soak })}`);
}

async function runFlat(options: Options): Promise<void> {
  const flat = await measureFlat(options, say);
  say(`Allt står i ${await writeResult('flat', { at: new Date().toISOString(), machine, flat })}`);
}

async function run(options: Options): Promise<void> {
  if (options.flat !== undefined) return runFlat(options);
  const place = await openPlace(options.data, say);
  try {
    if (options.bulk !== undefined) {
      await runBulk(place, options);
      return;
    }
    if (options.soak !== undefined) {
      await runSoak(place, options, options.soak);
      return;
    }
    const kept = await worldOf(place, { ...options, tell: say });
    const { comparisons, overload, tokens } = await measure(place, kept, options);
    const dispatch = await dispatchOf(place, kept, options);
    const [version] = await asked<{ server_version: string }>(place.ownerUrl, 'show server_version');
    const coldStart = options.coldStart ? await measureColdStart() : undefined;
    const faults = faultsOf(comparisons);
    const { plans, poolSize } = options;
    const report = {
      at: new Date().toISOString(),
      machine: { ...machine, postgres: version!.server_version },
      plans,
      poolSize,
      tokens,
    };
    if (coldStart)
      say(
        `\nStart till redo: första ${(coldStart.first / 1000).toFixed(1)} s, andra ${(coldStart.second / 1000).toFixed(1)} s`,
      );
    const file = await writeReport({ ...report, comparisons, overload, dispatch, coldStart, faults });
    say(
      `${machine.cores} kärnor, ${machine.node}, PostgreSQL ${version!.server_version}, ${plans} planer, ${tokens} biljetter, ${poolSize} anslutningar`,
    );
    for (const fault of faults) say(`OGILTIG: ${fault}`);
    say(`Allt står i ${file}`);
  } finally {
    await place.close();
  }
}

for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

const options = readOptions(process.argv.slice(2));
if (options) await run(options);
else say(HELP);
