import { presentOwned } from '../../http/owned-answer.ts';
import { publicId, publicPatientId, type ThingId } from '../../shared/ids.ts';
import type { Owned } from '../../shared/owned.ts';
import type { SharingThing, TimedLift } from '../domain/model.ts';

/** Ownership is shown alike for everything; the rest is the kind's own. */
const OWNERSHIP: ReadonlySet<string> = new Set<keyof Owned>([
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

/** Fields that hold own keys of the patient's things. */
const KEYS = ['guardianId', 'relatedPersonId', 'emergencyId'] as const;

/** A thing as `/v1` shows it, with whether it holds now (epoch milliseconds). */
export function presentSharing(thing: SharingThing, now: number): Record<string, unknown> {
  const own = Object.entries(thing).filter(([name]) => !OWNERSHIP.has(name));
  const shown: Record<string, unknown> = {
    ...presentOwned(thing),
    patientId: publicPatientId(thing.patientId),
    ...Object.fromEntries(own),
  };
  for (const key of KEYS) {
    const value = shown[key] as ThingId | undefined;
    if (value !== undefined) shown[key] = publicId(thing.patientId, value);
  }
  if ('liftedFor' in thing && thing.liftedFor) shown.liftedFor = thing.liftedFor.map(presentLift);
  return 'from' in thing ? { ...shown, inForce: holdsNow(thing, now) } : shown;
}

function presentLift({ unit, from, until, ground }: TimedLift) {
  return { unit, from, until, ground };
}

function holdsNow(
  { from, until, liftedAt }: { readonly from: string; readonly until?: string; readonly liftedAt?: string },
  now: number,
): boolean {
  const isLifted = liftedAt !== undefined && Date.parse(liftedAt) <= now;
  return !isLifted && Date.parse(from) <= now && (until === undefined || now < Date.parse(until));
}
