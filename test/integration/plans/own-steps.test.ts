import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CLINIC,
  createPlan,
  createTestApp,
  NUMBERS,
  registerPatient,
  type TestApp,
  WARD,
} from '../../support/plan-fixtures.ts';

interface Own {
  readonly steps: readonly { readonly id: string; readonly title: string; readonly predecessors: readonly string[] }[];
  readonly commitments: readonly { readonly text: string }[];
}

const START = '2026-11-16T08:00:00+01:00';
const RELATIVE = 'petra';
let service: TestApp;
let closed: TestApp;
let address: string;
let planId: string;

/** A plan of Ester's in which Petra, her daughter, has taken on one step and one promise, and is asked for another. */
async function withDaughter(app: TestApp): Promise<{ readonly address: string; readonly planId: string }> {
  app.setClock(START);
  const patientId = await registerPatient(app);
  const daughter = { relation: 'relative', name: 'Petra Övningsdotter', personNumber: NUMBERS[RELATIVE] };
  const { body } = await app.as(WARD).post<{ id: string }>(`/v1/patients/${patientId}/related-persons`, daughter);
  const party = { kind: 'relative', relatedPersonId: body.id };
  const byDaughter = {
    responsibleParty: party,
    time: { form: 'latest-by', by: '2026-11-17' },
    approvedForPatient: true,
  };
  const plan = await createPlan(app, patientId, {
    kind: 'VP',
    participants: [],
    namedContacts: [],
    steps: [
      { title: 'Kontrollera sår', clinicalText: 'Sårsekret', approvedForPatient: true },
      { title: 'Hämta hjälpmedlet', ...byDaughter, ownYes: { method: 'oral' } },
      { title: 'Skjutsa till provtagning', ...byDaughter },
    ],
    commitments: [
      { by: party, to: { kind: 'patient' }, text: 'Jag ringer varje kväll.', approvedForPatient: true },
      { by: { kind: 'patient' }, to: party, text: 'Jag säger till.', approvedForPatient: true },
    ],
  });
  const moved = await app
    .as(WARD)
    .post(`/v1/plans/${plan.plan.id}/transition`, { to: 'active' }, { 'if-match': `"${plan.plan.revision}"` });
  if (moved.status !== 200) throw new Error(moved.text);
  return { address: `/v1/patients/${patientId}/own-steps`, planId: plan.plan.id };
}

beforeAll(async () => {
  service = await createTestApp({ law: { relativeSeesOwnSteps: true } });
  closed = await createTestApp();
  ({ address, planId } = await withDaughter(service));
});
afterAll(() => Promise.all([service.close(), closed.close()]));

describe('a relative, where the deployment has opened it', () => {
  test('reads what she has said yes to, and nothing beside it', async () => {
    const { status, body, text } = await service.as(RELATIVE).get<Own>(address);
    expect(status, text).toBe(200);
    expect(body.steps.map(({ title }) => title)).toEqual(['Hämta hjälpmedlet']);
    expect(text).not.toContain('Sårsekret');
    expect(text).not.toContain('Skjutsa');
    expect(text).not.toContain('Jag säger till');
  });
  test('is refused the plan, the overview and FHIR, whether the plan is there or not', async () => {
    const patientId = address.split('/')[3]!;
    const none = `${patientId}-${patientId}`;
    const ask = async (url: string) => (await service.as(RELATIVE).get(url)).status;
    expect(await ask(`/v1/patients/${patientId}/overview`)).toBe(403);
    for (const id of [planId, none]) {
      expect(await ask(`/v1/plans/${id}`), id).toBe(403);
      expect(await ask(`/fhir/R4/CarePlan/${id}`), id).toBe(403);
    }
  });
  test('stands in the log with what she read', async () => {
    const reply = await service.as(RELATIVE).get(address);
    const { rows } = await service.owner.query(
      'select action, outcome, resource_kinds from audit_entries where request_id = $1',
      [reply.headers['x-request-id']],
    );
    expect(rows).toMatchObject([{ action: 'own-steps.read', outcome: 'Beviljad' }]);
    expect(rows[0].resource_kinds).toContain('step');
  });
  test('is told nothing new while nothing has changed', async () => {
    const { headers } = await service.as(RELATIVE).get(address);
    const again = await service.as(RELATIVE).get(address, { 'if-none-match': headers.etag! });
    expect(again.status).toBe(304);
  });
});

describe('the relative’s own steps', () => {
  test('are not there for a stranger, nor for staff and the patient another way than the plan', async () => {
    expect((await service.as('mirza').get(address)).status).toBe(404);
    expect((await service.as('ester').get(address)).status).toBe(403);
    expect((await service.as(CLINIC).get(address)).status).toBe(403);
  });
  test('are not there for the relative unless the deployment has opened them', async () => {
    const { address: same } = await withDaughter(closed);
    expect((await closed.as(RELATIVE).get(same)).body).toMatchObject({ status: 404, code: 'not-found' });
  });
});
