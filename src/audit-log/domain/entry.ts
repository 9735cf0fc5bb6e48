import type { PatientId, ThingId } from '../../shared/ids.ts';

/** An entry of the log as it is read back, with what the directory knows of the user now. */
export interface LogEntry {
  readonly patientId: PatientId;
  readonly id: ThingId;
  /** UTC with six decimals: the place in the log, as well as the time. */
  readonly at: string;
  readonly activity: string;
  readonly action: string;
  readonly purpose: string;
  readonly outcome: 'Beviljad' | 'Nekad';
  readonly userKind: 'staff' | 'citizen' | 'system' | 'operator' | 'unknown';
  readonly userId: string;
  readonly userName?: string;
  readonly unit?: string;
  readonly unitName?: string;
  readonly provider?: string;
  readonly providerName?: string;
  /** What the directory says of a member of staff; absent for one whom it lacks. */
  readonly staff?: { readonly title?: string; readonly protected: boolean; readonly units: readonly string[] };
  /** Whether a citizen is the patient. */
  readonly isPatient: boolean;
  readonly kinds: readonly string[];
}
