import type { PatientId, ThingId } from '../../shared/ids.ts';
import type {
  ChangedBy,
  ContributionKind,
  ContributionsByKind,
  ExternalId,
  InPlan,
  Instant,
  LegalBasis,
  Owned,
  RecordedBy,
} from './model.ts';

/** Who acts, when (business time), for which owner, and where new keys come from: all that a rule may know of the outside. */
export interface Act {
  readonly now: Instant;
  readonly by: ChangedBy;
  /** The owner of what is newly written in this act. */
  readonly owner: RecordedBy;
  readonly legalBasis: LegalBasis;
  readonly newId: () => ThingId;
}

/** One contribution as it becomes, and as it was (absent when it is new): what is stored, logged and told as one. */
export interface Change<K extends ContributionKind = ContributionKind> {
  readonly kind: K;
  readonly before?: ContributionsByKind[K];
  readonly after: ContributionsByKind[K];
}

export interface NewOwned {
  readonly approvedForPatient: boolean;
  readonly externalId?: ExternalId;
  readonly legalBasis?: LegalBasis;
}

/** The ownership of a thing that this act writes for the first time. */
export function newOwned(act: Act, patientId: PatientId, given: NewOwned, id: ThingId = act.newId()): Owned {
  return {
    patientId,
    id,
    revision: 1,
    recordedBy: act.owner,
    legalBasis: given.legalBasis ?? act.legalBasis,
    approvedForPatient: given.approvedForPatient,
    enteredInError: false,
    ...(given.externalId ? { externalId: given.externalId } : {}),
    createdAt: act.now,
    changedAt: act.now,
    changedBy: act.by,
  };
}

/** As {@link newOwned}, for a thing inside a plan. */
export function newInPlan(
  act: Act,
  plan: { patientId: PatientId; id: ThingId },
  given: NewOwned,
  id?: ThingId,
): InPlan {
  return { ...newOwned(act, plan.patientId, given, id), planId: plan.id };
}

/** The next revision of a thing: the same thing with some fields changed, by this act. Undefined takes a field away. */
export function revised<T extends Owned>(thing: T, act: Pick<Act, 'now' | 'by'>, fields: Partial<T>, why?: string): T {
  return {
    ...thing,
    ...fields,
    revision: thing.revision + 1,
    changedAt: act.now,
    changedBy: why === undefined ? act.by : { ...act.by, why },
  };
}

/** A new thing as a change. */
export function added<K extends ContributionKind>(kind: K, after: ContributionsByKind[K]): Change<K> {
  return { kind, after };
}

/** A changed thing as a change. */
export function changed<K extends ContributionKind>(
  kind: K,
  before: ContributionsByKind[K],
  after: ContributionsByKind[K],
): Change<K> {
  return { kind, before, after };
}
