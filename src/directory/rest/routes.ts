import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Desk } from '../../access/index.ts';
import { askingOf } from '../../http/asking.ts';
import type { Cursors } from '../../http/cursor.ts';
import type { DeclaredAccess } from '../../http/declared-access.ts';
import { answer, bodyless, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { replyAssembled } from '../../http/etag.ts';
import { cursorInvalid } from '../../http/problems.ts';
import { readHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import { type Actor, actorKey } from '../../shared/actor.ts';
import type { Criteria, Position, Searched } from '../domain/search.ts';
import { listChannels } from '../list-channels.ts';
import { readUnit, searchDirectory } from '../search-directory.ts';
import { channelsAnswer, principalPage, providerPage, staffPage, unitAnswer, unitPage } from './answers.ts';
import { presentChannel, presentEntry } from './present.ts';
import { principalsQuery, providersQuery, staffQuery, unitPath, unitsQuery } from './queries.ts';

export interface DirectoryDeps {
  readonly desk: Desk;
  readonly cursors: Cursors;
}

const TAGS = ['Katalog'];
const AT_WORK: readonly Actor['kind'][] = ['staff', 'system'];
const ANYONE: readonly Actor['kind'][] = ['staff', 'system', 'citizen'];

function access(actors: readonly Actor['kind'][]): { access: DeclaredAccess } {
  return { access: { actions: ['directory.read'], actors } };
}

const pagePosition = z.strictObject({ sortKey: z.string(), hsaId: z.string() });

type Query = Omit<Criteria, 'active'> & {
  readonly active: 'true' | 'false' | 'all';
  readonly limit: number;
  readonly cursor?: string;
};

/** Answers one page of a search of any kind of entry. */
async function answerPage(
  deps: DirectoryDeps,
  what: Searched,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { limit, cursor, active, ...rest } = request.query as Query;
  const criteria: Criteria = { ...rest, ...(active !== 'all' && { active: active === 'true' }) };
  const asking = askingOf(request);
  const scope = { actor: actorKey(asking.actor), route: asking.route, filter: criteria };
  const after: Position | undefined =
    cursor === undefined ? undefined : deps.cursors.decode(scope, cursor, pagePosition);
  const { entries, next } = await searchDirectory(deps.desk, asking, { what, criteria, after, limit });
  return replyAssembled(request, reply, {
    items: entries.map((entry) => presentEntry(what, entry)),
    ...(next && { nextCursor: deps.cursors.encode(scope, next) }),
  });
}

interface ListDescription {
  readonly what: Searched;
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly found: string;
}

const ORDER = 'I namnordning efter svenskt alfabet, sidvis.';
const UNKNOWN_UNIT = 'Personal vars enhet inte finns i katalogen får 404.';

function listRoute<Q extends z.ZodType, P extends z.ZodType>(
  querystring: Q,
  page: P,
  actors: readonly Actor['kind'][],
  { operationId, summary, description, found }: ListDescription,
) {
  return {
    config: access(actors),
    schema: {
      tags: TAGS,
      operationId,
      summary,
      description: `${description} ${ORDER} ${UNKNOWN_UNIT}`,
      headers: readHeaders,
      querystring,
      response: {
        200: answer(page, found, { headers: { etag: REPLY_HEADERS.weakEtag } }),
        304: bodyless('Oförändrat sedan svaret vars märke skickades i If-None-Match.'),
        ...problems(400, cursorInvalid, 401, 403, 404),
      },
    },
  };
}

const LISTS = {
  principals: {
    what: 'principals',
    operationId: 'listPrincipals',
    summary: 'Sök huvudmän',
    description: 'Regioner och kommuner.',
    found: 'En sida huvudmän.',
  },
  providers: {
    what: 'providers',
    operationId: 'listCareProviders',
    summary: 'Sök vårdgivare och omsorgsgivare',
    description: 'De som äger det personalen skriver, med huvudman och anslutning till sammanhållen dokumentation.',
    found: 'En sida vård- och omsorgsgivare.',
  },
  units: {
    what: 'units',
    operationId: 'listUnits',
    summary: 'Sök enheter',
    description: 'Vårdenheter och omsorgsenheter, med vem de hör till.',
    found: 'En sida enheter.',
  },
  staff: {
    what: 'staff',
    operationId: 'listStaff',
    summary: 'Sök medarbetare',
    description: 'Den som har skyddade personuppgifter visas som roll och enhet och hittas aldrig på namn.',
    found: 'En sida medarbetare.',
  },
} as const satisfies Record<string, ListDescription>;

/** The directory over REST: who there is to work with, and how they are reached. No patient's data. */
export async function registerDirectory(door: Server, deps: DirectoryDeps): Promise<void> {
  const page = (what: Searched) => (request: FastifyRequest, reply: FastifyReply) =>
    answerPage(deps, what, request, reply);
  door.get('/principals', listRoute(principalsQuery, principalPage, AT_WORK, LISTS.principals), page('principals'));
  door.get('/care-providers', listRoute(providersQuery, providerPage, AT_WORK, LISTS.providers), page('providers'));
  door.get('/units', listRoute(unitsQuery, unitPage, ANYONE, LISTS.units), page('units'));
  door.get('/staff', listRoute(staffQuery, staffPage, AT_WORK, LISTS.staff), page('staff'));
  registerUnit(door, deps);
}

function registerUnit(door: Server, { desk }: DirectoryDeps): void {
  const weak = { headers: { etag: REPLY_HEADERS.weakEtag } };
  const unchanged = bodyless('Oförändrat sedan svaret vars märke skickades i If-None-Match.');
  const refusals = problems(400, 401, 403, 404);
  const unitSchema = {
    tags: TAGS,
    operationId: 'readUnit',
    summary: 'Läs en enhet',
    description: 'Enheten med det HSA-id som står i sökvägen, verksam eller inte.',
    headers: readHeaders,
    params: unitPath,
    response: { 200: answer(unitAnswer, 'Enheten.', weak), 304: unchanged, ...refusals },
  };
  door.get('/units/:hsaId', { config: access(ANYONE), schema: unitSchema }, async (request, reply) => {
    const entry = await readUnit(desk, askingOf(request), request.params.hsaId);
    return replyAssembled(request, reply, presentEntry('units', entry));
  });
  const channelsSchema = {
    tags: TAGS,
    operationId: 'listUnitChannels',
    summary: 'Lista en enhets kontaktvägar',
    description:
      'Hur enheten nås, och vad som är öppet just nu. Med en medborgares biljett bara kontaktvägar för patienter; personalens visas aldrig.',
    headers: readHeaders,
    params: unitPath,
    response: { 200: answer(channelsAnswer, 'Kontaktvägarna.', weak), 304: unchanged, ...refusals },
  };
  door.get('/units/:hsaId/channels', { config: access(ANYONE), schema: channelsSchema }, async (request, reply) => {
    const channels = await listChannels(desk, askingOf(request), request.params.hsaId);
    return replyAssembled(request, reply, { items: channels.map(presentChannel) });
  });
}
