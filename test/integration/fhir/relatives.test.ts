import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../support/app.ts';
import { withRights } from '../../support/law-fixtures.ts';
import {
  createPlan,
  createTestApp,
  registerPatient,
  SCHOOL,
  STRANGER,
  type TestApp,
  unit,
  WARD,
} from '../../support/plan-fixtures.ts';
import { R4 } from './writer.ts';

const NAME = 'Petra Övningsdotter';
const PHONE = '040-6280411';

let service: TestApp;
let patientId: string;
let relativeId: string;
let planId: string;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service, 'p7');
  const relative = { relation: 'relative', name: NAME, kinship: 'Dotter', phone: PHONE };
  const related = await service.as(WARD).post<{ id: string }>(`/v1/patients/${patientId}/related-persons`, relative);
  if (related.status !== 201) throw new Error(related.text);
  relativeId = related.body.id;
  const byRelative = {
    responsibleParty: { kind: 'relative', relatedPersonId: relativeId },
    ownYes: { method: 'oral' },
  };
  const plan = await createPlan(service, patientId, {
    kind: 'VP',
    participants: [{ party: { kind: 'other', unit: unit('0305') } }],
    namedContacts: [],
    steps: [{ title: 'Hämta hjälpmedlet', ...byRelative, time: { form: 'latest-by', by: '2026-11-17' } }],
    commitments: [
      {
        by: { kind: 'relative', relatedPersonId: relativeId },
        to: { kind: 'patient' },
        text: 'Jag ringer varje kväll.',
      },
    ],
  });
  planId = plan.plan.id;
  const moved = await service
    .as(WARD)
    .post(`/v1/plans/${planId}/transition`, { to: 'active' }, { 'if-match': `"${plan.plan.revision}"` });
  if (moved.status !== 200) throw new Error(moved.text);
  const own = { title: 'Följa med till skolan', ...byRelative, time: { form: 'latest-by', by: '2026-11-16' } };
  const made = await service.as(SCHOOL).post(`/v1/plans/${planId}/steps`, own);
  if (made.status !== 201) throw new Error(made.text);
});
afterAll(() => service.close());

/** Acts for the ward's provider: reads its contributions, and no persons. */
const SYSTEM = 'demo-region-journal';

const everywhere = async (who: string): Promise<Answer[]> => {
  const paths = ['', '/$everything', '/$next-step'].map((path) => `CarePlan/${planId}${path}`);
  const all = [
    ...paths,
    `CarePlan?patient=${patientId}&_include=*`,
    `Patient/${patientId}/$everything`,
    `RelatedPerson/${relativeId}`,
  ];
  return Promise.all(all.map((path) => service.as(who).get(`${R4}/${path}`)));
};

/** Their HSA-ids, as the list of a protected person names staff. */
const hsaIdOf = (who: string) => String(service.as(who).persona.claims.employeeHsaId);

async function protect(): Promise<void> {
  const admin = withRights(service, WARD);
  const url = `/v1/patients/${patientId}`;
  const { body } = await admin.get<{ revision: number }>(url);
  const list = { grade: 'confidentiality-mark', staff: [{ staff: hsaIdOf(SCHOOL) }] };
  const made = await admin.post(`${url}/protection`, list, { 'if-match': `"${body.revision}"` });
  if (made.status >= 300) throw new Error(made.text);
}

function expectNamed(replies: readonly Answer[]): void {
  for (const { status, text } of replies) {
    expect(status, text).toBe(200);
    expect(text).toContain(NAME);
  }
}

/** What tells of the plan tells of the step, and of whose it is in general words; the person itself is not read. */
function expectUnnamed(replies: readonly Answer[]): void {
  const statuses = replies.map(({ status }) => status);
  expect(statuses.slice(0, 3)).toEqual([200, 200, 200]);
  for (const status of statuses.slice(4)) expect(status).toBeGreaterThanOrEqual(403);
  for (const { text } of replies) {
    for (const word of ['Petra', 'Dotter', PHONE, relativeId]) expect(text).not.toContain(word);
  }
  expect(replies[1]!.text).toContain('En närstående');
}

describe('a relative who has taken something on', () => {
  test('is named to staff who may read persons, and to no others, who are told of the step', async () => {
    expectNamed(await everywhere(WARD));
    expectUnnamed(await everywhere(SYSTEM));
    expectUnnamed(await everywhere(SCHOOL));
  });

  test('of a person with protected identity no less: the list opens the plan, not who is near the person', async () => {
    await protect();
    expectNamed(await everywhere(WARD));
    expectUnnamed(await everywhere(SCHOOL));
    // Lists of what a stranger may read are empty; whatever is asked for by its id is not there.
    for (const { text } of await everywhere(STRANGER)) {
      for (const word of ['Petra', 'hjälpmedlet', 'P7']) expect(text).not.toContain(word);
    }
  });
});
