import type { Pool } from 'pg';
import { inTransaction } from '../db/transaction.ts';
import { followEvents, sequenceEvents } from '../events/index.ts';
import { type Repeated, repeated } from '../jobs/index.ts';
import type { Clock } from '../shared/clock.ts';
import { type Ids, publicPatientId } from '../shared/ids.ts';
import { isNoticeWay, noticeText, noticeWay } from './domain/notice.ts';
import { sendAt } from './domain/when-to-send.ts';
import type { NoticeSink } from './sink.ts';
import { asNotices, concludeNotice, nextDue, personsTold, queueNotices } from './store/notices.ts';

/** Where the job tells how it goes; never to whom. */
export interface NoticeLog {
  error(facts: object, text: string): void;
}

export interface NoticeOptions {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly sink: NoticeSink;
  readonly log: NoticeLog;
  /** Real time; five seconds unless told. */
  readonly everyMs?: number;
}

const EVERY_MS = 5_000;
/** How many go out before the next look at what has happened. */
const BATCH = 100;

/**
 * Follows what has happened, and tells those concerned that there is something new: one notice for all of it, in the
 * daytime, by the way that the person wants. What is known of the person is judged when it goes out, so that death and
 * protection stop what was already in line.
 *
 * @returns how many were sent
 */
export async function noticeOnce(options: NoticeOptions): Promise<number> {
  const { pool, clock, ids } = options;
  await sequenceEvents(pool);
  await followEvents(pool, 'notices', async (events, client) => {
    await asNotices(client);
    const persons = await personsTold(client, events);
    const now = clock.now();
    if (persons.length > 0) await queueNotices(client, persons, ids, { now, dueAt: sendAt(now) });
  });
  let sent = 0;
  for (let i = 0; i < BATCH; i++) {
    const became = await sendNext(options);
    if (became === 'none') break;
    if (became === 'sent') sent += 1;
  }
  return sent;
}

/** Each in a transaction of its own: a notice that could not be handed on waits, and those that were are done. */
function sendNext({ pool, clock, sink }: NoticeOptions): Promise<'sent' | 'stopped' | 'none'> {
  return inTransaction(pool, async (client) => {
    await asNotices(client);
    const now = clock.now();
    const due = await nextDue(client, now);
    if (!due) return 'none';
    const way = noticeWay(due.person, now);
    if (!isNoticeWay(way)) {
      await concludeNotice(client, due, now, { reason: way });
      return 'stopped';
    }
    await sink.send({
      id: due.id,
      patientId: publicPatientId(due.patientId),
      way,
      ...noticeText(way, due.person!.language),
    });
    await concludeNotice(client, due, now, { way });
    return 'sent';
  });
}

/**
 * Sends notices from within the service, in every process of it: rows that one holds are passed by the others.
 *
 * @returns how to stop it: resolves when nothing of it is under way
 */
export function startNotices(options: NoticeOptions): Repeated {
  return repeated(
    options.everyMs ?? EVERY_MS,
    () => noticeOnce(options),
    (error) => {
      const { name, code } = error as { name?: string; code?: string };
      options.log.error({ error: name, code }, 'a notice could not be sent; trying again');
    },
  );
}
