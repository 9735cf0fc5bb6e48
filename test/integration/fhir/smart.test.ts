import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smartClientId } from '../../../src/demo/index.ts';
import {
  createPlan,
  createTestApp,
  registerPatient,
  type TestApp,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';
import { SmartApp } from '../../support/smart-app.ts';

type Bundle = fhir4.Bundle<fhir4.FhirResource>;

const R4 = '/fhir/R4';
const REGION = 'demo-region-journal';

let service: TestApp;
let iss: string;
let patientId: string;
let plan: WholePlan;
const apps: SmartApp[] = [];

beforeAll(async () => {
  service = await createTestApp({ listen: true });
  iss = `${service.baseUrl}${R4}`;
  patientId = await registerPatient(service);
  await registerPatient(service, 'love');
  plan = await createPlan(service, patientId);
});
afterAll(async () => {
  for (const app of apps) await app.close();
  await service.close();
});

async function launch(persona: string, scope: string) {
  const app = new SmartApp({ iss, scope, clientId: 'demo' });
  apps.push(app);
  await app.start();
  return app.signIn(persona);
}

/** Reads with a ready-made token of a persona, narrowed. */
async function narrowed(persona: string, scope: string, patient?: string) {
  const token = await service.issuer.signToken(service.as(persona).persona, { scope, patient });
  return async <T extends object = Record<string, unknown>>(path: string) => {
    const reply = await service.send({
      method: 'GET',
      url: path.startsWith('/') ? path : `${R4}/${path}`,
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: reply.status, body: reply.body as unknown as T, text: reply.text };
  };
}

const typesIn = (bundle: Bundle) => new Set(bundle.entry?.map(({ resource }) => resource!.resourceType));

describe('discovery', () => {
  test.each([R4, ''])('stands at %s/.well-known, open to all, and its addresses answer', async (prefix) => {
    const response = await fetch(`${service.baseUrl}${prefix}/.well-known/smart-configuration`);
    expect(response.headers.get('content-type')).toContain('application/json');
    const found = (await response.json()) as Record<string, string & string[]>;
    expect(found.capabilities).toEqual(expect.arrayContaining(['launch-standalone', 'permission-v2', 'client-public']));
    expect(found.code_challenge_methods_supported).toEqual(['S256']);
    // One document has room for one issuer of ID tokens, and the demonstration has two: none is offered.
    expect(found.scopes_supported).not.toContain('fhirUser');
    expect((await fetch(found.authorization_endpoint!)).status).toBe(400);
    expect((await fetch(found.token_endpoint!, { method: 'POST', body: new URLSearchParams({}) })).status).toBe(400);
  });

  test('is told in the capability statement as well', async () => {
    const reply = await service.send({ method: 'GET', url: `${R4}/metadata` });
    const { security } = (reply.body as unknown as fhir4.CapabilityStatement).rest![0]!;
    expect(security?.service?.[0]?.coding?.[0]?.code).toBe('SMART-on-FHIR');
    expect(security?.extension?.[0]?.extension?.map(({ url }) => url)).toEqual(['authorize', 'token']);
  });
});

describe('an app launched on its own', () => {
  test('signs in as the patient, is told who that is, and reads what its scopes cover', async () => {
    const client = await launch(
      'ester',
      'openid fhirUser launch/patient patient/CarePlan.rs patient/Task.rs patient/Patient.r',
    );
    expect(client.patient.id).toBe(patientId);
    expect(client.getIdToken()?.fhirUser).toBe(`${iss}/Patient/${patientId}`);
    expect(await client.user.read()).toMatchObject({ resourceType: 'Patient', id: patientId });
    const patient = (await client.patient.read()) as fhir4.Patient;
    expect(patient).toMatchObject({ resourceType: 'Patient', id: patientId });
    const plans = (await client.request(
      `CarePlan?patient=${patientId}&_include=CarePlan:goal&_include=CarePlan:activity-reference`,
    )) as Bundle;
    expect(plans.total).toBe(1);
    expect([...typesIn(plans)].sort()).toEqual(['CarePlan', 'Task']);
    const tasks = (await client.request(`Task?patient=${patientId}&_count=1`, {
      pageLimit: 0,
      flat: true,
    })) as fhir4.Task[];
    expect(tasks.length).toBeGreaterThan(2);
    await expect(client.request(`Goal?patient=${patientId}`)).rejects.toMatchObject({ status: 403 });
  });

  test('in a browser is let in to the token door from this machine, and from nowhere else', async () => {
    const form = {
      grant_type: 'authorization_code',
      client_id: 'demo',
      code: 'none',
      redirect_uri: 'http://127.0.0.1:1/',
    };
    const ask = async (origin: string, init: RequestInit = { method: 'POST', body: new URLSearchParams(form) }) => {
      const headers = { ...(init.headers as Record<string, string>), origin };
      const reply = await fetch(service.issuer.smart.tokenEndpoint, { ...init, headers });
      return [reply.status, reply.headers.get('access-control-allow-origin')];
    };
    const own = 'http://localhost:4200';
    const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' };
    expect(await ask(own, { method: 'OPTIONS', headers: preflight })).toEqual([204, own]);
    // Refused for its code, in words that the app may read.
    expect(await ask(own)).toEqual([400, own]);
    for (const other of ['https://app.example.se', 'http://localhost.example.se', 'null']) {
      expect((await ask(other))[1], other).toBeNull();
    }
  });

  test('signs in staff for scopes of the level user', async () => {
    const client = await launch(WARD, 'openid fhirUser user/CarePlan.rs user/Practitioner.r');
    expect(await client.user.read()).toMatchObject({ resourceType: 'Practitioner' });
    const found = (await client.request(`CarePlan/${plan.plan.id}`)) as fhir4.CarePlan;
    expect(found.resourceType).toBe('CarePlan');
    await expect(client.request(`CareTeam/${plan.plan.id}`)).rejects.toMatchObject({ status: 403 });
  });

  test('without PKCE, without a scope to data or for another service is turned away', async () => {
    const query = { client_id: 'demo', response_type: 'code', redirect_uri: 'http://127.0.0.1:1/callback', state: 's' };
    const ask = (more: Record<string, string>) =>
      fetch(`${service.issuer.smart.authorizationEndpoint}?${new URLSearchParams({ ...query, ...more })}`);
    expect((await ask({ aud: 'https://other.example/fhir', scope: 'patient/*.rs' })).status).toBe(400);
    expect((await ask({ aud: iss, scope: 'openid launch/patient' })).status).toBe(400);
    const noPkce = await fetch(
      `${service.issuer.smart.authorizationEndpoint}?${new URLSearchParams({ ...query, aud: iss, scope: 'openid patient/*.rs' })}`,
      { redirect: 'manual' },
    );
    const issuer = await fetch(new URL(noPkce.headers.get('location')!, service.baseUrl), { redirect: 'manual' });
    expect(issuer.headers.get('location')).toContain('error=invalid_request');
  });
});

describe('a backend service', () => {
  async function token(scope: string, changes: { readonly aud?: string; readonly personaKey?: string } = {}) {
    const jwk = service.secrets.clientKeys[changes.personaKey ?? REGION]!;
    const endpoint = service.issuer.smart.tokenEndpoint;
    const clientId = smartClientId(REGION);
    const assertion = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES384', typ: 'JWT', kid: jwk.kid })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(changes.aud ?? endpoint)
      .setJti(randomUUID())
      .setExpirationTime('4m')
      .sign(await importJWK(jwk, 'ES384'));
    const form = {
      grant_type: 'client_credentials',
      scope,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    };
    const response = await fetch(endpoint, { method: 'POST', body: new URLSearchParams(form) });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  }

  test('gets a token for its key, and reaches what the scopes name and no more', async () => {
    const { status, body } = await token('system/Organization.rs');
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', scope: 'system/Organization.rs' });
    const get = (path: string) =>
      fetch(`${iss}/${path}`, { headers: { authorization: `Bearer ${body.access_token}` } });
    expect((await get('Organization/SE0000000000-TST0201')).status).toBe(200);
    expect((await get('Practitioner/SE0000000000-TSTP003')).status).toBe(403);
    expect((await get(`CarePlan/${plan.plan.id}`)).status).toBe(403);
  });

  test('gets none with another’s key or for another server', async () => {
    expect((await token('system/*.rs', { personaKey: 'demo-kommun-hsl' })).status).toBe(401);
    expect((await token('system/*.rs', { aud: 'https://other.example/token' })).status).toBe(401);
  });
});

describe('scopes', () => {
  test('of SMART’s first version mean what they meant', async () => {
    const get = await narrowed('ester', 'patient/*.read', patientId);
    expect((await get(`CarePlan/${plan.plan.id}`)).status).toBe(200);
    expect((await get<Bundle>(`Task?patient=${patientId}`)).body.total).toBeGreaterThan(1);
  });

  test('with a search show only what it finds', async () => {
    const get = await narrowed('ester', 'patient/Task.rs?code=commitment', patientId);
    const found = await get<Bundle>(`Task?patient=${patientId}`);
    expect(found.body.entry?.length).toBe(2);
    expect((await get(`Task/${plan.steps[0]!.id}`)).status).toBe(403);
    const unknown = await narrowed('ester', 'patient/Task.rs?colour=blue', patientId);
    expect((await unknown(`Task?patient=${patientId}`)).status).toBe(403);
  });

  test('separate reading from searching', async () => {
    const get = await narrowed(WARD, 'user/CarePlan.r');
    expect((await get(`CarePlan/${plan.plan.id}`)).status).toBe(200);
    expect((await get(`CarePlan?patient=${patientId}`)).status).toBe(403);
  });

  test.each([
    ['of another level', WARD, 'system/*.cruds', undefined],
    ['of the patient level, of a launch for nobody', 'ester', 'patient/*.rs', undefined],
    ['that are misspelt', 'ester', 'patient/CarePlan.sr user/careplan.rs', undefined],
    ['for writing', WARD, 'user/*.cud', undefined],
  ])('%s read nothing', async (_what, who, scope, patient) => {
    const get = await narrowed(who, scope, patient);
    expect((await get(`CarePlan/${plan.plan.id}`)).status).toBe(403);
    expect((await get(`CarePlan?patient=${patientId}`)).status).toBe(403);
  });

  test('never give what the policy does not, and reach the patient of the launch alone', async () => {
    const love = await narrowed('love', 'patient/*.cruds user/*.cruds', patientId);
    expect((await love(`CarePlan/${plan.plan.id}`)).status).toBe(404);
    const other = await registerPatient(service, 'mirza');
    const get = await narrowed(WARD, 'patient/*.rs', other);
    expect((await get(`CarePlan/${plan.plan.id}`)).status).toBe(403);
    expect((await get<Bundle>(`CarePlan?patient=${patientId}`)).body.total).toBe(0);
    expect((await get(`Patient/${patientId}`)).status).toBe(403);
  });

  test('of SMART open no other door', async () => {
    const get = await narrowed(WARD, 'user/*.cruds');
    expect((await get(`/v1/plans/${plan.plan.id}`)).status).toBe(403);
    expect((await get('Patient/$next-step')).status).toBe(403);
  });

  test('that were refused stand in the log', async () => {
    await (await narrowed(WARD, 'user/Goal.r'))(`CarePlan/${plan.plan.id}`);
    const { rows } = await service.owner.query<{ reason: string }>(
      `select reason from audit_entries where outcome = 'Nekad' order by at desc limit 5`,
    );
    expect(rows.map(({ reason }) => reason)).toContain('outside-scope');
  });
});
