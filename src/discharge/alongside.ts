import type { Moment } from '../access/index.ts';
import type { ReadingPlace } from '../db/query.ts';
import {
  asDeceased,
  asLiving,
  correctDeceased,
  type Patient,
  patientEvent,
  patientResource,
  patientRow,
} from '../patients/index.ts';
import { type AlsoWritten, plansAtDeath, plansAtInterruption } from '../plans/index.ts';
import type { Actor } from '../shared/actor.ts';
import type { PatientId, ThingId } from '../shared/ids.ts';
import type { Act } from '../shared/owned.ts';
import { swedishDate } from '../shared/swedish-time.ts';
import type { DischargeMessage } from './domain/model.ts';
import { counts } from './domain/states.ts';
import type { DischargeRecord } from './store/messages.ts';

export const NOTHING_ELSE: AlsoWritten = { rows: [], events: [], resources: [] };

/** A message as it becomes, and as it was (absent when it is new), among the others about the person. */
export interface MessageChange {
  readonly record: DischargeRecord;
  readonly before?: DischargeMessage;
  readonly after: DischargeMessage;
}

/** What a message does to other slices' things: read under the person's lock, written in the same transaction. */
export type Alongside = (
  place: ReadingPlace,
  actor: Actor,
  target: Moment & { readonly patientId: PatientId },
) => Promise<(act: Act, change: MessageChange) => AlsoWritten>;

/**
 * Whether changing this message may change a death that was told of: its own, or one in the stay whose admission notice it is.
 * Of any other no plan needs to be read.
 */
export const isOfDeath =
  (messageId: ThingId) =>
  ({ messages }: DischargeRecord): boolean =>
    messages.some(({ kind, id, admissionId }) => kind === 'death' && (id === messageId || admissionId === messageId));

/** The patient has become worse: the ward's own discharge plans rest. */
export const restingPlans: Alongside = plansAtInterruption;

const dayOf = ({ at }: { readonly at: string }) => swedishDate(Date.parse(at));

/** The message of a death that a change withdraws: that one, or the one in a stay whose admission notice is withdrawn. */
function withdrawnDeath({ record, before, after }: MessageChange) {
  if (!before || after.state !== 'cancelled') return undefined;
  const ofStay = (one: DischargeMessage) => one.kind === 'death' && one.admissionId === after.id && counts(one);
  const found = after.kind === 'admission' ? record.messages.find(ofStay) : after;
  return found?.kind === 'death' ? found : undefined;
}

function person(before: Patient, after: Patient): AlsoWritten {
  const change = { kind: 'patient', before, after } as const;
  const resources = [patientResource('patient', after)];
  return { rows: [patientRow(change)], events: [patientEvent(change, 'patient.changed')], resources };
}

const both = (one: AlsoWritten, other: AlsoWritten): AlsoWritten => ({
  rows: [...one.rows, ...other.rows],
  events: [...one.events, ...other.events],
  resources: [...one.resources, ...other.resources],
});

/**
 * A death that the ward tells of is registered by it: every reminder, call and letter stops at once, and what is open in
 * the plans is called off. Withdrawn, all is again as it was; corrected to another day, it is registered on that day. A death
 * that the register knows otherwise is left as it is.
 */
export const registeredDeath: Alongside = async (place, actor, target) => {
  const plans = await plansAtDeath(place, actor, target);
  return (act, change) => {
    const { record, before, after } = change;
    const { patient } = record;
    if (!patient) return NOTHING_ELSE;
    const today = swedishDate(record.now);
    const withdrawn = withdrawnDeath(change);
    if (withdrawn) {
      if (patient.deceasedOn !== dayOf(withdrawn)) return NOTHING_ELSE;
      const why = after.reason ?? '';
      return both(person(patient, asLiving(act, patient, why)), plans(act, { why }));
    }
    if (after.kind !== 'death') return NOTHING_ELSE;
    if (!before) {
      if (patient.deceasedOn !== undefined) return NOTHING_ELSE;
      return both(person(patient, asDeceased(act, patient, dayOf(after), today)), plans(act));
    }
    const isMoved = before.kind === 'death' && dayOf(before) !== dayOf(after) && patient.deceasedOn === dayOf(before);
    return isMoved ? person(patient, correctDeceased(act, patient, dayOf(after), today)) : NOTHING_ELSE;
  };
};
