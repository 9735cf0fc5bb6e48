import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { requireIfMatch, strongTag } from '../../http/etag.ts';
import { publicThingId } from '../../http/fields.ts';
import { idempotencyKeyRequired } from '../../http/problems.ts';
import { changeHeaders, createHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import { publicId, type ThingRef } from '../../shared/ids.ts';
import { changePlan } from '../change-plan.ts';
import type { Contribution } from '../domain/model.ts';
import { ANSWERS } from './answers.ts';
import { type ChangeRoute, planChangeOf } from './change-of.ts';
import { presentThing } from './present.ts';
import { withPublicIds } from './public-ids.ts';

const USUAL = [400, 401, 403, 404, 413, 415, 422] as const;

/** Registers one change of a plan: the same reading of address, revision and key, and the same form of answer, for all. */
export function registerChange<B extends z.ZodType>(door: Server, deps: Deps, route: ChangeRoute<B>): void {
  const { kind, status, revisionOf } = route;
  const thingParam = /:(?!planId)(\w+)/.exec(route.path)?.[1];
  const params = z.strictObject({
    planId: publicThingId,
    ...(thingParam ? { [thingParam]: publicThingId } : {}),
  });
  const refusals = problems(
    ...USUAL,
    ...(revisionOf ? [412, 428] : []),
    ...(route.demandsKey ? [idempotencyKeyRequired] : []),
    ...route.refuses,
  );
  const headers = {
    etag: REPLY_HEADERS.etag,
    ...(status === 201 ? { location: REPLY_HEADERS.location } : {}),
    replayed: REPLY_HEADERS.replayed,
  };
  door.route({
    method: route.method,
    url: `/plans/:planId${route.path}`,
    config: { access: { actions: [route.action], actors: route.actors } },
    schema: {
      tags: [route.tag],
      summary: route.summary,
      description: route.description,
      params,
      headers: revisionOf ? changeHeaders : createHeaders,
      body: route.body,
      response: { [status]: answer(ANSWERS[kind], route.summary, { headers: named(headers) }), ...refusals },
    },
    handler: async (request, reply) => {
      const expected = revisionOf ? requireIfMatch(request) : undefined;
      const given = request.params as Record<string, ThingRef>;
      const plan = given.planId!;
      const key = request.idempotency && String(request.headers['idempotency-key']);
      if (route.demandsKey && key === undefined) throw idempotencyKeyRequired();
      const body = request.body as z.output<B>;
      const asked = { plan, thing: thingParam ? given[thingParam]! : undefined, body, expected, key };
      const change = { ...planChangeOf(route, asked), idempotency: request.idempotency };
      const made = await changePlan(deps.desk, askingOf(request), change).catch((error: unknown) => {
        throw withPublicIds(error);
      });
      const { thing } = made.answer;
      if (made.replayed) reply.header('idempotency-replayed', 'true');
      if (status === 201) reply.header('location', locationOf(request.url, thing));
      reply.header('etag', strongTag(thing.revision)).code(made.status as 200);
      return presentThing(made.answer.kind, thing as never);
    },
  });
}

/** Where what was made can be found: under the collection that it was sent to. */
function locationOf(url: string, thing: Contribution): string {
  const collection = url.split('?', 1)[0]!.replace(/\/$/, '');
  return `${collection}/${publicId(thing.patientId, thing.id)}`;
}

function named(headers: Record<string, (typeof REPLY_HEADERS)[keyof typeof REPLY_HEADERS]>) {
  const names: Record<string, string> = { etag: 'ETag', location: 'Location', replayed: 'Idempotency-Replayed' };
  return Object.fromEntries(Object.entries(headers).map(([key, header]) => [names[key]!, header]));
}
