import type { Desk } from '../access/index.ts';
import { inTransaction } from '../db/transaction.ts';
import { followEvents } from '../events/index.ts';
import type { JobQueue, NewJob, Worker } from '../jobs/index.ts';
import type { PatientId } from '../shared/ids.ts';
import { lookAtPerson } from './look-at-person.ts';
import { takeDue } from './store/findings.ts';

/** A person is put in line once a while, not again each minute while the queue is long. */
const PUT_OFF_MS = 5 * 60_000;
const AT_A_TIME = 500;

interface PersonJob {
  readonly patientId: PatientId;
}

function jobFor(patientId: PatientId): NewJob {
  return { queue: 'attention.person', key: patientId, data: { patientId } satisfies PersonJob };
}

/** Puts those in line to whom something has happened since last time. @returns how many events were followed */
export function followPersons(desk: Desk, queue: Pick<JobQueue, 'add'>): Promise<number> {
  return followEvents(desk.pool, 'attention', async (events, client) => {
    // What the service itself has found is no reason to look again.
    const persons = new Set(
      events.filter(({ resourceKind }) => resourceKind !== 'finding').map(({ patientId }) => patientId),
    );
    if (persons.size > 0) await queue.add(client, [...persons].map(jobFor));
  });
}

/** Puts those in line whose time has come by the business clock. @returns how many */
export async function runDue(desk: Desk, queue: Pick<JobQueue, 'add'>): Promise<number> {
  for (let all = 0; ; ) {
    const taken = await inTransaction(desk.pool, async (client) => {
      const due = await takeDue(client, desk.clock.now(), AT_A_TIME, PUT_OFF_MS);
      if (due.length > 0) await queue.add(client, due.map(jobFor));
      return due.length;
    });
    all += taken;
    if (taken < AT_A_TIME) return all;
  }
}

/** What the job queue does for findings: looks at persons in line, and each minute asks the clock. */
export function attentionWorkers(desk: Desk, queue: () => Pick<JobQueue, 'add'>): readonly Worker<never>[] {
  const person: Worker<PersonJob> = {
    queue: 'attention.person',
    batch: 5,
    handle: async (jobs) => {
      for (const { patientId } of jobs) await lookAtPerson(desk, patientId);
    },
  };
  const clock: Worker = {
    queue: 'attention.clock',
    batch: 1,
    cron: '* * * * *',
    handle: async () => {
      await runDue(desk, queue());
    },
  };
  return [person, clock] as readonly Worker<never>[];
}
