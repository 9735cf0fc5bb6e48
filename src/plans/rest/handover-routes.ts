import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import type { Server } from '../../http/server.ts';
import type { RuleContext } from '../change-plan.ts';
import { acceptHandover, forwardHandover, receiveHandover, returnHandover } from '../domain/handover-answer.ts';
import { cancelHandover, correctHandover, offerHandover } from '../domain/handover-offer.ts';
import { holderOf } from '../domain/handover-state.ts';
import type { Handover } from '../domain/model.ts';
import { demandThing } from '../plan-of.ts';
import { demandConsentTo } from '../planning-consent.ts';
import {
  externalIdTaken,
  handoverAlreadyOpen,
  handoverConsentFallen,
  handoverMoveNotAllowed,
  handoverNeedsPatientsYes,
  handoverNotInside,
  handoverOvertaken,
  handoverToClosedUnit,
  handoverToOneself,
  NOT_YOURS,
  nothingToHandOver,
  planClosed,
  selfCareAssessmentMissing,
} from '../problems.ts';
import { registerChange } from './change-route.ts';
import {
  acceptHandoverBody,
  cancelHandoverBody,
  correctHandoverBody,
  forwardHandoverBody,
  offerHandoverBody,
  returnHandoverBody,
} from './handover-bodies.ts';
import { ownershipFor } from './ownership.ts';

const TAG = 'Överlämning';
/** A record system sends for its provider's units; to take over, or not, is for people. */
const BY_WORK = ['staff', 'system'] as const;

const handoverOf = (context: RuleContext, id: Handover['id']): Handover =>
  demandThing(context.hand.content, 'handover', id);

/** Handing over an accepted step or a duty: offered, received, accepted or returned; corrected, sent on, taken back. */
export function registerHandoverRoutes(door: Server, deps: Deps): void {
  registerChange(door, deps, {
    method: 'POST',
    path: '/handovers',
    tag: TAG,
    summary: 'Lämna över ett steg eller ett uppdrag',
    description:
      'Ett accepterat steg (`step`), planeringsansvaret (`planning-lead`), en utsedd kontakt (`named-contact`) eller en planerad uppföljning (`follow-up`). Den som lämnar över har uppdraget tills den andra har tagit över, även över nätter, helger och när svarstiden har gått. En flytt av planeringsansvaret till en annan region eller kommun kräver patientens ja.',
    action: 'handover.offer',
    actors: BY_WORK,
    body: offerHandoverBody,
    asks: true,
    actsFor: (content, { body: { of, aboutId }, id }) => {
      const found = of === 'planning-lead' ? id : aboutId;
      return found && holderOf(content, { of, aboutId: found });
    },
    kind: 'handover',
    status: 201,
    refuses: [
      planClosed,
      nothingToHandOver,
      handoverAlreadyOpen,
      handoverToOneself,
      handoverToClosedUnit,
      handoverNeedsPatientsYes,
      handoverConsentFallen,
      externalIdTaken,
      NOT_YOURS['handover-not-yours'],
    ],
    rule: (context, { body }) => {
      const ownership = { ...ownershipFor(context, body), approvedForPatient: body.approvedForPatient ?? false };
      const { patientsYes, ...rest } = body;
      const yes = patientsYes && { method: patientsYes.method, at: context.act.now };
      const command = { ...rest, ...ownership, ...(yes && { patientsYes: yes }) };
      const changes = offerHandover(context.hand, command, context.asked().deadlineRules, context.act);
      return demandConsentTo(context.record, changes);
    },
  });
  registerSender(door, deps);
  registerReceiver(door, deps);
  registerReturns(door, deps);
}

const COMMON = { tag: TAG, kind: 'handover', status: 200, revisionOf: 'handover' } as const;

function registerSender(door: Server, deps: Deps): void {
  registerChange(door, deps, {
    ...COMMON,
    method: 'PATCH',
    path: '/handovers/:handoverId',
    summary: 'Rätta en överlämning',
    description: 'Av den som lämnar över. Är den kvitterad ska den kvitteras på nytt.',
    actors: BY_WORK,
    action: 'handover.offer',
    body: correctHandoverBody,
    refuses: [handoverMoveNotAllowed, NOT_YOURS['handover-not-yours']],
    rule: (context, { body, id }) => correctHandover(context.hand, handoverOf(context, id), body, context.act),
  });
  registerChange(door, deps, {
    ...COMMON,
    method: 'POST',
    path: '/handovers/:handoverId/cancel',
    summary: 'Ta tillbaka en överlämning',
    description: 'Av den som lämnar över, med skäl. Uppdraget har funnits kvar hela tiden.',
    actors: BY_WORK,
    action: 'handover.offer',
    body: cancelHandoverBody,
    refuses: [handoverMoveNotAllowed, NOT_YOURS['handover-not-yours']],
    rule: (context, { body, id }) => cancelHandover(handoverOf(context, id), body, context.act),
  });
}

function registerReceiver(door: Server, deps: Deps): void {
  registerChange(door, deps, {
    ...COMMON,
    method: 'POST',
    path: '/handovers/:handoverId/receive',
    summary: 'Kvittera en överlämning',
    description: 'Säger att den har kommit fram. Ansvaret flyttar inte.',
    action: 'handover.answer',
    actors: ['staff'],
    body: z.strictObject({}),
    refuses: [handoverMoveNotAllowed, NOT_YOURS['handover-not-yours']],
    rule: (context, { id }) => receiveHandover(handoverOf(context, id), context.act),
  });
  registerChange(door, deps, {
    ...COMMON,
    method: 'POST',
    path: '/handovers/:handoverId/accept',
    summary: 'Ta över',
    description:
      'Av den mottagande enhetens egen personal; från och med nu är uppdraget deras. Svaret på om man fick det man behövde blir återkoppling till den som lämnade över.',
    action: 'handover.answer',
    actors: ['staff'],
    body: acceptHandoverBody,
    refuses: [
      planClosed,
      handoverMoveNotAllowed,
      handoverOvertaken,
      selfCareAssessmentMissing,
      NOT_YOURS['handover-not-yours'],
    ],
    rule: (context, { body, id }) => acceptHandover(context.hand, handoverOf(context, id), body, context.act),
  });
}

function registerReturns(door: Server, deps: Deps): void {
  registerChange(door, deps, {
    ...COMMON,
    method: 'POST',
    path: '/handovers/:handoverId/return',
    summary: 'Lämna tillbaka',
    description: 'Av den mottagande enhetens personal, med skäl.',
    action: 'handover.answer',
    actors: ['staff'],
    body: returnHandoverBody,
    refuses: [handoverMoveNotAllowed, NOT_YOURS['handover-not-yours']],
    rule: (context, { body, id }) => returnHandover(context.hand, handoverOf(context, id), body, context.act),
  });
  registerChange(door, deps, {
    ...COMMON,
    method: 'POST',
    path: '/handovers/:handoverId/forward',
    summary: 'Sänd vidare inom den mottagande organisationen',
    description: 'Till en annan enhet hos samma vårdgivare. Svarstiden är densamma.',
    action: 'handover.answer',
    actors: ['staff'],
    body: forwardHandoverBody,
    refuses: [
      handoverMoveNotAllowed,
      handoverConsentFallen,
      handoverNotInside,
      handoverToClosedUnit,
      handoverToOneself,
      NOT_YOURS['handover-not-yours'],
    ],
    rule: (context, { body, id }) =>
      demandConsentTo(context.record, forwardHandover(context.hand, handoverOf(context, id), body, context.act)),
  });
}
