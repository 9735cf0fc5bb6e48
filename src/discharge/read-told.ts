import {
  type Asking,
  type Desk,
  momentOf,
  readerOf,
  reading,
  underTwoSix,
  withoutProtectedStaff,
} from '../access/index.ts';
import type { PatientId } from '../shared/ids.ts';
import type { DischargeMessage } from './domain/model.ts';
import { type ToldStay, toldStays } from './domain/told.ts';
import { messageResource } from './store/messages.ts';
import { loadTold, type ToldRecord } from './store/told.ts';

/**
 * The person's stays in hospital for the patient, or who lawfully stands in the patient's place: what is planned, whether
 * it is time to go home, who coordinates and whom to call (patientlagen 3:2 b). Age, sealing and a guardian's block
 * are judged as for any other of the patient's own data.
 *
 * @param patientId the person, or undefined for the asking citizen's own
 * @throws notFound for anybody else
 */
export function readToldStays(
  desk: Desk,
  asking: Asking,
  patientId: PatientId | undefined,
): Promise<readonly ToldStay[]> {
  return reading(desk, asking, {
    action: 'discharge.read',
    load: () => loadTold(desk.pool, asking.actor, { ...(patientId && { patientId }), ...momentOf(desk) }),
    facts: ({ facts }) => facts,
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const seen = record.messages.filter(seenBy(record, asking));
      const stays = toldStays(record, withoutProtectedStaff(seen, record.facts.protectedStaff ?? new Set()));
      return { answer: stays, resources: seen.map(messageResource), hits: stays.length };
    },
  });
}

/** The law's messages are about the patient's own stay, and there to be known: they are approved as they are. */
function seenBy({ facts, underProtection }: ToldRecord, { actor }: Asking): (message: DischargeMessage) => boolean {
  const see = readerOf(actor, facts);
  const isByTwoSix = underTwoSix(facts);
  return ({ id, recordedBy, legalBasis, enteredInError, createdAt, changedAt }) => {
    const { unit: ownerUnit, provider: ownerProvider } = recordedBy;
    const told = { kind: 'discharge-message', ownerUnit, ownerProvider, legalBasis, enteredInError, changedAt };
    const writtenUnderProtection = underProtection.has(id);
    const more = { writtenAt: createdAt, approvedForPatient: true, duties: [], writtenUnderProtection };
    return see({ ...told, ...more, underTwoSix: isByTwoSix(ownerProvider) }).shown !== 'nothing';
  };
}

export type { ToldStay } from './domain/told.ts';
