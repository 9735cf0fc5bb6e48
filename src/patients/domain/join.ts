import type { PatientId, ThingId } from '../../shared/ids.ts';
import type { ChangedBy, Instant } from '../../shared/owned.ts';
import {
  alreadyParted,
  alreadySamePerson,
  bothHaveLeadPlan,
  joinedElsewhere,
  joinNeedsLesserNumber,
  joinWithSelf,
  personToJoinUnknown,
} from '../problems.ts';
import { compareKinds, currentNumber } from './numbers.ts';
import type { Patient } from './patient.ts';

/** One line of the trace: `joined_id` became an alias of `patient_id`, or ceased to be. Only ever added to. */
export interface JoinAct {
  readonly patientId: PatientId;
  readonly id: ThingId;
  readonly joinedId: PatientId;
  readonly act: 'joined' | 'parted';
  readonly at: Instant;
  readonly by: ChangedBy;
  readonly why: string;
}

/** Two persons found to be one, and whether they have been parted again since. */
export interface Join extends Omit<JoinAct, 'act'> {
  readonly revision: 1 | 2;
  readonly parted?: Pick<JoinAct, 'at' | 'by' | 'why'>;
}

/** A key and the one it goes by. */
export interface KeyOfPerson {
  readonly patientId: PatientId;
  readonly canonicalId: PatientId;
  readonly joinedAt?: Instant;
}

/** Reads the trace, in order of time: a parting closes the latest joining of the same two keys. */
export function joinsOf(acts: readonly JoinAct[]): readonly Join[] {
  const joins: Join[] = [];
  for (const { act, ...rest } of [...acts].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (act === 'joined') {
      joins.push({ ...rest, revision: 1 });
      continue;
    }
    const open = joins.findLastIndex(
      (join) => !join.parted && join.joinedId === rest.joinedId && join.patientId === rest.patientId,
    );
    const { at, by, why } = rest;
    if (open >= 0) joins[open] = { ...joins[open]!, revision: 2, parted: { at, by, why } };
  }
  return joins;
}

/**
 * Which key each of these goes by while these joins stand. A key is joined to one other at a time, so they form trees,
 * and a key goes by its root: parting takes one branch off with all that had been joined to it before.
 */
export function keysAfter(keys: readonly PatientId[], joins: readonly Join[]): readonly KeyOfPerson[] {
  const standing = new Map(joins.filter((join) => !join.parted).map((join) => [join.joinedId, join]));
  return keys.map((patientId) => {
    let canonicalId = patientId;
    for (let join = standing.get(canonicalId); join; join = standing.get(canonicalId)) canonicalId = join.patientId;
    return { patientId, canonicalId, joinedAt: standing.get(patientId)?.at };
  });
}

/** One of two persons, as joining them must know it. */
export interface PersonToJoin {
  /** The row under the key that the person goes by; undefined when nobody is registered under the key asked for. */
  readonly patient: Patient | undefined;
  readonly hasActiveLeadPlan: boolean;
}

/**
 * Whether `other` may become one with `right`: their data then show together, and what is new is written on `right`.
 *
 * @throws personToJoinUnknown, joinWithSelf, alreadySamePerson, joinedElsewhere, joinNeedsLesserNumber,
 *   bothHaveLeadPlan
 */
export function checkJoin(
  right: PersonToJoin,
  other: PersonToJoin,
  asked: { right: PatientId; other: PatientId },
): void {
  if (asked.right === asked.other) throw joinWithSelf();
  if (!right.patient || !other.patient) throw personToJoinUnknown();
  if (right.patient.patientId === other.patient.patientId) throw alreadySamePerson();
  // Else whom it was joined to would come along, whom nobody has said anything about.
  if (other.patient.patientId !== asked.other) throw joinedElsewhere();
  const { kind, digits } = currentNumber(other.patient.numbers);
  const own = currentNumber(right.patient.numbers);
  const lesser = compareKinds(kind, own.kind) < 0;
  // One number held twice: registered by somebody for whom the protected holder must not exist.
  if (!lesser && kind !== 'reservnummer' && digits !== own.digits) throw joinNeedsLesserNumber();
  if (right.hasActiveLeadPlan && other.hasActiveLeadPlan) throw bothHaveLeadPlan();
}

/** The line of the trace that parts a join again. @throws alreadyParted */
export function partingOf(join: Join, line: Pick<JoinAct, 'id' | 'at' | 'by' | 'why'>): JoinAct {
  if (join.parted) throw alreadyParted();
  return { ...line, patientId: join.patientId, joinedId: join.joinedId, act: 'parted' };
}
