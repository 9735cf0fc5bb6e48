import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookAtPerson } from '../../src/attention/index.ts';
import { type PatientId, parsePatientId } from '../../src/shared/ids.ts';
import {
  createPlan,
  createTestApp,
  HOME_HELP,
  ifMatch,
  planUrl,
  readPlan,
  registerPatient,
  stepNamed,
  type TestApp,
  type Thing,
  unit,
  WARD,
  type WholePlan,
} from '../support/plan-fixtures.ts';

interface SheetTold extends Thing {
  readonly number: number;
  readonly isStale: boolean;
  readonly changes: readonly string[];
}
interface FindingTold extends Thing {
  readonly title: string;
  readonly state: string;
  readonly ownerUnit: string;
  readonly about: { readonly id: string };
}

let service: TestApp;
let patientId: string;
let person: PatientId;
let plan: WholePlan;
let third: SheetTold;

const HOME = {
  title: 'Hemgång',
  patientText: 'Du åker hem.',
  time: { form: 'fixed', start: '2026-11-21T11:00:00+01:00', changeable: { byPatient: false } },
};
const VISIT = {
  title: 'Hemtjänst, första besöket',
  patientText: 'Hemtjänsten kommer hem till dig.',
  responsibleParty: { kind: 'municipality-social', unit: unit('0303') },
};
const CHECK = {
  title: 'Återbesök på avdelningen',
  patientText: 'Du träffar läkaren på avdelningen.',
  time: { form: 'fixed', start: '2026-12-11T10:00:00+01:00', changeable: { byPatient: false } },
};

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
  person = parsePatientId(patientId)!;
  service.setClock('2026-11-17T09:00:00+01:00');
  plan = await createPlan(service, patientId, { steps: [HOME, VISIT, CHECK] });
});
afterAll(() => service.close());

const step = async (title: string) => stepNamed(await readPlan(service.as(WARD), plan), title);
async function does(persona: string, title: string, verb: string, body: object): Promise<void> {
  const one = await step(title);
  const reply = await service.as(persona).post(`${planUrl(plan)}/steps/${one.id}/${verb}`, body, ifMatch(one));
  expect(reply.status, reply.text).toBeLessThan(300);
}
async function print(at: string, persona = WARD): Promise<SheetTold> {
  service.setClock(at);
  const reply = await service.as(persona).post<SheetTold>(`/v1/patients/${patientId}/sheets`, {});
  expect(reply.status, reply.text).toBe(201);
  return reply.body;
}
const sheetNow = async (persona: string) => (await service.as(persona).get<SheetTold>(`/v1/sheets/${third.id}`)).body;
const tasks = async (persona: string) => {
  const reply = await service.as(persona).get<{ items: FindingTold[] }>('/v1/findings?limit=200');
  expect(reply.status, reply.text).toBe(200);
  return reply.body.items.filter(({ title }) => title === 'Lämna nytt blad');
};

describe('Ester: (d) paper number 3 is no longer true', () => {
  it('20/11: the home help has said yes and booked Saturday evening', async () => {
    await print('2026-11-17T09:10:00+01:00');
    service.setClock('2026-11-20T15:45:00+01:00');
    await does(HOME_HELP, VISIT.title, 'accept', {});
    const booked = {
      to: 'booked',
      time: { form: 'fixed', start: '2026-11-21T17:00:00+01:00', changeable: { byPatient: false } },
    };
    await does(HOME_HELP, VISIT.title, 'transition', booked);
    expect((await print('2026-11-20T16:10:00+01:00')).number).toBe(2);
  });

  it('21/11 11:00: she goes home with paper number 3, and Britt has a copy', async () => {
    third = await print('2026-11-21T10:50:00+01:00');
    expect(third.number).toBe(3);
    service.setClock('2026-11-21T11:05:00+01:00');
    const handed = await service
      .as(WARD)
      .post<SheetTold & { readonly handedOver: object[] }>(`/v1/sheets/${third.id}/handovers`, {
        to: { kind: 'patient' },
        copyTo: [{ kind: 'other', name: 'Britt Exempelsson' }],
        at: '2026-11-21T11:00:00+01:00',
      });
    expect(handed.body.handedOver, handed.text).toHaveLength(1);
    const home = await step(HOME.title);
    const done = await service
      .as(WARD)
      .post(`${planUrl(plan)}/steps/${home.id}/reports`, { outcome: 'done' }, { 'idempotency-key': 'ester-hemma' });
    expect(done.status, done.text).toBe(201);
    // That she has come home is what the sheet said: it is as true as before.
    await lookAtPerson(service.desk, person);
    for (const persona of [WARD, HOME_HELP, 'ester']) expect(await sheetNow(persona)).toMatchObject({ isStale: false });
    expect(await tasks(HOME_HELP)).toEqual([]);
  });

  it('21/11 14:00: a time is moved, and the home help, who meets her next, has the task', async () => {
    service.setClock('2026-11-21T14:00:00+01:00');
    const check = await step(CHECK.title);
    const moved = { time: { form: 'fixed', start: '2026-12-14T09:00:00+01:00', changeable: { byPatient: false } } };
    const reply = await service.as(WARD).patch(`${planUrl(plan)}/steps/${check.id}`, moved, ifMatch(check));
    expect(reply.status, reply.text).toBe(200);
    await lookAtPerson(service.desk, person);
    for (const persona of [WARD, 'ester']) {
      const { isStale, changes } = await sheetNow(persona);
      expect({ isStale, changes }).toEqual({
        isStale: true,
        changes: expect.arrayContaining([expect.stringContaining('Du träffar läkaren')]),
      });
    }
    expect(await tasks(HOME_HELP)).toMatchObject([{ state: 'open', ownerUnit: unit('0303'), about: { id: third.id } }]);
    expect(await tasks(WARD)).toEqual([]);
    await lookAtPerson(service.desk, person);
    expect(await tasks(HOME_HELP)).toHaveLength(1);
  });

  it('21/11 17:10: a new sheet is handed over at the visit, and the task is done', async () => {
    const fourth = await print('2026-11-21T17:10:00+01:00', HOME_HELP);
    expect(fourth.number).toBe(4);
    const given = { to: { kind: 'patient' } };
    const handed = await service.as(HOME_HELP).post(`/v1/sheets/${fourth.id}/handovers`, given);
    expect(handed.status, handed.text).toBe(201);
    await lookAtPerson(service.desk, person);
    expect(await tasks(HOME_HELP)).toEqual([]);
    expect(await sheetNow('ester')).toMatchObject({ isLatest: false, isStale: false });
  });
});
