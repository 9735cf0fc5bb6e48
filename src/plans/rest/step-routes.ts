import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import type { Server } from '../../http/server.ts';
import type { RuleContext } from '../change-plan.ts';
import type { Step } from '../domain/model.ts';
import { findReport, reportStep } from '../domain/report-commands.ts';
import { assessSelfCare, changeAssessment } from '../domain/self-care.ts';
import { addStep } from '../domain/step-add.ts';
import { acceptStep, declineStep } from '../domain/step-answer.ts';
import { changeStep } from '../domain/step-change.ts';
import { transitionStep } from '../domain/step-move.ts';
import { actsAs } from '../domain/who-may.ts';
import { demandThing } from '../plan-of.ts';
import {
  externalIdTaken,
  NOT_YOURS,
  planClosed,
  reportKeyReused,
  selfCareAssessmentMissing,
  stepEnded,
  stepMoveNotAllowed,
  stepNotReportable,
} from '../problems.ts';
import { changeOf } from './change-of.ts';
import { registerChange } from './change-route.ts';
import { ownershipFor } from './ownership.ts';
import { addStepBody, assessment, changeStepBody, reportBody, stepAnswerBody, stepMoveBody } from './step-bodies.ts';

const TAG = 'Steg';
const ALL = ['staff', 'citizen', 'system'] as const;

const stepOf = (context: RuleContext, id: Step['id']): Step => demandThing(context.hand.content, 'step', id);

const common = {
  method: 'POST',
  tag: TAG,
  kind: 'step',
  status: 200,
  revisionOf: 'step',
} as const;

export const ADD_STEP = changeOf({
  method: 'POST',
  path: '/steps',
  tag: TAG,
  summary: 'Lägg till ett steg',
  description:
    'Ett steg för den egna enheten är överenskommet från början. Ett steg för någon annan är ett förslag tills den andra har svarat; så länge ansvarar den som skrev. Patientens önskemål blir `wished`.',
  action: 'step.add',
  actors: [...ALL],
  body: addStepBody,
  kind: 'step',
  status: 201,
  refuses: [planClosed, selfCareAssessmentMissing, externalIdTaken],
  again: true,
  rule: (context, { body }) => {
    const assessed = body.assessment && { ...body.assessment, ...ownershipFor(context, body.assessment) };
    const command = { ...body, ...ownershipFor(context, body), assessment: assessed };
    return addStep(context.hand, command, context.act);
  },
});

export const CHANGE_STEP = changeOf({
  method: 'PATCH',
  path: '/steps/:stepId',
  tag: TAG,
  summary: 'Ändra ett steg',
  description:
    'Fakta (tid, plats, personal, kontaktväg) gäller genast och märks som ändrade. Vad, vem och senast när blir ett förslag bredvid det överenskomna tills parterna har svarat.',
  action: 'step.change',
  actors: [...ALL],
  body: changeStepBody,
  kind: 'step',
  status: 200,
  revisionOf: 'step',
  refuses: [planClosed, stepEnded, NOT_YOURS['step-not-yours']],
  rule: (context, { body, id }) => changeStep(context.hand, stepOf(context, id), body, context.act),
});

export const ACCEPT_STEP = changeOf({
  ...common,
  path: '/steps/:stepId/accept',
  summary: 'Svara ja på ett föreslaget steg',
  description:
    'Den tillfrågade enhetens egen personal, patienten själv, eller personal som antecknar ett muntligt eller skriftligt ja.',
  action: 'step.answer',
  actors: ['staff', 'citizen'],
  body: stepAnswerBody,
  refuses: [planClosed, stepMoveNotAllowed, selfCareAssessmentMissing, NOT_YOURS['step-answer-not-yours']],
  rule: (context, { body, id }) => acceptStep(context.hand, stepOf(context, id), body, context.act),
});

export const DECLINE_STEP = changeOf({
  ...common,
  path: '/steps/:stepId/decline',
  summary: 'Svara nej på ett föreslaget steg',
  description: 'Med skäl. Steget går tillbaka till den som skrev det.',
  action: 'step.answer',
  actors: ['staff', 'citizen'],
  body: stepAnswerBody,
  refuses: [planClosed, stepMoveNotAllowed, NOT_YOURS['step-answer-not-yours']],
  rule: (context, { body, id }) => declineStep(context.hand, stepOf(context, id), body, context.act),
});

export const MOVE_STEP = changeOf({
  ...common,
  path: '/steps/:stepId/transition',
  summary: 'Flytta ett steg till ett annat läge',
  description:
    'Boka, börja, pausa, återuppta, ställ in, markera som felaktigt. Otillåtna flyttar nekas med de tillåtna.',
  action: 'step.change',
  actors: [...ALL],
  body: stepMoveBody,
  refuses: [planClosed, stepMoveNotAllowed, selfCareAssessmentMissing, NOT_YOURS['step-not-yours']],
  rule: (context, { body, id }) => transitionStep(context.hand, stepOf(context, id), body, context.act),
});

export const REPORT_STEP = changeOf({
  method: 'POST',
  path: '/steps/:stepId/reports',
  tag: TAG,
  summary: 'Rapportera ett steg',
  description:
    'Ett anrop: utfört, ej utfört, hoppat över, eller en felaktig avprickning som tas tillbaka. Kräver `Idempotency-Key` i stället för If-Match och är säkert att skicka igen i 72 timmar, i vilken ordning rapporterna än kommer fram.',
  action: 'step.report',
  actors: [...ALL],
  body: reportBody,
  kind: 'report',
  status: 201,
  about: 'step',
  demandsKey: true,
  find: ({ hand, act }, { id, key }) => findReport(hand.content.report, { stepId: id, clientKey: key! }, actsAs(act)),
  refuses: [planClosed, stepNotReportable, reportKeyReused, NOT_YOURS['report-not-yours']],
  rule: (context, { body, id, key }) =>
    reportStep(
      context.hand,
      stepOf(context, id),
      { ...body, ...ownershipFor(context, body), clientKey: key! },
      context.act,
    ),
});

/** Steps: add, answer, change, move, report, and the self-care assessments that some of them need. */
export function registerStepRoutes(door: Server, deps: Deps): void {
  registerChange(door, deps, ADD_STEP);
  registerChange(door, deps, CHANGE_STEP);
  registerStepAnswers(door, deps);
  registerReports(door, deps);
  registerAssessments(door, deps);
}

function registerStepAnswers(door: Server, deps: Deps): void {
  registerChange(door, deps, ACCEPT_STEP);
  registerChange(door, deps, DECLINE_STEP);
  registerChange(door, deps, MOVE_STEP);
}

function registerReports(door: Server, deps: Deps): void {
  registerChange(door, deps, REPORT_STEP);
}

function registerAssessments(door: Server, deps: Deps): void {
  registerChange(door, deps, {
    method: 'POST',
    path: '/steps/:stepId/self-care-assessments',
    tag: TAG,
    summary: 'Dokumentera en egenvårdsbedömning',
    description: 'Legitimerad personal vid en hälso- och sjukvårdsenhet (lag 2022:1250).',
    action: 'plan.add-content',
    actors: ['staff'],
    body: assessment,
    kind: 'self-care-assessment',
    status: 201,
    about: 'step',
    refuses: [planClosed, externalIdTaken, NOT_YOURS['assessment-by-health-care']],
    again: true,
    rule: (context, { body, id }) =>
      assessSelfCare(context.hand, stepOf(context, id), { ...body, ...ownershipFor(context, body) }, context.act),
  });
  registerChange(door, deps, {
    method: 'PATCH',
    path: '/self-care-assessments/:assessmentId',
    tag: TAG,
    summary: 'Ändra en egenvårdsbedömning',
    description: 'Ny bedömning, nytt datum för uppföljning.',
    action: 'content.change',
    actors: ['staff'],
    body: z.strictObject({
      assessor: assessment.shape.assessor.optional(),
      assessedOn: assessment.shape.assessedOn.optional(),
      reviewOn: assessment.shape.reviewOn.optional(),
      helpNeeded: assessment.shape.helpNeeded.optional(),
      ifItFails: assessment.shape.ifItFails.optional(),
    }),
    kind: 'self-care-assessment',
    status: 200,
    revisionOf: 'self-care-assessment',
    refuses: [planClosed, NOT_YOURS['content-not-yours']],
    rule: (context, { body, id }) =>
      changeAssessment(context.hand, demandThing(context.hand.content, 'self-care-assessment', id), body, context.act),
  });
}
