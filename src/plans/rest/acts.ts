import { enterInErrorRoute } from './in-error-routes.ts';
import {
  ADD_CONTACT,
  ANSWER_INVITATION,
  CHANGE_CONTACT,
  CHANGE_PARTICIPANT,
  INVITE_PARTICIPANT,
  MOVE_CONTACT,
} from './people-routes.ts';
import { CHANGE_PLAN, MOVE_PLAN } from './plan-routes.ts';
import { ACCEPT_COMMITMENT, ADD_COMMITMENT, CHANGE_COMMITMENT, JUDGE_COMMITMENT } from './promise-routes.ts';
import { ANSWER_REMARK, WRITE_REMARK } from './remark-routes.ts';
import { ACCEPT_STEP, ADD_STEP, CHANGE_STEP, DECLINE_STEP, MOVE_STEP, REPORT_STEP } from './step-routes.ts';
import { ADD_GOAL, ADD_WHAT_MATTERS, CHANGE_GOAL, CHANGE_WHAT_MATTERS, MOVE_GOAL } from './word-routes.ts';

/**
 * The changes that another door may ask for, by name: the very ones that `/v1` registers, with their bodies, actions and
 * rules, so that there is one rule for each.
 */
export const PLAN_ACTS = {
  'plan.change': CHANGE_PLAN,
  'plan.move': MOVE_PLAN,
  'step.add': ADD_STEP,
  'step.change': CHANGE_STEP,
  'step.accept': ACCEPT_STEP,
  'step.decline': DECLINE_STEP,
  'step.move': MOVE_STEP,
  'step.report': REPORT_STEP,
  'step.in-error': enterInErrorRoute('step'),
  'goal.add': ADD_GOAL,
  'goal.change': CHANGE_GOAL,
  'goal.move': MOVE_GOAL,
  'goal.in-error': enterInErrorRoute('goal'),
  'what-matters.add': ADD_WHAT_MATTERS,
  'what-matters.change': CHANGE_WHAT_MATTERS,
  'what-matters.in-error': enterInErrorRoute('what-matters'),
  'commitment.add': ADD_COMMITMENT,
  'commitment.change': CHANGE_COMMITMENT,
  'commitment.accept': ACCEPT_COMMITMENT,
  'commitment.judge': JUDGE_COMMITMENT,
  'commitment.in-error': enterInErrorRoute('commitment'),
  'contact.add': ADD_CONTACT,
  'contact.change': CHANGE_CONTACT,
  'contact.move': MOVE_CONTACT,
  'contact.in-error': enterInErrorRoute('named-contact'),
  'participant.invite': INVITE_PARTICIPANT,
  'participant.change': CHANGE_PARTICIPANT,
  'participant.accepted': ANSWER_INVITATION.accepted,
  'participant.declined': ANSWER_INVITATION.declined,
  'participant.left': ANSWER_INVITATION.left,
  'participant.in-error': enterInErrorRoute('participant'),
  'remark.write': WRITE_REMARK,
  'remark.answer': ANSWER_REMARK,
  'remark.in-error': enterInErrorRoute('remark'),
} as const;

export type PlanActName = keyof typeof PLAN_ACTS;
