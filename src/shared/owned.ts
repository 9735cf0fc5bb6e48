import type { PatientId, ThingId } from './ids.ts';

/** A calendar day in Sweden, `2026-11-23`. */
export type SwedishDate = string;
/** An instant in UTC, `2026-11-23T11:00:00Z`. */
export type Instant = string;
/** Something to be done by a day (its end, in Swedish time) or by an instant. */
export type When = SwedishDate | Instant;
export type HsaId = string;

export const LEGAL_BASES = ['HSL', 'SoL', 'LSS'] as const;
export type LegalBasis = (typeof LEGAL_BASES)[number];

/** Whose words a contribution holds, and which unit, provider and principal own them. */
export interface RecordedBy {
  readonly kind: 'staff' | 'patient' | 'relative' | 'system';
  readonly staff?: HsaId;
  readonly name?: string;
  readonly unit: HsaId;
  readonly provider: HsaId;
  readonly principal: HsaId;
}

/** Who made the latest change, and why when a reason is asked for. */
export interface ChangedBy {
  readonly kind: RecordedBy['kind'];
  readonly staff?: HsaId;
  readonly name?: string;
  readonly unit?: HsaId;
  readonly why?: string;
}

export interface ExternalId {
  readonly source: string;
  readonly id: string;
}

/** What every contribution carries, header included: there is no single legal owner of a plan. */
export interface Owned {
  readonly patientId: PatientId;
  readonly id: ThingId;
  /** Raised by every change of this thing only; the ETag and FHIR's versionId. */
  readonly revision: number;
  readonly recordedBy: RecordedBy;
  readonly legalBasis: LegalBasis;
  readonly approvedForPatient: boolean;
  readonly signedBy?: HsaId;
  readonly signedAt?: Instant;
  readonly enteredInError: boolean;
  readonly externalId?: ExternalId;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
  readonly changedBy: ChangedBy;
}

/** The fields that say whose a thing is and who wrote it, alike for all kinds; the others are its kind's own. */
export const OWNERSHIP: ReadonlySet<string> = new Set<keyof Owned>([
  'patientId',
  'id',
  'revision',
  'recordedBy',
  'legalBasis',
  'approvedForPatient',
  'signedBy',
  'signedAt',
  'enteredInError',
  'externalId',
  'createdAt',
  'changedAt',
  'changedBy',
]);

/** Who acts, when (business time), for which owner, and where new keys come from: all that a rule may know of the outside. */
export interface Act {
  readonly now: Instant;
  readonly by: ChangedBy;
  /** The owner of what is newly written in this act. */
  readonly owner: RecordedBy;
  readonly legalBasis: LegalBasis;
  readonly newId: () => ThingId;
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
    externalId: given.externalId,
    createdAt: act.now,
    changedAt: act.now,
    changedBy: act.by,
  };
}

/**
 * The next revision of a thing: the same thing with some fields changed, by this act. Undefined takes a field away. A
 * signature is on one wording, and goes when staff or a system change it (PDL 3:10); what the patient answers or ticks
 * leaves it.
 */
export function revised<T extends Owned>(thing: T, act: Pick<Act, 'now' | 'by'>, fields: Partial<T>, why?: string): T {
  const isRewritten = act.by.kind === 'staff' || act.by.kind === 'system';
  return {
    ...thing,
    ...(isRewritten && thing.signedBy !== undefined ? { signedBy: undefined, signedAt: undefined } : {}),
    ...fields,
    revision: thing.revision + 1,
    changedAt: act.now,
    changedBy: why === undefined ? act.by : { ...act.by, why },
  };
}
