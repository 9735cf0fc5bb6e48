import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseThingId } from '../../../src/shared/ids.ts';
import type { Answer, Caller } from '../../support/app.ts';
import {
  createTestApp,
  entriesOf,
  registerPatient,
  STRANGER,
  statementsOf,
  type TestApp,
  unit,
} from '../../support/plan-fixtures.ts';
import { ROUTE_CASES, type RouteCase, type Stage, sendCase, setFullStage } from './route-table.ts';

let service: TestApp;
let stage: Stage;

beforeAll(async () => {
  service = await createTestApp();
  const patientId = await registerPatient(service);
  const clinicAlone = [{ party: { kind: 'region', unit: unit('0201') } }];
  stage = await setFullStage(service, patientId, { participants: clinicAlone });
});
afterAll(() => service.close());

interface Met {
  readonly route: string;
  readonly status: number;
  readonly text: string;
  readonly headers: Record<string, unknown>;
  readonly statements: readonly string[];
  readonly entries: readonly unknown[];
}

const PASSING = new Set(['date', 'x-request-id']);
const isOwn = ({ route }: RouteCase) => /^POST \/plans( |$)|search|lookup|unit-steps/.test(route);

async function meet(one: RouteCase, caller: Caller): Promise<Met> {
  const { result, statements } = await statementsOf<Answer>(() => sendCase(stage, one, caller));
  const headers = Object.fromEntries(Object.entries(result.headers).filter(([name]) => !PASSING.has(name)));
  const entries = (await entriesOf(service.owner, result)).map(({ patient, outcome, reason, resource_ids }) => ({
    ...{ patient, outcome, reason, resource_ids },
  }));
  return { route: one.route, status: result.status, text: result.text, headers, statements, entries };
}

/** Takes the plan away as if it had never been made: only the owner of the tables can. */
async function unmake(): Promise<void> {
  const { id } = parseThingId(stage.plan.plan.id)!;
  const { rows } = await service.owner.query<{ name: string }>(
    `select table_name as name from information_schema.columns natural join information_schema.tables
     where table_schema = 'public' and column_name = 'plan_id' and table_type = 'BASE TABLE'
     order by table_name in ('steps'), table_name`,
  );
  for (const { name } of rows) await service.owner.query(`delete from ${name} where plan_id = $1`, [id]);
  await service.owner.query('delete from plans where id = $1', [id]);
}

describe('for a stranger, a plan that is there and one that is not', () => {
  const strangers = [
    ['staff of a unit without part in it', STRANGER],
    ['another patient', 'love'],
    ['the system of a provider without part in it', 'demo-kommun-omsorg'],
  ] as const;

  test('are answered alike on every route: bytes, headers, statements and entries', async () => {
    const meetAll = async () => {
      const met: Met[] = [];
      for (const [, persona] of strangers) {
        for (const one of ROUTE_CASES) if (!isOwn(one)) met.push(await meet(one, service.as(persona)));
      }
      return met;
    };
    // Whoever first meets a unit learns of it in a trip of its own, which is no part of what is compared.
    await meetAll();
    const there = await meetAll();
    await unmake();
    const gone = await meetAll();
    for (const [i, met] of there.entries()) expect(met, met.route).toEqual(gone[i]);
    for (const { status, text, entries, statements, route } of there) {
      expect([403, 404], route).toContain(status);
      expect(text).toContain(status === 404 ? '"code":"not-found"' : '"code":"actor-not-allowed"');
      expect(entries).toMatchObject([{ outcome: 'Nekad', resource_ids: [] }]);
      expect(statements.length).toBeGreaterThan(0);
    }
    const refused = there.filter(({ status }) => status === 404);
    expect(refused.length).toBeGreaterThan(150);
  });

  test.each(strangers)('%s finds nothing by searching either', async (_who, persona) => {
    const reply = await service.as(persona).post('/v1/plans/search', { patientId: stage.patientId });
    if (reply.status === 200) expect(reply.body).toEqual({ items: [] });
    else expect([403, 404]).toContain(reply.status);
  });
});
