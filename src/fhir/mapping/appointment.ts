import type { Step } from '../../plans/domain/model.ts';
import { publicId } from '../../shared/ids.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { metaOf, words } from './owned.ts';
import { partyRef, patientRef } from './references.ts';
import { APPOINTMENT_STATUS } from './states.ts';
import type { FhirView } from './view.ts';

const MINUTE_MS = 60_000;
const PATIENT_STATUS: Readonly<Partial<Record<Step['state'], fhir4.AppointmentParticipant['status']>>> = {
  wished: 'needs-action',
  proposed: 'needs-action',
  declined: 'declined',
};

/** Steps whose time is booked to the clock. */
export function isAppointment(step: Step): boolean {
  return step.time?.form === 'fixed';
}

/**
 * A booked time. FHIR wants an end wherever there is a start (app-2): without one of its own it is as long as a visit
 * counts for the next step.
 */
export function appointmentFrom(view: FhirView, step: Step): fhir4.Appointment | undefined {
  const { time } = step;
  if (time?.form !== 'fixed') return undefined;
  const assumed = toRfc3339Utc(Date.parse(time.start) + view.context.settings.visitMinutes * MINUTE_MS);
  const status = APPOINTMENT_STATUS[step.state];
  const reason = words(step.reason);
  const how = words(time.changeable.how);
  const patientStatus = PATIENT_STATUS[step.state] ?? 'accepted';
  const ownerIsPatient = step.responsibleParty.kind === 'patient';
  return {
    resourceType: 'Appointment',
    id: publicId(step.patientId, step.id),
    meta: metaOf(step),
    status,
    cancelationReason: status === 'cancelled' && reason !== undefined ? { text: reason } : undefined,
    description: step.title,
    start: time.start,
    end: time.end ?? assumed,
    created: step.createdAt,
    patientInstruction: how,
    participant: [
      { actor: patientRef(view.patientId), status: patientStatus },
      ...(ownerIsPatient ? [] : [{ actor: appointmentActor(view, step), status: 'accepted' as const }]),
    ],
  };
}

/** Appointment knows places of care by HealthcareService, and no Organization: a unit is named, not referred to. */
function appointmentActor(view: FhirView, step: Step): fhir4.Reference {
  const owner = partyRef(view, step.responsibleParty);
  if (step.responsibleParty.kind === 'relative') return owner;
  const unit = 'unit' in step.responsibleParty ? step.responsibleParty.unit : undefined;
  if (unit !== undefined && view.context.units.has(unit)) {
    return { reference: `HealthcareService/${unit}`, display: owner.display };
  }
  return { type: 'HealthcareService', display: owner.display };
}
