export { addNumber, changePatient, setDeceased, undoDeceased } from './change-patient.ts';
export {
  CONTACT_WAYS,
  type ContactNeeds,
  type ContactWay,
  type NeedsWhenReaching,
  needsWhenReaching,
} from './domain/contact-needs.ts';
export { currentNumber, type HeldNumber } from './domain/numbers.ts';
export { DEFAULT_LANGUAGE, type NewPatient, type Patient } from './domain/patient.ts';
export { isRelatedOn, type RelatedKind, type RelatedPerson } from './domain/related-person.ts';
export { findPatientKey, findPatients } from './find-patient.ts';
export { joinPatients, partPatients } from './join-patients.ts';
export { type PatientRecord, readPatient } from './read-patient.ts';
export { type HashedNumber, registerPatient } from './register-patient.ts';
export { addRelatedPerson, changeRelatedPerson, endRelatedPerson } from './related-persons.ts';
export { type PatientsDeps, registerPatients } from './rest/routes.ts';
export { type PersonOfRecord, patientParts, readPatients } from './store/record-parts.ts';
