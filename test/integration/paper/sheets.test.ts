import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lookAtPerson } from '../../../src/attention/index.ts';
import { parsePatientId } from '../../../src/shared/ids.ts';
import {
  CLINIC,
  createPlan,
  createTestApp,
  entriesOf,
  HOME_CARE,
  ifMatch,
  planUrl,
  problemOf,
  readPlan,
  registerPatient,
  STRANGER,
  stepNamed,
  type TestApp,
  type Thing,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';

interface Sheet extends Thing {
  readonly number: number;
  readonly isLatest: boolean;
  readonly isStale: boolean;
  readonly changes: readonly string[];
  readonly renewedBy?: string;
  readonly handedOver: readonly Record<string, unknown>[];
  readonly readAloud: readonly Record<string, unknown>[];
}

interface Found {
  readonly title: string;
  readonly ownerUnit: string;
  readonly state: string;
  readonly about: { readonly id: string };
}

let service: TestApp;
let patientId: string;
let plan: WholePlan;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
});
afterAll(() => service.close());
beforeEach(async () => {
  service.setClock('2026-11-18T10:00:00+01:00');
  plan = await createPlan(service, patientId);
});

async function print(persona = WARD): Promise<Sheet> {
  const reply = await service.as(persona).post<Sheet>(`/v1/patients/${patientId}/sheets`, {});
  expect(reply.status, reply.text).toBe(201);
  return reply.body;
}
const sheetUrl = (sheet: Sheet, more = '') => `/v1/sheets/${sheet.id}${more}`;
const read = async (sheet: Sheet, persona = WARD) => (await service.as(persona).get<Sheet>(sheetUrl(sheet))).body;

async function changeStep(title: string, body: object, persona = WARD): Promise<void> {
  const step = stepNamed(plan, title);
  const reply = await service.as(persona).patch(`${planUrl(plan)}/steps/${step.id}`, body, ifMatch(step));
  if (reply.status !== 200) throw new Error(reply.text);
  plan = await readPlan(service.as(WARD), plan);
}

describe('a printed sheet', () => {
  test('is numbered within the patient, names the agreement, and stands in the log as a print', async () => {
    const first = await print();
    const reply = await service.as(WARD).post<Sheet>(`/v1/patients/${patientId}/sheets`, {});
    expect(reply.body.number).toBe(first.number + 1);
    expect(reply.headers.location).toBe(`/v1/sheets/${reply.body.id}`);
    expect(reply.body).toMatchObject({ isLatest: true, isStale: false, changes: [], agreements: [] });
    const [entry] = await entriesOf(service.owner, reply);
    expect(entry).toMatchObject({ action: 'sheet.print', activity: 'Utskrift', outcome: 'Beviljad' });
    expect(entry!.resource_kinds).toEqual(expect.arrayContaining(['sheet', 'step', 'plan']));
    expect(await read(first)).toMatchObject({ isLatest: false, isStale: false });
  });

  test('is one page of HTML and of PDF, with the patient’s own words and never the clinical ones', async () => {
    const sheet = await print();
    const html = await service.as(WARD).get(sheetUrl(sheet, '/html'));
    expect(html.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(html.headers['cache-control']).toBe('private, no-store');
    expect(html.text).toContain('Jag vill hem till min stol vid fönstret.');
    expect(html.text).toContain(`Blad ${sheet.number}`);
    expect(html.text).toContain('Fara för liv: 112');
    expect(html.text).not.toContain('diuretika');
    const pdf = await service.as('ester').get(sheetUrl(sheet, '/pdf'));
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect(pdf.text.slice(0, 5)).toBe('%PDF-');
  });

  test('becomes stale when a fact on it changes, says what, and who is to hand over a new one', async () => {
    const sheet = await print();
    await changeStep('Läkemedelslista', { time: { form: 'latest-by', by: '2026-11-25' } });
    expect(await read(sheet)).toMatchObject({
      isStale: true,
      changes: expect.arrayContaining(['Ändrat: Läkemedelslista']),
      renewedBy: expect.stringMatching(/^SE0000000000-TST/),
    });
    const page = await service.as(WARD).get(sheetUrl(sheet, '/html'));
    expect(problemOf(page)).toMatchObject({ status: 409, code: 'sheet-stale' });
    const fresh = await print();
    expect(await read(fresh)).toMatchObject({ isStale: false });
    expect(await read(sheet)).toMatchObject({ isLatest: false, isStale: false });
  });

  test('that is stale gives who meets the patient next the task to hand over a new one, until it is done', async () => {
    const STAFF = { [unit('0101')]: WARD, [unit('0201')]: CLINIC, [unit('0302')]: HOME_CARE } as const;
    /** The task, as each unit finds it among its own. */
    const tasks = async (of: Sheet) => {
      await lookAtPerson(service.desk, parsePatientId(patientId)!);
      const lists = await Promise.all(
        Object.values(STAFF).map((by) => service.as(by).get<{ items: Found[] }>('/v1/findings?limit=200')),
      );
      const found = lists.flatMap(({ body }) => body.items.filter(({ about }) => about.id === of.id));
      return found.map(({ title, ownerUnit, state }) => ({ title, ownerUnit, state }));
    };
    const sheet = await print();
    expect(await tasks(sheet)).toEqual([]);
    const contact = plan.namedContacts[0]!;
    const url = `${planUrl(plan)}/named-contacts/${contact.id}/transition`;
    const maj = { to: 'designated', person: { name: 'Maj Modell' }, isPrimary: true };
    const designated = await service.as(CLINIC).post(url, maj, ifMatch(contact));
    expect(designated.status, designated.text).toBe(200);
    // Whom to call about a sign is the primary contact, who has a name now.
    const { isStale, changes, renewedBy } = await read(sheet);
    expect({ isStale, changes }).toEqual({ isStale: true, changes: ['Ändrat: Vikten går upp 2 kg på 3 dagar.'] });
    const task = { title: 'Lämna nytt blad', ownerUnit: renewedBy, state: 'open' };
    expect(await tasks(sheet)).toEqual([task]);
    expect(await tasks(sheet)).toEqual([task]);
    await print();
    expect(await tasks(sheet)).toEqual([]);
  });

  test('is not stale because time passes, because something on it is done, or because of what the patient may not see', async () => {
    const sheet = await print();
    service.setClock('2026-11-19T08:00:00+01:00');
    expect(await read(sheet)).toMatchObject({ isStale: false });
    await changeStep('Läkemedelslista', { clinicalText: 'Sätt ut furosemid' });
    const list = stepNamed(plan, 'Läkemedelslista');
    const done = await service
      .as(WARD)
      .post(
        `${planUrl(plan)}/steps/${list.id}/reports`,
        { outcome: 'done' },
        { 'idempotency-key': `klart-${list.id}` },
      );
    expect(done.status, done.text).toBe(201);
    expect(await read(sheet)).toMatchObject({ isStale: false, changes: [] });
  });

  test('becomes stale by what is new, and by what is called off', async () => {
    const sheet = await print();
    service.setClock('2026-11-18T11:00:00+01:00');
    const url = `${planUrl(plan)}/steps`;
    const made = await service
      .as(WARD)
      .post(url, { title: 'Provtagning', time: { form: 'latest-by', by: '2026-11-24' } });
    expect(made.status, made.text).toBe(201);
    const list = stepNamed(plan, 'Läkemedelslista');
    const off = await service
      .as(WARD)
      .post(`${url}/${list.id}/transition`, { to: 'cancelled', reason: 'Behövs inte' }, ifMatch(list));
    expect(off.status, off.text).toBe(200);
    const { changes } = await read(sheet);
    expect(changes).toEqual(expect.arrayContaining(['Nytt: Provtagning', 'Gäller inte längre: Läkemedelslista']));
  });

  test('that is handed over or read aloud says to whom, by whom and when, also to the patient', async () => {
    const sheet = await print();
    service.setClock('2026-11-18T12:00:00+01:00');
    const body = {
      to: { kind: 'patient' },
      copyTo: [{ kind: 'other', name: 'Britt Attrapp' }],
      at: '2026-11-18T11:30:00+01:00',
    };
    const handed = await service.as(WARD).post<Sheet>(sheetUrl(sheet, '/handovers'), body);
    expect(handed.status, handed.text).toBe(201);
    const read1 = await service.as(HOME_CARE).post<Sheet>(sheetUrl(sheet, '/readings'), { to: { kind: 'patient' } });
    expect(read1.status, read1.text).toBe(201);
    expect(await read(sheet, 'ester')).toMatchObject({
      revision: 3,
      handedOver: [
        {
          at: '2026-11-18T10:30:00.000Z',
          way: 'in-person',
          to: { kind: 'patient' },
          copyTo: [{ kind: 'other', name: 'Britt Attrapp' }],
          by: { name: 'Tove Testrup' },
        },
      ],
      readAloud: [{ at: '2026-11-18T11:00:00.000Z', to: { kind: 'patient' }, by: { unit: unit('0302') } }],
    });
  });

  test('refuses times before it was printed or to come, and relatives whom the patient does not have', async () => {
    const sheet = await print();
    for (const at of ['2026-11-18T08:59:59Z', '2026-11-18T09:00:01Z']) {
      const reply = await service.as(WARD).post(sheetUrl(sheet, '/readings'), { to: { kind: 'patient' }, at });
      expect(problemOf(reply)).toMatchObject({ status: 422, code: 'sheet-time-not-possible' });
    }
    const to = { kind: 'relative', relatedPersonId: plan.plan.id };
    const reply = await service.as(WARD).post(sheetUrl(sheet, '/handovers'), { to });
    expect(problemOf(reply)).toMatchObject({
      code: 'sheet-receiver-unknown',
      invalidParameters: [{ name: 'to.relatedPersonId' }],
    });
    expect(await read(sheet)).toMatchObject({ handedOver: [], readAloud: [] });
  });

  test('is printed once when the request is sent again, and by none but staff', async () => {
    const url = `/v1/patients/${patientId}/sheets`;
    const key = { 'idempotency-key': `blad-${plan.plan.id}` };
    const [a, b] = await Promise.all([
      service.as(WARD).post<Sheet>(url, {}, key),
      service.as(WARD).post<Sheet>(url, {}, key),
    ]);
    expect(a.body.number).toBe(b.body.number);
    expect(problemOf(await service.as('ester').post(url, {}))).toMatchObject({
      status: 403,
      code: 'actor-not-allowed',
    });
  });

  test('numbers two that are printed at once one after the other', async () => {
    const [a, b] = await Promise.all([print(), print(HOME_CARE)]);
    expect(Math.abs(a.number - b.number)).toBe(1);
  });

  test('is not known to staff of another provider who see none of the person’s plans', async () => {
    const sheet = await print();
    const other = service.as('lisa-lanad');
    const listed = await other.get<{ items: object[] }>(`/v1/patients/${patientId}/sheets`);
    expect([listed.status, listed.body.items]).toEqual([200, []]);
    expect((await other.get(sheetUrl(sheet))).status).toBe(404);
  });

  test('cannot be printed of a plan that the unit may not see, nor of nobody', async () => {
    const reply = await service.as(STRANGER).post(`/v1/patients/${patientId}/sheets`, {});
    expect([404, 422]).toContain(reply.status);
    const mirza = await registerPatient(service, 'mirza');
    const none = await service.as(WARD).post(`/v1/patients/${mirza}/sheets`, {});
    expect(problemOf(none)).toMatchObject({ status: 422, code: 'nothing-to-print' });
  });
});
