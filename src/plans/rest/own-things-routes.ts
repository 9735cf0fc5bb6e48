import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, bodyless, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { replyAssembled } from '../../http/etag.ts';
import { publicPatientId } from '../../http/fields.ts';
import { readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import type { PatientId } from '../../shared/ids.ts';
import { readOwnThings } from '../read-own-things.ts';
import { ANSWERS } from './answers.ts';
import { presentForAnswer } from './present.ts';

const ownThingsAnswer = z
  .object({ steps: z.array(ANSWERS.step), commitments: z.array(ANSWERS.commitment) })
  .meta({ id: 'OwnSteps', description: 'Det som en närstående har tagit på sig: steg och löften, aldrig planen.' });

/** What a relative has taken on, for the relative. */
export function registerOwnThingsRoutes(door: Server, deps: Deps): void {
  door.route({
    method: 'GET',
    url: '/patients/:patientId/own-steps',
    config: { access: { actions: ['own-steps.read'], actors: ['citizen'] } },
    schema: {
      tags: ['Översikt'],
      operationId: 'readOwnSteps',
      summary: 'Läs de steg och löften som jag som närstående har tagit på mig',
      description:
        'Det som närstående själv har sagt ja till och som är godkänt för patienten, aldrig planen i övrigt. Bara där inställningen `relativeSeesOwnSteps` är på (avstängd om inget sägs); annars, och för alla som inte är registrerade som närstående, finns det inte.',
      params: z.strictObject({ patientId: publicPatientId }),
      headers: readHeaders,
      response: {
        200: answer(ownThingsAnswer, 'Stegen och löftena.', { headers: { ETag: REPLY_HEADERS.weakEtag } }),
        304: bodyless('Oförändrat sedan förra svaret.'),
        ...problems(400, 401, 403, 404),
      },
    },
    handler: async (request, reply) => {
      const { patientId } = request.params as { patientId: PatientId };
      const { step, commitment } = await readOwnThings(deps.desk, askingOf(request), patientId);
      return replyAssembled(request, reply, {
        steps: step.map((one) => presentForAnswer('step', one)),
        commitments: commitment.map((one) => presentForAnswer('commitment', one)),
      });
    },
  });
}
