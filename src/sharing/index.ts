export type { RelatedRef } from './domain/direct-access.ts';
export {
  askForLift,
  closeEmergency,
  DEFAULT_EMERGENCY_SETTINGS,
  type EmergencySettings,
  type NewEmergency,
  openEmergency,
} from './domain/emergencies.ts';
export type { BlockLiftRequest, EmergencyAccess, SharingChange } from './domain/model.ts';
export { registerSharing, type SharingDeps } from './rest/routes.ts';
export { sharingEvents, sharingResource, sharingRow } from './store/changes.ts';
