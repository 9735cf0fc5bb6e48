import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import type { Server } from '../../http/server.ts';
import { type Correctable, enterInError } from '../domain/in-error.ts';
import { demandThing } from '../plan-of.ts';
import { inError, NOT_YOURS } from '../problems.ts';
import { changeOf } from './change-of.ts';
import { registerChange } from './change-route.ts';
import { reason } from './request-parts.ts';

/** Where each kind that can be marked as a mistake is found, and under which heading it is described. */
const PLACES: { readonly [K in Correctable]: readonly [path: string, tag: string] } = {
  step: ['/steps', 'Steg'],
  'what-matters': ['/what-matters', 'Planer'],
  goal: ['/goals', 'Planer'],
  'named-contact': ['/named-contacts', 'Planer'],
  participant: ['/participants', 'Planer'],
  'self-care-assessment': ['/self-care-assessments', 'Steg'],
  commitment: ['/commitments', 'Överenskommelse'],
  'safety-net-item': ['/safety-net', 'Planer'],
  'follow-up': ['/follow-ups', 'Planer'],
  link: ['/links', 'Planer'],
  remark: ['/remarks', 'Planer'],
  feedback: ['/feedback', 'Överlämning'],
};

/** Marking one thing as a mistake: the same for all kinds, since nothing is ever erased [PDL 3:14]. */
export function enterInErrorRoute(kind: Correctable) {
  const [path, tag] = PLACES[kind];
  return changeOf({
    method: 'POST',
    path: `${path}/:thingId/entered-in-error`,
    tag,
    summary: 'Markera som felaktig',
    description:
      'Uppgiften finns kvar med vem som markerade den och när (PDL 3 kap. 14 §), men räknas inte längre. Kan inte ångras.',
    action: 'content.change',
    actors: ['staff', 'citizen', 'system'],
    body: z.strictObject({ reason: reason.optional() }),
    kind,
    status: 200,
    revisionOf: kind,
    refuses: [inError, NOT_YOURS['content-not-yours']],
    rule: (context, { body, id }) =>
      enterInError(context.hand, kind, demandThing(context.hand.content, kind, id), body, context.act),
  });
}

export function registerInErrorRoutes(door: Server, deps: Deps): void {
  for (const kind of Object.keys(PLACES) as Correctable[]) registerChange(door, deps, enterInErrorRoute(kind));
}
