import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSealer, DEFAULT_DELIVERY, type Dispatcher, startDispatcher } from '../../../src/delivery/index.ts';
import { fhirNotificationForm } from '../../../src/fhir/index.ts';
import {
  createPlan,
  createTestApp,
  planUrl,
  registerPatient,
  type TestApp,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';
import { type Receiver, startReceiver } from '../../support/receiver.ts';
import { lantanaFaults, medplumFaults } from '../../unit/fhir/validators.ts';

const REGION = 'demo-region-journal';
const R4 = '/fhir/R4';
const TOPIC = 'https://patientkontrakt.example/fhir/SubscriptionTopic/plan-events';
const BACKPORT = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition';

let service: TestApp;
let plan: WholePlan;
let dispatcher: Dispatcher | undefined;
let to: Receiver | undefined;

beforeAll(async () => {
  service = await createTestApp({ webhookTargets: { hosts: ['fhir.example.org'], allowLocal: true } });
  plan = await createPlan(service, await registerPatient(service));
});
afterEach(async () => {
  await dispatcher?.stop();
  await to?.close();
  await service.owner.query(`update subscriptions set status = 'ended' where channel = 'fhir'`);
});
afterAll(() => service.close());

function subscription(endpoint: string, channel: object = {}, more: object = {}) {
  return {
    resourceType: 'Subscription',
    status: 'requested',
    reason: 'Följa planer',
    criteria: TOPIC,
    channel: {
      type: 'rest-hook',
      endpoint,
      payload: 'application/fhir+json',
      _payload: { extension: [{ url: `${BACKPORT}/backport-payload-content`, valueCode: 'id-only' }] },
      ...channel,
    },
    ...more,
  };
}

function dispatch(): void {
  const settings = { ...DEFAULT_DELIVERY, everyMs: 20, allowLocal: true, retryScheduleMs: [1] };
  const log = { info: () => undefined, error: () => undefined };
  const fhirForm = fhirNotificationForm();
  dispatcher = startDispatcher({ desk: service.desk, log, settings, sealer: createSealer(service.secret), fhirForm });
}

type Body = fhir4.Bundle<fhir4.Parameters>;
const parameter = (bundle: Body, name: string) =>
  bundle.entry![0]!.resource!.parameter!.find((one) => one.name === name) as unknown as Record<string, unknown> & {
    part?: { name: string; [value: string]: unknown }[];
  };
const typeOf = (bundle: Body) => parameter(bundle, 'type').valueCode;
const bundlesOf = (receiver: Receiver) => receiver.received.map(({ body }) => body as unknown as Body);

function expectValid(resource: object): void {
  expect(medplumFaults(resource as fhir4.FhirResource)).toEqual([]);
  expect(lantanaFaults(resource as fhir4.FhirResource)).toEqual([]);
}

async function remark(): Promise<string> {
  const reply = await service
    .as(WARD)
    .post<{ id: string }>(`${planUrl(plan)}/remarks`, { what: 'question', text: 'Hej' });
  expect(reply.status, reply.text).toBe(201);
  return reply.body.id;
}

describe('a FHIR subscription', () => {
  test('shakes hands, then notifies by id with its own numbers, and answers $status and $events', async () => {
    to = await startReceiver();
    const region = service.as(REGION);
    const sent = subscription(to.url, {
      header: ['Authorization: Bearer mottagarens-egen'],
      extension: [{ url: `${BACKPORT}/backport-heartbeat-period`, valueUnsignedInt: 3600 }],
    });
    const made = await region.post<fhir4.Subscription>(`${R4}/Subscription`, sent);
    expect(made.status, made.text).toBe(201);
    expect(made.body).toMatchObject({ status: 'requested', criteria: TOPIC });
    expect(made.text).not.toContain('mottagarens-egen');
    expectValid(made.body);
    const { id } = made.body;
    dispatch();
    await to.until((received) => received.length > 0);
    const [handshake] = bundlesOf(to);
    expectValid(handshake!);
    expect(typeOf(handshake!)).toBe('handshake');
    expect(to.received[0]!.headers).toMatchObject({
      authorization: 'Bearer mottagarens-egen',
      'content-type': 'application/fhir+json',
    });
    const read = async () => (await region.get<fhir4.Subscription>(`${R4}/Subscription/${id}`)).body.status;
    await expect.poll(read, { timeout: 30_000, interval: 20 }).toBe('active');

    const [one, two] = [await remark(), await remark()];
    const isEvent = (bundle: Body) => typeOf(bundle) === 'event-notification';
    await to.until(() => bundlesOf(to!).filter(isEvent).length === 2);
    const told = bundlesOf(to).filter(isEvent);
    for (const bundle of told) expectValid(bundle);
    const base = 'http://localhost:80/fhir/R4';
    const urls = told.map((bundle) => bundle.entry!.slice(1).map(({ fullUrl }) => fullUrl!.replace(base, '')));
    expect(urls.flat().map((url) => url.slice(url.lastIndexOf('/Communication')))).toEqual([
      `/Communication/${one}`,
      `/Communication/${two}`,
    ]);
    const numbers = told.map((bundle) => parameter(bundle, 'notification-event').part![0]!.valueString);
    expect(numbers).toEqual(['1', '2']);
    expect(JSON.stringify(told)).not.toMatch(/Hej|position/);

    const status = await region.get<Body>(`${R4}/Subscription/${id}/$status`);
    expectValid(status.body);
    expect(parameter(status.body, 'events-since-subscription-start').valueString).toBe('2');
    const events = await region.get<Body>(`${R4}/Subscription/${id}/$events?eventsSinceNumber=2`);
    expectValid(events.body);
    expect(typeOf(events.body)).toBe('query-event');
    expect(parameter(events.body, 'notification-event').part![0]!.valueString).toBe('2');

    const list = await region.get<fhir4.Bundle>(`${R4}/Subscription`);
    expect(list.body).toMatchObject({ total: 1 });
    expect((await service.as('demo-kommun-hsl').get(`${R4}/Subscription/${id}`)).status).toBe(404);
    expect((await service.as(WARD).get(`${R4}/Subscription`)).status).toBe(403);
  });

  test('sends a sign of life when nothing has happened for as long as it asked for', async () => {
    to = await startReceiver();
    const extension = [{ url: `${BACKPORT}/backport-heartbeat-period`, valueUnsignedInt: 20 }];
    const made = await service.as(REGION).post(`${R4}/Subscription`, subscription(to.url, { extension }));
    expect(made.status, made.text).toBe(201);
    dispatch();
    const greeted = async () => {
      const { rows } = await service.owner.query(
        `select from subscription_progress p join subscriptions s on s.id = p.subscription_id where s.status = 'active' and p.last_sent_at is not null`,
      );
      return rows.length;
    };
    await expect.poll(greeted, { timeout: 30_000, interval: 20 }).toBe(1);
    await service.owner.query(
      `update subscription_progress set last_sent_at = now() - interval '1 hour', heartbeat_at = now() - interval '1 hour'`,
    );
    await to.until(() => bundlesOf(to!).some((bundle) => typeOf(bundle) === 'heartbeat'));
  });

  test.each([
    ['an address that is not allowed', subscription('https://evil.example.com/x'), 422, 'webhook-target-not-allowed'],
    ['an internal address', subscription('https://10.0.0.1/x'), 422, 'webhook-target-internal'],
    [
      'another topic',
      subscription('http://127.0.0.1:9/x', {}, { criteria: 'CarePlan?status=active' }),
      422,
      'resource-not-taken',
    ],
    ['e-mail', subscription('http://127.0.0.1:9/x', { type: 'email' }), 422, 'resource-not-taken'],
    [
      'full resources',
      subscription('http://127.0.0.1:9/x', {
        _payload: { extension: [{ url: `${BACKPORT}/backport-payload-content`, valueCode: 'full-resource' }] },
      }),
      422,
      'resource-not-taken',
    ],
    [
      'a header that is ours',
      subscription('http://127.0.0.1:9/x', { header: ['Host: internal'] }),
      400,
      'resource-invalid',
    ],
    ['nothing', {}, 400, 'resource-invalid'],
  ])('for %s is refused', async (_what, sent, status, code) => {
    const reply = await service.as(REGION).post<fhir4.OperationOutcome>(`${R4}/Subscription`, sent);
    expect(reply.status, reply.text).toBe(status);
    expect(reply.body.issue[0]!.details!.coding![0]!.code).toBe(code);
  });
});
