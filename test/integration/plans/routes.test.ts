import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS, type Action } from '../../../src/access/index.ts';
import { createTestApp, entriesOf, problemOf, registerPatient, type TestApp } from '../../support/plan-fixtures.ts';
import { ROUTE_CASES, type RouteCase, type Stage, sendCase, setFullStage, setStage } from './route-table.ts';

let service: TestApp;
let patientId: string;
let full: Stage;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
  full = await setFullStage(service, patientId);
});
afterAll(() => service.close());

function documentedRoutes(): string[] {
  const { paths } = (service.app as unknown as { swagger(): { paths: Record<string, object> } }).swagger();
  return Object.entries(paths)
    .filter(([path]) => /^\/(plans|unit-steps)(\/|$)/.test(path))
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
}

test('every route of plans has a case here, and no other', () => {
  expect(ROUTE_CASES.map(({ route }) => route).toSorted()).toEqual(documentedRoutes().toSorted());
});

const named = ROUTE_CASES.map((one) => [one.route, one] as const);
const guarded = named.filter(([, { wrongKind }]) => wrongKind !== undefined);

function expectMade(one: RouteCase, stage: Stage, reply: Awaited<ReturnType<typeof sendCase>>): void {
  expect(reply.status, reply.text).toBe(one.status);
  expect(reply.headers['cache-control']).toBe('private, no-store');
  if (one.status === 201)
    expect(reply.headers.location).toMatch(new RegExp(`^/v1/(plans|disclosures)/${stage.patientId}-`));
  if (one.route.startsWith('GET') || /search|lookup|\/sign$/.test(one.route)) return;
  const { id, revision, plan } = reply.body as { id?: string; revision?: number; plan?: { id: string } };
  expect(reply.headers.etag).toBe(`"${revision ?? 1}"`);
  if (one.status === 201) expect(reply.headers.location).toContain(id ?? plan!.id);
}

describe('each route', () => {
  test.each(named)('%s answers the one whose it is, and leaves one entry of who and what', async (_route, one) => {
    const stage = await setStage(service, patientId);
    await one.prepare?.(stage);
    const caller = service.as(one.by);
    const reply = await sendCase(stage, one, caller);
    expectMade(one, stage, reply);
    const entries = await entriesOf(service.owner, reply);
    const about = entries.filter(({ patient }) => !patient.startsWith('00000000'));
    if (!/search|lookup|unit-steps/.test(one.route)) expect(entries).toHaveLength(1);
    expect(about).toHaveLength(1);
    const { persona } = caller;
    for (const entry of entries) {
      expect(entry).toMatchObject({
        activity: ACTIONS[entry.action as Action],
        outcome: 'Beviljad',
        user_name: persona.name,
        user_unit: persona.kind === 'staff' ? persona.unitHsaId : null,
        purpose: persona.kind === 'staff' ? 'Vård och behandling' : 'Egen åtkomst',
      });
    }
    const [left] = about;
    expect(left!.resource_ids.length).toBeGreaterThan(0);
    expect(left!.resource_owners).toHaveLength(left!.resource_ids.length);
    expect(left!.resource_kinds).toHaveLength(left!.resource_ids.length);
  });

  test.each(named)('%s answers nobody without a token', async (route, one) => {
    const [method] = route.split(' ') as ['GET'];
    const reply = await service.send({ method, url: one.url(full), payload: one.body?.(full) });
    expect(problemOf(reply)).toMatchObject({ status: 401 });
    expect(reply.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(await entriesOf(service.owner, reply)).toMatchObject([{ outcome: 'Nekad', user_id: '' }]);
  });

  test.each(guarded)('%s refuses an actor of a kind that it is not for', async (_route, one) => {
    const reply = await sendCase(full, one, service.as(one.wrongKind!));
    expect(problemOf(reply)).toMatchObject({ status: 403, code: 'actor-not-allowed' });
    expect(await entriesOf(service.owner, reply)).toMatchObject([{ outcome: 'Nekad', reason: 'not-for-this-actor' }]);
  });
});
