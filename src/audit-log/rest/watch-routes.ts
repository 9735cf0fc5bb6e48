import type { Deps } from '../../deps.ts';
import { answer, problems } from '../../http/documented.ts';
import { createHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import { alreadyWatched, watchEnded, watchedPersonUnknown } from '../problems.ts';
import { addWatch, endWatch, listWatches } from '../watches.ts';
import { TAGS } from './extract-routes.ts';
import { presentWatch, watchAnswer, watchesAnswer } from './review-answers.ts';
import { watchBody, watchPath } from './review-requests.ts';
import { access, headed, MADE, reviewing } from './review-routes.ts';

const WRITES = [400, 401, 403, 404, 413, 415, 422] as const;

/** Persons whose log a provider looks at more closely. */
export function registerWatchRoutes(door: Server, { desk }: Deps): void {
  const addSchema = {
    tags: TAGS,
    operationId: 'addLogWatch',
    summary: 'Granska en persons åtkomstlogg särskilt',
    description:
      'För personer som är kända för allmänheten, eller egen personal. Mönstret `watched` hittar åtkomsterna.',
    headers: createHeaders,
    body: watchBody,
    response: {
      201: answer(watchAnswer, 'Personen på listan.', {
        headers: { 'Idempotency-Replayed': MADE['Idempotency-Replayed'] },
      }),
      ...problems(...WRITES, watchedPersonUnknown, alreadyWatched),
    },
  };
  door.post(
    '/access-log/watches',
    { config: access('log.record-review'), schema: addSchema },
    async (request, reply) => {
      const { patientId, why } = request.body;
      const made = await addWatch(desk, reviewing(request), patientId, why, { idempotency: request.idempotency });
      headed(reply, made);
      return presentWatch(made.answer);
    },
  );

  const listSchema = {
    tags: TAGS,
    operationId: 'listLogWatches',
    summary: 'Lista personer vars åtkomstlogg granskas särskilt',
    description: 'Den egna vårdgivarens lista, utan dem som har tagits bort.',
    response: { 200: answer(watchesAnswer, 'Listan.'), ...problems(401, 403, 404) },
  };
  door.get('/access-log/watches', { config: access('log.review'), schema: listSchema }, async (request) => {
    const watches = await listWatches(desk, reviewing(request));
    return { items: watches.map(presentWatch) };
  });

  const endSchema = {
    tags: TAGS,
    operationId: 'endLogWatch',
    summary: 'Ta bort en person från listan',
    description: 'Att personen stod på listan bevaras.',
    headers: createHeaders,
    params: watchPath,
    response: {
      200: answer(watchAnswer, 'Personen, borttagen.', {
        headers: { 'Idempotency-Replayed': MADE['Idempotency-Replayed'] },
      }),
      ...problems(...WRITES, watchEnded),
    },
  };
  door.post(
    '/access-log/watches/:watchId/end',
    { config: access('log.record-review'), schema: endSchema },
    async (request, reply) => {
      const made = await endWatch(desk, reviewing(request), request.params.watchId, {
        idempotency: request.idempotency,
      });
      headed(reply, made);
      return presentWatch(made.answer);
    },
  );
}
