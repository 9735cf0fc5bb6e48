import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePatientId } from '../../../src/shared/ids.ts';
import { type Caller, createTestApp, type TestApp } from '../../support/app.ts';
import { auditOf, count, ESTER, ifMatch, LOVE, newReserve, once, P7, type PatientBody, register } from './people.ts';

let service: TestApp;
let nurse: Caller;
let homeCare: Caller;

beforeAll(async () => {
  service = await createTestApp();
  nurse = service.as('maj-modell');
  homeCare = service.as('hanna-hittepa');
});
afterAll(() => service.close());

const urlOf = ({ id }: { readonly id: string }) => `/v1/patients/${id}`;
const read = async (person: { readonly id: string }) => (await nurse.get<PatientBody>(urlOf(person))).body;

describe('a change of a person', () => {
  test('says which revision it was made from, and is a new one', async () => {
    const person = await register(nurse, { preferredContactWay: 'letter' });
    expect((await nurse.patch(urlOf(person), { language: 'fi' })).body).toMatchObject({
      code: 'precondition-required',
    });
    const changed = await homeCare.patch(urlOf(person), { language: 'fi' }, ifMatch(1));
    expect(changed).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { language: 'fi', revision: 2 } });
    expect(changed.body).toMatchObject({ changedBy: { name: 'Hanna Hittepå', unit: 'SE0000000000-TST0302' } });
    expect(await nurse.patch(urlOf(person), { language: 'ar' }, ifMatch(1))).toMatchObject({
      status: 412,
      body: { code: 'stale', revision: 2 },
    });
    expect(await auditOf(service, changed)).toMatchObject([
      { action: 'patient.change', particulars: { changed: ['language'] } },
    ]);
    expect(await count(service, 'patients_history where patient_id = $1', [parsePatientId(person.id)])).toBe(1);
  });

  test('leaves what is not named, and takes away what is null', async () => {
    const contactNeeds = { hearing: true, notes: 'Skriv stort.' };
    const person = await register(nurse, { preferredContactWay: 'letter', contactNeeds });
    const patch = (body: object, revision: number) => nurse.patch(urlOf(person), body, ifMatch(revision));
    expect((await patch({ contactNeeds: { sight: true, notes: null } }, 1)).body).toMatchObject({
      preferredContactWay: 'letter',
      contactNeeds: { hearing: true, sight: true },
    });
    const cleared = await patch({ preferredContactWay: null, contactNeeds: null }, 2);
    expect(cleared.body).toMatchObject({ contactNeeds: {}, revision: 3 });
    expect(cleared.body).not.toHaveProperty('preferredContactWay');
    expect(await read(person)).toEqual(cleared.body);
  });

  test('that changes nothing is no new revision, and nobody is told', async () => {
    const person = await register(nurse);
    const reply = await nurse.patch(urlOf(person), { givenName: 'Okänd', language: 'sv' }, ifMatch(1));
    expect(reply).toMatchObject({ status: 200, headers: { etag: '"1"' }, body: { revision: 1 } });
    expect(await count(service, 'told_events where patient_id = $1', [parsePatientId(person.id)])).toBe(1);
  });

  test('that is sent again with its key is answered as it is now, and made once', async () => {
    const person = await register(nurse);
    const send = () => nurse.patch(urlOf(person), { givenName: 'Eva' }, { ...ifMatch(1), ...once('change-1') });
    const replies = await Promise.all([send(), send(), send()]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(replies.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).toHaveLength(2);
    expect((await read(person)).revision).toBe(2);
  });

  test('made by two at once from the same revision is made by one', async () => {
    const person = await register(nurse);
    const replies = await Promise.all([
      nurse.patch(urlOf(person), { givenName: 'Eva' }, ifMatch(1)),
      homeCare.patch(urlOf(person), { familyName: 'Ek' }, ifMatch(1)),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  test('of one who is not there, and of another thing than a person, is not found', async () => {
    const { id } = await register(nurse);
    const missing = `/v1/patients/${'a'.repeat(26)}`;
    expect((await nurse.patch(missing, { language: 'fi' }, ifMatch(1))).status).toBe(404);
    expect((await nurse.get(missing)).status).toBe(404);
    expect((await nurse.get(`/v1/patients/${id}-${id}`)).status).toBe(400);
    expect((await nurse.get('/v1/patients/192612049029')).text).not.toContain('1926');
  });
});

describe('the patient', () => {
  test('sees the own record without numbers, and only what is approved', async () => {
    const person = await register(nurse, { personNumber: ESTER, givenName: 'Ester' });
    const add = (name: string, more = {}) =>
      nurse.post(`${urlOf(person)}/related-persons`, { relation: 'relative', name, ...more });
    const hidden = await add('Dold Granne');
    const shown = await add('Anna Dotter', { approvedForPatient: true, personNumber: P7 });
    const own = await service.as('ester').get<PatientBody>(urlOf(person));
    expect(own.status).toBe(200);
    expect(own.body.relatedPersons.map(({ name }) => name)).toEqual(['Anna Dotter']);
    expect(own.text).not.toContain('880423');
    expect(own.body).not.toHaveProperty('personNumbers');
    expect((await service.as('ester').get(shown.headers.location!)).status).toBe(200);
    expect((await service.as('ester').get(hidden.headers.location!)).status).toBe(404);
    expect(await service.as('ester').patch(urlOf(person), {}, ifMatch(1))).toMatchObject({ status: 403 });
  });

  test('sees nobody else: a person who is there answers as one who is not', async () => {
    const person = await register(nurse);
    const love = service.as('love');
    const [there, missing] = [await love.get(urlOf(person)), await love.get(`/v1/patients/${'a'.repeat(26)}`)];
    expect(there.status).toBe(404);
    const { instance: _, ...body } = there.body;
    expect(missing.body).toMatchObject(body);
    expect(await auditOf(service, there)).toMatchObject([{ outcome: 'Nekad', action: 'patient.read' }]);
  });
});

describe('numbers', () => {
  test('a reserve number is followed by a personnummer, and both lead to the person', async () => {
    const reserve = newReserve();
    const person = await register(nurse, { personNumber: reserve });
    const numbers = `${urlOf(person)}/numbers`;
    expect((await nurse.post(numbers, { personNumber: LOVE })).status).toBe(428);
    const known = await nurse.post<PatientBody>(numbers, { personNumber: LOVE }, ifMatch(1));
    expect(known).toMatchObject({ status: 200, body: { revision: 2 } });
    expect(known.body.personNumbers).toMatchObject([
      { kind: 'reservnummer', number: reserve, current: false },
      { kind: 'personnummer', number: '060513-2380', current: true },
    ]);
    for (const personNumber of [reserve, LOVE]) {
      const found = await nurse.post('/v1/patients/search', { personNumber });
      expect(found.body).toMatchObject({ items: [{ id: person.id }] });
    }
  });

  test('one that somebody holds, also the same person, is taken', async () => {
    const reserve = newReserve();
    const other = await register(nurse, { personNumber: reserve });
    const person = await register(nurse);
    for (const { id } of [person, other]) {
      const reply = await nurse.post(`/v1/patients/${id}/numbers`, { personNumber: reserve }, ifMatch(1));
      expect(reply).toMatchObject({ status: 409, body: { code: 'person-number-taken' } });
    }
    const [first, second] = await Promise.all(
      [person, other].map(({ id }) =>
        nurse.post(`/v1/patients/${id}/numbers`, { personNumber: '99261117R900' }, ifMatch(1)),
      ),
    );
    expect([first!.status, second!.status].sort()).toEqual([200, 409]);
  });
});

describe('a death', () => {
  test('is noted once, not in the future, and taken back with the reason in the history', async () => {
    const person = await register(nurse);
    const deceased = `${urlOf(person)}/deceased`;
    expect((await nurse.post(deceased, { deceasedOn: '2026-02-30' }, ifMatch(1))).status).toBe(400);
    expect(await nurse.post(deceased, { deceasedOn: '2026-11-17' }, ifMatch(1))).toMatchObject({
      status: 422,
      body: { code: 'death-not-possible', invalidParameters: [{ name: 'deceasedOn' }] },
    });
    expect(await nurse.post(deceased, { deceasedOn: '2026-11-15' }, ifMatch(1))).toMatchObject({
      status: 200,
      body: { deceasedOn: '2026-11-15' },
    });
    expect(
      await count(service, `patients where patient_id = $1 and deceased_on = '2026-11-15'`, [
        parsePatientId(person.id),
      ]),
    ).toBe(1);
    expect((await nurse.post(deceased, { deceasedOn: '2026-11-15' }, ifMatch(2))).body.code).toBe('already-deceased');
    const undone = await nurse.post(`${deceased}/undo`, { why: 'Förväxling.' }, ifMatch(2));
    expect(undone).toMatchObject({ status: 200, body: { changedBy: { why: 'Förväxling.' } } });
    expect(undone.body).not.toHaveProperty('deceasedOn');
    expect((await nurse.post(`${deceased}/undo`, { why: 'Igen.' }, ifMatch(3))).body.code).toBe('not-deceased');
  });
});

describe('a related person', () => {
  test('is added, read, changed and ended by the provider that wrote it, and by no other', async () => {
    const person = await register(nurse);
    const all = `${urlOf(person)}/related-persons`;
    const added = await nurse.post(all, { relation: 'relative', name: 'Anna', phone: '08-46500400' }, once('anna'));
    const again = await nurse.post(all, { relation: 'relative', name: 'Anna', phone: '08-46500400' }, once('anna'));
    expect(added).toMatchObject({ status: 201, headers: { etag: '"1"' } });
    expect(again.headers.location).toBe(added.headers.location);
    const url = added.headers.location!;
    expect((await homeCare.get(url)).body).toEqual(added.body);
    expect(await homeCare.patch(url, { phone: null }, ifMatch(1))).toMatchObject({
      status: 403,
      body: { code: 'related-person-not-yours' },
    });
    const changed = await nurse.patch(url, { phone: null, kinship: 'dotter' }, ifMatch(1));
    expect(changed).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { kinship: 'dotter' } });
    expect(changed.body).not.toHaveProperty('phone');
    expect(await nurse.post(`${url}/end`, {}, ifMatch(1))).toMatchObject({ status: 412 });
    expect(await nurse.post(`${url}/end`, {}, ifMatch(2))).toMatchObject({ body: { until: '2026-11-16' } });
    service.setClock('2026-11-17T08:00:00+01:00');
    expect((await nurse.post(`${url}/end`, {}, ifMatch(3))).body.code).toBe('related-person-ended');
    service.setClock('2026-11-16T08:00:00+01:00');
    expect((await read(person)).relatedPersons).toHaveLength(1);
    expect((await read(person)).revision).toBe(1);
  });

  test('that cannot be is refused', async () => {
    const person = await register(nurse, { personNumber: '197010632391' });
    const add = async (more: object) => {
      const reply = await nurse.post(`${urlOf(person)}/related-persons`, {
        relation: 'relative',
        name: 'Anna',
        ...more,
      });
      return reply.body.code;
    };
    expect(await add({ relation: 'guardian' })).toBe('guardian-of-adult');
    expect(await add({ relation: 'legal-representative' })).toBe('decision-reference-missing');
    expect(await add({ from: '2026-11-16', until: '2026-11-15' })).toBe('dates-out-of-order');
    expect(await add({ personNumber: '197010632391' })).toBe('related-to-self');
    expect(await add({ legalBasis: 'SoL' })).toBe('legal-basis-not-yours');
    expect(await add({ phone: 'ring mig' })).toBe('invalid-request');
    expect(await add({ personNumber: '197010632392' })).toBe('invalid-request');
  });

  test('of another patient is not found under this one', async () => {
    const [one, other] = [await register(nurse), await register(nurse)];
    const added = await nurse.post(`${urlOf(one)}/related-persons`, { relation: 'relative', name: 'Anna' });
    const elsewhere = `${urlOf(other)}/related-persons/${added.body.id as string}`;
    expect((await nurse.get(elsewhere)).status).toBe(404);
    expect((await nurse.patch(elsewhere, { name: 'Eva' }, ifMatch(1))).status).toBe(404);
  });
});
