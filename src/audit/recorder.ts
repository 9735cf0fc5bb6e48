import { randomIds } from '../shared/ids.ts';
import { type AuditEntry, auditRow } from './entry.ts';

/** Commits access-log entries; resolves only when they are durable. */
export interface AuditRecorder {
  /** @throws when the entries could not be committed: the request must then fail and nothing be disclosed. */
  record(entries: readonly AuditEntry[]): Promise<void>;
}

/** Writes rows of `audit_entries`, given as a JSON list, in one statement of its own, outside any transaction. */
export type InsertAuditRows = (rows: string) => Promise<void>;

interface Waiting {
  /** In JSON from the start: the ids in a row are cut out of the record that was read, and would keep it while they wait. */
  readonly rows: string;
  readonly count: number;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Gathered at most: a batch larger than this gains nothing and makes the first wait for the last. */
const BATCH_ROWS = 500;

/**
 * Gathers the entries of concurrent requests into one INSERT: while one is being written the next fills, so there is
 * no timer and a lone request waits for nobody. Each request waits for its own commit. A failed batch is tried again
 * request by request, so that one bad entry fails one request and not its neighbours.
 */
export function gatheringRecorder(insert: InsertAuditRows, realNow: () => number): AuditRecorder {
  let waiting: Waiting[] = [];
  let writing = 0;

  async function writeOneByOne(batch: readonly Waiting[]): Promise<void> {
    for (const request of batch) {
      try {
        await insert(`[${request.rows}]`);
        request.resolve();
      } catch (error) {
        request.reject(error);
      }
    }
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    try {
      await insert(`[${batch.map((request) => request.rows).join(',')}]`);
      for (const request of batch) request.resolve();
    } catch (error) {
      if (batch.length === 1) batch[0]!.reject(error);
      else await writeOneByOne(batch);
    }
  }

  function takeBatch(): Waiting[] {
    let rows = 0;
    let taken = 0;
    while (taken < waiting.length && (taken === 0 || rows + waiting[taken]!.count <= BATCH_ROWS)) {
      rows += waiting[taken]!.count;
      taken++;
    }
    const batch = waiting.slice(0, taken);
    waiting = waiting.slice(taken);
    return batch;
  }

  async function pump(): Promise<void> {
    writing++;
    try {
      while (waiting.length > 0) await write(takeBatch());
    } finally {
      writing--;
    }
  }

  return {
    record(entries) {
      const at = new Date(realNow());
      const rows = entries.map((entry) => JSON.stringify(auditRow(entry, randomIds.thingId(), at))).join(',');
      const count = entries.length;
      return new Promise<void>((resolve, reject) => {
        waiting.push({ rows, count, resolve, reject });
        if (writing === 0) void pump();
      });
    },
  };
}
