import type { PoolClient } from 'pg';
import { type AuditedResource, auditRow } from '../audit/index.ts';
import { inBoundTransaction } from '../db/bound.ts';
import { findIdempotent, type IdempotencyRequest, type IdempotentResult, idempotencyRow } from '../db/idempotency.ts';
import { type RowChange, saveRows } from '../db/save-rows.ts';
import { Ending } from '../db/transaction.ts';
import { type OutboxEvent, outboxRows } from '../events/index.ts';
import type { PatientId } from '../shared/ids.ts';
import { idempotencyMismatch } from '../shared/problems.ts';
import type { Action } from './actions.ts';
import type { Grant, Sealed } from './grant.ts';
import { type Asking, admit, type Desk, entryFor, factsNow, type RecordFacts, recordingRefusals } from './guard.ts';
import { withoutProtectedStaff } from './protected-staff.ts';

/** What a change writes, what it made or changed, and what the log and the outside are told. */
export interface Written<T> {
  readonly rows: readonly RowChange[];
  readonly events: readonly OutboxEvent[];
  readonly resources: readonly AuditedResource[];
  /** Names of changed fields; never values. */
  readonly particulars?: Readonly<Record<string, unknown>>;
  /** When one request did several things: an entry for each kind of act, in place of the one above. */
  readonly acts?: readonly LoggedAct[];
  /** Another person whose record the act changed: an entry of its own in that person's log. */
  readonly alsoAbout?: { readonly patientId: PatientId; readonly resources: readonly AuditedResource[] };
  readonly result: IdempotentResult;
  readonly answer: T;
}

/** One kind of act of a request, as the log names it. */
export interface LoggedAct {
  readonly action: Action;
  readonly resources: readonly AuditedResource[];
  readonly particulars?: Readonly<Record<string, unknown>>;
}

export interface Answered<T> {
  readonly status: number;
  readonly answer: T;
  /** The key had been used: nothing was written this time. */
  readonly replayed: boolean;
}

/** How a client sent a change: which revision it was made from, and whether it may be sent again. */
export interface Sent {
  readonly expectedRevision?: number;
  readonly idempotency?: IdempotencyRequest;
}

/** One change of one patient's record. */
export interface WriteSpec<R, A extends Action, T> {
  readonly action: A;
  /** Whose lock is taken; one writer at a time per person. */
  readonly patientId: PatientId;
  /** Whose lock is taken as well, when one act changes two persons' records. */
  readonly otherPatientId?: PatientId;
  /** What else one at a time may work on, see `Binding`. */
  readonly locks?: readonly string[];
  readonly idempotency?: IdempotencyRequest;
  /** `made` is what an earlier request with the same key made: it may be about a person whose key was new then. */
  readonly load: (client: PoolClient, made: IdempotentResult | undefined) => Promise<Sealed<R>>;
  readonly facts: (record: R) => RecordFacts;
  /** The rules: pure, on the record as it is under the lock. Throws a Problem to write nothing. */
  readonly work: (grant: Grant<A>, record: R) => Written<T>;
  /** Presents what an earlier request with the same key made, as it is now and under present access. */
  readonly replay?: (grant: Grant<A>, record: R, made: IdempotentResult) => T;
  /** What left with the answer to a request that was sent again. */
  readonly shownBy?: (answer: T) => readonly AuditedResource[];
}

/**
 * Makes a change in one transaction: the change with its history, the log entry, the outgoing events and the
 * idempotency key are committed together or not at all. No answer names staff with protected identity.
 */
export function writing<R, A extends Action, T>(
  desk: Desk,
  asking: Asking,
  spec: WriteSpec<R, A, T>,
): Promise<Answered<T>> {
  const { patientId, otherPatientId, idempotency } = spec;
  // The client's key is locked too: with the same key sent about two persons at once, the patient's lock is not enough.
  const locks = [...(spec.locks ?? []), ...(idempotency ? [`key:${idempotency.keyHash}`] : [])];
  return recordingRefusals(desk, asking, spec.action, (about) =>
    inBoundTransaction<Answered<T>>(
      desk.pool,
      { actor: asking.actor, patientId, otherPatientId, locks },
      async (client) => {
        const made = spec.idempotency && (await findIdempotent(client, spec.idempotency));
        if (made && !made.sameBody) throw idempotencyMismatch();
        const sealed = await spec.load(client, made);
        const facts = factsNow(desk, sealed, spec.facts);
        const grant = admit(asking, spec.action, facts, made?.patientId ?? patientId);
        if (facts.patientKnown) about(made?.patientId ?? patientId);
        const record = sealed.open(grant);
        if (made && spec.replay) {
          const answer = spec.replay(grant, record, made);
          const replayed = { resources: spec.shownBy?.(answer) ?? [], particulars: { replayed: true } };
          const saving = saveRows(client, [logRow(desk, asking, spec.action, made.patientId, replayed)]);
          const told = withoutProtectedStaff(answer, facts.protectedStaff);
          return new Ending({ status: made.status, answer: told, replayed: true }, saving);
        }
        const written = spec.work(grant, record);
        const saving = saveRows(client, rowsOf(desk, asking, spec, written));
        const told = withoutProtectedStaff(written.answer, facts.protectedStaff);
        return new Ending({ status: written.result.status, answer: told, replayed: false }, saving);
      },
    ),
  );
}

function logRow(
  desk: Desk,
  asking: Asking,
  action: Action,
  patientId: PatientId,
  seen: Pick<Written<unknown>, 'resources' | 'particulars'>,
): RowChange {
  const { resources, particulars } = seen;
  const entry = entryFor(asking, action, { patientId, outcome: 'Beviljad', resources, particulars });
  return {
    table: 'audit_entries',
    write: 'insert',
    row: auditRow(entry, desk.ids.thingId(), new Date(desk.realNow())),
  };
}

function rowsOf<R, A extends Action, T>(
  desk: Desk,
  asking: Asking,
  spec: WriteSpec<R, A, T>,
  written: Written<T>,
): RowChange[] {
  const { alsoAbout, particulars } = written;
  const acts: readonly LoggedAct[] = written.acts ?? [{ ...written, action: spec.action }];
  const logged = acts.map((act) => logRow(desk, asking, act.action, spec.patientId, act));
  const rows: RowChange[] = [...written.rows, ...logged];
  if (alsoAbout) {
    const seen = { resources: alsoAbout.resources, particulars };
    rows.push(logRow(desk, asking, spec.action, alsoAbout.patientId, seen));
  }
  rows.push(...outboxRows(written.events, desk.ids));
  if (spec.idempotency) {
    const row = idempotencyRow(spec.idempotency, written.result, desk.realNow());
    rows.push({ table: 'idempotency_keys', write: 'insert', row });
  }
  return rows;
}
