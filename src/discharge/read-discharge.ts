import { type Asking, type Desk, momentOf, reading, readingMany } from '../access/index.ts';
import type { StaffActor } from '../shared/actor.ts';
import type { PatientId, ThingId } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import { type ShownStay, staysShown } from './shown.ts';
import {
  type DischargeRecord,
  loadDischarge,
  loadWaiting,
  messageResource,
  RESOURCE,
  type WaitingMessage,
} from './store/messages.ts';

export interface ReadStays {
  readonly record: DischargeRecord;
  readonly stays: readonly ShownStay[];
}

/**
 * Reads a person's stays as the acting unit may know them: state, messages, deadlines and breaches, alike for both sides.
 *
 * @param admissionId one stay; absent for all
 * @throws notFound for a person or stay that is not there and for one that the unit is not told of, alike
 */
export function readStays(
  desk: Desk,
  asking: Asking,
  { patientId, admissionId }: { readonly patientId: PatientId; readonly admissionId?: ThingId },
): Promise<ReadStays> {
  return reading(desk, asking, {
    action: 'discharge.read',
    load: () => loadDischarge(desk.pool, asking.actor, { patientId, ...momentOf(desk) }),
    facts: ({ facts }) => facts,
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      if (!record.goesBy) throw notFound();
      const all = staysShown(record);
      const stays = admissionId === undefined ? all : all.filter(({ stay }) => stay.admission.id === admissionId);
      if (admissionId !== undefined && stays.length === 0) throw notFound();
      const resources = stays.flatMap(({ messages }) => messages.map(messageResource));
      return { answer: { record, stays }, resources, hits: stays.length };
    },
  });
}

/** Messages to the acting unit that nobody there has received, oldest first. */
export function readWaiting(
  desk: Desk,
  asking: Asking & { readonly actor: StaffActor },
): Promise<readonly WaitingMessage[]> {
  return readingMany(desk, asking, {
    action: 'discharge.list',
    load: () => loadWaiting(desk.pool, asking.actor, desk.clock.now()),
    facts: ({ actorUnit }) => ({ actorUnit, isSelf: false, patientKnown: false }),
    show: (_grant, { rows }) => ({
      answer: rows,
      hits: rows.length,
      resources: rows.map(({ patientId, id, ownerProvider }) => ({
        patientId,
        resource: { kind: RESOURCE, id, owner: ownerProvider },
      })),
    }),
  });
}

export type { ShownStay } from './shown.ts';
export type { DischargeRecord, WaitingMessage } from './store/messages.ts';
