import type { PatientId, ThingId } from '../../shared/ids.ts';
import type { ChangedBy, HsaId, Instant } from '../../shared/owned.ts';
import type { RuleName, Severity } from './rule-list.ts';

export const FINDING_STATES = ['open', 'explained', 'resolved'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** What a finding is about: something in the plan, the plan itself, a consent, a sheet, or a stay in hospital. */
export type SubjectKind =
  | 'plan'
  | 'step'
  | 'named-contact'
  | 'handover'
  | 'follow-up'
  | 'feedback'
  | 'consent'
  | 'sheet'
  | 'hospital-stay';

/** Something that has fallen between chairs, and whose it is to see to. */
export interface Finding {
  readonly patientId: PatientId;
  readonly id: ThingId;
  readonly revision: number;
  readonly rule: RuleName;
  readonly severity: Severity;
  /** Absent for a stay in hospital: the law's messages go whether or not there is a plan. */
  readonly planId?: ThingId;
  readonly subjectKind: SubjectKind;
  readonly subjectId: ThingId;
  readonly ownerUnit: HsaId;
  readonly ownerProvider: HsaId;
  readonly state: FindingState;
  /** From when it holds (business time). */
  readonly since: Instant;
  readonly foundAt: Instant;
  /** When it no longer held. One that is explained goes on holding, and is not found anew, until then. */
  readonly endedAt?: Instant;
  readonly explained?: ChangedBy & { readonly at: Instant; readonly text: string };
}

/** That something will have fallen between chairs from a moment on, unless something happens before. */
export interface Candidate {
  readonly rule: RuleName;
  readonly planId?: ThingId;
  readonly subjectKind: SubjectKind;
  readonly subjectId: ThingId;
  /** Epoch milliseconds; from then on it is a finding. */
  readonly from: number;
  readonly ownerUnit: HsaId;
}
