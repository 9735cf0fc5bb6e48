export {
  askForLift,
  DEFAULT_EMERGENCY_SETTINGS,
  type EmergencySettings,
  type NewEmergency,
  openEmergency,
} from './domain/emergencies.ts';
export { demandStanding, exportedBy, standingExport } from './domain/exports.ts';
export type { BlockLiftRequest, EmergencyAccess, SharingChange, SharingThings } from './domain/model.ts';
export { emergencyNotLawful, emergencyReasonMissing, emergencyTooLong, exportLapsed } from './problems.ts';
export { readSharing } from './read-sharing.ts';
export { ANSWERS as SHARING_ANSWERS } from './rest/answers.ts';
export { presentSharing } from './rest/present.ts';
export { registerSharing, type SharingDeps } from './rest/routes.ts';
export { sharingEvents, sharingResource, sharingRow } from './store/changes.ts';
export { readSharingThings, sharingThingsPart } from './store/record.ts';
