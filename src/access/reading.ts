import type { AuditEntry, AuditedResource } from '../audit/index.ts';
import { NIL_PATIENT, type PatientId } from '../shared/ids.ts';
import type { Action } from './actions.ts';
import type { Grant, Sealed } from './grant.ts';
import {
  type AboutPatient,
  type Asking,
  admit,
  type Desk,
  entryFor,
  factsNow,
  type RecordFacts,
  recordingRefusals,
} from './guard.ts';
import { withoutProtectedStaff } from './protected-staff.ts';

/** What a read shows, and what the log must know of it. */
export interface Shown<T> {
  readonly answer: T;
  readonly resources: readonly AuditedResource[];
  readonly particulars?: Readonly<Record<string, unknown>>;
  readonly hits?: number;
  /** For a search: the names of its criteria, never their values. It leaves an entry of its own, whoever it found. */
  readonly search?: readonly string[];
}

/** One read of one patient's record. */
export interface ReadSpec<R, A extends Action, T> {
  readonly action: A;
  /** Trip 1: facts and content of one patient, in one statement. */
  readonly load: () => Promise<Sealed<R>>;
  readonly facts: (record: R) => RecordFacts;
  readonly patientOf: (record: R) => PatientId;
  /** Filters and presents in memory. Throws a Problem (not-found) when nothing of it may be seen. */
  readonly show: (grant: Grant<A>, record: R) => Shown<T>;
}

/**
 * Answers a read in two trips: one statement for facts and content, then the log entry with its true outcome. The
 * answer is given out only when its entry is committed; if it cannot be, the request fails and nothing is disclosed. No
 * answer names staff with protected identity.
 */
export function reading<R, A extends Action, T>(desk: Desk, asking: Asking, spec: ReadSpec<R, A, T>): Promise<T> {
  return readingAs(desk, asking, (answer) => answer, spec);
}

/**
 * As {@link reading}, in the form that leaves: made before the log entry is waited for, so that a large answer waits as
 * bytes. Records of all who wait at a time were most of what collecting garbage moved about.
 *
 * @param form makes what is sent of an answer; it must send nothing itself
 */
export function readingAs<R, A extends Action, T, F>(
  desk: Desk,
  asking: Asking,
  form: (answer: T) => F,
  spec: ReadSpec<R, A, T>,
): Promise<F> {
  return recordingRefusals(desk, asking, spec.action, async (about) => {
    // Not awaited: what an asynchronous function has been given it holds until it ends.
    const judge = (sealed: Sealed<R>) => judged(desk, asking, form, spec, sealed, about);
    const { formed, logged } = await spec.load().then(judge);
    await logged;
    return formed;
  });
}

function judged<R, A extends Action, T, F>(
  desk: Desk,
  asking: Asking,
  form: (answer: T) => F,
  spec: ReadSpec<R, A, T>,
  sealed: Sealed<R>,
  about: AboutPatient,
): { readonly formed: F; readonly logged: Promise<void> } {
  const facts = factsNow(desk, sealed, spec.facts);
  // A key that leads to nobody is no patient, and the log has one word for that.
  const patientId = facts.patientKnown ? sealed.facts(spec.patientOf) : NIL_PATIENT;
  const grant = admit(asking, spec.action, facts, patientId);
  about(patientId);
  const shown = spec.show(grant, sealed.open(grant));
  const formed = form(withoutProtectedStaff(shown.answer, facts.protectedStaff));
  return { formed, logged: desk.recorder.record(entriesFor(asking, spec.action, patientId, shown)) };
}

function entriesFor(asking: Asking, action: Action, patientId: PatientId, shown: Shown<unknown>): AuditEntry[] {
  const { resources, particulars, hits, search } = shown;
  if (!search) return [entryFor(asking, action, { patientId, outcome: 'Beviljad', resources, particulars, hits })];
  const searched = entryFor(asking, action, {
    outcome: 'Beviljad',
    resources: [],
    particulars: { ...particulars, criteria: search },
    hits: hits ?? 0,
  });
  // A search that gave nothing out is in nobody's log but its own.
  if (resources.length === 0) return [searched];
  return [searched, entryFor(asking, action, { patientId, outcome: 'Beviljad', resources, particulars })];
}

/** A read across patients: what left, and about whom. */
export interface ShownMany<T> {
  readonly answer: T;
  readonly hits: number;
  readonly resources: readonly { readonly patientId: PatientId; readonly resource: AuditedResource }[];
}

export interface ReadManySpec<R, A extends Action, T> {
  readonly action: A;
  readonly load: () => Promise<Sealed<R>>;
  readonly facts: (record: R) => RecordFacts;
  readonly show: (grant: Grant<A>, record: R) => ShownMany<T>;
}

/**
 * Answers a read across patients in two trips: the log gets one entry for the search itself, and one for each patient
 * whose data left, in one INSERT. Staff with protected identity are not named where the facts say who they are.
 */
export function readingMany<R, A extends Action, T>(
  desk: Desk,
  asking: Asking,
  spec: ReadManySpec<R, A, T>,
): Promise<T> {
  return recordingRefusals(desk, asking, spec.action, async () => {
    const sealed = await spec.load();
    const facts = factsNow(desk, sealed, spec.facts);
    const grant = admit(asking, spec.action, facts);
    const { answer, hits, resources } = spec.show(grant, sealed.open(grant));
    const byPatient = new Map<PatientId, AuditedResource[]>();
    for (const { patientId, resource } of resources) {
      byPatient.set(patientId, [...(byPatient.get(patientId) ?? []), resource]);
    }
    await desk.recorder.record([
      entryFor(asking, spec.action, { outcome: 'Beviljad', resources: [], hits }),
      ...[...byPatient].map(([patientId, of]) =>
        entryFor(asking, spec.action, { patientId, outcome: 'Beviljad', resources: of }),
      ),
    ]);
    return withoutProtectedStaff(answer, facts.protectedStaff);
  });
}
