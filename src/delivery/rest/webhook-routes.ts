import { z } from 'zod';
import { answer, problems, REPLY_HEADERS } from '../../http/documented.ts';
import { strongTag } from '../../http/etag.ts';
import { changeHeaders, createHeaders } from '../../http/request-headers.ts';
import type { Server } from '../../http/server.ts';
import { publicReferenceId } from '../../shared/ids.ts';
import { moved, type SubscriptionMove } from '../domain/commands.ts';
import { changeSubscription, listSubscriptions, readSubscription } from '../manage.ts';
import {
  subscriptionState,
  targetInternal,
  targetNotAllowed,
  targetNotHttps,
  targetRedirects,
  targetUnreachable,
  tooManySubscriptions,
} from '../problems.ts';
import { addWebhook, changeWebhook, rotateSecret } from '../webhooks.ts';
import {
  presentShown,
  presentWebhook,
  webhookAnswer,
  webhookListAnswer,
  webhookSecretAnswer,
  webhookShownAnswer,
} from './answers.ts';
import { access, CHANGED, type DeliveryDoor, headed, sentChange, systemAsking, TAGS, WRITES } from './door.ts';
import { rotateBody, subscriptionPath, webhookBody, webhookPatch } from './requests.ts';

const TARGETS = [targetNotHttps, targetInternal, targetNotAllowed, targetRedirects, targetUnreachable];

/** Webhooks of a system client. */
export function registerWebhookRoutes(door: Server, tools: DeliveryDoor): void {
  registerReads(door, tools);
  registerCreate(door, tools);
  registerChange(door, tools);
  for (const [move, summary, description] of MOVES) registerMove(door, tools, move, summary, description);
  registerRotate(door, tools);
}

function registerReads(door: Server, { desk }: DeliveryDoor): void {
  const listSchema = {
    tags: TAGS,
    operationId: 'listSubscriptions',
    summary: 'Lista systemets prenumerationer',
    description: 'Systemets egna webhooks, den nyaste först, och hur det går för dem.',
    response: { 200: answer(webhookListAnswer, 'Prenumerationerna.'), ...problems(401, 403, 404) },
  };
  door.get('/subscriptions', { config: access('subscription.read'), schema: listSchema }, async (request) => {
    const own = await listSubscriptions(desk, systemAsking(request), ['webhook']);
    return { items: own.map(presentShown) };
  });
  const schema = {
    tags: TAGS,
    operationId: 'readSubscription',
    summary: 'Läs en prenumeration',
    description: 'En av systemets egna.',
    params: subscriptionPath,
    response: {
      200: answer(webhookShownAnswer, 'Prenumerationen.', { headers: { ETag: CHANGED.ETag } }),
      ...problems(400, 401, 403, 404),
    },
  };
  door.get(
    '/subscriptions/:subscriptionId',
    { config: access('subscription.read'), schema },
    async (request, reply) => {
      const { subscriptionId } = request.params;
      const found = await readSubscription(desk, systemAsking(request), subscriptionId, ['webhook']);
      reply.header('etag', strongTag(found.subscription.revision));
      return presentShown(found);
    },
  );
}

function registerCreate(door: Server, tools: DeliveryDoor): void {
  const schema = {
    tags: TAGS,
    operationId: 'createSubscription',
    summary: 'Prenumerera på händelser',
    description:
      'Händelser från och med nu skickas till adressen, signerade enligt Standard Webhooks. Adressen prövas först med ett meddelande utan innehåll: den ska svara, och inte hänvisa vidare. Svaret har hemligheten, som inte visas igen.',
    headers: createHeaders,
    body: webhookBody,
    response: {
      201: answer(webhookSecretAnswer, 'Prenumerationen.', {
        headers: { ...CHANGED, Location: REPLY_HEADERS.location },
      }),
      ...problems(...WRITES, ...TARGETS, tooManySubscriptions),
    },
  };
  door.post('/subscriptions', { config: access('subscription.change'), schema }, async (request, reply) => {
    const sent = { idempotency: request.idempotency };
    const made = await addWebhook(tools, systemAsking(request), request.body, sent);
    const { subscription, secret } = made.answer;
    headed(reply, made, subscription.revision);
    reply.header('location', `${door.prefix}/subscriptions/${publicReferenceId(subscription.id)}`);
    return { ...presentWebhook(subscription), secret };
  });
}

function registerChange(door: Server, tools: DeliveryDoor): void {
  const schema = {
    tags: TAGS,
    operationId: 'changeSubscription',
    summary: 'Ändra en prenumeration',
    description: 'Adress, händelser eller beskrivning. En ny adress prövas först. Det som är på väg går till den nya.',
    headers: changeHeaders,
    params: subscriptionPath,
    body: webhookPatch,
    response: {
      200: answer(webhookAnswer, 'Prenumerationen.', { headers: CHANGED }),
      ...problems(...WRITES, 412, 428, ...TARGETS),
    },
  };
  door.patch(
    '/subscriptions/:subscriptionId',
    { config: access('subscription.change'), schema },
    async (request, reply) => {
      const { subscriptionId } = request.params;
      const made = await changeWebhook(tools, systemAsking(request), subscriptionId, request.body, sentChange(request));
      headed(reply, made, made.answer.revision);
      return presentWebhook(made.answer);
    },
  );
}

const MOVES: readonly (readonly [SubscriptionMove, string, string])[] = [
  ['pause', 'Pausa en prenumeration', 'Inget skickas förrän den återupptas; händelserna sparas i 30 dagar.'],
  ['resume', 'Återuppta en prenumeration', 'Skickar det som har väntat, så långt det får berättas nu.'],
  ['end', 'Avsluta en prenumeration', 'Inget mer skickas och hemligheten glöms. Det går inte att ångra.'],
];

function registerMove(
  door: Server,
  { desk }: DeliveryDoor,
  move: SubscriptionMove,
  summary: string,
  description: string,
): void {
  const schema = {
    tags: TAGS,
    operationId: `${move}Subscription`,
    summary,
    description,
    headers: changeHeaders,
    params: subscriptionPath,
    body: z.strictObject({}),
    response: {
      200: answer(webhookAnswer, 'Prenumerationen.', { headers: CHANGED }),
      ...problems(...WRITES, 412, 428, subscriptionState),
    },
  };
  const config = access('subscription.change');
  door.post(`/subscriptions/:subscriptionId/${move}`, { config, schema }, async (request, reply) => {
    const { subscriptionId } = request.params as { subscriptionId: Parameters<typeof changeSubscription>[2] };
    const made = await changeSubscription(
      desk,
      systemAsking(request),
      subscriptionId,
      ['webhook'],
      (subscription, at) => moved(subscription, move, at),
      sentChange(request),
    );
    headed(reply, made, made.answer.revision);
    return presentWebhook(made.answer);
  });
}

function registerRotate(door: Server, tools: DeliveryDoor): void {
  const schema = {
    tags: TAGS,
    operationId: 'rotateSubscriptionSecret',
    summary: 'Byt hemlighet',
    description: 'Under överlappet signeras varje meddelande med både den nya och den tidigare hemligheten.',
    headers: changeHeaders,
    params: subscriptionPath,
    body: rotateBody,
    response: {
      200: answer(webhookSecretAnswer, 'Prenumerationen med den nya hemligheten.', { headers: CHANGED }),
      ...problems(...WRITES, 412, 428),
    },
  };
  door.post(
    '/subscriptions/:subscriptionId/rotate-secret',
    { config: access('subscription.change'), schema },
    async (request, reply) => {
      const { subscriptionId } = request.params;
      const made = await rotateSecret(
        tools,
        systemAsking(request),
        subscriptionId,
        request.body.overlapHours,
        sentChange(request),
      );
      headed(reply, made, made.answer.subscription.revision);
      return { ...presentWebhook(made.answer.subscription), secret: made.answer.secret };
    },
  );
}
