import type { ClientBase } from 'pg';
import type { StaffActor } from '../shared/actor.ts';
import type { PatientId, ThingId } from '../shared/ids.ts';
import type { HsaId } from '../shared/owned.ts';
import { endOfDay, startOfDay } from '../shared/swedish-time.ts';
import type { LogEntry } from './domain/entry.ts';
import { patternsOf } from './domain/patterns.ts';
import type { Finding, Pattern, ReviewCriteria, Search } from './domain/review.ts';
import { reviewTooLarge } from './problems.ts';
import { type DirectoryUser, readPersons, readUsers } from './store/known-people.ts';
import {
  drawSample,
  type FoundDay,
  type FoundDealing,
  type FoundEntries,
  findByPatient,
  findByUser,
  findDealings,
  findEmergencies,
  MOST_COVERED,
  MOST_FINDINGS,
  type SearchScope,
} from './store/review-search.ts';
import { type Reviewer, watchedAmong } from './store/reviews.ts';

/** Persons whose names one review compares at most. */
const MOST_PERSONS = 20_000;

/**
 * Finds what the criteria ask for, in the transaction that the review is written in: what is kept is what was there.
 *
 * @throws reviewTooLarge
 */
export async function findForReview(
  client: ClientBase,
  actor: StaffActor,
  criteria: ReviewCriteria,
  seed: string,
  by: Reviewer,
): Promise<Search> {
  const scope: SearchScope = {
    provider: actor.providerHsaId,
    from: startOfDay(criteria.from),
    until: endOfDay(criteria.to),
    ...(criteria.unit === undefined ? {} : { unit: criteria.unit }),
  };
  if (criteria.kind === 'patterns') return findPatterns(client, actor, scope, criteria);
  const { covered, entries } = await findEntries(client, scope, criteria, seed, by);
  if (covered > MOST_COVERED) throw reviewTooLarge();
  const users = await readUsers(client, [
    ...new Set(entries.flatMap((e) => (e.userKind === 'staff' ? [e.userId] : []))),
  ]);
  const most = criteria.kind === 'sample' ? criteria.size : MOST_FINDINGS;
  const findings = entries.slice(0, most).map((entry) => findingOf(entry, users));
  return { covered, findings, cut: criteria.kind !== 'sample' && entries.length > most };
}

function findEntries(
  client: ClientBase,
  scope: SearchScope,
  criteria: Exclude<ReviewCriteria, { kind: 'patterns' }>,
  seed: string,
  by: Reviewer,
): Promise<FoundEntries> {
  switch (criteria.kind) {
    case 'sample':
      return drawSample(client, scope, seed, criteria.size);
    case 'user':
      return findByUser(client, scope, criteria.staff);
    case 'patient':
      return findByPatient(client, scope, criteria.patientId, by);
    case 'emergency':
      return findEmergencies(client, scope);
  }
}

const NIL = '00000000-0000-0000-0000-000000000000';

function findingOf(entry: LogEntry, users: ReadonlyMap<HsaId, DirectoryUser>): Finding {
  const { patientId, id, at, userKind, unit, provider, activity, action, outcome, purpose } = entry;
  const time = millis(at);
  return {
    user: userKind === 'staff' ? staffUser(entry.userId, entry.userName, users) : otherUser(entry),
    ...(patientId === NIL ? {} : { patientId }),
    patterns: [],
    units: unit === undefined ? [] : [unit],
    ...(provider === undefined ? {} : { provider }),
    firstAt: time,
    lastAt: time,
    entries: 1,
    entryId: id as ThingId,
    activities: [activity],
    actions: [action],
    outcomes: [outcome],
    purposes: [purpose],
  };
}

/** A system by its client; of a citizen the kind alone, since the id is the hash of a personal number. */
function otherUser({ userKind, userId, userName }: LogEntry): Finding['user'] {
  if (userKind !== 'system' && userKind !== 'operator') return { kind: userKind };
  return { kind: userKind, id: userId, ...(userName === undefined ? {} : { name: userName }) };
}

function staffUser(id: HsaId, name: string | undefined, users: ReadonlyMap<HsaId, DirectoryUser>): Finding['user'] {
  const known = users.get(id);
  return {
    kind: 'staff',
    id,
    ...(known?.protected === false && name !== undefined ? { name } : {}),
    ...(known?.title === undefined ? {} : { title: known.title }),
  };
}

async function findPatterns(
  client: ClientBase,
  actor: StaffActor,
  scope: SearchScope,
  { patterns, volumeAbove }: Extract<ReviewCriteria, { kind: 'patterns' }>,
): Promise<Search> {
  const { covered, dealings, days } = await findDealings(client, scope, volumeAbove);
  const patients = [...new Set(dealings.map(({ patientId }) => patientId))];
  if (covered > MOST_COVERED || patients.length > MOST_PERSONS) throw reviewTooLarge();
  const users = await readUsers(client, [...new Set(dealings.map(({ userId }) => userId))]);
  const watched = await watchedAmong(client, patients);
  const persons = await readPersons(client, actor, patients);
  const wanted = new Set<Pattern>(patterns);
  const found: Finding[] = dealings.flatMap((dealing) => {
    const { userId, userName, patientId, units } = dealing;
    const user = users.get(userId) ?? { ...(userName === undefined ? {} : { name: userName }) };
    const of = { user, person: persons.get(patientId), units, isWatched: watched.has(patientId) };
    const fits = patternsOf(of).filter((pattern) => wanted.has(pattern));
    return fits.length === 0 ? [] : [summedFinding(dealing, users, scope.provider, { patientId, patterns: fits })];
  });
  if (wanted.has('volume')) {
    found.push(
      ...days.map((day) => summedFinding(day, users, scope.provider, { persons: day.persons, patterns: ['volume'] })),
    );
  }
  found.sort((a, b) => b.patterns.length - a.patterns.length || (a.firstAt < b.firstAt ? -1 : 1));
  return { covered, findings: found.slice(0, MOST_FINDINGS), cut: found.length > MOST_FINDINGS };
}

function summedFinding(
  {
    userId,
    userName,
    firstAt,
    lastAt,
    entries,
    units,
    activities,
    actions,
    outcomes,
    purposes,
  }: FoundDealing | FoundDay,
  users: ReadonlyMap<HsaId, DirectoryUser>,
  provider: HsaId,
  more: { readonly patientId?: PatientId; readonly persons?: number; readonly patterns: readonly Pattern[] },
): Finding {
  return {
    user: staffUser(userId, userName, users),
    ...more,
    units,
    provider,
    firstAt: millis(firstAt),
    lastAt: millis(lastAt),
    entries,
    activities,
    actions,
    outcomes,
    purposes,
  };
}

function millis(at: string): string {
  return `${at.slice(0, 23)}Z`;
}
