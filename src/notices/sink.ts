import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NoticeText, NoticeWay } from './domain/notice.ts';

/** A notice on its way out: to whom by the service's own id, which the receiving system turns into an address. */
export interface Notice extends NoticeText {
  /** The same each time it is sent: one that came twice is the same notice. */
  readonly id: string;
  readonly patientId: string;
  readonly way: NoticeWay;
}

/**
 * The port to whatever sends messages to people: a region's SMS service, a print shop, the portal's inbox. May be given
 * the same notice again after a crash.
 */
export interface NoticeSink {
  /** Resolves when the receiver surely has it. */
  send(notice: Notice): Promise<void>;
}

/** Writes each notice as one file, for a system that fetches them; whole or not at all. */
export function fileNoticeSink(folder: string): NoticeSink {
  return {
    async send(notice) {
      await mkdir(folder, { recursive: true });
      const half = join(folder, `.${randomUUID()}.part`);
      await writeFile(half, `${JSON.stringify(notice)}\n`, { mode: 0o600, flush: true });
      await rename(half, join(folder, `${notice.id}.json`));
    },
  };
}
