import { z } from 'zod';
import { lawRefusal } from '../../access/index.ts';
import { askingOf } from '../../http/asking.ts';
import type { Cursors } from '../../http/cursor.ts';
import { answer, problems } from '../../http/documented.ts';
import { pageOf, paging } from '../../http/paging.ts';
import type { Server } from '../../http/server.ts';
import { actorKey, type StaffActor } from '../../shared/actor.ts';
import { closeEmergency } from '../domain/emergencies.ts';
import { type AskedPlace, listAsked } from '../list-asked.ts';
import { alreadyEnded } from '../problems.ts';
import { ANSWERS } from './answers.ts';
import { type KindDoor, registerAct, registerReads, type SharingDeps, STAFF, WITH_PATIENT } from './door.ts';
import { presentSharing } from './present.ts';

const TAG = 'Spärr och nödöppning';

const EMERGENCY: KindDoor<'emergency-access'> = {
  kind: 'emergency-access',
  tag: TAG,
  collection: 'emergency-accesses',
  param: 'emergencyAccessId',
  noun: 'EmergencyAccess',
  read: { action: 'emergency.read', actors: WITH_PATIENT },
  words: {
    list: 'Lista nödöppningar',
    one: 'Läs en nödöppning',
    description: 'För den egna vårdgivaren, och för personen själv: vem som öppnade, varför, när och till när.',
  },
};

/** Emergency accesses as they are read and closed, and what a provider is asked to lift. Opening is with the plans. */
export function registerEmergencyRoutes(door: Server, deps: SharingDeps & { readonly cursors: Cursors }): void {
  registerReads(door, deps, EMERGENCY);
  registerAct(door, deps, EMERGENCY, 'close', {
    operationId: 'closeEmergencyAccess',
    summary: 'Avsluta en nödöppning',
    description: 'Innan tiden har gått ut. Den är fortfarande flaggad för granskning.',
    action: 'emergency.close',
    actors: STAFF,
    body: z.strictObject({}).meta({ examples: [{}] }),
    refuses: [alreadyEnded, lawRefusal('no-emergency')],
    act: () => ({
      rule: ({ act, thing }) => [{ kind: 'emergency-access', before: thing!, after: closeEmergency(act, thing!) }],
    }),
  });
  registerAsked(door, deps);
}

const page = pageOf(ANSWERS['block-lift-request']);
const place = z.object({ at: z.string(), patientId: z.string(), id: z.string() });

function registerAsked(door: Server, { desk, cursors }: SharingDeps & { readonly cursors: Cursors }): void {
  door.route({
    method: 'GET',
    url: '/block-lift-requests',
    config: { access: { actions: ['block.read'], actors: STAFF } },
    schema: {
      tags: [TAG],
      operationId: 'listAskedLifts',
      summary: 'Lista obesvarade begäranden om att häva spärr',
      description:
        'Till den egna vård- eller omsorgsgivaren, äldst först. För den som administrerar spärrar för hela vårdgivaren.',
      querystring: z.strictObject(paging),
      response: { 200: answer(page, 'En sida av listan.'), ...problems(400, 401, 403, 404) },
    },
    handler: async (request) => {
      const { limit, cursor } = request.query;
      const scope = { actor: actorKey(request.actor), route: request.routeOptions.url!, filter: 'asked' };
      const after = cursor ? (cursors.decode(scope, cursor, place) as AskedPlace) : undefined;
      const asking = { ...askingOf(request), actor: request.actor as StaffActor };
      const { requests, next } = await listAsked(desk, asking, { limit, after });
      const items = requests.map((one) => presentSharing(one, desk.clock.now()));
      return { items, nextCursor: next && cursors.encode(scope, next) } as z.output<typeof page>;
    },
  });
}
