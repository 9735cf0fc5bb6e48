import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  addSubscription,
  changeSubscription,
  createSealer,
  DEFAULT_DELIVERY,
  demandAddress,
  listSubscriptions,
  moved,
  readNumbered,
  readSubscription,
  type Subscription,
  type SystemAsking,
  subscriberOf,
} from '../../delivery/index.ts';
import type { Deps } from '../../deps.ts';
import { askingOf } from '../../http/asking.ts';
import type { Server } from '../../http/server.ts';
import type { SystemActor } from '../../shared/actor.ts';
import { parseReferenceId, type ThingId } from '../../shared/ids.ts';
import { wrong } from '../../shared/problem.ts';
import { notFound } from '../../shared/problems.ts';
import type { FhirDeps } from '../deps.ts';
import { searchParameterInvalid } from '../problems.ts';
import { FHIR_JSON } from '../rest/outcome.ts';
import { doorUrl, sendResource } from '../rest/reply.ts';
import { topicUrl } from './names.ts';
import { notificationBundle, pathOf, statusParameters } from './notification.ts';
import { presentSubscription } from './present.ts';
import { readSubscriptionResource } from './read-subscription.ts';

const READ = { config: { access: { actions: ['subscription.read'], actors: ['system'] as const } } };
const CHANGE = {
  config: { access: { actions: ['subscription.change', 'subscription.read'], actors: ['system'] as const } },
};
const EVENTS = { config: { access: { actions: ['event.read', 'subscription.read'], actors: ['system'] as const } } };
const FHIR = ['fhir'] as const;
const MOST_EVENTS = 200;

/** What these routes work with beside the door's own. */
export type SubscriptionDeps = FhirDeps & Pick<Deps, 'secret' | 'webhookTargets'>;

const systemAsking = (request: FastifyRequest): SystemAsking => ({
  ...askingOf(request),
  actor: request.actor as SystemActor,
});

function idOf(request: FastifyRequest): ThingId {
  const id = parseReferenceId((request.params as { id: string }).id);
  if (id === undefined) throw notFound();
  return id;
}

/** FHIR Subscriptions (R4 Backport 1.1) for system clients: rest-hook, id-only, over the same delivery as webhooks. */
export function registerSubscriptions(door: Server, deps: SubscriptionDeps): void {
  const topic = topicUrl(deps.canonicalBase);
  door.post('/Subscription', CHANGE, (request, reply) => create(deps, topic, request, reply));
  door.get('/Subscription', READ, async (request, reply) => {
    const own = await listSubscriptions(deps.desk, systemAsking(request), FHIR);
    const base = doorUrl(request, deps);
    return sendResource(reply, {
      resourceType: 'Bundle',
      type: 'searchset',
      total: own.length,
      link: [{ relation: 'self', url: `${base}/Subscription` }],
      entry: own.map(({ subscription }) => ({
        fullUrl: `${base}/${pathOf(subscription)}`,
        resource: presentSubscription(subscription, topic),
        search: { mode: 'match' },
      })),
    });
  });
  door.get('/Subscription/:id', READ, async (request, reply) => {
    const { subscription } = await readSubscription(deps.desk, systemAsking(request), idOf(request), FHIR);
    return sendResource(reply, presentSubscription(subscription, topic));
  });
  door.delete('/Subscription/:id', CHANGE, async (request, reply) => {
    const end = (before: Subscription, at: string) => moved(before, 'end', at);
    await changeSubscription(deps.desk, systemAsking(request), idOf(request), FHIR, end, {});
    return reply.code(204).header('cache-control', 'private, no-store').send();
  });
  door.get('/Subscription/:id/$status', READ, (request, reply) => status(deps, topic, request, reply));
  door.get('/Subscription/:id/$events', EVENTS, (request, reply) => events(deps, topic, request, reply));
}

async function create(deps: SubscriptionDeps, topic: string, request: FastifyRequest, reply: FastifyReply) {
  const asking = systemAsking(request);
  const { headers, target, description, ...content } = readSubscriptionResource(request.body, topic);
  const settings = { ...DEFAULT_DELIVERY, ...deps.webhookTargets };
  await demandAddress(deps.desk, asking, target, settings, 'Subscription.channel.endpoint');
  const base = doorUrl(request, deps);
  const sealer = createSealer(deps.secret);
  const make = (id: ThingId, at: string): Subscription => ({
    ...subscriberOf(asking.actor),
    ...{ id, revision: 1, channel: 'fhir', status: 'requested', target, createdAt: at, changedAt: at },
    sealed: sealer.seal(id, { keys: [], headers }),
    content: { ...content, base, ...(description === undefined ? {} : { description }) },
  });
  const made = await addSubscription(deps.desk, asking, make, { idempotency: request.idempotency });
  const resource = presentSubscription(made.answer, topic);
  if (made.replayed) reply.header('idempotency-replayed', 'true');
  return reply
    .code(201)
    .headers({ 'content-type': FHIR_JSON, 'cache-control': 'private, no-store', etag: `W/"${made.answer.revision}"` })
    .header('location', `${base}/${pathOf(made.answer)}`)
    .send(Buffer.from(JSON.stringify(resource)));
}

async function status(deps: SubscriptionDeps, topic: string, request: FastifyRequest, reply: FastifyReply) {
  const { subscription, progress } = await readSubscription(deps.desk, systemAsking(request), idOf(request), FHIR);
  const base = doorUrl(request, deps);
  const lastNumber = progress.nextNumber - 1;
  const parts = { subscription, kind: 'query-status', topic, base, lastNumber, realNow: deps.desk.realNow() } as const;
  const parameters = statusParameters({ ...parts, failure: progress.lastFailure });
  return sendResource(reply, {
    resourceType: 'Bundle',
    type: 'searchset',
    total: 1,
    link: [{ relation: 'self', url: `${base}/${pathOf(subscription)}/$status` }],
    entry: [{ fullUrl: `urn:uuid:${parameters.id}`, resource: parameters, search: { mode: 'match' } }],
  });
}

async function events(deps: SubscriptionDeps, topic: string, request: FastifyRequest, reply: FastifyReply) {
  const asking = systemAsking(request);
  const query = request.query as Record<string, unknown>;
  const from = numberIn(query, 'eventsSinceNumber') ?? 1;
  const to = numberIn(query, 'eventsUntilNumber') ?? from + MOST_EVENTS - 1;
  const { subscription, progress } = await readSubscription(deps.desk, asking, idOf(request), FHIR);
  const most = Math.min(MOST_EVENTS, Math.max(0, to - from + 1));
  const told = await readNumbered(deps.desk, asking, subscription, from - 1, most);
  const messages = told.filter(({ number }) => number <= to);
  const base = doorUrl(request, deps);
  const lastNumber = progress.nextNumber - 1;
  const realNow = deps.desk.realNow();
  return sendResource(
    reply,
    notificationBundle({ subscription, kind: 'query-event', topic, base, lastNumber, messages, realNow }),
  );
}

function numberIn(query: Record<string, unknown>, name: string): number | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string' && /^\d{1,12}$/.test(value)) return Number(value);
  throw searchParameterInvalid({ invalidParameters: [wrong(name, 'Ska vara ett heltal.', 'Must be a whole number.')] });
}
