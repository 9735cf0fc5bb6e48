import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import type { Dispatch } from './dispatch.ts';
import type { Comparison } from './measure/compare.ts';
import type { Stretch } from './measure/stretch.ts';
import type { Overload } from './overload.ts';

export const RESULTS = new URL('results/', import.meta.url).pathname;

/** All that one run saw. */
export interface RunReport {
  readonly at: string;
  readonly machine: {
    readonly cores: number;
    readonly model: string;
    readonly node: string;
    readonly postgres: string;
  };
  readonly plans: number;
  readonly poolSize: number;
  readonly tokens: number;
  readonly comparisons: readonly Comparison[];
  readonly overload?: Overload;
  readonly dispatch?: Dispatch;
  readonly coldStart?: { readonly first: number; readonly second: number };
  readonly faults: readonly string[];
}

export const machine = { cores: cpus().length, model: cpus()[0]?.model ?? '', node: process.version };

const COLUMNS = [
  ['', 24],
  ['samtidiga', 10],
  ['median ms', 10],
  ['p99 ms', 9],
  ['anrop/s', 9],
  ['CPU server', 11],
  ['databas', 8],
  ['last', 6],
  ['bredvid', 8],
  ['CPU µs/anrop', 13],
  ['minne MB', 9],
  ['svar byte', 10],
  ['kvot', 14],
  ['av CPU', 8],
] as const;

function line(cells: readonly string[]): string {
  return COLUMNS.map(([, width], i) =>
    i === 0 ? (cells[i] ?? '').padEnd(width) : (cells[i] ?? '').padStart(width),
  ).join('');
}

export const heading = line(COLUMNS.map(([name]) => name));

const shown = (value: number | undefined, digits = 2) => (value === undefined ? '-' : value.toFixed(digits));

function cells(name: string, connections: number, { cpu, ...one }: Stretch, ratio = '', ofCpu = ''): string {
  return line([
    name,
    String(connections),
    shown(one.medianMs),
    shown(one.p99Ms),
    shown(one.perSecond, 0),
    shown(cpu.server),
    shown(cpu.database),
    shown(cpu.generator),
    shown(cpu.beside),
    shown(cpuPerRequest({ cpu, ...one }), 0),
    shown(one.memoryMb, 0),
    shown(one.bytes, 0),
    ratio,
    ofCpu,
  ]);
}

/** Microseconds of processor that one request took of server and database: holds also when others use the machine. */
export function cpuPerRequest({ cpu, perSecond }: Stretch): number | undefined {
  if (cpu.server === undefined) return undefined;
  return ((cpu.server + (cpu.database ?? 0)) / perSecond) * 1e6;
}

/** The lines of one comparison: the service with its ratio, and under it the limit. */
export function linesOf({
  workload,
  connections,
  service,
  limit,
  limitName,
  ratio,
  budget,
  faults,
}: Comparison): string[] {
  const kept = budget !== undefined && connections >= 32 ? (ratio! >= budget ? ' ≥' : ' <') + budget.toFixed(2) : '';
  const [own, least] = [cpuPerRequest(service), limit && cpuPerRequest(limit)];
  const ofCpu = own && least ? (least / own).toFixed(2) : '';
  return [
    cells(workload, connections, service, ratio === undefined ? '' : `${ratio.toFixed(2)}${kept}`, ofCpu),
    ...(limit && limitName ? [cells(`  ${limitName}`, connections, limit)] : []),
    ...faults.map((fault) => `  OGILTIG: ${fault}`),
  ];
}

/** What makes the whole run worthless, beside each comparison's own faults. */
export function faultsOf(comparisons: readonly Comparison[]): string[] {
  const busiest = comparisons.filter(({ connections }) => connections >= 32);
  const rate = (name: string) =>
    busiest.flatMap((one) =>
      one.limitName === name ? [one.limit!.perSecond] : one.workload === name ? [one.service.perSecond] : [],
    )[0];
  const [read, constant] = [rate('limit.read'), rate('limit.static')];
  const idle = busiest.filter(({ service: { cpu } }) => {
    const used = (cpu.server ?? 0) + (cpu.database ?? 0) + (cpu.generator ?? 0) + (cpu.beside ?? 0);
    return cpu.server !== undefined && used < 1.5;
  });
  return [
    ...(read && constant && read < 0.08 * constant ? ['limit.read är under 0,08 av limit.static'] : []),
    ...idle.map(({ workload }) => `${workload}: maskinen stod stilla (under 1,5 kärnor i arbete)`),
    ...comparisons.flatMap(({ workload, connections, faults }) =>
      faults.map((fault) => `${workload} (${connections}): ${fault}`),
    ),
  ];
}

export function writeReport(report: RunReport): Promise<string> {
  return writeResult('', report);
}

/** Writes one result as JSON, and gives the file. */
export async function writeResult<T extends { readonly at: string }>(kind: string, result: T): Promise<string> {
  await mkdir(RESULTS, { recursive: true });
  const file = `${RESULTS}${kind}${kind && '-'}${result.at.replaceAll(':', '-').slice(0, 19)}.json`;
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
  return file;
}
