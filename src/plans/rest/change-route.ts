import { z } from 'zod';
import type { Action } from '../../access/index.ts';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import { answer, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { requireIfMatch, strongTag } from '../../http/etag.ts';
import { publicThingId } from '../../http/fields.ts';
import { idempotencyKeyRequired } from '../../http/problems.ts';
import { changeHeaders, createHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import type { Actor } from '../../shared/actor.ts';
import { normalizeHsaId } from '../../shared/hsa-id.ts';
import { publicId, type ThingId, type ThingRef } from '../../shared/ids.ts';
import type { ProblemFactory } from '../../shared/problem.ts';
import { notFound } from '../../shared/problems.ts';
import { changePlan, type RuleContext } from '../change-plan.ts';
import type { Change } from '../domain/contribution.ts';
import type { Contribution, ContributionKind, ExternalId, HsaId } from '../domain/model.ts';
import { isSame } from '../domain/same.ts';
import { SENT_AGAIN } from '../domain/sent-again.ts';
import { demandRevision, demandThing, type NamedRelative } from '../plan-of.ts';
import { ANSWERS } from './answers.ts';

import { presentThing } from './present.ts';
import { type OwnKeys, withOwnKeys, withPublicIds } from './public-ids.ts';

/** What a route's rule is given beside the plan: the thing that the address names, and what was sent. */
export interface Sent<B> {
  /** What was sent, with the things that it names as own keys of the patient. */
  readonly body: OwnKeys<B>;
  /** Own key of the thing in the address; the plan's for routes about the plan itself. */
  readonly id: ThingId;
  /** The `Idempotency-Key` as it was sent. */
  readonly key?: string;
}

export interface ChangeRoute<B extends z.ZodType> {
  readonly method: 'POST' | 'PATCH';
  /** Under `/plans/:planId`; a second parameter names a thing in it. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly action: Action;
  readonly actors: readonly Actor['kind'][];
  readonly body: B;
  /** The kind of thing that is answered with. */
  readonly kind: ContributionKind;
  /** 201 when it makes one. */
  readonly status: 200 | 201;
  /** The kind of thing that the address names, which must be seen and be at the revision of `If-Match`. */
  readonly revisionOf?: ContributionKind;
  /** The kind of thing that the address names, which must be seen; no revision, since it is only added to. */
  readonly about?: ContributionKind;
  readonly scope?: 'plan' | 'person';
  /** Demands `Idempotency-Key`, in place of a revision. */
  readonly demandsKey?: true;
  readonly refuses: readonly ProblemFactory[];
  /** The thing that is there already when the same is sent once more (without any change, it is answered with). */
  readonly find?: (context: RuleContext, sent: Sent<z.output<B>>) => Contribution | undefined;
  /** Whether source systems send it with ids of their own: a known one is brought up to date, and never doubled. */
  readonly again?: true;
  readonly rule: (context: RuleContext, sent: Sent<z.output<B>>) => readonly Change[];
}

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
      const { id, patientId } = thingParam ? given[thingParam]! : plan;
      const key = request.idempotency && String(request.headers['idempotency-key']);
      if (route.demandsKey && key === undefined) throw idempotencyKeyRequired();
      const isOfPerson = route.scope === 'person';
      const body = withOwnKeys(isOfPerson ? undefined : plan.patientId, request.body as z.output<B>);
      const made = await changePlan(deps.desk, askingOf(request), {
        action: route.action,
        plan,
        about: id,
        scope: route.scope,
        status,
        idempotency: request.idempotency,
        named: hsaIdsIn(body),
        relatives: relativesIn(body),
        answerWith: { kind, find: (context) => knownThing(route, context, { body, id, key }) },
        rule: (context) => {
          // Another patient's thing is as one that is not there, also to those who may see that patient's plan.
          if (patientId !== plan.patientId) throw notFound();
          const named = revisionOf ?? route.about;
          if (named) demandRevision(seenThing(context, named, id), expected);
          const known = route.again && knownThing(route, context, { body, id, key });
          return known ? sentAgain(route.kind, context, known, body) : route.rule(context, { body, id, key });
        },
      }).catch((error: unknown) => {
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

/** What a thing that is sent again, under an id that its source system has used before, changes. */
function sentAgain(kind: ContributionKind, { hand, act }: RuleContext, known: Contribution, body: unknown): Change[] {
  const rule = SENT_AGAIN[kind] as ((...sent: unknown[]) => Change[]) | undefined;
  if (!rule) throw new Error('a route takes external ids for a kind that cannot be sent again');
  return rule(hand, known, body, act);
}

/** The thing that was there before: the one in the address, or the one that a source system sends again. */
function knownThing<B extends z.ZodType>(
  route: ChangeRoute<B>,
  context: RuleContext,
  sent: Sent<z.output<B>>,
): Contribution | undefined {
  const things = context.hand.content[route.kind] as readonly Contribution[];
  if (route.revisionOf === route.kind) return things.find((thing) => thing.id === sent.id);
  const found = route.find?.(context, sent);
  if (found) return found;
  const { externalId } = sent.body as { readonly externalId?: ExternalId };
  const { provider } = context.act.owner;
  return (
    externalId && things.find((thing) => thing.recordedBy.provider === provider && isSame(thing.externalId, externalId))
  );
}

/** The related persons that a request names, wherever in it they stand. */
export function relativesIn(value: unknown, field = ''): NamedRelative[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => {
    const at = field ? `${field}.${name}` : name;
    return name === 'relatedPersonId' ? [{ id: one as ThingId, field: at }] : relativesIn(one, at);
  });
}

/** The HSA-ids that a request names, wherever in it they stand. */
export function hsaIdsIn(value: unknown): HsaId[] {
  if (typeof value === 'string') return normalizeHsaId(value) === value ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(hsaIdsIn) : [];
}

/** The thing as its actor sees it: what they may not see is not there. */
function seenThing(context: RuleContext, kind: ContributionKind, id: ThingId): Contribution {
  return demandThing(context.seen.content, kind, id);
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
