import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StartRefusal } from '../start-refusal.ts';

const POLL_MS = 15;
/** How long another process may take to tell that it owns the server, or the server to follow a killed owner. */
const UNKNOWN_OWNER_MS = 3_000;
/** After this long the server of a killed owner is told to stop once more: its supervisor may have been killed too. */
const ORPHAN_AFTER_MS = 1_000;
const STOPPING_SERVER_MS = 40_000;

/** Where a cluster lies. */
export interface ClusterFolder {
  /** Holds `cluster/`, the credentials, the server's log and who runs it. */
  readonly folder: string;
  readonly cluster: string;
}

interface Postmaster {
  readonly pid: number;
  readonly status: string;
}

/** Reads `postmaster.pid`; its lines are defined in PostgreSQL's pidfile.h (pid first, status eighth). */
export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, status: lines[7]?.trim() ?? '' } : undefined;
}

/**
 * Makes sure that no server runs on this cluster, so that ours may start.
 *
 * A server whose owner was killed is on its way out and is waited for (and told to stop if its supervisor was killed
 * too); a pid file whose number was since given to another program is removed.
 *
 * @throws StartRefusal `data-in-use` when another living process runs it
 */
export async function awaitFreeCluster(place: ClusterFolder): Promise<void> {
  const began = Date.now();
  let told = false;
  for (; ; await pause(POLL_MS)) {
    const waited = Date.now() - began;
    const server = await findLivingServer(place.cluster);
    if (server === undefined) return;
    const owner = await readOwner(place.folder);
    const known = owner !== undefined && owner.postmaster === server;
    if (known && isAlive(owner.owner)) throw inUse(place, owner.owner);
    if (!known && waited > UNKNOWN_OWNER_MS) throw inUse(place, server);
    if (known && waited > ORPHAN_AFTER_MS && !told) {
      process.kill(server, 'SIGINT');
      told = true;
    }
    if (waited > STOPPING_SERVER_MS) throw inUse(place, server);
  }
}

/** The pid of the server, or of a process it left behind, that has this cluster open. */
async function findLivingServer(cluster: string): Promise<number | undefined> {
  const postmaster = await readPostmaster(cluster);
  if (postmaster === undefined) return undefined;
  const holders = await processesIn(cluster);
  if (holders === undefined) return isAlive(postmaster.pid) ? postmaster.pid : undefined;
  if (holders.includes(postmaster.pid)) return postmaster.pid;
  if (holders.length > 0) return holders[0];
  // Dead, or after a reboot its number belongs to someone else: the server would refuse to start beside that pid.
  if (isAlive(postmaster.pid)) await rm(join(cluster, 'postmaster.pid'), { force: true });
  return undefined;
}

/** Every process of a PostgreSQL server works in its data folder. Undefined where the system cannot tell (not Linux). */
async function processesIn(cluster: string): Promise<number[] | undefined> {
  if (process.platform !== 'linux') return undefined;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const folders = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  return pids.filter((_, index) => folders[index] === cluster).map(Number);
}

async function readOwner(folder: string): Promise<{ owner: number; postmaster: number } | undefined> {
  const text = await readFile(join(folder, 'owner.json'), 'utf8').catch(() => '');
  try {
    return JSON.parse(text) as { owner: number; postmaster: number };
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function inUse(place: ClusterFolder, pid: number): StartRefusal {
  return new StartRefusal('data-in-use', {
    sv: `Databasen i ${place.folder} används redan av process ${pid}. Stoppa den först, eller ange en annan DATA_DIR.`,
    en: `The database in ${place.folder} is already in use by process ${pid}. Stop it first, or set another DATA_DIR.`,
  });
}
