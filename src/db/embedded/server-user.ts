import { execFileSync, spawnSync } from 'node:child_process';
import { StartRefusal } from '../start-refusal.ts';

/** The account that the server process runs as when it may not be our own. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Says who the database server must run as: undefined for an ordinary user (the server is simply ours), an
 * unprivileged account when we are root, since PostgreSQL refuses to run as root.
 *
 * @param clusterOwner uid and gid that own an existing cluster; root keeps running it as that account
 * @throws StartRefusal `no-server-user` when root finds neither `postgres` nor `nobody`
 */
export function chooseServerUser(clusterOwner?: ServerUser): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (clusterOwner !== undefined && clusterOwner.uid !== 0) return clusterOwner;
  const user = lookUp('postgres') ?? lookUp('nobody');
  if (user !== undefined) return user;
  throw new StartRefusal('no-server-user', {
    sv: 'Den inbyggda databasen kan inte köras som root och varken kontot postgres eller nobody finns. Starta som en vanlig användare.',
    en: 'The embedded database cannot run as root and there is no account postgres or nobody. Start as an ordinary user.',
  });
}

function lookUp(name: string): ServerUser | undefined {
  try {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' })));
    return uid !== undefined && gid !== undefined && uid > 0 ? { uid, gid } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether that account can enter a folder. Asked by trying, because a mode on any folder above may forbid it. */
export function canEnter(user: ServerUser | undefined, folder: string): boolean {
  if (user === undefined) return true;
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}
