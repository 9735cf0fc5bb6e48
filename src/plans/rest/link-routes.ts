import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { line } from '../../http/fields.ts';
import type { Server } from '../../http/server.ts';
import { addLink, changeLink } from '../domain/link.ts';
import { demandThing } from '../plan-of.ts';
import { externalIdTaken, NOT_YOURS, planClosed } from '../problems.ts';
import { registerChange } from './change-route.ts';
import { ownershipFor } from './ownership.ts';
import { approvedForPatient, httpsLink, ownership } from './request-parts.ts';

const TAG = 'Planer';

export const linkBody = z
  .strictObject({
    to: z.enum(['plan', 'medicines', 'booking', 'other']),
    title: line(200),
    url: httpsLink.optional(),
    reference: line(300).optional(),
    ...ownership,
  })
  .meta({
    id: 'AddLink',
    examples: [{ to: 'medicines', title: 'Läkemedelslistan', url: 'https://example.org/lakemedel' }],
  });

/** References to other plans, medicines and booking services. */
export function registerLinkRoutes(door: Server, deps: Deps): void {
  registerChange(door, deps, {
    method: 'POST',
    path: '/links',
    tag: TAG,
    summary: 'Lägg till en hänvisning',
    description: 'En länk eller referens, aldrig en kopia.',
    action: 'plan.add-content',
    actors: ['staff', 'system'],
    body: linkBody,
    kind: 'link',
    status: 201,
    refuses: [planClosed, externalIdTaken],
    again: true,
    rule: (context, { body }) => addLink(context.hand, { ...body, ...ownershipFor(context, body) }, context.act),
  });
  registerChange(door, deps, {
    method: 'PATCH',
    path: '/links/:linkId',
    tag: TAG,
    summary: 'Ändra en hänvisning',
    description: 'Av den enhet som skrev den.',
    action: 'content.change',
    actors: ['staff', 'system'],
    body: z.strictObject({
      to: linkBody.shape.to.optional(),
      title: line(200).optional(),
      url: httpsLink.nullable().optional(),
      reference: line(300).nullable().optional(),
      approvedForPatient: approvedForPatient.optional(),
    }),
    kind: 'link',
    status: 200,
    revisionOf: 'link',
    refuses: [planClosed, NOT_YOURS['content-not-yours']],
    rule: (context, { body, id }) =>
      changeLink(context.hand, demandThing(context.hand.content, 'link', id), body, context.act),
  });
}
