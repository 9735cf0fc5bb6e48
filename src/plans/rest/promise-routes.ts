import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import type { Server } from '../../http/server.ts';
import type { RuleContext } from '../change-plan.ts';
import { acceptCommitment, addCommitment, changeCommitment, judgeCommitment } from '../domain/commitment-commands.ts';
import type { Commitment } from '../domain/model.ts';
import { demandThing } from '../plan-of.ts';
import { commitmentMoveNotAllowed, externalIdTaken, NOT_YOURS, planClosed } from '../problems.ts';
import { changeOf } from './change-of.ts';
import { registerChange } from './change-route.ts';
import { ownershipFor } from './ownership.ts';
import { approvedForPatient, method, ownership, party, patientText, reason, when } from './request-parts.ts';

const TAG = 'Överenskommelse';
const EVERYONE = ['staff', 'citizen', 'system'] as const;

export const commitmentBody = z
  .strictObject({
    by: party,
    to: party,
    text: patientText,
    due: when.optional(),
    order: z.int().min(0).max(100_000).optional(),
    ownYes: z.strictObject({ method }).optional(),
    ...ownership,
  })
  .meta({
    id: 'AddCommitment',
    examples: [
      {
        by: { kind: 'region', unit: 'SE0000000000-TST0201' },
        to: { kind: 'patient' },
        text: 'Vi ringer tillbaka samma dag.',
      },
    ],
  });

const promiseOf = ({ hand }: RuleContext, id: Commitment['id']) => demandThing(hand.content, 'commitment', id);

export const ADD_COMMITMENT = changeOf({
  method: 'POST',
  path: '/commitments',
  tag: TAG,
  summary: 'Lova något, eller föreslå ett löfte',
  description: 'Ett eget löfte gäller genast; ett löfte för någon annan är ett förslag tills den har sagt ja.',
  action: 'plan.add-content',
  actors: [...EVERYONE],
  body: commitmentBody,
  kind: 'commitment',
  status: 201,
  refuses: [planClosed, externalIdTaken, NOT_YOURS['promise-not-yours']],
  again: true,
  rule: (context, { body }) => addCommitment(context.hand, { ...body, ...ownershipFor(context, body) }, context.act),
});

export const CHANGE_COMMITMENT = changeOf({
  method: 'PATCH',
  path: '/commitments/:commitmentId',
  tag: TAG,
  summary: 'Ändra ett löfte',
  description: 'Ett överenskommet löfte ändras genom ett förslag bredvid det som gäller.',
  action: 'content.change',
  actors: [...EVERYONE],
  body: z.strictObject({
    text: patientText.optional(),
    due: when.nullable().optional(),
    order: z.int().min(0).max(100_000).optional(),
    approvedForPatient: approvedForPatient.optional(),
  }),
  kind: 'commitment',
  status: 200,
  revisionOf: 'commitment',
  refuses: [planClosed, commitmentMoveNotAllowed, NOT_YOURS['promise-not-yours']],
  rule: (context, { body, id }) => changeCommitment(context.hand, promiseOf(context, id), body, context.act),
});

export const ACCEPT_COMMITMENT = changeOf({
  method: 'POST',
  path: '/commitments/:commitmentId/accept',
  tag: TAG,
  summary: 'Säg ja till ett löfte',
  description: 'Bara den som lovar; patientens och närståendes ja kan antecknas av personal.',
  action: 'commitment.answer',
  actors: ['staff', 'citizen'],
  body: z.strictObject({ method: method.optional() }),
  kind: 'commitment',
  status: 200,
  revisionOf: 'commitment',
  refuses: [planClosed, commitmentMoveNotAllowed, NOT_YOURS['promise-not-yours']],
  rule: (context, { body, id }) => acceptCommitment(context.hand, promiseOf(context, id), body, context.act),
});

export const JUDGE_COMMITMENT = changeOf({
  method: 'POST',
  path: '/commitments/:commitmentId/judge',
  tag: TAG,
  summary: 'Säg om ett löfte hölls',
  description:
    'Hållet, brutet eller inte längre aktuellt. Ett löfte brutet av vården visas lika tydligt som patientens.',
  action: 'commitment.judge',
  actors: ['staff', 'citizen'],
  body: z.strictObject({ to: z.enum(['kept', 'broken', 'released']), why: reason.optional() }),
  kind: 'commitment',
  status: 200,
  revisionOf: 'commitment',
  refuses: [planClosed, commitmentMoveNotAllowed, NOT_YOURS['judgement-not-yours']],
  rule: (context, { body, id }) => judgeCommitment(context.hand, promiseOf(context, id), body, context.act),
});

/** Promises both ways: make, accept, change, judge. */
export function registerPromiseRoutes(door: Server, deps: Deps): void {
  registerChange(door, deps, ADD_COMMITMENT);
  registerChange(door, deps, CHANGE_COMMITMENT);
  registerChange(door, deps, ACCEPT_COMMITMENT);
  registerChange(door, deps, JUDGE_COMMITMENT);
}
