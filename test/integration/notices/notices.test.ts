import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileNoticeSink, type Notice, noticeOnce } from '../../../src/notices/index.ts';
import { parsePatientId, randomIds } from '../../../src/shared/ids.ts';
import {
  createPlan,
  createTestApp,
  HOME_CARE,
  ifMatch,
  planUrl,
  registerPatient,
  stepNamed,
  type TestApp,
  type Thing,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';

let service: TestApp;
let folder: string;
let failing = false;

beforeAll(async () => {
  service = await createTestApp();
  folder = await mkdtemp(join(tmpdir(), 'notices-'));
});
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

const file = () => fileNoticeSink(folder);
function once(sink = file()) {
  const log = { error: () => {} };
  const guarded = {
    async send(notice: Notice) {
      if (failing) throw new Error('the receiver is away');
      await sink.send(notice);
    },
  };
  return noticeOnce({ ...{ pool: service.desk.pool, clock: service.desk.clock, ids: randomIds, log }, sink: guarded });
}
async function notices(patientId: string): Promise<Notice[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const all = await Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))));
  return all.filter((one: Notice) => one.patientId === patientId);
}
const stored = async (patientId: string) =>
  (
    await service.owner.query<{ state: string; way: string | null; reason: string | null }>(
      'select state, way, reason from notices where patient_id = $1 order by queued_at',
      [parsePatientId(patientId)],
    )
  ).rows;
async function changeStep(plan: WholePlan, by: string): Promise<void> {
  const step = stepNamed(plan, 'Läkemedelslista');
  const body = { time: { form: 'latest-by', by } };
  const reply = await service.as(WARD).patch<Thing>(`${planUrl(plan)}/steps/${step.id}`, body, ifMatch(step));
  if (reply.status !== 200) throw new Error(reply.text);
}

describe('a notice to a person', () => {
  test('says in the daytime, once for all that is new, that there is something new, and nothing of what', async () => {
    service.setClock('2026-11-16T21:00:00+01:00');
    const patientId = await registerPatient(service);
    const plan = await createPlan(service, patientId);
    await changeStep(plan, '2026-11-21');
    expect(await once()).toBe(0);
    service.setClock('2026-11-17T08:00:00+01:00');
    await once();
    const [notice, ...more] = await notices(patientId);
    expect(more).toEqual([]);
    expect(notice).toEqual({
      id: expect.any(String),
      patientId,
      way: 'portal-inbox',
      language: 'sv',
      subject: 'Nytt i din plan',
      text: 'Det finns något nytt i din plan. Logga in på 1177.se och läs. Frågor? Ring 1177.',
    });
    expect(await once()).toBe(0);
  });

  test('is not sent for what the person wrote, nor for what they may not see', async () => {
    service.setClock('2026-11-17T09:00:00+01:00');
    const patientId = await registerPatient(service, 'love');
    const plan = await createPlan(service, patientId, { approvedForPatient: false });
    await service.as(WARD).post(`${planUrl(plan)}/links`, { to: 'other', title: 'Intern länk', reference: '1' });
    await once();
    expect(await stored(patientId)).toEqual([]);
  });

  test('in line is stopped by death and by protection, which are judged when it would go out', async () => {
    service.setClock('2026-11-17T09:00:00+01:00');
    const patientId = await registerPatient(service, 'mirza');
    await createPlan(service, patientId);
    await once();
    expect(await stored(patientId)).toMatchObject([{ state: 'waiting' }]);
    const { revision } = (await service.as(WARD).get<Thing>(`/v1/patients/${patientId}`)).body;
    const died = await service
      .as(HOME_CARE)
      .post(`/v1/patients/${patientId}/deceased`, { deceasedOn: '2026-11-17' }, ifMatch({ revision }));
    expect(died.status, died.text).toBe(200);
    service.setClock('2026-11-17T12:00:00+01:00');
    await once();
    expect(await stored(patientId)).toMatchObject([{ state: 'stopped', reason: 'deceased', way: null }]);
    expect(await notices(patientId)).toEqual([]);
  });

  test('waits while its receiver is away, and goes out once when two work at the same time', async () => {
    service.setClock('2026-11-17T13:00:00+01:00');
    const patientId = await registerPatient(service, 'petra');
    await createPlan(service, patientId);
    await once();
    service.setClock('2026-11-17T14:00:00+01:00');
    failing = true;
    await expect(once()).rejects.toThrow();
    failing = false;
    expect(await stored(patientId)).toMatchObject([{ state: 'waiting' }]);
    const sent = await Promise.all([once(), once()]);
    expect(sent[0]! + sent[1]!).toBeGreaterThan(0);
    expect(await stored(patientId)).toMatchObject([{ state: 'sent', way: 'portal-inbox' }]);
    expect(await notices(patientId)).toHaveLength(1);
  });
});
