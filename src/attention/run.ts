import type { Desk } from '../access/index.ts';
import { followChanges } from '../events/index.ts';
import { type JobLog, type Repeated, repeated } from '../jobs/index.ts';
import { findAtPerson } from './look-at-person.ts';
import { makeDue, type NextLook, saveNextLooks, type Taken, takeDue } from './store/due.ts';

/** How often it is asked whose turn it is, real time: what happens to a person meanwhile is looked at together. */
const EVERY_MS = 5_000;
const AT_A_TIME = 20;
/** After so long another process may look at those whom one has taken, seconds. */
const LEASE_SECONDS = 120;
/** A person who could not be looked at is tried again after so long, business time. */
const TRY_AGAIN_MS = 30_000;

/** Makes those due to whom something has happened since last time. @returns how many changes were followed */
export function followPersons(desk: Desk): Promise<number> {
  // What the service itself has found is no reason to look again.
  return followChanges(desk.pool, 'attention', 'finding', async (changes, client) => {
    const persons = new Set(changes.filter(({ counts }) => counts).map(({ patientId }) => patientId));
    if (persons.size > 0) await makeDue(client, [...persons], desk.clock.now());
  });
}

export interface LookOptions {
  readonly log: JobLog;
  /** Seconds; two minutes unless told. */
  readonly leaseSeconds?: number;
  /** Asked between persons: the service is stopping. */
  readonly isOver?: () => boolean;
}

/**
 * Looks at those whose turn it is, some at a time, one after another: findings never take more of the database from
 * requests than one caller does. @returns how many were looked at
 */
export async function lookAtDue(desk: Desk, options: LookOptions): Promise<number> {
  const { leaseSeconds = LEASE_SECONDS, isOver = () => false } = options;
  for (let all = 0; ; ) {
    const taken = await takeDue(desk.pool, desk.clock.now(), AT_A_TIME, leaseSeconds);
    const looks: NextLook[] = [];
    for (const one of taken) looks.push(isOver() ? letGo(desk, one) : await lookAt(desk, one, options.log));
    await saveNextLooks(desk.pool, looks);
    all += looks.length;
    if (taken.length < AT_A_TIME || isOver()) return all;
  }
}

/** Due as before, for another process to take. */
function letGo(desk: Desk, { patientId, until: taken }: Taken): NextLook {
  return { patientId, at: desk.clock.now(), taken };
}

async function lookAt(desk: Desk, { patientId, until: taken }: Taken, log: JobLog): Promise<NextLook> {
  try {
    const { lookAgainAt } = await findAtPerson(desk, patientId);
    return { patientId, at: lookAgainAt, taken };
  } catch (error) {
    log.error(
      { err: error instanceof Error ? error : undefined, component: 'attention' },
      'a person could not be looked at; tried again',
    );
    return { patientId, at: desk.clock.now() + TRY_AGAIN_MS, taken };
  }
}

/**
 * Looks for what falls between chairs from within the service, in every process of it: they share the work through the
 * database.
 *
 * @returns how to stop it: resolves when nothing of it is under way
 */
export function startAttention(
  desk: Desk,
  options: Omit<LookOptions, 'isOver'> & { readonly everyMs?: number },
): Repeated {
  let stopped = false;
  const isOver = () => stopped;
  const round = async () => {
    while (!isOver() && (await followPersons(desk)) > 0);
    if (!isOver()) await lookAtDue(desk, { ...options, isOver });
  };
  const going = repeated(options.everyMs ?? EVERY_MS, round, (error) => {
    options.log.error(
      { err: error instanceof Error ? error : undefined, component: 'attention' },
      'nobody could be looked at; trying again',
    );
  });
  return {
    stop() {
      stopped = true;
      return going.stop();
    },
  };
}
