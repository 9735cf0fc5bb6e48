import { z } from 'zod';
import { ACTIONS, type Action, REASONS } from '../../access/index.ts';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, bodyless, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { replyAssembled } from '../../http/etag.ts';
import { publicPatientId, publicThingId } from '../../http/fields.ts';
import { languageOf } from '../../http/language.ts';
import { readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import { readAllowedActions, readExistence } from '../read-rights.ts';

const UNCHANGED = 'Oförändrat sedan svaret vars märke skickades i If-None-Match.';
const WEAK = { headers: { ETag: REPLY_HEADERS.weakEtag } };

const allowedAnswer = z
  .object({
    items: z.array(
      z.object({
        action: z.enum(Object.keys(ACTIONS) as [Action, ...Action[]]),
        allowed: z.boolean(),
        reason: z
          .object({
            code: z.string(),
            text: z.string().meta({ description: 'Skälet, klart att visa.' }),
            law: z.string().meta({ description: 'Lagrummet.' }),
          })
          .optional()
          .meta({ description: 'Varför inte, när den som frågar får veta det.' }),
      }),
    ),
  })
  .meta({ id: 'AllowedActions', description: 'Vad den som frågar får göra med planen, och varför inte resten.' });

const existenceAnswer = z
  .object({
    unblocked: z.boolean().meta({ description: 'Det finns ospärrade uppgifter som inte visas (2:4).' }),
    blocked: z.boolean().meta({ description: 'Det finns spärrade uppgifter; bara för vårdgivare (2:5).' }),
  })
  .meta({ id: 'Existence', description: 'Att det finns mer, aldrig hos vem eller vad.' });

/** What one may do with a plan, and whether there is more than one may see. */
export function registerRightsRoutes(door: Server, { desk }: Deps): void {
  door.route({
    method: 'GET',
    url: '/plans/:planId/allowed-actions',
    config: { access: { actions: ['plan.allowed-actions'], actors: ['staff', 'citizen', 'system'] } },
    schema: {
      tags: ['Planer'],
      operationId: 'listAllowedActions',
      summary: 'Vad får jag göra med planen?',
      description:
        'Alla åtgärder i planen, om den som frågar får göra dem, och annars skälet i klartext med lagrum. Vems steg eller löfte det är, och vad planens läge tillåter, framgår av planen.',
      headers: readHeaders,
      params: z.strictObject({ planId: publicThingId }),
      response: {
        200: answer(allowedAnswer, 'Åtgärderna.', WEAK),
        304: bodyless(UNCHANGED),
        ...problems(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) => {
      const language = languageOf(request.headers['accept-language']);
      const actions = await readAllowedActions(desk, askingOf(request), request.params.planId);
      const items = actions.map(({ action, allowed, reason }) => {
        const words = reason && REASONS[reason];
        return { action, allowed, reason: words && { code: reason, text: words[language], law: words.law } };
      });
      return replyAssembled(request, reply.header('content-language', language), { items });
    },
  });
  door.route({
    method: 'GET',
    url: '/patients/:patientId/existence',
    config: { access: { actions: ['existence.read'], actors: ['staff'] } },
    schema: {
      tags: ['Relation och samtycke'],
      operationId: 'readExistence',
      summary: 'Finns det mer än jag ser?',
      description:
        'För den som har en aktuell relation till patienten: att det finns ospärrade uppgifter (lag 2022:913 2:4), och för vårdgivare att det finns spärrade (2:5). Aldrig hos vem eller vad.',
      headers: readHeaders,
      params: z.strictObject({ patientId: publicPatientId }),
      response: {
        200: answer(existenceAnswer, 'Att det finns mer, eller inte.', WEAK),
        304: bodyless(UNCHANGED),
        ...problems(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) =>
      replyAssembled(request, reply, await readExistence(desk, askingOf(request), request.params.patientId)),
  });
}
