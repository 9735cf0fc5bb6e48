import { readdir, readFile } from 'node:fs/promises';

/** Linux counts a process's time in hundredths. */
const TICKS_PER_SECOND = 100;

interface Stat {
  readonly parent: number;
  readonly cpuSeconds: number;
}

async function statOf(pid: number | string): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  // The command's name may hold spaces and brackets; fields are counted from after it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [parent, user, system, childUser, childSystem] = [1, 11, 12, 13, 14].map((i) => Number(fields[i]));
  return { parent: parent!, cpuSeconds: (user! + system! + childUser! + childSystem!) / TICKS_PER_SECOND };
}

/** CPU seconds of a process so far; undefined where the system does not tell. */
export async function cpuOf(pid: number): Promise<number | undefined> {
  return (await statOf(pid))?.cpuSeconds;
}

/** CPU seconds of a process and all its children, those that have ended included. */
export async function cpuOfFamily(pid: number): Promise<number | undefined> {
  const own = await statOf(pid);
  if (!own) return undefined;
  return (await childrenOf(pid)).reduce((sum, { cpuSeconds }) => sum + cpuSeconds, own.cpuSeconds);
}

async function childrenOf(pid: number): Promise<(Stat & { readonly pid: number })[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(pids.map(async (one) => ({ pid: one, stat: await statOf(one) })));
  return stats.flatMap((one) => (one.stat?.parent === pid ? [{ pid: one.pid, ...one.stat }] : []));
}

/** All processors' busy seconds so far: whatever is not ours ran beside. */
export async function cpuOfMachine(): Promise<number | undefined> {
  const text = await readFile('/proc/stat', 'utf8').catch(() => undefined);
  const [, user, nice, system, , , irq, softirq] = text?.split('\n')[0]?.split(/ +/).map(Number) ?? [];
  return user === undefined ? undefined : (user + nice! + system! + irq! + softirq!) / TICKS_PER_SECOND;
}

/** Memory held, in megabytes. */
export async function memoryOf(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => undefined);
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(text ?? '')?.[1];
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
}

/** Memory held by a process and its children, in megabytes; what they share is counted for each. */
export async function memoryOfFamily(pid: number): Promise<number | undefined> {
  const own = await memoryOf(pid);
  if (own === undefined) return undefined;
  const others = await Promise.all((await childrenOf(pid)).map((child) => memoryOf(child.pid)));
  return others.reduce<number>((sum, one) => sum + (one ?? 0), own);
}
