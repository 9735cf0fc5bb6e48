import type { ToldEntry } from '../../audit-log/domain/told-entry.ts';
import { type PatientId, publicId, publicPatientId } from '../../shared/ids.ts';

const ACTION: Readonly<Record<string, fhir4.AuditEvent['action']>> = {
  Läste: 'R',
  Nödöppnade: 'R',
  'Skrev ut': 'R',
  Skrev: 'U',
  Signerade: 'U',
  Gallrade: 'D',
};

const WHO_WORDS = {
  staff: 'Medarbetare',
  patient: 'Patienten',
  citizen: 'En annan person',
  system: 'Ett system',
  unknown: 'Okänd',
};

/** One entry of the access log, as the patient is told it: who, when, for which unit, why, and whether it was let through. */
export function auditEventFrom(entry: ToldEntry, patientId: PatientId): fhir4.AuditEvent {
  const { who, unit, provider, purpose, concerning } = entry;
  const name = [who.name, who.role].filter(Boolean).join(', ') || WHO_WORDS[who.kind];
  const action = ACTION[entry.did];
  const granted = entry.outcome === 'Beviljad';
  return {
    resourceType: 'AuditEvent',
    id: publicId(entry.patientId, entry.id),
    meta: { lastUpdated: entry.at },
    type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' },
    ...(action && { action }),
    recorded: entry.at,
    outcome: granted ? '0' : '4',
    outcomeDesc: entry.sentence,
    ...(purpose.trim() && { purposeOfEvent: [{ text: purpose }] }),
    agent: [
      {
        who: { display: [name, unit, provider].filter(Boolean).join(', ') },
        ...(who.name && { name: who.name }),
        requestor: true,
      },
    ],
    source: { observer: { display: provider ?? 'Patientkontrakt' } },
    entity: [
      { what: { reference: `Patient/${publicPatientId(patientId)}` } },
      ...concerning.map((what) => ({ name: what })),
    ],
  };
}
