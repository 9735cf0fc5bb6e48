import { z } from 'zod';
import { lawRefusal } from '../../access/index.ts';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, bodyless, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { replyAssembled } from '../../http/etag.ts';
import { patientIdText, publicThingId } from '../../http/fields.ts';
import { readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import type { StaffActor } from '../../shared/actor.ts';
import { publicPatientId } from '../../shared/ids.ts';
import { exportLapsed, presentSharing, SHARING_ANSWERS } from '../../sharing/index.ts';
import { type TakenExport, takeExport } from '../take-export.ts';
import { wholePlanAnswer } from './answers.ts';
import { presentWholePlan } from './whole-plan.ts';

const exportAnswer = z
  .object({
    patientId: patientIdText,
    request: SHARING_ANSWERS['export-request'],
    plans: z.array(wholePlanAnswer).meta({ description: 'Den egna vård- eller omsorgsgivarens del av varje plan.' }),
  })
  .meta({ id: 'ProtectedExport', description: 'Ett utdrag som en har begärt och en annan har godkänt.' });

/** Taking out what is written about a protected person, once another has approved it. */
export function registerExportRoutes(door: Server, { desk }: Deps): void {
  door.route({
    method: 'GET',
    url: '/export-requests/:exportRequestId/export',
    config: { access: { actions: ['export.take'], actors: ['staff'] } },
    schema: {
      tags: ['Skyddade personuppgifter'],
      operationId: 'takeExport',
      summary: 'Ta ut ett godkänt utdrag',
      description:
        'Det som den egna vård- eller omsorgsgivaren har skrivit i personens planer, så som den som tar ut det får läsa det. Bara den som begärde, när en annan har godkänt, under ett dygn från godkännandet. Loggas som utskrift.',
      headers: readHeaders,
      params: z.strictObject({ exportRequestId: publicThingId }),
      response: {
        200: answer(exportAnswer, 'Utdraget.', { headers: { ETag: REPLY_HEADERS.weakEtag } }),
        304: bodyless('Oförändrat sedan svaret vars märke skickades i If-None-Match.'),
        ...problems(400, 401, 403, 404, exportLapsed, lawRefusal('second-person-needed')),
      },
    },
    handler: async (request, reply) => {
      const asking = { ...askingOf(request), actor: request.actor as StaffActor };
      const taken = await takeExport(desk, asking, request.params.exportRequestId);
      return replyAssembled(request, reply, present(taken, desk.clock.now()));
    },
  });
}

function present({ request, plans }: TakenExport, now: number) {
  return {
    patientId: publicPatientId(request.patientId),
    request: presentSharing(request, now),
    plans: plans.map(presentWholePlan),
  };
}
