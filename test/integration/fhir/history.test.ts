import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../support/app.ts';
import {
  createPlan,
  createTestApp,
  entriesOf,
  registerPatient,
  type TestApp,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';
import { lantanaFaults, medplumFaults } from '../../unit/fhir/validators.ts';
import { issuesOf, type Writer, writerAt } from './writer.ts';

let service: TestApp;
let plan: WholePlan;
let ward: Writer;

beforeAll(async () => {
  service = await createTestApp();
  plan = await createPlan(service, await registerPatient(service));
  ward = writerAt(service, WARD);
});
afterAll(() => service.close());

async function reworded(times: number): Promise<fhir4.Task> {
  const id = plan.steps.find(({ title }) => title === 'Läkemedelslista')!.id;
  let { body: task } = await ward.read<fhir4.Task>(`Task/${id}`);
  for (let n = 1; n <= times; n++) {
    const reply = await ward.update<fhir4.Task>({ ...task, description: `Text ${n}` });
    expect(reply.status, reply.text).toBe(200);
    task = reply.body;
  }
  return task;
}

test('every version of a thing is there, the newest first, page by page', async () => {
  const task = await reworded(4);
  const all = await ward.read<fhir4.Bundle<fhir4.Task>>(`Task/${task.id}/_history`);
  expect(all.status, all.text).toBe(200);
  expect(all.body).toMatchObject({ type: 'history', total: 5 });
  expect(all.body.entry!.map(({ resource }) => resource!.meta!.versionId)).toEqual(['5', '4', '3', '2', '1']);
  expect(all.body.entry!.map(({ resource }) => resource!.description)).toEqual([
    'Text 4',
    'Text 3',
    'Text 2',
    'Text 1',
    'Läkemedelslista',
  ]);
  expect(all.body.entry!.map(({ request }) => request!.method)).toEqual(['PUT', 'PUT', 'PUT', 'PUT', 'POST']);
  expect([...medplumFaults(all.body), ...lantanaFaults(all.body)]).toEqual([]);
  const seen: string[] = [];
  let path: string | undefined = `Task/${task.id}/_history?_count=2`;
  while (path) {
    const page: Answer<fhir4.Bundle<fhir4.Task>> = await ward.read<fhir4.Bundle<fhir4.Task>>(path);
    seen.push(...page.body.entry!.map(({ resource }) => resource!.meta!.versionId!));
    path = page.body.link?.find(({ relation }) => relation === 'next')?.url.split('/fhir/R4/')[1];
  }
  expect(seen).toEqual(['5', '4', '3', '2', '1']);
});

test('one version is read as it was, with its own tag, and the read is logged', async () => {
  const { id } = plan.steps.find(({ title }) => title === 'Läkemedelslista')!;
  const first = await ward.read<fhir4.Task>(`Task/${id}/_history/1`);
  expect(first.body, first.text).toMatchObject({ description: 'Läkemedelslista', meta: { versionId: '1' } });
  expect(first.headers.etag).toBe('W/"1"');
  const entries = await entriesOf(service.owner, first);
  expect(entries.map(({ action }) => action)).toEqual(['plan.read', 'plan.read-history']);
  for (const path of [
    `Task/${id}/_history/99`,
    `Task/${id}/_history/x`,
    `Goal/${id}/_history`,
    `Goal/${id}/_history/1`,
  ]) {
    const none = await ward.read(path);
    expect(none.status, path).toBe(404);
    expect(issuesOf(none)).toEqual([{ code: 'not-found' }]);
  }
});

test('changes since an instant are told, and one that cannot be read is refused', async () => {
  const path = `Task/${plan.steps[0]!.id}/_history`;
  const all = await ward.read<fhir4.Bundle>(path);
  const [latest] = all.body.entry!;
  const since = (at: string) => ward.read<fhir4.Bundle>(`${path}?_since=${encodeURIComponent(at)}`);
  const changedAt = latest!.resource!.meta!.lastUpdated!;
  expect((await since(changedAt)).body.entry![0]).toEqual(latest);
  const after = new Date(Date.parse(changedAt) + 1).toISOString();
  expect((await since(after)).body).toMatchObject({ total: 0 });
  expect((await since('2020-01-01T00:00:00Z')).body.total).toBe(all.body.total);
  for (const at of ['i dag', '2026-13-01', 'x']) {
    const refused = await since(at);
    expect([refused.status, issuesOf(refused)]).toEqual([400, [{ code: 'invalid', expression: '_since' }]]);
  }
});

test('plan, goal, team and message have their versions too', async () => {
  const [goal] = plan.goals;
  for (const path of [`CarePlan/${plan.plan.id}`, `CareTeam/${plan.plan.id}`, `Goal/${goal!.id}`]) {
    const now = await ward.read<fhir4.CarePlan>(path);
    const then = await ward.read<fhir4.CarePlan>(`${path}/_history/${now.body.meta!.versionId}`);
    expect(then.status, then.text).toBe(200);
    expect(then.body.meta).toEqual(now.body.meta);
  }
});

test('a reader is shown no version of what they may not see today', async () => {
  const { id } = plan.steps.find(({ title }) => title === 'Läkemedelslista')!;
  expect((await writerAt(service, 'mirza').read(`Task/${id}/_history`)).status).toBe(404);
  const told = await writerAt(service, 'ester').read(`Task/${id}/_history`);
  expect(told.text).not.toContain('diuretika');
});
