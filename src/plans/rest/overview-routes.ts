import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, bodyless, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { assembled, sendAssembled } from '../../http/etag.ts';
import { publicPatientId } from '../../http/fields.ts';
import { languageOf } from '../../http/language.ts';
import { readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import type { PatientId } from '../../shared/ids.ts';
import { type ReadOverview, readOverview } from '../read-overview.ts';
import { overviewAnswer } from './overview-answer.ts';
import { forOutside } from './overview-outside.ts';

const DESCRIPTION =
  'Samlad plan och delplaner i ett: det som är viktigt för mig, nästa steg, jag gör / mitt nätverk gör / ni gör, vem jag når nu, håll koll på, överenskommelse och kvitto. Meningarna är klara att visa; engelska med Accept-Language: en. Hämtas med patientens egen biljett varje gång; spara ingen kopia.';

/** The patient's one overview: by the person's id, or the asking citizen's own. */
export function registerOverviewRoutes(door: Server, deps: Deps): void {
  const response = {
    200: answer(overviewAnswer, 'Översikten.', { headers: { ETag: REPLY_HEADERS.weakEtag } }),
    304: bodyless('Oförändrad sedan förra svaret.'),
    ...problems(400, 401, 403, 404),
  };
  const config = { access: { actions: ['overview.read'], actors: ['citizen'] as const } };
  door.route({
    method: 'GET',
    url: '/my/overview',
    config,
    schema: {
      tags: ['Översikt'],
      summary: 'Läs min översikt',
      description: DESCRIPTION,
      headers: readHeaders,
      response,
    },
    handler: (request, reply) => sendOverview(deps, request, reply, undefined),
  });
  door.route({
    method: 'GET',
    url: '/patients/:patientId/overview',
    config,
    schema: {
      tags: ['Översikt'],
      summary: 'Läs en patients översikt',
      description: DESCRIPTION,
      params: z.strictObject({ patientId: publicPatientId }),
      headers: readHeaders,
      response,
    },
    handler: (request, reply) => {
      const { patientId } = request.params as { patientId: PatientId };
      return sendOverview(deps, request, reply, patientId);
    },
  });
}

async function sendOverview(
  { desk }: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  patientId: PatientId | undefined,
): Promise<FastifyReply> {
  const language = languageOf(request.headers['accept-language']);
  const form = ({ overview, shards }: ReadOverview) => assembled(reply, forOutside(overview, shards));
  const answer = await readOverview(desk, askingOf(request), patientId, language, form);
  return sendAssembled(request, reply.header('content-language', language), answer);
}
