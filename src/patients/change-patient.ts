import type { Answered, Asking, Desk, Sent } from '../access/index.ts';
import type { PatientId } from '../shared/ids.ts';
import type { SwedishDate } from '../shared/owned.ts';
import {
  type AtDeath,
  type ChangedPerson,
  changePerson,
  demandPatient,
  demandRevision,
  type PersonContext,
  type PersonWrite,
} from './change-person.ts';
import {
  addNumber as add,
  changePatient as change,
  type Patient,
  type PatientChanges,
  setDeceased as set,
  undoDeceased as undo,
} from './domain/patient.ts';
import { personNumberTaken } from './problems.ts';
import type { HashedNumber } from './register-patient.ts';
import { hashIn, numberRow } from './store/look-ups.ts';

/** One change of the person, made from the revision that was read. */
function changeOne(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
  sent: Sent,
  rule: (patient: Patient, context: PersonContext) => Patient,
  more: { readonly number?: HashedNumber; readonly loadBeside?: PersonWrite['loadBeside'] } = {},
): Promise<Answered<ChangedPerson>> {
  const { number, loadBeside } = more;
  return changePerson(desk, asking, {
    ...sent,
    action: 'patient.change',
    patientId,
    status: 200,
    event: 'patient.changed',
    numberHash: number?.hash,
    loadBeside,
    rule: (context) => {
      const before = demandPatient(context.record);
      demandRevision(before, sent.expectedRevision);
      return { kind: 'patient', before, after: rule(before, context) };
    },
    lookUps: ({ record, act }) =>
      number ? [numberRow(hashIn(record, number.hash), demandPatient(record).patientId, number.number, act.now)] : [],
  });
}

/**
 * Changes name, language, preferred contact way or contact needs.
 *
 * @throws notFound, stale; contactNeedsContradict, datesOutOfOrder
 */
export function changePatient(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
  changesOf: (patient: Patient) => PatientChanges,
  sent: Sent = {},
): Promise<Answered<ChangedPerson>> {
  return changeOne(desk, asking, patientId, sent, (patient, { act }) => change(act, patient, changesOf(patient)));
}

/**
 * Gives the person one more number, such as the personnummer of one registered with a reserve number. Nobody else may
 * hold it: who is registered twice is joined instead.
 *
 * @throws notFound, stale; personNumberTaken, also when the person holds it already
 */
export function addNumber(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
  number: HashedNumber,
  sent: Sent = {},
): Promise<Answered<ChangedPerson>> {
  const rule = (patient: Patient, { record, act }: PersonContext) => {
    if (record.number.isTaken) throw personNumberTaken();
    return add(act, patient, number.number);
  };
  return changeOne(desk, asking, patientId, sent, rule, { number });
}

/**
 * Notes that the person has died. What that stops is stopped in the same transaction.
 *
 * @throws notFound, stale; alreadyDeceased; deathNotPossible
 */
export function setDeceased(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
  on: SwedishDate,
  atDeath: AtDeath,
  sent: Sent = {},
): Promise<Answered<ChangedPerson>> {
  const loadBeside: PersonWrite['loadBeside'] = async (client, moment) => {
    const stop = await atDeath({ pool: desk.pool, client }, asking.actor, { patientId, ...moment });
    return (act) => stop(act);
  };
  const rule = (patient: Patient, { act, today }: PersonContext) => set(act, patient, on, today);
  return changeOne(desk, asking, patientId, sent, rule, { loadBeside });
}

/**
 * Takes back a death noted by mistake, with a reason; what it stopped goes on.
 *
 * @throws notFound, stale; notDeceased
 */
export function undoDeceased(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
  why: string,
  atDeath: AtDeath,
  sent: Sent = {},
): Promise<Answered<ChangedPerson>> {
  const loadBeside: PersonWrite['loadBeside'] = async (client, moment) => {
    const restore = await atDeath({ pool: desk.pool, client }, asking.actor, { patientId, ...moment });
    return (act) => restore(act, { why });
  };
  return changeOne(desk, asking, patientId, sent, (patient, { act }) => undo(act, patient, why), { loadBeside });
}
