export { addNumber, changePatient, setDeceased, undoDeceased } from './change-patient.ts';
export type { AtDeath } from './change-person.ts';
export {
  CONTACT_WAYS,
  type ContactNeeds,
  type ContactWay,
  type NeedsWhenReaching,
  needsWhenReaching,
} from './domain/contact-needs.ts';
export { currentNumber, type HeldNumber } from './domain/numbers.ts';
export {
  correctDeceased,
  DEFAULT_LANGUAGE,
  isProtected,
  liftProtection,
  type NewPatient,
  type Patient,
  PROTECTED_GRADES,
  type ProtectedGrade,
  protect,
  setDeceased as asDeceased,
  undoDeceased as asLiving,
} from './domain/patient.ts';
export { isRelatedOn, type RelatedKind, type RelatedPerson } from './domain/related-person.ts';
export { findPatientKey, findPatients } from './find-patient.ts';
export { joinPatients, partPatients } from './join-patients.ts';
export { listRelatedPersons, type PatientRecord, readPatient, readRelatedPerson } from './read-patient.ts';
export { type HashedNumber, registerPatient } from './register-patient.ts';
export { addRelatedPerson, changeRelatedPerson, endRelatedPerson } from './related-persons.ts';
export { type PatientsDeps, registerPatients } from './rest/routes.ts';
export { eventOf as patientEvent, resourceOf as patientResource, rowOf as patientRow } from './store/changes.ts';
export {
  type PersonOfRecord,
  patientParts,
  readPatients,
  relatedKeysPart,
} from './store/record-parts.ts';
