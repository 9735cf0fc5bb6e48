import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { date, hsaId } from '../../http/fields.ts';
import type { Server } from '../../http/server.ts';
import { changeFollowUp, planFollowUp, recordFollowUp } from '../domain/follow-up.ts';
import { demandThing } from '../plan-of.ts';
import { externalIdTaken, followUpByHandover, followUpDone, inError, NOT_YOURS, planClosed } from '../problems.ts';
import { registerChange } from './change-route.ts';
import { ownershipFor } from './ownership.ts';
import { approvedForPatient, ownership, ownWords, patientText } from './request-parts.ts';

const TAG = 'Planer';

export const followUpBody = z
  .strictObject({ plannedOn: date, responsibleUnit: hsaId.optional(), ...ownership })
  .meta({ id: 'PlanFollowUp', examples: [{ plannedOn: '2026-12-11' }] });

/** Follow-up: plan, move, record what it came to. */
export function registerFollowUpRoutes(door: Server, deps: Deps): void {
  registerChange(door, deps, {
    method: 'POST',
    path: '/follow-ups',
    tag: TAG,
    summary: 'Planera en uppföljning',
    description: 'Av enheten för sig själv, eller för den planeringsansvariga.',
    action: 'plan.add-content',
    actors: ['staff'],
    body: followUpBody,
    kind: 'follow-up',
    status: 201,
    refuses: [planClosed, externalIdTaken, NOT_YOURS['responsibility-by-another']],
    again: true,
    rule: (context, { body }) => planFollowUp(context.hand, { ...body, ...ownershipFor(context, body) }, context.act),
  });
  registerChange(door, deps, {
    method: 'PATCH',
    path: '/follow-ups/:followUpId',
    tag: TAG,
    summary: 'Flytta en uppföljning',
    description:
      'Till en annan dag. Vem som har den byts genom överlämning; den planeringsansvariga tar den från en nedlagd enhet.',
    action: 'content.change',
    actors: ['staff'],
    body: z.strictObject({
      plannedOn: date.optional(),
      responsibleUnit: hsaId.optional(),
      approvedForPatient: approvedForPatient.optional(),
    }),
    kind: 'follow-up',
    status: 200,
    revisionOf: 'follow-up',
    refuses: [planClosed, inError, followUpDone, followUpByHandover, NOT_YOURS['planning-lead-only']],
    rule: (context, { body, id }) =>
      changeFollowUp(context.hand, demandThing(context.hand.content, 'follow-up', id), body, context.act),
  });
  registerChange(door, deps, {
    method: 'POST',
    path: '/follow-ups/:followUpId/outcome',
    tag: TAG,
    summary: 'Skriv hur uppföljningen gick',
    description: 'Utfall, och personens egen berättelse och betyg; patienten ger berättelse och betyg också efteråt.',
    action: 'content.change',
    actors: ['staff', 'citizen'],
    body: z.strictObject({
      outcome: patientText.optional(),
      doneOn: date.optional(),
      story: ownWords.optional(),
      rating: z.int().min(1).max(5).optional(),
    }),
    kind: 'follow-up',
    status: 200,
    revisionOf: 'follow-up',
    refuses: [planClosed, inError, followUpDone, NOT_YOURS['planning-lead-only'], NOT_YOURS['content-not-yours']],
    rule: (context, { body, id }) =>
      recordFollowUp(context.hand, demandThing(context.hand.content, 'follow-up', id), body, context.act),
  });
}
