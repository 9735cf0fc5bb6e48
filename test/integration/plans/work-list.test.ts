import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createPlan,
  createTestApp,
  HOME_CARE,
  ifMatch,
  planUrl,
  readPlan,
  registerPatient,
  type TestApp,
  unit,
  WARD,
} from '../../support/plan-fixtures.ts';

interface ListAnswer extends Record<string, unknown> {
  readonly items: readonly {
    readonly late: boolean;
    readonly dueAt?: string;
    readonly step: { readonly id: string; readonly title: string };
  }[];
  readonly nextCursor?: string;
}

const HOME_CARE_PARTY = { kind: 'municipality-health', unit: unit('0302') };
const weighing = (title: string, by: string) => ({
  title,
  responsibleParty: HOME_CARE_PARTY,
  time: { form: 'latest-by', by },
});

let service: TestApp;
let patientId: string;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
});
afterAll(() => service.close());

const titles = (answer: ListAnswer) => answer.items.map(({ step }) => step.title);

async function wholeList(limit: number): Promise<string[]> {
  const seen: string[] = [];
  let cursor = '';
  do {
    const page = await service.as(HOME_CARE).get<ListAnswer>(`/v1/unit-steps?limit=${limit}${cursor}`);
    seen.push(...titles(page.body));
    cursor = page.body.nextCursor ? `&cursor=${page.body.nextCursor}` : '';
  } while (cursor);
  return seen;
}

describe("a unit's own steps", () => {
  it('come late ones first, page by page to the end, each once', async () => {
    const steps = ['2026-11-30', '2026-11-15', '2026-11-20', '2026-12-24', '2026-11-16'].map((by, i) =>
      weighing(`Vägning ${i}`, by),
    );
    const undated = { title: 'Utan tid', responsibleParty: HOME_CARE_PARTY };
    await createPlan(service, patientId, { steps: [...steps, undated] });
    const inOrder = ['Vägning 1', 'Vägning 4', 'Vägning 2', 'Vägning 0', 'Vägning 3', 'Utan tid'];
    for (const limit of [1, 2, 4, 50]) expect(await wholeList(limit), `${limit} a page`).toEqual(inOrder);
    const { body } = await service.as(HOME_CARE).get<ListAnswer>('/v1/unit-steps');
    expect(body.items.map(({ late }) => late)).toEqual([true, false, false, false, false, false]);
  });

  it('no longer hold those of a plan that has ended', async () => {
    const plan = await createPlan(service, patientId, { steps: [weighing('Avslutas', '2026-11-18')] });
    expect(await wholeList(50)).toContain('Avslutas');
    const now = await readPlan(service.as(WARD), plan);
    const ended = await service
      .as(WARD)
      .post(`${planUrl(plan)}/transition`, { to: 'revoked', reason: 'Behövs inte' }, ifMatch(now.plan));
    expect(ended.status).toBe(200);
    expect(await wholeList(50)).not.toContain('Avslutas');
  });
});
