import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, problems } from '../../http/documented.ts';
import { date, publicPatientId } from '../../http/fields.ts';
import { paging } from '../../http/paging.ts';
import type { Server } from '../../http/server.ts';
import { actorKey } from '../../shared/actor.ts';
import type { LocalDate } from '../../shared/calendar.ts';
import type { PatientId } from '../../shared/ids.ts';
import { wrong } from '../../shared/problem.ts';
import { endOfDay, startOfDay } from '../../shared/swedish-time.ts';
import { periodOutOfOrder } from '../problems.ts';
import { readExtract } from '../read-extract.ts';
import { extractAnswer, presentTold } from './told-answer.ts';

export const TAGS = ['Åtkomstlogg'];

const asked = {
  ...paging,
  from: date.optional().meta({ description: 'Första dag, i svensk tid.' }),
  to: date.optional().meta({ description: 'Sista dag, i svensk tid.' }),
};
const query = z.strictObject(asked);
const body = z.strictObject(asked).meta({ examples: [{ from: '2026-01-01', to: '2026-11-16' }] });

const place = z.object({ at: z.string(), id: z.string() });

/** A period of whole days in Sweden, as instants. @throws periodOutOfOrder */
export function periodOf({ from, to }: { readonly from?: LocalDate; readonly to?: LocalDate }) {
  if (from !== undefined && to !== undefined && to < from) {
    const invalid = wrong(
      'to',
      'Ska vara samma dag som `from` eller senare.',
      'Must be the same day as `from` or later.',
    );
    throw periodOutOfOrder({ invalidParameters: [invalid] });
  }
  return {
    from: from === undefined ? undefined : startOfDay(from),
    until: to === undefined ? undefined : endOfDay(to),
  };
}

/** Who has seen or done what about a person: for the person, and for staff who hand it out. */
export function registerExtractRoutes(door: Server, deps: Deps): void {
  const page = (request: FastifyRequest, given: z.output<typeof query>, patientId?: PatientId) =>
    extractPage(deps, request, given, patientId);
  door.get(
    '/my/access-log',
    {
      config: { access: { actions: ['log.extract'], actors: ['citizen'] } },
      schema: {
        tags: TAGS,
        operationId: 'readMyAccessLog',
        summary: 'Läs min åtkomstlogg',
        description:
          'Vem som har läst eller ändrat mina uppgifter, när, för vilken enhet och i vilket syfte, och vem som har nekats; nyast först och klart att visa. Att loggen lästes står i den nästa gång.',
        querystring: query,
        response: {
          200: answer(extractAnswer, 'En sida av loggen.'),
          ...problems(400, 401, 403, 404, periodOutOfOrder),
        },
      },
    },
    (request) => page(request, request.query),
  );
  door.post(
    '/patients/:patientId/access-log',
    {
      config: { access: { actions: ['log.extract'], actors: ['staff', 'citizen'] } },
      schema: {
        tags: TAGS,
        operationId: 'extractAccessLog',
        summary: 'Ta ut en patients åtkomstlogg',
        description:
          'För den som lämnar ut loggen till patienten (PDL 8 kap. 5 §), med behörigheten Loggkontroll: det som den egna vårdgivaren svarar för. För patienten själv, allt.',
        params: z.strictObject({ patientId: publicPatientId }),
        body,
        response: {
          200: answer(extractAnswer, 'En sida av loggen.'),
          ...problems(400, 401, 403, 404, 413, 415, periodOutOfOrder),
        },
      },
    },
    (request) => page(request, request.body, request.params.patientId),
  );
}

async function extractPage(
  { desk, cursors }: Deps,
  request: FastifyRequest,
  { limit, cursor, from, to }: z.output<typeof query>,
  patientId?: PatientId,
): Promise<z.output<typeof extractAnswer>> {
  const filter = { patientId, from, to };
  const scope = { actor: actorKey(request.actor), route: request.routeOptions.url!, filter };
  const after = cursor === undefined ? undefined : cursors.decode(scope, cursor, place);
  const found = await readExtract(desk, askingOf(request), patientId, { ...periodOf({ from, to }), after, limit });
  const nextCursor = found.next && cursors.encode(scope, found.next);
  return { items: found.entries.map(presentTold), ...(nextCursor === undefined ? {} : { nextCursor }) };
}
