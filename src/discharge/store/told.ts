import type { Pool } from 'pg';
import { type Moment, type PersonFacts, personFactParts, readPersonFacts, Sealed } from '../../access/index.ts';
import { ownedFromRow, type StoredRow } from '../../db/owned-row.ts';
import { recordQuery } from '../../db/record-query.ts';
import { channelsPart, unitsPart } from '../../directory/index.ts';
import { isProtected, patientParts, readPatients } from '../../patients/index.ts';
import type { Actor } from '../../shared/actor.ts';
import type { PatientId, ThingId } from '../../shared/ids.ts';
import { startOfDay } from '../../shared/swedish-time.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { DischargeMessage } from '../domain/model.ts';
import type { StayRecord, ToldChannel } from '../domain/told.ts';
import { IN_MESSAGES, messagesPart, underProtection } from './messages.ts';

const told = recordQuery('discharge_told', [
  ...personFactParts,
  ...patientParts,
  messagesPart,
  unitsPart(IN_MESSAGES),
  channelsPart(IN_MESSAGES),
]);

/** One person's stays, with what the policy asks of the person. */
export interface ToldRecord extends StayRecord {
  readonly patientId: PatientId;
  readonly facts: PersonFacts;
  /** Those from a time when the person was protected. */
  readonly underProtection: ReadonlySet<ThingId>;
}

/** Reads one person's stays with how their units are reached; the asking citizen's own unless a person is named. */
export async function loadTold(
  pool: Pool,
  actor: Actor,
  target: Moment & { readonly patientId?: PatientId },
): Promise<Sealed<ToldRecord>> {
  const { patientId } = target;
  const raw = await told(pool, actor, patientId === undefined ? {} : { patientId });
  const { canonical } = readPatients(raw);
  const messages = (raw.messages as StoredRow[]).map((row) => ownedFromRow<DischargeMessage>(row));
  return new Sealed({
    patientId: patientId ?? raw.keys[0]!,
    facts: readPersonFacts(raw, actor, target),
    isProtected: canonical !== undefined && isProtected(canonical),
    messages,
    underProtection: underProtection(raw, messages),
    units: new Map((raw.units as UnitFacts[]).map((unit) => [unit.hsaId, unit])),
    channels: raw.channels as readonly ToldChannel[],
    ...(canonical?.deceasedOn && { deathAt: new Date(startOfDay(canonical.deceasedOn)).toISOString() }),
  });
}
