import { besideOwnership, presentOwned } from '../../http/owned-answer.ts';
import { currentNumber, type Patient } from '../../patients/index.ts';
import { publicId, publicPatientId } from '../../shared/ids.ts';
import { formatPersonNumber } from '../../shared/person-number.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import { breachesOf, clocksOf, paymentOf } from '../domain/clocks.ts';
import type { AdmissionNotice, DischargeMessage } from '../domain/model.ts';
import { estimatedDischarge } from '../domain/states.ts';
import type { DischargeRecord, ShownStay, WaitingMessage } from '../read-discharge.ts';

/** How a deadline was counted stands with the clocks; when the patient came in is the sender's own. */
const KEPT = ['call', 'payment', 'notice', 'informationBy', 'municipalHealthCareExpected'] as const;
const OF_SENDER = ['admittedAt', 'judgedAt', 'registeredAddress', 'estimatedDischarge'] as const;

/** The statutory content, with name and number as the register has them today. */
function noticeOf(message: AdmissionNotice, patient: Patient, now: number) {
  const number = formatPersonNumber(currentNumber(patient.numbers), swedishDate(now));
  return {
    name: `${patient.givenName} ${patient.familyName}`,
    personNumber: number,
    registeredAddress: message.registeredAddress,
    estimatedDischarge: message.estimatedDischarge,
  };
}

/** A message as `/v1` shows it to the acting unit. */
export function presentMessage(message: DischargeMessage, record: DischargeRecord): Record<string, unknown> {
  const own = besideOwnership(message);
  for (const name of KEPT) delete own[name];
  const isNotice = message.kind === 'admission';
  if (isNotice && !record.ours.some(({ hsaId }) => hsaId === message.recordedBy.unit))
    for (const name of OF_SENDER) delete own[name];
  if (isNotice) for (const name of ['registeredAddress', 'estimatedDischarge']) delete own[name];
  return {
    ...presentOwned(message),
    patientId: publicPatientId(message.patientId),
    ...own,
    admissionId: publicId(message.patientId, message.admissionId),
    ...(isNotice && record.patient && { notice: noticeOf(message, record.patient, record.now) }),
  };
}

/** A stay as `/v1` shows it; who is only told of a meeting sees that message and no more. */
export function presentStay({ stay, isWhole, messages }: ShownStay, record: DischargeRecord): Record<string, unknown> {
  const { admission } = stay;
  const whole = {
    state: stay.state,
    estimatedDischarge: estimatedDischarge(stay),
    payment: paymentOf(stay, record.now),
  };
  return {
    id: publicId(admission.patientId, admission.id),
    patientId: publicPatientId(admission.patientId),
    ...(isWhole ? whole : {}),
    messages: messages.map((message) => presentMessage(message, record)),
    clocks: isWhole ? clocksOf(stay, record.now) : [],
    breaches: isWhole ? breachesOf(stay, record.now) : [],
  };
}

export function presentWaiting({ id, patientId, admissionId, kind, sentAt, fromUnit }: WaitingMessage) {
  return {
    id: publicId(patientId, id),
    patientId: publicPatientId(patientId),
    admissionId: publicId(patientId, admissionId),
    kind,
    sentAt: new Date(sentAt).toISOString(),
    fromUnit,
  };
}
