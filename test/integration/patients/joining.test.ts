import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePatientId } from '../../../src/shared/ids.ts';
import { type Answer, type Caller, createTestApp, type TestApp } from '../../support/app.ts';
import {
  auditOf,
  count,
  ESTER,
  ifMatch,
  LOVE,
  MIRZA,
  newReserve,
  once,
  P7,
  type PatientBody,
  PETRA,
  register,
} from './people.ts';

let service: TestApp;
let nurse: Caller;

beforeAll(async () => {
  service = await createTestApp();
  nurse = service.as('maj-modell');
});
afterAll(() => service.close());

interface JoinBody {
  readonly id: string;
  readonly revision: number;
  readonly patientId: string;
  readonly joinedPatientId: string;
  readonly state: 'joined' | 'parted';
}

const urlOf = ({ id }: { readonly id: string }) => `/v1/patients/${id}`;
const read = async (id: string) => (await nurse.get<PatientBody>(`/v1/patients/${id}`)).body;
const join = (right: PatientBody, other: PatientBody, headers = {}) =>
  nurse.post<JoinBody>(`${urlOf(right)}/joins`, { joinedPatientId: other.id, why: 'Id-kontroll.' }, headers);
const part = ({ body, headers }: Answer<JoinBody>, revision = 1) =>
  nurse.post<JoinBody>(`${headers.location}/part`, { why: `Fel person (${body.id.length}).` }, ifMatch(revision));

interface WholePlan {
  readonly plan: { readonly id: string; readonly revision: number };
}

async function planFor(person: PatientBody, title: string): Promise<WholePlan['plan']> {
  const reply = await nurse.post<WholePlan>('/v1/plans', {
    patientId: person.id,
    kind: 'OVERENSKOMMELSE',
    status: 'proposed',
    title,
    approvedForPatient: true,
  });
  expect(reply.status, reply.text).toBe(201);
  return reply.body.plan;
}

async function activate(plan: WholePlan['plan']): Promise<void> {
  const reply = await nurse.post(`/v1/plans/${plan.id}/transition`, { to: 'active' }, ifMatch(plan.revision));
  expect(reply.status, reply.text).toBe(200);
}

async function titlesOf(caller: Caller, id: string): Promise<string[]> {
  const reply = await caller.post<{ items: { title: string }[] }>('/v1/plans/search', { patientId: id });
  return reply.body.items.map(({ title }) => title).sort();
}

describe('one who is registered twice', () => {
  test('is joined to the right person, and all that either key holds shows under both ids', async () => {
    const reserve = newReserve();
    const unknown = await register(nurse, { personNumber: reserve, givenName: 'Okänd' });
    const right = await register(nurse, { personNumber: ESTER, givenName: 'Ester' });
    const relative = await nurse.post(`${urlOf(unknown)}/related-persons`, { relation: 'relative', name: 'Anna' });
    const plan = await planFor(unknown, 'Från akuten');
    await planFor(right, 'Från vårdcentralen');

    const joined = await join(right, unknown);
    expect(joined).toMatchObject({
      status: 201,
      headers: { etag: '"1"' },
      body: { state: 'joined', patientId: right.id, joinedPatientId: unknown.id, joined: { why: 'Id-kontroll.' } },
    });
    expect((await nurse.get(joined.headers.location!)).body).toEqual(joined.body);

    for (const id of [right.id, unknown.id]) {
      const one = await read(id);
      expect(one).toMatchObject({ id: right.id, otherIds: [unknown.id], givenName: 'Ester' });
      expect(one.personNumbers).toMatchObject([{ current: true }, { number: reserve, current: false }]);
      expect(one.relatedPersons.map(({ name }) => name)).toEqual(['Anna']);
      expect(await titlesOf(nurse, id)).toEqual(['Från akuten', 'Från vårdcentralen']);
      expect(await titlesOf(service.as('ester'), id)).toEqual(['Från akuten', 'Från vårdcentralen']);
    }
    expect((await nurse.post('/v1/patients/search', { personNumber: reserve })).body).toMatchObject({
      items: [{ id: right.id, givenName: 'Ester' }],
    });
    expect((await nurse.get(relative.headers.location!)).status).toBe(200);
    expect((await nurse.get(`/v1/plans/${plan.id}`)).status).toBe(200);
    expect((await service.as('ester').get(`/v1/plans/${plan.id}`)).status).toBe(200);
    expect(await nurse.patch(urlOf(unknown), { language: 'fi' }, ifMatch(1))).toMatchObject({
      status: 200,
      body: { id: right.id, language: 'fi', revision: 2 },
    });
  });

  test('is joined with a trace in both logs, and both are told', async () => {
    const [right, other] = [await register(nurse), await register(nurse)];
    const joined = await join(right, other, once('join-1'));
    const again = await join(right, other, once('join-1'));
    expect(again).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' }, body: joined.body });
    const keys = [right, other].map(({ id }) => parsePatientId(id)!);
    expect(await auditOf(service, joined)).toMatchObject(
      [...keys].sort().map((patient_id) => ({ patient_id, action: 'patient.join', outcome: 'Beviljad' })),
    );
    expect(await count(service, `told_events where event = 'patient.joined' and patient_id = any ($1)`, [keys])).toBe(
      2,
    );
    expect(await count(service, 'patient_joins where patient_id = $1 and joined_id = $2', keys)).toBe(1);
    const list = await nurse.get<{ items: JoinBody[] }>(`${urlOf(other)}/joins`);
    expect(list.body.items).toEqual([joined.body]);
  });
});

describe('two who were joined by mistake', () => {
  test('are parted, and each has what it had', async () => {
    const unknown = await register(nurse, { givenName: 'Okänd' });
    const right = await register(nurse, { personNumber: LOVE, givenName: 'Love' });
    await nurse.post(`${urlOf(unknown)}/related-persons`, { relation: 'relative', name: 'Anna' });
    const plan = await planFor(unknown, 'Från akuten');
    const before = await Promise.all([read(right.id), read(unknown.id)]);
    const joined = await join(right, unknown);
    expect((await service.as('love').get(`/v1/plans/${plan.id}`)).status).toBe(200);

    expect((await nurse.post(`${joined.headers.location}/part`, { why: 'Fel.' })).status).toBe(428);
    expect((await part(joined, 2)).status).toBe(412);
    const parted = await part(joined);
    expect(parted).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { state: 'parted', revision: 2 } });
    expect((await nurse.get(joined.headers.location!)).body).toEqual(parted.body);
    expect(await Promise.all([read(right.id), read(unknown.id)])).toEqual(before);
    expect(await titlesOf(nurse, right.id)).toEqual([]);
    expect(await titlesOf(nurse, unknown.id)).toEqual(['Från akuten']);
    expect((await service.as('love').get(`/v1/plans/${plan.id}`)).status).toBe(404);
    expect((await service.as('love').get(urlOf(unknown))).status).toBe(404);

    const keys = [right, unknown].map(({ id }) => parsePatientId(id)!);
    expect(await auditOf(service, parted)).toHaveLength(2);
    expect(await count(service, `told_events where event = 'patient.parted' and patient_id = any ($1)`, [keys])).toBe(
      2,
    );
    expect(await part(joined, 2)).toMatchObject({ status: 409, body: { code: 'already-parted' } });

    const anew = await join(right, unknown);
    expect(anew.status).toBe(201);
    expect((await read(unknown.id)).id).toBe(right.id);
    const list = await nurse.get<{ items: JoinBody[] }>(`${urlOf(right)}/joins`);
    expect(list.body.items.map(({ state }) => state)).toEqual(['parted', 'joined']);
  });

  test('take with them whom they had been joined with before', async () => {
    const [first, second, right] = [
      await register(nurse),
      await register(nurse),
      await register(nurse, { personNumber: PETRA }),
    ];
    await join(second, first);
    expect(await join(right, first)).toMatchObject({ status: 409, body: { code: 'joined-elsewhere' } });
    const joined = await join(right, second);
    expect((await read(first.id)).id).toBe(right.id);
    await part(joined);
    expect([(await read(first.id)).id, (await read(second.id)).id, (await read(right.id)).id]).toEqual([
      second.id,
      second.id,
      right.id,
    ]);
  });
});

describe('a joining that cannot be', () => {
  test.each([
    ['with oneself', 422, 'join-with-self', async () => [await register(nurse)].flatMap((one) => [one, one])],
    [
      'with nobody',
      422,
      'person-to-join-unknown',
      async () => [await register(nurse), { ...(await register(nurse)), id: 'a'.repeat(26) }],
    ],
    [
      'with one who has a personnummer',
      409,
      'join-needs-lesser-number',
      async () => [await register(nurse, { personNumber: MIRZA }), await register(nurse, { personNumber: P7 })],
    ],
  ] as const)('%s', async (_what, status, code, persons) => {
    const [right, other] = await persons();
    expect(await join(right!, other!)).toMatchObject({ status, body: { code } });
  });

  test('with the same person again, whichever id is used', async () => {
    const [right, other] = [await register(nurse), await register(nurse)];
    await join(right, other);
    expect(await join(right, other)).toMatchObject({ status: 409, body: { code: 'already-same-person' } });
    expect(await join(other, right)).toMatchObject({ status: 409, body: { code: 'already-same-person' } });
  });

  test('to one who is not there is not found', async () => {
    const other = await register(nurse);
    expect((await join({ ...other, id: 'a'.repeat(26) }, other)).status).toBe(404);
  });

  test('of two with an active lead plan each, until one of them is closed', async () => {
    const [right, other] = [await register(nurse), await register(nurse)];
    const plans = [await planFor(right, 'Den ena'), await planFor(other, 'Den andra')];
    for (const plan of plans) await activate(plan);
    expect(await join(right, other)).toMatchObject({ status: 409, body: { code: 'both-have-lead-plan' } });
    const ended = await nurse.post(
      `/v1/plans/${plans[1]!.id}/transition`,
      { to: 'completed', reason: 'Tas över.' },
      ifMatch(plans[1]!.revision + 1),
    );
    expect(ended.status, ended.text).toBe(200);
    expect((await join(right, other)).status).toBe(201);
  });

  test('by one who may neither know nor do', async () => {
    const [right, other] = [await register(nurse), await register(nurse)];
    const body = { joinedPatientId: other.id, why: 'Samma.' };
    expect((await service.as('sam-latsas').post(`${urlOf(right)}/joins`, body)).status).toBe(404);
    expect((await service.as('ester').post(`${urlOf(right)}/joins`, body)).status).toBe(403);
  });
});

describe('at the same time', () => {
  test('one is joined to one of two, never to both', async () => {
    const [right, another, other] = [await register(nurse), await register(nurse), await register(nurse)];
    const replies = await Promise.all([join(right, other), join(another, other)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
    const ids = await Promise.all([right, another, other].map(async ({ id }) => (await read(id)).id));
    expect(new Set(ids)).toEqual(new Set([right.id, another.id]));
  });

  test('a lead plan is activated on either key while they are joined: never two of one person', async () => {
    for (let round = 0; round < 5; round++) {
      const [right, other] = [await register(nurse), await register(nurse)];
      const [one, two] = [await planFor(right, 'Den ena'), await planFor(other, 'Den andra')];
      const move = (plan: WholePlan['plan']) =>
        nurse.post(`/v1/plans/${plan.id}/transition`, { to: 'active' }, ifMatch(plan.revision));
      const [joined, first, second] = await Promise.all([join(right, other), move(one), move(two)]);
      const active = [first, second].filter(({ status }) => status === 200).length;
      expect([joined.status, active]).not.toEqual([201, 2]);
      expect(active).toBeGreaterThan(0);
    }
  });

  test('changes of a person who is being joined are all there, on the right person', async () => {
    const [right, other] = [await register(nurse), await register(nurse)];
    const add = (id: string, i: number) =>
      nurse.post(`/v1/patients/${id}/related-persons`, { relation: 'relative', name: `Nr ${i}` });
    const replies = await Promise.all([
      ...Array.from({ length: 6 }, (_, i) => add(i % 2 ? right.id : other.id, i)),
      join(right, other),
      ...Array.from({ length: 6 }, (_, i) => add(i % 2 ? right.id : other.id, 6 + i)),
    ]);
    expect(replies.map(({ status }) => status)).toEqual(Array(13).fill(201));
    expect((await read(other.id)).relatedPersons).toHaveLength(12);
  });
});
