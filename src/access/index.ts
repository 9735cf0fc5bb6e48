export { ACTIONS, type Action, type Activity } from './actions.ts';
export { type Grant, Sealed } from './grant.ts';
export { type Asking, admit, type Desk, entryFor, recordingRefusals } from './guard.ts';
export type { ContributionFacts, Facts, ParticipantFacts, PlanFacts } from './policy/facts.ts';
export { type Relation, relationTo, sees } from './policy/policy.ts';
export { REASONS, type Reason } from './policy/reasons.ts';
export { type ReadSpec, reading, type Shown } from './reading.ts';
export { type Answered, type WriteSpec, type Written, writing } from './writing.ts';
