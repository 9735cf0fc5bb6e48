import type { PoolClient } from 'pg';
import {
  type Action,
  type Answered,
  type Asking,
  actFor,
  type Desk,
  type Moment,
  momentOf,
  type Sent,
  type Written,
  writing,
} from '../access/index.ts';
import type { IdempotentResult } from '../db/idempotency.ts';
import type { ReadingPlace } from '../db/query.ts';
import type { RowChange } from '../db/save-rows.ts';
import type { EventName } from '../events/index.ts';
import type { Actor } from '../shared/actor.ts';
import type { PatientId } from '../shared/ids.ts';
import type { Act, Owned, SwedishDate } from '../shared/owned.ts';
import { forbidden, notFound, stale } from '../shared/problems.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import { swedishDate } from '../shared/swedish-time.ts';
import type { Patient } from './domain/patient.ts';
import type { RelatedPerson } from './domain/related-person.ts';
import { changedFields, eventOf, type PersonChange, resourceOf, rowOf } from './store/changes.ts';
import { loadPatient, type PatientRecord } from './store/record.ts';

/** What a rule is given: the record as it is under the lock, the act, and the day in Sweden. */
export interface PersonContext {
  readonly record: PatientRecord;
  readonly act: Act;
  readonly today: SwedishDate;
}

/** The thing that a request made or changed, and the person afterwards. */
export interface ChangedPerson {
  readonly thing: Patient | RelatedPerson;
  readonly record: PatientRecord;
}

/** What a change of the person writes beside it, of other slices' things, in the same transaction. */
export type Beside = Pick<Written<unknown>, 'rows' | 'events' | 'resources'>;

/**
 * What else a death stops, and what goes on again when it was a mistake (`restored`). Slices above this one know; they
 * read it under the person's lock and say what to write.
 */
export type AtDeath = (
  place: ReadingPlace,
  actor: Actor,
  target: Moment & { readonly patientId: PatientId },
) => Promise<(act: Act, restored?: { readonly why: string }) => Beside>;

export interface PersonWrite extends Sent {
  readonly action: Action;
  readonly patientId: PatientId;
  readonly status: 200 | 201;
  readonly event: EventName;
  /** Hash of a number that the rule needs to know the holder of; its lock is taken. */
  readonly numberHash?: string;
  /** Gives the change. Throws a Problem to write nothing. */
  readonly rule: (context: PersonContext) => PersonChange;
  /** Reads what the change does to other slices' things. */
  readonly loadBeside?: (client: PoolClient, moment: Moment) => Promise<(act: Act) => Beside>;
  /** Rows of look-ups that go with the change. */
  readonly lookUps?: (context: PersonContext) => readonly RowChange[];
}

/** The lock under which the holder of a number is decided. */
export function numberLock(hash: string): string {
  return `number:${hash}`;
}

/**
 * Changes a person by one rule. Change, history, log entry and event are written together or not at all.
 *
 * @throws Problem what the rule refuses, and not-found for a person who is not there
 */
export function changePerson(desk: Desk, asking: Asking, write: PersonWrite): Promise<Answered<ChangedPerson>> {
  const { patientId, numberHash, status, idempotency } = write;
  const now = desk.clock.now();
  let beside: ((act: Act) => Beside) | undefined;
  return writing(desk, asking, {
    action: write.action,
    patientId,
    locks: numberHash === undefined ? [] : [numberLock(numberHash)],
    idempotency,
    load: async (client, made) => {
      const moment = momentOf(desk);
      beside = await write.loadBeside?.(client, moment);
      return loadPatient(client, asking.actor, { patientId: made?.patientId ?? patientId, numberHash, ...moment });
    },
    facts: (record) => record.facts,
    work: (_grant, record) => {
      if (!record.facts.actorUnit) throw forbidden();
      const act = actFor(asking, record.facts.actorUnit, toRfc3339Utc(now), desk.ids);
      const context = { record, act, today: swedishDate(now) };
      const change = write.rule(context);
      const { kind, after } = change;
      const fields = changedFields(change);
      const isSame = change.before !== undefined && fields.length === 0;
      const also = isSame ? undefined : beside?.(act);
      return {
        // What changes nothing leaves the revision as it is, and tells nobody.
        rows: isSame ? [] : [rowOf(change), ...(write.lookUps?.(context) ?? []), ...(also?.rows ?? [])],
        events: isSame ? [] : [eventOf(change, write.event), ...(also?.events ?? [])],
        resources: [resourceOf(kind, after), ...(also?.resources ?? [])],
        particulars: { changed: fields },
        result: { status, patientId: after.patientId, resourceKind: kind, resourceId: after.id },
        answer: isSame ? { thing: change.before, record } : { thing: after, record: withChange(record, change) },
      };
    },
    replay: (_grant, record, made) => ({ thing: madeThing(record, made), record }),
  });
}

function withChange(record: PatientRecord, { kind, after }: PersonChange): PatientRecord {
  if (kind === 'patient') {
    const others = record.all.filter(({ patientId }) => patientId !== after.patientId);
    return { ...record, canonical: after, all: [after, ...others] };
  }
  const at = record.relatedPersons.findIndex(({ id }) => id === after.id);
  const relatedPersons = at < 0 ? [...record.relatedPersons, after] : record.relatedPersons.with(at, after);
  return { ...record, relatedPersons };
}

function madeThing(record: PatientRecord, made: IdempotentResult): Patient | RelatedPerson {
  if (made.resourceKind === 'patient') return demandPatient(record);
  const related = record.relatedPersons.find(({ id }) => id === made.resourceId);
  if (!related) throw notFound();
  return related;
}

/** The registered person of a record. @throws notFound */
export function demandPatient(record: Pick<PatientRecord, 'canonical'>): Patient {
  if (!record.canonical) throw notFound();
  return record.canonical;
}

/**
 * Refuses a change that was made from another revision than the present one: another's change would be lost.
 *
 * @throws stale with the present revision
 */
export function demandRevision(thing: Pick<Owned, 'revision'>, expected: number | undefined): void {
  if (expected !== undefined && thing.revision !== expected) throw stale({ extra: { revision: thing.revision } });
}
