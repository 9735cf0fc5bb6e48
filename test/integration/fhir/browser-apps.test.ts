import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createPlan,
  createTestApp,
  registerPatient,
  type TestApp,
  type WholePlan,
} from '../../support/plan-fixtures.ts';

const APP = 'https://app.example.se';
const STRANGER = 'https://another.example.se';
const R4 = '/fhir/R4';

let service: TestApp;
let plan: WholePlan;

beforeAll(async () => {
  service = await createTestApp({ listen: true, browserOrigins: [APP] });
  plan = await createPlan(service, await registerPatient(service));
});
afterAll(() => service.close());

const asked = (origin: string, method: string, headers: string) => ({
  method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': headers },
});
const at = (path: string, init?: RequestInit) => fetch(`${service.baseUrl}${path}`, init);
const allowedOrigin = ({ headers }: Response) => headers.get('access-control-allow-origin');

describe('an app in a browser, from an origin that is named', () => {
  test('is let through before it is asked who it is, with what it may send', async () => {
    const preflight = await at(`${R4}/Task/${plan.steps[0]!.id}`, asked(APP, 'PATCH', 'authorization,if-match'));
    expect([preflight.status, allowedOrigin(preflight)]).toEqual([204, APP]);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH');
    const headers = preflight.headers.get('access-control-allow-headers')?.toLowerCase() ?? '';
    for (const header of ['authorization', 'if-match', 'if-none-exist', 'prefer']) expect(headers).toContain(header);
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
  });

  test('finds where to sign in, gets a token there, and reads with it', async () => {
    for (const path of [`${R4}/.well-known/smart-configuration`, '/.well-known/smart-configuration']) {
      const found = await at(path, { headers: { origin: APP } });
      expect([found.status, allowedOrigin(found), found.headers.get('vary')]).toEqual([200, APP, 'Origin']);
    }
    const authorization = `Bearer ${await service.issuer.signToken(service.as('ester').persona)}`;
    const read = await at(`${R4}/CarePlan/${plan.plan.id}`, { headers: { origin: APP, authorization } });
    expect([read.status, allowedOrigin(read)]).toEqual([200, APP]);
    expect(read.headers.get('access-control-expose-headers')).toContain('ETag');
    const statement = (await (await at(`${R4}/metadata`)).json()) as fhir4.CapabilityStatement;
    expect(statement.rest?.[0]?.security?.cors).toBe(true);
  });

  test('is told why it was refused', async () => {
    const refused = await at(`${R4}/CarePlan/${plan.plan.id}`, { headers: { origin: APP } });
    expect([refused.status, allowedOrigin(refused)]).toEqual([401, APP]);
    expect(await refused.json()).toMatchObject({ resourceType: 'OperationOutcome' });
    const none = await at(`${R4}/Nothing/here`, { headers: { origin: APP } });
    expect([none.status, allowedOrigin(none)]).toEqual([404, APP]);
  });
});

describe('nothing is opened', () => {
  test('to other origins', async () => {
    const preflight = await at(`${R4}/CarePlan`, asked(STRANGER, 'GET', 'authorization'));
    expect([preflight.status, allowedOrigin(preflight)]).toEqual([405, null]);
    expect(allowedOrigin(await at(`${R4}/metadata`, { headers: { origin: STRANGER } }))).toBeNull();
    expect(allowedOrigin(await at(`${R4}/metadata`, { headers: { origin: `${APP}.example.net` } }))).toBeNull();
  });

  test('of the other doors', async () => {
    for (const path of ['/v1/api-info', '/health/live', '/problems', '/fhirx']) {
      expect(allowedOrigin(await at(path, { headers: { origin: APP } })), path).toBeNull();
      expect((await at(path, asked(APP, 'GET', 'authorization'))).status, path).toBeGreaterThanOrEqual(404);
    }
  });
});
