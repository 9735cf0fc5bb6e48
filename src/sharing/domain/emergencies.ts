import { HOUR_MS } from '../../shared/calendar.ts';
import type { PatientId } from '../../shared/ids.ts';
import { type Act, type HsaId, type Instant, newOwned, revised } from '../../shared/owned.ts';
import { wrong } from '../../shared/problem.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { isBlank } from '../../shared/text.ts';
import {
  alreadyEnded,
  emergencyNotLawful,
  emergencyReasonMissing,
  emergencyTooLong,
  liftAlreadyAnswered,
  nothingToLift,
} from '../problems.ts';
import { isStanding, liftBlockFor } from './blocks.ts';
import type { Block, BlockLiftRequest, EmergencyAccess, SharingChange } from './model.ts';
import { endNow, isOver } from './periods.ts';

export interface EmergencySettings {
  /** How long an emergency access holds unless said, in hours. */
  readonly usualHours: number;
  /** The longest that may be asked for. */
  readonly longestHours: number;
}

/** No law says how long; as long as a shift sees to it that nobody opens for the next one's sake (PDL 4:2). */
export const DEFAULT_EMERGENCY_SETTINGS: EmergencySettings = { usualHours: 4, longestHours: 12 };

export interface NewEmergency {
  readonly reason: string;
  readonly consentUnobtainable: boolean;
  readonly patientCannotLift?: boolean;
  readonly hours?: number;
}

/**
 * Opens in an emergency, for one member of staff at one unit, always with an end and flagged for review.
 *
 * @throws emergencyReasonMissing for a reason of blanks, emergencyNotLawful when consent can be obtained,
 *   emergencyTooLong
 */
export function openEmergency(
  act: Act,
  patientId: PatientId,
  given: NewEmergency,
  { usualHours, longestHours }: EmergencySettings,
): EmergencyAccess {
  const { reason, consentUnobtainable, patientCannotLift = false, hours = usualHours } = given;
  if (isBlank(reason)) {
    throw emergencyReasonMissing({ invalidParameters: [wrong('reason', 'Ett skäl krävs.', 'A reason is needed.')] });
  }
  if (!consentUnobtainable) {
    const field = wrong('consentUnobtainable', 'Inhämta samtycke i stället.', 'Ask for consent instead.');
    throw emergencyNotLawful({ invalidParameters: [field] });
  }
  if (hours > longestHours) {
    const field = wrong('hours', `Högst ${longestHours} timmar.`, `At most ${longestHours} hours.`);
    throw emergencyTooLong({ invalidParameters: [field], extra: { longestHours } });
  }
  return {
    ...newOwned(act, patientId, { approvedForPatient: true }),
    staff: act.by.staff ?? '',
    staffName: act.by.name ?? '',
    unit: act.owner.unit,
    reason,
    consentUnobtainable,
    patientCannotLift,
    from: act.now,
    until: toRfc3339Utc(Date.parse(act.now) + hours * HOUR_MS),
    review: 'flagged',
    blockingProviders: [],
    blockingUnits: [],
  };
}

/** Closes before the time is out. It stays flagged. @throws alreadyEnded */
export function closeEmergency(act: Pick<Act, 'now' | 'by'>, emergency: EmergencyAccess): EmergencyAccess {
  if (isOver(emergency, act.now)) throw alreadyEnded();
  return { ...endNow(act, emergency), closedAt: act.now } as EmergencyAccess;
}

/** A request to the provider that blocked, or for an inner block about one of the own provider's units. */
export function askForLift(
  act: Act,
  emergency: Pick<EmergencyAccess, 'patientId' | 'id' | 'reason' | 'unit' | 'staff' | 'staffName'>,
  asked: { readonly provider: HsaId; readonly unit?: HsaId },
): BlockLiftRequest {
  return {
    ...newOwned(act, emergency.patientId, { approvedForPatient: true }),
    emergencyId: emergency.id,
    askedProvider: asked.provider,
    ...(asked.unit === undefined ? {} : { askedUnit: asked.unit }),
    askingUnit: emergency.unit,
    askingStaff: { staff: emergency.staff, name: emergency.staffName },
    reason: emergency.reason,
    state: 'asked',
  };
}

/** A no, with what it rests on. @throws liftAlreadyAnswered */
export function refuseLift(
  act: Pick<Act, 'now' | 'by'>,
  request: BlockLiftRequest,
  why: string | undefined,
): BlockLiftRequest {
  return answered(act, request, { state: 'refused', why });
}

/**
 * A yes: every standing block of the asked provider (or unit) is lifted for the asking unit until a time, and for nobody
 * else. Only the blocking provider can do this; the one who asks lifts nothing.
 *
 * @throws liftAlreadyAnswered, nothingToLift; blockDates for an end that has passed
 */
export function grantLift(
  act: Pick<Act, 'now' | 'by'>,
  request: BlockLiftRequest,
  blocks: readonly Block[],
  given: { readonly until: Instant; readonly why?: string },
): readonly SharingChange[] {
  const after = answered(act, request, { state: 'granted', ...given });
  const lifted = blocks.filter(
    (block) =>
      block.provider === request.askedProvider &&
      (request.askedUnit === undefined || block.unit === undefined || block.unit === request.askedUnit) &&
      isStanding(block, act.now),
  );
  if (lifted.length === 0) throw nothingToLift();
  const lift = { unit: request.askingUnit, until: given.until, ground: 'vital', requestId: request.id } as const;
  return [
    { kind: 'block-lift-request', before: request, after },
    ...lifted.map((before) => ({ kind: 'block', before, after: liftBlockFor(act, before, lift) }) as const),
  ];
}

function answered(
  act: Pick<Act, 'now' | 'by'>,
  request: BlockLiftRequest,
  given: { readonly state: 'granted' | 'refused'; readonly why?: string; readonly until?: Instant },
): BlockLiftRequest {
  if (request.state !== 'asked') throw liftAlreadyAnswered({ extra: { state: request.state } });
  const { state, why, until } = given;
  const answer = { at: act.now, by: act.by, ...(why === undefined ? {} : { why }), ...(until ? { until } : {}) };
  return revised<BlockLiftRequest>(request, act, { state, answered: answer });
}
