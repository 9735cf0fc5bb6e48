import { besideOwnership, presentOwned } from '../../http/owned-answer.ts';
import { publicId, publicPatientId, type ThingId } from '../../shared/ids.ts';
import type { SharingThing, TimedLift } from '../domain/model.ts';

/** Fields that hold own keys of the patient's things. */
const KEYS = ['guardianId', 'relatedPersonId', 'emergencyId'] as const;

/** A thing as `/v1` shows it, with whether it holds now (epoch milliseconds). */
export function presentSharing(thing: SharingThing, now: number): Record<string, unknown> {
  const shown: Record<string, unknown> = {
    ...presentOwned(thing),
    patientId: publicPatientId(thing.patientId),
    ...besideOwnership(thing),
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
