import type { PatientId, ThingId } from '../../shared/ids.ts';
import type { HsaId, SwedishDate } from '../../shared/owned.ts';
import type { LogEntry } from './entry.ts';

/** What is unusual about what a member of staff has seen of a person. */
export const PATTERNS = [
  /** The person bears the user's own name. */
  'own-record',
  /** A related person of the person bears the user's name. */
  'relative',
  'same-surname',
  /** The person is on the provider's list of those whose log is looked at more closely. */
  'watched',
  /** From a unit where the directory does not say that the user works. */
  'outside-unit',
  /** More persons in one day than the reviewer says is usual. */
  'volume',
] as const;
export type Pattern = (typeof PATTERNS)[number];

interface Reviewed {
  /** First and last day, Swedish time. */
  readonly from: SwedishDate;
  readonly to: SwedishDate;
  /** Only what was done from this unit. */
  readonly unit?: HsaId;
}

/** What a review looks for, in what the reviewer's own provider answers for. */
export type ReviewCriteria = Reviewed &
  (
    | { readonly kind: 'sample'; readonly size: number }
    | { readonly kind: 'user'; readonly staff: HsaId }
    | { readonly kind: 'patient'; readonly patientId: PatientId }
    | { readonly kind: 'emergency' }
    | { readonly kind: 'patterns'; readonly patterns: readonly Pattern[]; readonly volumeAbove: number }
  );

/** Who did it, as the reviewer is told: staff by HSA-id, never a citizen's number or the hash of one. */
export interface ReviewedUser {
  readonly kind: LogEntry['userKind'];
  readonly id?: string;
  /** Absent for staff with protected identity, and for citizens. */
  readonly name?: string;
  readonly title?: string;
}

/** Something to look at: one entry, or what one user did with one person's record (in a day: with how many). */
export interface Finding {
  readonly user: ReviewedUser;
  readonly patientId?: PatientId;
  readonly patterns: readonly Pattern[];
  readonly units: readonly string[];
  readonly provider?: string;
  /** UTC, milliseconds. */
  readonly firstAt: string;
  readonly lastAt: string;
  readonly entries: number;
  /** Of `volume`: in this many persons' records. */
  readonly persons?: number;
  /** Of one entry. */
  readonly entryId?: ThingId;
  readonly activities: readonly string[];
  readonly actions: readonly string[];
  readonly outcomes: readonly string[];
  readonly purposes: readonly string[];
}

/** What criteria gave. */
export interface Search {
  /** Entries that they covered. */
  readonly covered: number;
  readonly findings: readonly Finding[];
  /** There was more than one review keeps. */
  readonly cut: boolean;
}

export interface Conclusion {
  readonly id: ThingId;
  readonly at: string;
  readonly byStaff: HsaId;
  readonly byName: string;
  readonly outcome: ConclusionOutcome;
  readonly text: string;
  /** Which findings it is about; none for the review as a whole. */
  readonly findings: readonly number[];
}

export const CONCLUSION_OUTCOMES = ['no-deviation', 'to-be-investigated', 'deviation'] as const;
export type ConclusionOutcome = (typeof CONCLUSION_OUTCOMES)[number];

/** A review as it is kept. */
export interface Review {
  readonly id: ThingId;
  readonly at: string;
  readonly provider: HsaId;
  readonly unit: HsaId;
  readonly byStaff: HsaId;
  readonly byName: string;
  readonly criteria: ReviewCriteria;
  /** Of a sample: with the same seed and criteria the same entries are drawn again. */
  readonly seed?: string;
  readonly covered: number;
  readonly cut: boolean;
  readonly findings: readonly Finding[];
  readonly conclusions: readonly Conclusion[];
}
