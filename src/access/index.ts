export { actFor, changedBy, demandLegalBasis, legalBasesOf, legalBasisOf, ownerOf } from './acting.ts';
export { ACTIONS, type Action, type Activity } from './actions.ts';
export { actorUnitPart, readActorUnit, readUnitProviders, unitFactsSql, unitProvidersPart } from './actor-unit.ts';
export { type Grant, Sealed } from './grant.ts';
export { type Asking, admit, type Desk, entryFor, type Moment, momentOf, Refusal, recordingRefusals } from './guard.ts';
export { lawPart, lawPartBesideDirectory, protectedStaffPart, readProtectedStaff } from './law-parts.ts';
export { lawSettings } from './law-settings.ts';
export { type PersonFacts, personFactParts, readPersonFacts } from './person-facts.ts';
export { type AllowedAction, allowedActions } from './policy/allowed-actions.ts';
export { citizenMayKnow, type OnRecord } from './policy/citizen-reader.ts';
export { holdsNow as consentHolds } from './policy/consents.ts';
export { type Decision, decide } from './policy/decide.ts';
export { type EmergencyOutcome, type Existence, emergency, existenceShown } from './policy/existence.ts';
export type { Facts } from './policy/facts.ts';
export type {
  GuardianBlock,
  Inability,
  PatientFacts,
  Period,
  ProtectedAccess,
  Protection,
  RelatedFacts,
  Sealing,
  UnitDecision,
} from './policy/facts-person.ts';
export type {
  ContributionFacts,
  Duty,
  HandedCopy,
  OwnedThing,
  Part,
  ParticipantFacts,
  PlanFacts,
  UnitDuty,
} from './policy/facts-plan.ts';
export type {
  BlockFacts,
  CareRelationFacts,
  EmergencyFacts,
  GivenConsent,
  InformationGiven,
} from './policy/facts-sharing.ts';
export { GROUNDS, type Ground } from './policy/grounds.ts';
export { underTwoSix } from './policy/inability.ts';
export { isHidden, isListed, isProtectedNow, isUnderProtection } from './policy/protection.ts';
export { providerReader } from './policy/provider-reader.ts';
export { REASONS, type Reason } from './policy/reasons.ts';
export { type Relation, relationTo } from './policy/relation.ts';
export { type PersonSearch, type SearchCriterion, searchBan } from './policy/search-ban.ts';
export { readerOf, sees } from './policy/sees.ts';
export { DEFAULT_LAW_SETTINGS, LAW_SETTINGS, type LawSettings } from './policy/settings.ts';
export type { Shown as ShownOf, Sight } from './policy/sight.ts';
export { type PrincipalKind, type SipStanding, sipStandsAfter, uncoveredInSip } from './policy/sip.ts';
export { policyTable } from './policy/table/print.ts';
export { DISCLOSURE_GROUNDS, type DisclosureGround, type Target } from './policy/target.ts';
export { effectOfWithdrawal, type LossOfSight, type WithdrawalEffect } from './policy/withdrawal.ts';
export { lawRefusal } from './problems.ts';
export { withoutProtectedStaff } from './protected-staff.ts';
export {
  type Guardians,
  givenConsent,
  type LawFacts,
  patientFacts,
  readGuardians,
  readKeyOfPerson,
  readLaw,
  readPatientKnown,
  readProtectedWhile,
} from './read-law.ts';
export {
  type ReadManySpec,
  type ReadSpec,
  reading,
  readingAs,
  readingMany,
  type Shown,
  type ShownMany,
} from './reading.ts';
export { type Answered, type LoggedAct, type Sent, type WriteSpec, type Written, writing } from './writing.ts';
