import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { text } from '../../http/fields.ts';
import type { Server } from '../../http/server.ts';
import { demandFound } from '../domain/demands.ts';
import { addRemark, answerRemark } from '../domain/remark-commands.ts';
import { demandThing, seesThing } from '../plan-of.ts';
import { externalIdTaken, NOT_YOURS, planClosed } from '../problems.ts';
import { changeOf } from './change-of.ts';
import { registerChange } from './change-route.ts';
import { ownershipFor } from './ownership.ts';
import { ownership, ownWords, patientText, thing } from './request-parts.ts';

const TAG = 'Planer';

export const WRITE_REMARK = changeOf({
  method: 'POST',
  path: '/remarks',
  tag: TAG,
  summary: 'Kommentera, fråga, invänd eller be om annan tid',
  description:
    'Bredvid ett steg, ett löfte, ett mål eller planen. Patientens avvikande mening står kvar bredvid uppgiften (PDL 3 kap. 8 §).',
  action: 'remark.write',
  actors: ['staff', 'citizen'],
  body: z
    .strictObject({
      what: z.enum(['comment', 'question', 'objection', 'another-time', 'disagreement']),
      aboutId: thing.optional(),
      text: ownWords,
      wishedTime: text(300).optional(),
      ...ownership,
    })
    .meta({ id: 'AddRemark', examples: [{ what: 'question', text: 'Får jag duscha efter besöket?' }] }),
  kind: 'remark',
  status: 201,
  refuses: [planClosed, externalIdTaken],
  again: true,
  rule: (context, { body }) => {
    if (body.aboutId) demandFound(seesThing(context.seen.whole().content, body.aboutId) || undefined, 'aboutId');
    return addRemark(context.hand, { ...body, ...ownershipFor(context, body) }, context.act);
  },
});

export const ANSWER_REMARK = changeOf({
  method: 'POST',
  path: '/remarks/:remarkId/answer',
  tag: TAG,
  summary: 'Svara på en fråga, invändning eller önskan',
  description: 'Av den enhet som svarar för saken. Patienten ser vem som svarade och när.',
  action: 'remark.write',
  actors: ['staff'],
  body: z
    .strictObject({ text: patientText, externalId: ownership.externalId, legalBasis: ownership.legalBasis })
    .meta({ id: 'AnswerRemark', examples: [{ text: 'Ja, det går bra.' }] }),
  kind: 'remark',
  status: 201,
  about: 'remark',
  refuses: [planClosed, externalIdTaken, NOT_YOURS['answer-not-yours']],
  again: true,
  rule: (context, { body, id }) =>
    answerRemark(context.hand, demandThing(context.hand.content, 'remark', id), body, context.act),
});

/** Comments, questions, objections and wishes for another time, and their answers. */
export function registerRemarkRoutes(door: Server, deps: Deps): void {
  registerChange(door, deps, WRITE_REMARK);
  registerChange(door, deps, ANSWER_REMARK);
}
