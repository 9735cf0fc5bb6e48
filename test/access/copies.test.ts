import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from '../support/app.ts';
import { must, withRights } from '../support/law-fixtures.ts';
import {
  CLINIC,
  createPlan,
  createTestApp,
  HOME_HELP,
  planBody,
  planUrl,
  registerPatient,
  stepNamed,
  type TestApp,
  unit,
  WARD,
  type WholePlan,
} from '../support/plan-fixtures.ts';

const CLINICAL = 'Se över diuretika';
let service: TestApp;
beforeAll(async () => {
  service = await createTestApp();
});
afterAll(() => service.close());

interface Copy {
  readonly id: string;
  readonly items: readonly { readonly id: string; readonly wording?: object }[];
}

/** The ward hands home help all that it has written in a plan, clinical text too. */
async function handOut(plan: WholePlan): Promise<Copy> {
  const receiver = { kind: 'unit', hsaId: unit('0303') };
  const body = { ground: 'harm-assessment', receiver, purpose: 'Planering hemma', whole: true };
  return (await must(service.as(WARD), `${planUrl(plan)}/disclosures`, body)) as unknown as Copy;
}

/** How many of the wordings a reader is shown, and whether clinical text is among them. */
async function shownOf({ id }: Copy, by: Caller): Promise<{ wordings: number; clinical: boolean }> {
  const reply = await by.get<Copy>(`/v1/disclosures/${id}`);
  expect(reply.status, reply.text).toBe(200);
  const wordings = reply.body.items.filter(({ wording }) => wording !== undefined).length;
  return { wordings, clinical: reply.text.includes(CLINICAL) };
}

describe('a copy that has been handed out', () => {
  test('is read by who wrote it and by its receiver, and within the provider tells other units that it was made', async () => {
    const copy = await handOut(await createPlan(service, await registerPatient(service)));
    const all = { wordings: copy.items.length, clinical: true };
    expect(await shownOf(copy, service.as(WARD))).toEqual(all);
    expect(await shownOf(copy, service.as(HOME_HELP))).toEqual(all);
    expect(await shownOf(copy, service.as(CLINIC))).toEqual({ wordings: 0, clinical: false });
    const patients = await shownOf(copy, service.as('ester'));
    expect(patients.clinical).toBe(false);
    expect(patients.wordings).toBeGreaterThan(0);
  });

  test('shows the patient no draft', async () => {
    const plan = await createPlan(service, await registerPatient(service), { status: 'draft' });
    expect(await shownOf(await handOut(plan), service.as('ester'))).toEqual({ wordings: 0, clinical: false });
  });

  test('shows in direct access nothing that is available by 2:6 alone', async () => {
    const patientId = await registerPatient(service, 'mirza');
    const plan = (await must(service.as(WARD), '/v1/plans', planBody(patientId))) as unknown as WholePlan;
    const copy = await handOut(plan);
    expect((await shownOf(copy, service.as('mirza'))).wordings).toBeGreaterThan(0);
    await must(service.as(CLINIC), `/v1/patients/${patientId}/inabilities`, {
      ...{ kind: 'lasting', clarification: 'Samtal med patienten och de närmaste.', noReasonToObject: true },
    });
    expect(await shownOf(copy, service.as('mirza'))).toEqual({ wordings: 0, clinical: false });
  });

  test('is not made by another unit of what an inner block hides from it', async () => {
    const patientId = await registerPatient(service, 'petra');
    const plan = await createPlan(service, patientId);
    const clinic = withRights(service, CLINIC);
    const hand = () =>
      clinic.post<{ code?: string }>(`${planUrl(plan)}/disclosures`, {
        ...{ ground: 'harm-assessment', receiver: { kind: 'unit', hsaId: unit('0303') }, purpose: 'Planering hemma' },
        ...{ whole: true, contributions: [stepNamed(plan, 'Läkemedelslista').id] },
      });
    expect((await hand()).status).toBe(201);
    await must(service.as('petra'), `/v1/patients/${patientId}/blocks`, { reach: 'inner', unit: unit('0101') });
    const refused = await hand();
    expect([refused.status, refused.body.code]).toEqual([422, 'unknown-reference']);
    expect(refused.text).not.toContain(CLINICAL);
  });
});
