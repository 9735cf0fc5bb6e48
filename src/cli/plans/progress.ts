import { readFile, rename, writeFile } from 'node:fs/promises';

/** How far an import has come: every line up to `line` has been dealt with, in a file that begins as `digest` says. */
export interface Progress {
  readonly line: number;
  readonly digest: string;
}

/** What an earlier run wrote; undefined when there was none. */
export async function readProgress(file: string): Promise<Progress | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : (JSON.parse(text) as Progress);
}

/** Written beside and moved into place: a power cut leaves the old or the new, never half of one. */
export async function writeProgress(file: string, progress: Progress): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(progress)}\n`);
  await rename(`${file}.new`, file);
}
