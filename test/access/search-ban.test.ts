import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createPlan,
  createTestApp,
  entriesOf,
  registerPatient,
  type TestApp,
  unit,
  WARD,
} from '../support/plan-fixtures.ts';

let service: TestApp;

beforeAll(async () => {
  service = await createTestApp();
  await createPlan(service, await registerPatient(service));
});
afterAll(() => service.close());

describe('a search for persons by what their plans hold', () => {
  test.each([
    `Task?owner=Organization/${unit('0302')}`,
    'CarePlan?category=GP',
    'CareTeam',
    'Goal?_count=1',
    'Provenance',
    'Consent?status=active',
    'AuditEvent',
  ])('is refused to care staff, and the log has it: %s', async (path) => {
    const reply = await service.as(WARD).get<fhir4.OperationOutcome & Record<string, unknown>>(`/fhir/R4/${path}`);
    expect(reply.status).toBe(403);
    expect(reply.body.issue[0]?.details?.coding?.[0]?.code).toBe('search-across-patients');
    expect(await entriesOf(service.owner, reply)).toMatchObject([
      { outcome: 'Nekad', reason: 'search-across-patients', user_id: unit('P001'), resource_ids: [] },
    ]);
  });
});
