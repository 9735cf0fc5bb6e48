import type { Deps } from '../deps.ts';
import type { Server } from '../http/server.ts';
import { registerAgreementRoutes } from './rest/agreement-routes.ts';
import { registerConsentRoutes } from './rest/consent-routes.ts';
import { registerDisclosureRoutes } from './rest/disclosure-routes.ts';
import { registerEmergencyRoutes } from './rest/emergency-routes.ts';
import { registerExportRoutes } from './rest/export-routes.ts';
import { registerFeedbackCountRoutes } from './rest/feedback-count-routes.ts';
import { registerFeedbackRoutes } from './rest/feedback-routes.ts';
import { registerFollowUpRoutes } from './rest/follow-up-routes.ts';
import { registerHandoverRoutes } from './rest/handover-routes.ts';
import { registerHistoryRoutes } from './rest/history-routes.ts';
import { registerInErrorRoutes } from './rest/in-error-routes.ts';
import { registerLinkRoutes } from './rest/link-routes.ts';
import { registerOverviewRoutes } from './rest/overview-routes.ts';
import { registerOwnThingsRoutes } from './rest/own-things-routes.ts';
import { registerContactRoutes, registerParticipantRoutes } from './rest/people-routes.ts';
import { registerPlanRoutes } from './rest/plan-routes.ts';
import { registerPromiseRoutes } from './rest/promise-routes.ts';
import { registerRemarkRoutes } from './rest/remark-routes.ts';
import { registerRightsRoutes } from './rest/rights-routes.ts';
import { registerSafetyNetRoutes } from './rest/safety-net-routes.ts';
import { registerSigningRoutes } from './rest/signing-routes.ts';
import { registerStepRoutes } from './rest/step-routes.ts';
import { registerWordRoutes } from './rest/word-routes.ts';
import { registerWorkListRoutes } from './rest/work-list-routes.ts';

export { plansAtDeath } from './at-death.ts';
export { type AlsoWritten, plansAtInterruption } from './at-interruption.ts';
export type { RuleContext } from './change-plan.ts';
export {
  changeTogether,
  type MadeByName,
  type MadeThing,
  type Together,
  type TogetherAnswer,
  type TogetherPart,
} from './change-together.ts';
export { type Culling, cullRecords, type DueRecord, recordsDue } from './cull-records.ts';
export { HANDOVER_MOVES, isLateHandover, isOpenHandover, lateHandovers } from './domain/handover-state.ts';
export {
  type AgreementVersion,
  type Feedback,
  type Handover,
  type Participant,
  PLAN_KINDS,
  PLAN_STATUSES,
  type Plan,
  type Step,
} from './domain/model.ts';
export { CONTACT_MOVES } from './domain/named-contact-rules.ts';
export { PARTICIPANT_MOVES } from './domain/participant-commands.ts';
export { PLAN_MOVES } from './domain/plan-state.ts';
export { STEP_MOVES } from './domain/step-state.ts';
export { DEFAULT_TIME_SETTINGS } from './domain/time-settings.ts';
export { type ExportedPlan, exportPlans } from './export-plans.ts';
export {
  type ImportedLines,
  type LineFault,
  type LineImporter,
  lineImporter,
  type NumberedLine,
} from './import-lines.ts';
export { type FoundThing, lookUpExternalId } from './look-up-plan.ts';
export { changesIn, type Placed, planAt, readHistory, type VisibleHistory } from './read-history.ts';
export { type ReadOverview, readOverview } from './read-overview.ts';
export { readThing, type ThingAnswer } from './read-thing.ts';
export { PLAN_ACTS, type PlanActName } from './rest/acts.ts';
export { type AskedChange, type ChangeRoute, hsaIdsIn, planChangeOf, relativesIn } from './rest/change-of.ts';
export { createPlanBody } from './rest/plan-bodies.ts';
export { createCommandOf } from './rest/plan-command.ts';
export { withPublicIds } from './rest/public-ids.ts';
export { whoseAnswer } from './rest/whose-answer.ts';
export { restUncovered } from './rest-uncovered.ts';
export { searchPlans, searchPlansAs } from './search-plans.ts';
export { type AttentionRecord, loadForAttention } from './store/attention.ts';
export { readBeside } from './store/beside-directory.ts';
export { AT_WORK, LIVED, shown, WHOSE, type Whose } from './store/listed.ts';
export {
  type OverviewRecord,
  overviewFrom,
  type PlanRecord,
  type PlanTarget,
  planQuery,
  recordFrom,
} from './store/record.ts';
export { overviewOfRecord, type ToldOverview, tellOverview } from './tell-person.ts';
export { type Happening, mayTellProvider } from './tell-provider.ts';
export { factsOf } from './view/facts.ts';
export type { SeenPlans } from './view/seen.ts';
export { type VisiblePlan, visiblePlan } from './view/visible.ts';

/** Puts the plans on a door. */
export async function registerPlans(door: Server, deps: Deps): Promise<void> {
  for (const register of [
    registerPlanRoutes,
    registerConsentRoutes,
    registerEmergencyRoutes,
    registerDisclosureRoutes,
    registerExportRoutes,
    registerRightsRoutes,
    registerStepRoutes,
    registerWordRoutes,
    registerContactRoutes,
    registerParticipantRoutes,
    registerPromiseRoutes,
    registerSafetyNetRoutes,
    registerAgreementRoutes,
    registerFollowUpRoutes,
    registerLinkRoutes,
    registerRemarkRoutes,
    registerHandoverRoutes,
    registerFeedbackRoutes,
    registerFeedbackCountRoutes,
    registerInErrorRoutes,
    registerSigningRoutes,
    registerHistoryRoutes,
    registerOverviewRoutes,
    registerOwnThingsRoutes,
    registerWorkListRoutes,
  ]) {
    register(door, deps);
  }
}
