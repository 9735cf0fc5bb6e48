import type { Protection } from '../../access/policy/facts-person.ts';
import { HOUR_MS } from '../../shared/calendar.ts';
import type { PatientId } from '../../shared/ids.ts';
import { type Act, type HsaId, type Instant, type NewOwned, newOwned, revised } from '../../shared/owned.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { exportAlreadyAnswered, exportLapsed, notEverProtected } from '../problems.ts';
import type { ExportReason, ExportRequest } from './model.ts';
import { isOver } from './periods.ts';

/** How long a request waits for the other person, and how long what was approved may be taken out: over a weekend, a day. */
export const EXPORT_HOURS = { toAnswer: 72, toTakeOut: 24 } as const;

export interface NewExportRequest extends Pick<NewOwned, 'legalBasis'> {
  readonly reason: ExportReason;
  readonly purpose: string;
}

/**
 * Asks to take out what the own provider has written about a person whose identity is or has been protected. Nothing
 * leaves by it: another person answers, see {@link answerExport}.
 *
 * @throws notEverProtected
 */
export function askForExport(
  act: Act,
  patientId: PatientId,
  { reason, purpose, legalBasis }: NewExportRequest,
  protection: 'none' | Protection | undefined,
): ExportRequest {
  if (protection === 'none') throw notEverProtected();
  return {
    ...newOwned(act, patientId, { approvedForPatient: false, legalBasis }),
    staff: act.by.staff!,
    staffName: act.by.name ?? '',
    reason,
    purpose,
    state: 'asked',
    from: act.now,
    until: hoursAfter(act.now, EXPORT_HOURS.toAnswer),
  };
}

/**
 * The other person's yes or no. That it is another the policy has seen to. A yes holds for a day from when it is given.
 *
 * @throws exportAlreadyAnswered, exportLapsed
 */
export function answerExport(
  act: Pick<Act, 'now' | 'by'>,
  request: ExportRequest,
  { answer, why }: { readonly answer: 'approve' | 'refuse'; readonly why?: string },
): ExportRequest {
  if (request.state !== 'asked') throw exportAlreadyAnswered({ extra: { state: request.state } });
  demandStanding(request, act.now);
  const answered = { at: act.now, by: act.by, ...(why === undefined ? {} : { why }) };
  if (answer === 'refuse') return revised<ExportRequest>(request, act, { state: 'refused', answered });
  const until = hoursAfter(act.now, EXPORT_HOURS.toTakeOut);
  return revised<ExportRequest>(request, act, { state: 'approved', answered, until });
}

/** @throws exportLapsed */
export function demandStanding(request: ExportRequest, now: Instant): void {
  if (isOver(request, now)) throw exportLapsed({ extra: { until: request.until } });
}

/** Who asked and who else said yes, for the policy; nobody has when it was refused or waits. */
export function exportedBy({ staff, state, answered }: ExportRequest): {
  readonly askedBy: HsaId;
  readonly approvedBy?: HsaId;
} {
  const approvedBy = state === 'approved' ? answered?.by.staff : undefined;
  return { askedBy: staff, ...(approvedBy === undefined ? {} : { approvedBy }) };
}

/** Of a person's requests the one by which this member of staff may take something out now, if there is any. */
export function standingExport(
  requests: readonly ExportRequest[],
  staff: HsaId,
  now: Instant,
): ExportRequest | undefined {
  return requests.find((one) => one.staff === staff && one.state === 'approved' && !isOver(one, now));
}

function hoursAfter(at: Instant, hours: number): Instant {
  return toRfc3339Utc(Date.parse(at) + hours * HOUR_MS);
}
