import { expect } from 'vitest';
import {
  createPlan,
  createTestApp,
  registerPatient,
  type TestApp,
  type WholePlan,
} from '../../support/plan-fixtures.ts';
import { lantanaFaults, medplumFaults } from '../../unit/fhir/validators.ts';

export interface DoorWorld {
  readonly service: TestApp;
  readonly patientId: string;
  readonly plan: WholePlan;
}

/** A service with Ester, who has two plans, and Love, who has none. */
export async function openDoor(): Promise<DoorWorld> {
  const service = await createTestApp();
  const patientId = await registerPatient(service);
  await registerPatient(service, 'love');
  const plan = await createPlan(service, patientId);
  await createPlan(service, patientId, { title: 'Den andra planen', kind: 'VP' });
  return { service, patientId, plan };
}

/** That a refusal is an OperationOutcome which validators let pass, of this code, in words. */
export function expectOutcome(
  reply: { status: number; body: object },
  status: number,
  code: string,
): fhir4.OperationOutcome {
  expect(reply.status).toBe(status);
  const outcome = reply.body as fhir4.OperationOutcome;
  expect(outcome).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code }] });
  expect(medplumFaults(outcome)).toEqual([]);
  expect(lantanaFaults(outcome)).toEqual([]);
  for (const { details } of outcome.issue) expect(details?.text).toMatch(/\p{L}{3}/u);
  return outcome;
}
