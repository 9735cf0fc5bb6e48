import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import type { Server } from '../../http/server.ts';
import type { RuleContext } from '../change-plan.ts';
import { demandFound } from '../domain/demands.ts';
import { giveFeedback, publishFeedback, replyToFeedback } from '../domain/feedback-commands.ts';
import { FEEDBACK_KINDS, type Feedback } from '../domain/model.ts';
import { demandThing, seesThing } from '../plan-of.ts';
import { externalIdTaken, feedbackToOneself, NOT_YOURS } from '../problems.ts';
import { registerChange } from './change-route.ts';
import { ownershipFor } from './ownership.ts';
import { approvedForPatient, ownership, ownWords, thing } from './request-parts.ts';

const TAG = 'Överlämning';

/** Feedback is between units until somebody publishes it: what the header says of approval does not hold for it. */
const unpublished = (context: RuleContext, body: Parameters<typeof ownershipFor>[1]) => ({
  ...ownershipFor(context, body),
  approvedForPatient: body.approvedForPatient ?? false,
});

const feedbackOf = (context: RuleContext, id: Feedback['id']) => demandThing(context.hand.content, 'feedback', id);

/** Feedback to the step before, its reply, and publishing it to the patient. */
export function registerFeedbackRoutes(door: Server, deps: Deps): void {
  registerChange(door, deps, {
    method: 'POST',
    path: '/feedback',
    tag: TAG,
    summary: 'Ge återkoppling till steget före',
    description:
      'Om en överlämning eller ett steg, till den enhet som lämnade över eller vars steg det är. Båda ser den; patienten bara om den visas med `approvedForPatient`.',
    action: 'feedback.write',
    actors: ['staff'],
    body: z.strictObject({ what: z.enum(FEEDBACK_KINDS), aboutId: thing, text: ownWords, ...ownership }).meta({
      id: 'GiveFeedback',
      examples: [
        {
          what: 'missing-information',
          aboutId: 'aaaaaaaaaaaaaaaaaaaaaaaaaa-aaaaaaaaaaaaaaaaaaaaaaaaaa',
          text: 'Utgångsvikten saknades.',
        },
      ],
    }),
    kind: 'feedback',
    status: 201,
    refuses: [feedbackToOneself, externalIdTaken, NOT_YOURS['feedback-not-yours']],
    rule: (context, { body }) => {
      demandFound(seesThing(context.seen.whole().content, body.aboutId) || undefined, 'aboutId');
      return giveFeedback(context.hand, { ...body, ...unpublished(context, body) }, context.act);
    },
  });
  registerChange(door, deps, {
    method: 'POST',
    path: '/feedback/:feedbackId/reply',
    tag: TAG,
    summary: 'Svara på återkoppling',
    description: 'Av den enhet som fick den. Svaret är enhetens egna ord.',
    action: 'feedback.write',
    actors: ['staff'],
    body: z
      .strictObject({ text: ownWords, ...ownership })
      .meta({ id: 'ReplyToFeedback', examples: [{ text: 'Tack, vi skickar med vikten nästa gång.' }] }),
    kind: 'feedback',
    status: 201,
    about: 'feedback',
    refuses: [externalIdTaken, NOT_YOURS['feedback-not-yours']],
    rule: (context, { body, id }) =>
      replyToFeedback(context.hand, feedbackOf(context, id), { ...body, ...unpublished(context, body) }, context.act),
  });
  registerChange(door, deps, {
    method: 'PATCH',
    path: '/feedback/:feedbackId',
    tag: TAG,
    summary: 'Visa återkoppling för patienten, eller inte längre',
    description: 'Av den enhet som skrev den; återkoppling och svar var för sig.',
    action: 'feedback.write',
    actors: ['staff'],
    body: z.strictObject({ approvedForPatient }),
    kind: 'feedback',
    status: 200,
    revisionOf: 'feedback',
    refuses: [NOT_YOURS['feedback-not-yours']],
    rule: (context, { body, id }) => publishFeedback(feedbackOf(context, id), body.approvedForPatient, context.act),
  });
}
