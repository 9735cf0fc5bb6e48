import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePatientId } from '../../../src/shared/ids.ts';
import { type Caller, createTestApp, type TestApp } from '../../support/app.ts';
import {
  auditOf,
  count,
  ESTER,
  LOVE,
  MIRZA,
  NIL,
  newReserve,
  once,
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

const person = (personNumber: string) => ({ personNumber, givenName: 'Ester', familyName: 'Exempelsson' });

describe('a person who is registered', () => {
  test('is found by the number, read at the location, and shown with the number as it is written', async () => {
    const made = await nurse.post<PatientBody>('/v1/patients', person(ESTER));
    expect(made.status).toBe(201);
    expect(made.headers.etag).toBe('"1"');
    expect(made.headers.location).toBe(`/v1/patients/${made.body.id}`);
    expect(made.body.personNumbers).toMatchObject([{ kind: 'personnummer', number: '261204+9029', current: true }]);

    const read = await nurse.get<PatientBody>(made.headers.location!);
    expect(read.status).toBe(200);
    expect(read.body).toEqual(made.body);
    expect(read.headers.etag).toMatch(/^W\//);
    expect((await nurse.get(made.headers.location!, { 'if-none-match': read.headers.etag! })).status).toBe(304);

    const found = await nurse.post('/v1/patients/search', { personNumber: '261204+9029' });
    expect(found.body).toEqual({ items: [{ id: made.body.id, givenName: 'Ester', familyName: 'Exempelsson' }] });
    const id = parsePatientId(made.body.id)!;
    expect(await auditOf(service, found)).toMatchObject([
      { patient_id: NIL, action: 'patient.find', hits: 1, particulars: { criteria: ['personNumber'] } },
      { patient_id: id, action: 'patient.find', outcome: 'Beviljad', resource_kinds: ['patient'] },
    ]);
    expect(await auditOf(service, made)).toMatchObject([{ patient_id: id, action: 'patient.register' }]);
    expect(await count(service, 'told_events where event = $2 and patient_id = $1', [id, 'patient.registered'])).toBe(
      1,
    );
  });

  test('is not made again with the same number, in whatever form it is written', async () => {
    await register(nurse, { personNumber: LOVE });
    for (const same of [LOVE, '20060513-2380', '060513-2380']) {
      const again = await nurse.post('/v1/patients', person(same));
      expect(again).toMatchObject({ status: 409, body: { code: 'person-number-taken' } });
      expect(again.text).not.toContain('2380');
    }
  });

  test('a search that finds nobody is an empty list, and in the log all the same', async () => {
    const found = await nurse.post('/v1/patients/search', { personNumber: newReserve() });
    expect(found).toMatchObject({ status: 200, body: { items: [] } });
    expect(await auditOf(service, found)).toMatchObject([{ patient_id: NIL, action: 'patient.find', hits: 0 }]);
  });

  test('may say how to be reached', async () => {
    const contactNeeds = {
      interpreter: 'swl',
      hearing: true,
      callTimes: [{ days: ['mon', 'tue'], from: '10:00', to: '11:30' }],
      notes: 'Låt det ringa länge. 📞',
    };
    const made = await register(nurse, { language: 'fi', preferredContactWay: 'letter', contactNeeds });
    expect(made).toMatchObject({ language: 'fi', preferredContactWay: 'letter', contactNeeds });
  });
});

describe('what cannot be a person is refused, the field named and the value not told', () => {
  test.each([
    ['a broken check digit', { personNumber: '192612049028' }, 'personNumber'],
    ['a day that never comes', { personNumber: '192602309029' }, 'personNumber'],
    ['a birth to come', { personNumber: '209906132380' }, 'personNumber'],
    ['ten digits, whose century nobody knows', { personNumber: '2612049029' }, 'personNumber'],
    ['a number that is a number', { personNumber: 192612049029 }, 'personNumber'],
    ['an unknown field', { protectedIdentity: 'confidentiality-mark' }, 'protectedIdentity'],
    ['a field that is itself a number', { '192612049028': 1 }, '(okänt fält)'],
    ['a blank name', { givenName: '  ' }, 'givenName'],
    ['a name of two lines', { givenName: 'Ester\nEva' }, 'givenName'],
    ['a language that is none', { language: 'svenska' }, 'language'],
    [
      'a call time that no clock shows',
      { contactNeeds: { callTimes: [{ days: ['mon'], from: '25:00', to: '26:00' }] } },
      'contactNeeds.callTimes.0.from',
    ],
  ])('%s', async (_what, fields, name) => {
    const before = await count(service, 'patients');
    const reply = await nurse.post('/v1/patients', { ...person(newReserve()), ...fields });
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({ code: 'invalid-request' });
    expect((reply.body.invalidParameters as { name: string }[]).map((one) => one.name)).toContain(name);
    expect(reply.text).not.toMatch(/\d{8}/);
    expect(await count(service, 'patients')).toBe(before);
  });

  test('needs that contradict one another', async () => {
    const contactNeeds = { doNotCall: true };
    const reply = await nurse.post('/v1/patients', {
      ...person(newReserve()),
      contactNeeds,
      preferredContactWay: 'phone',
    });
    expect(reply).toMatchObject({
      status: 422,
      body: { code: 'contact-needs-contradict', invalidParameters: [{ name: 'preferredContactWay' }] },
    });
  });
});

describe('two who register the same number at once', () => {
  test('make one person: one is told so, the others that the number is taken', async () => {
    const personNumber = newReserve();
    const replies = await Promise.all(
      Array.from({ length: 12 }, () => nurse.post('/v1/patients', person(personNumber))),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array(11).fill(409)]);
    expect((await nurse.post<{ items: unknown[] }>('/v1/patients/search', { personNumber })).body.items).toHaveLength(
      1,
    );
  });

  test('get the same person when it is one client that tries again', async () => {
    const sent = person(newReserve());
    const before = await count(service, 'patients');
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => nurse.post<PatientBody>('/v1/patients', sent, once('register-1'))),
    );
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    expect(new Set(replies.map(({ headers }) => headers.location)).size).toBe(1);
    expect(replies.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).toHaveLength(19);
    expect(await count(service, 'patients')).toBe(before + 1);
  });

  test('the same key about another person is refused, also at the same moment', async () => {
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => nurse.post('/v1/patients', person(newReserve()), once('register-2'))),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array(5).fill(422)]);
    expect(replies.filter(({ body }) => body.code === 'idempotency-mismatch')).toHaveLength(5);
  });
});

describe('who may', () => {
  test('units outside shared documentation, and citizens, neither register nor find', async () => {
    for (const id of ['sam-latsas', 'elin-demo']) {
      const outside = service.as(id);
      expect(await outside.post('/v1/patients', person(newReserve()))).toMatchObject({ status: 404 });
      expect(await outside.post('/v1/patients/search', { personNumber: ESTER })).toMatchObject({ status: 404 });
    }
    const reply = await service.as('ester').post('/v1/patients/search', { personNumber: ESTER });
    expect(reply).toMatchObject({ status: 403, body: { code: 'actor-not-allowed' } });
    expect((await service.send({ method: 'POST', url: '/v1/patients', payload: {} })).status).toBe(401);
  });

  test('a system is told the id of a person whose number it knows, and no name', async () => {
    const { id } = await register(nurse, { personNumber: MIRZA });
    const found = await service.as('demo-kommun-hsl').post('/v1/patients/search', { personNumber: MIRZA });
    expect(found).toMatchObject({ status: 200, body: { items: [{ id }] } });
    expect(found.text).not.toContain('Okänd');
    expect((await service.as('demo-kommun-hsl').get(`/v1/patients/${id}`)).status).toBe(403);
  });
});

test('a personal number is stored with the person and nowhere else', async () => {
  await register(nurse, { personNumber: PETRA });
  await nurse.post('/v1/patients/search', { personNumber: PETRA });
  await nurse.post('/v1/patients', person(PETRA), once('petra'));
  const { rows } = await service.owner.query<{ name: string }>(
    `select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
      and not relispartition`,
  );
  const holding: string[] = [];
  for (const { name } of rows) {
    if ((await count(service, `${name} t where t::text like '%' || $1 || '%'`, [PETRA])) > 0) holding.push(name);
  }
  expect(holding).toEqual(['patients']);
});
