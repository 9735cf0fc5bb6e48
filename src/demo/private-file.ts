import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;

async function writeAside(path: string, text: string): Promise<string> {
  // Only the innermost folder is closed: the bundled Postgres, another user, has its data beside it.
  await mkdir(dirname(dirname(path)), { recursive: true });
  await mkdir(dirname(path), { recursive: true, mode: OWNER_ONLY_FOLDER });
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(aside, 'wx', OWNER_ONLY);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  return aside;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** Reads a file that only its owner may read, and makes it so again if it was not; undefined when there is none. */
export async function readPrivateFile(path: string): Promise<string | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    await chmod(path, OWNER_ONLY);
    return text;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Writes such a file whole or not at all: who is killed in the middle leaves the old one. */
export async function replacePrivateFile(path: string, text: string): Promise<void> {
  await rename(await writeAside(path, text), path);
}

/**
 * Writes such a file unless there is one, whole or not at all.
 *
 * @returns what the file holds now: another process that starts at the same time may have been first
 */
export async function createPrivateFile(path: string, text: string): Promise<string> {
  const aside = await writeAside(path, text);
  try {
    await link(aside, path);
    return text;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    return await readFile(path, 'utf8');
  } finally {
    await unlink(aside);
  }
}
