import type { RouteRequest } from './requests.ts';
import { admin, type Ids, made, registerUnknown, type World } from './world.ts';

const today = () => new Date().toISOString().slice(0, 10);
const SAMPLE = () => ({ kind: 'sample', from: today(), to: today(), size: 2 });

/** The access log and its review. */
export const LOG_REQUESTS: Readonly<Record<string, RouteRequest>> = {
  'POST /v1/access-log/reviews': { body: SAMPLE },
  'POST /v1/access-log/reviews/:reviewId/conclusions': {
    fresh: async ({ service }) => ({
      reviewId: (await made(admin(service).post('/v1/access-log/reviews', SAMPLE()))).id,
    }),
    body: () => ({ outcome: 'no-deviation', text: 'Alla hör till vården.' }),
  },
  'POST /v1/access-log/watches': {
    fresh: async ({ service }) => ({ patientId: await registerUnknown(service) }),
    body: ({ ids }) => ({ patientId: ids.patientId, why: 'Känd för allmänheten.' }),
  },
  'POST /v1/access-log/watches/:watchId/end': {
    fresh: async (world) => {
      const patientId = await registerUnknown(world.service);
      const body = { patientId, why: 'Känd för allmänheten.' };
      const { id } = await made(admin(world.service).post('/v1/access-log/watches', body));
      return { watchId: id };
    },
  },
  'POST /v1/patients/:patientId/access-log': { body: () => ({ from: today(), to: today() }) },
};

const REGION = 'demo-region-journal';

/** A webhook of the region's system, to the receiver that the run listens with. */
async function subscription({ service, ids }: World): Promise<Ids> {
  const { id } = await made(service.as(REGION).post('/v1/subscriptions', { target: ids.receiver }));
  return { subscriptionId: id };
}

async function paused(world: World): Promise<Ids> {
  const ids = await subscription(world);
  const url = `/v1/subscriptions/${ids.subscriptionId}/pause`;
  await made(world.service.as(REGION).post(url, {}, { 'if-match': '"1"' }));
  return ids;
}

/** Events and where they are told. */
export const EVENT_REQUESTS: Readonly<Record<string, RouteRequest>> = {
  'POST /v1/subscriptions': { body: ({ ids }) => ({ target: ids.receiver }) },
  'PATCH /v1/subscriptions/:subscriptionId': { fresh: subscription, body: () => ({ description: 'Vår plan' }) },
  'POST /v1/subscriptions/:subscriptionId/pause': { fresh: subscription, body: () => ({}) },
  'POST /v1/subscriptions/:subscriptionId/resume': { fresh: paused, body: () => ({}), headers: { 'if-match': '"2"' } },
  'POST /v1/subscriptions/:subscriptionId/end': { fresh: subscription, body: () => ({}) },
  'POST /v1/subscriptions/:subscriptionId/rotate-secret': { fresh: subscription, body: () => ({}) },
  'POST /v1/subscriptions/:subscriptionId/replay': { fresh: subscription, body: () => ({ fromNumber: 1 }) },
  'POST /v1/subscriptions/:subscriptionId/dead-letters/retry': { fresh: subscription, body: () => ({}) },
  'GET /v1/work-lists/:list': { url: () => '/v1/work-lists/today' },
  'GET /v1/unit-feedback': { url: () => '/v1/unit-feedback?from=2026-11-01&to=2026-11-16' },
};
