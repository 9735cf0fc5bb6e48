import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../support/app.ts';
import { withRights } from '../../support/law-fixtures.ts';
import {
  CLINIC,
  countRows,
  createTestApp,
  HOME_CARE,
  ifMatch,
  problemOf,
  registerPatient,
  type TestApp,
  type Thing,
  unit,
  WARD,
} from '../../support/plan-fixtures.ts';

const SYSTEM = 'demo-region-journal';
/** Of the provider whose units the messages are sent to, and not on her list. */
const MUNICIPAL = 'demo-kommun-hsl';
/** Staff of the very units that the messages are sent to, who are not on her list. */
const UNLISTED = ['vera-vikarie', 'kim-ovning'] as const;

let service: TestApp;
let patientId: string;
let stayId: string;
let notice: Thing;
let feedBegan: string;

interface Told {
  readonly items: readonly Record<string, unknown>[];
}

const as = (persona: string) => service.as(persona);
const admin = () => withRights(service, CLINIC);
const NOTICE = {
  receivers: [unit('0301'), unit('0302')],
  openCareUnit: unit('0201'),
  municipalHealthCareExpected: true,
  admittedAt: '2026-11-16T07:20:00+01:00',
  estimatedDischarge: '2026-11-20',
};
const stays = () => `/v1/patients/${patientId}/hospital-stays`;
async function made<T extends Thing>(reply: Promise<Answer<T>>): Promise<T> {
  const { status, body, text } = await reply;
  if (status >= 300) throw new Error(text);
  return body;
}
const tell = (persona: string, body: object) => as(persona).post<Thing>(`/v1/hospital-stays/${stayId}/messages`, body);

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service, 'p7');
  const staff = [WARD, CLINIC, HOME_CARE].map((one) => ({ staff: String(as(one).persona.claims.employeeHsaId) }));
  const body = { grade: 'protected-registration', staff };
  await made(admin().post<Thing>(`/v1/patients/${patientId}/protection`, body, { 'if-match': '"1"' }));
  feedBegan = (await as(MUNICIPAL).get<{ nextCursor: string }>('/v1/events?limit=200')).body.nextCursor;
});
afterAll(() => service.close());

describe('the stay of a person with protected identity', () => {
  it('is told by those on the list, and never with an address', async () => {
    const withAddress = { ...NOTICE, registeredAddress: 'Provgatan 1, 123 45 Provköping' };
    const before = await countRows(service.owner);
    expect(problemOf(await as(WARD).post(stays(), withAddress))).toMatchObject({
      status: 422,
      code: 'address-of-protected-person',
    });
    expect(await countRows(service.owner)).toEqual(before);
    notice = await made(as(WARD).post<Thing>(stays(), NOTICE));
    stayId = notice.id;
    expect(notice.notice).not.toHaveProperty('registeredAddress');
    await made(tell(CLINIC, { kind: 'contact', roleName: 'Distriktssköterska', person: { name: 'Maj Modell' } }));
    service.setClock('2026-11-20T10:00:00+01:00');
    await made(tell(WARD, { kind: 'ready', sipNeeded: false }));
    await made(tell(WARD, { kind: 'leave', until: '2026-11-21T10:00:00+01:00' }));
    const read = await as(HOME_CARE).get<{ messages: Thing[] }>(`/v1/hospital-stays/${stayId}`);
    expect(read.body.messages, read.text).toHaveLength(4);
  });

  it('is for herself without ward, time, place, number or name', async () => {
    const mine = await as('p7').get<Told>('/v1/my/hospital-stays');
    expect(mine.status, mine.text).toBe(200);
    expect(mine.body.items).toEqual([
      {
        id: stayId,
        patientId,
        state: 'on-leave',
        words: 'Du har permission',
        contact: { roleName: 'Distriktssköterska' },
        call: [],
      },
    ]);
    expect(mine.text).not.toMatch(/Provköping|Testeryd|Maj Modell|2026|040-/);
  });

  it.each(UNLISTED)('is not there for %s, whose unit it was sent to', async (persona) => {
    const nobody = stayId.replace(/^./, (first) => (first === 'a' ? 'b' : 'a'));
    for (const id of [stayId, nobody]) expect((await as(persona).get(`/v1/hospital-stays/${id}`)).status).toBe(404);
    const waiting = await as(persona).get<Told>('/v1/unit-discharge-messages');
    expect(waiting.body.items.filter((one) => one.patientId === patientId)).toEqual([]);
    const before = await countRows(service.owner);
    const received = await as(persona).post(`/v1/discharge-messages/${notice.id}/receive`, {}, ifMatch(notice));
    expect(problemOf(received)).toMatchObject({ status: 404, code: 'not-found' });
    expect((await as(persona).post(stays(), NOTICE)).status).toBe(404);
    expect(await countRows(service.owner)).toEqual(before);
  });

  it('waits in the list of who is on hers', async () => {
    const waiting = await as(HOME_CARE).get<Told>('/v1/unit-discharge-messages');
    expect(waiting.body.items.filter((one) => one.patientId === patientId)).toHaveLength(4);
  });

  it('is sent by a record system when that is on the list, and not before', async () => {
    const bySystem = { ...NOTICE, unit: unit('0101') };
    const late = { kind: 'return' };
    const before = await countRows(service.owner);
    expect((await as(SYSTEM).post(stays(), bySystem)).status).toBe(404);
    expect((await tell(SYSTEM, late)).status).toBe(404);
    expect((await as(SYSTEM).get(stays())).status).toBe(404);
    expect(await countRows(service.owner)).toEqual(before);
    const reason = 'Lasarettets journalsystem sänder meddelandena';
    await made(admin().post<Thing>(`/v1/patients/${patientId}/protected-access`, { clientId: SYSTEM, reason }));
    service.setClock('2026-11-20T11:00:00+01:00');
    expect((await made(tell(SYSTEM, late))).recordedBy).toMatchObject({ kind: 'system', unit: unit('0101') });
    expect((await as(SYSTEM).get<Told>(stays())).body.items).toHaveLength(1);
  });
});

describe('the stay of a person whose protection has been lifted', () => {
  /** Messages that the municipality's system is told of from where its feed began, before the first of them. */
  const toldOf = async () => {
    type Page = { items: { resource?: { kind: string; id: string } }[] };
    const page = await as(MUNICIPAL).get<Page>(`/v1/events?limit=200&cursor=${feedBegan}`);
    return page.body.items.flatMap(({ resource }) => (resource?.kind === 'discharge-message' ? [resource.id] : []));
  };

  it('stays with the list as it was written then, to colleagues, in lists and to systems, and what comes after does not', async () => {
    service.setClock('2026-11-20T12:00:00+01:00');
    const why = 'Beslut från Skatteverket.';
    const lifted = await admin().post(`/v1/patients/${patientId}/protection/lift`, { why }, { 'if-match': '"2"' });
    expect(lifted.status, lifted.text).toBe(200);
    expect((await as(HOME_CARE).get(`/v1/hospital-stays/${stayId}`)).status).toBe(200);
    for (const persona of UNLISTED) {
      expect((await as(persona).get(`/v1/hospital-stays/${stayId}`)).status, persona).toBe(404);
      expect((await as(persona).get<Told>(stays())).body.items, persona).toEqual([]);
      const waiting = await as(persona).get<Told>('/v1/unit-discharge-messages');
      expect(
        waiting.body.items.filter((one) => one.patientId === patientId),
        persona,
      ).toEqual([]);
    }
    expect(await toldOf()).toEqual([]);
    service.setClock('2026-11-20T13:00:00+01:00');
    const later = await made(as(WARD).post<Thing>(stays(), { ...NOTICE, registeredAddress: 'Provgatan 1' }));
    for (const persona of UNLISTED) {
      const seen = (await as(persona).get<Told>(stays())).body.items;
      expect(
        seen.map(({ id }) => id),
        persona,
      ).toEqual([later.id]);
    }
    expect(await toldOf()).toContain(later.id);
  });
});

describe('staff with protected identity', () => {
  it('are role and unit in what is told of a stay, to colleagues, to the patient and to themselves', async () => {
    service.setClock('2026-11-16T08:00:00+01:00');
    const staff = String(as(CLINIC).persona.claims.employeeHsaId);
    await service.owner.query('update staff set protected_identity = true where hsa_id = $1', [staff]);
    const ester = await registerPatient(service);
    const own = { ...NOTICE, registeredAddress: 'Provgatan 1, 123 45 Provköping' };
    stayId = (await made(as(WARD).post<Thing>(`/v1/patients/${ester}/hospital-stays`, own))).id;
    await made(
      tell(CLINIC, { kind: 'contact', person: { staff, name: 'Maj Modell' }, roleName: 'Distriktssköterska' }),
    );
    for (const persona of [WARD, HOME_CARE, CLINIC, SYSTEM]) {
      const read = await as(persona).get<{ messages: Record<string, unknown>[] }>(`/v1/hospital-stays/${stayId}`);
      expect(read.body.messages.at(-1), persona).toMatchObject({ person: { name: 'Personal' } });
      expect(read.text, persona).not.toContain('Maj Modell');
    }
    const mine = await as('ester').get<Told>('/v1/my/hospital-stays');
    expect(mine.body.items[0], mine.text).toMatchObject({ contact: { roleName: 'Distriktssköterska' } });
    expect(mine.text).not.toContain('Maj Modell');
  });
});
