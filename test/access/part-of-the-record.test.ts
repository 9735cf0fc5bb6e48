import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consentBody } from '../support/law-fixtures.ts';
import { createTestApp, registerPatient, type TestApp, unit, WARD } from '../support/plan-fixtures.ts';
import { admin, made } from './matrix/world.ts';

let service: TestApp;
beforeAll(async () => {
  service = await createTestApp({ start: '2020-05-13T08:00:00+02:00' });
});
afterAll(() => service.close());

/** The health centre and psychiatry each record something about a person, and open the record. */
async function known(patientId: string): Promise<void> {
  for (const persona of ['maj-modell', 'noa-fiktiv']) {
    const by = service.as(persona);
    await made(by.post(`/v1/patients/${patientId}/care-relations`, { kind: 'care' }));
    await made(by.post(`/v1/patients/${patientId}/information-given`, { form: 'oral' }));
    const to = persona === 'maj-modell' ? unit('0303') : unit('0302');
    await made(
      by.post(`/v1/patients/${patientId}/consents`, consentBody('disclosure', 'unit', to, { until: '2021-05-01' })),
    );
  }
}

interface Items {
  readonly items: readonly { readonly recordedBy?: { readonly unit: string }; readonly sentence?: string }[];
}
const COLLECTIONS = ['care-relations', 'information-given', 'consents'] as const;

/** Which units the patient's side is told have recorded something. */
async function unitsTold(persona: string, patientId: string): Promise<(string | undefined)[]> {
  const lists = await Promise.all(
    COLLECTIONS.map((name) => service.as(persona).get<Items>(`/v1/patients/${patientId}/${name}`)),
  );
  expect(lists.map(({ status }) => status)).toEqual([200, 200, 200]);
  return [...new Set(lists.flatMap(({ body }) => body.items.map(({ recordedBy }) => recordedBy?.unit)))].sort();
}
const logOf = async (persona: string, patientId: string) => {
  const log = await service.as(persona).post<Items>(`/v1/patients/${patientId}/access-log`, { limit: 100 });
  expect(log.status, log.text).toBe(200);
  return log.body.items.map(({ sentence }) => sentence).join('\n');
};

describe('a guardian to whom one unit has opened its own data', () => {
  test('is told of that unit alone: relations, information, consents and the log', async () => {
    const child = await registerPatient(service, 'love');
    const guardian = { relation: 'guardian', name: 'Petra Övningsdotter', personNumber: '198404202387' };
    await made(service.as(WARD).post(`/v1/patients/${child}/related-persons`, guardian));
    await known(child);
    const decision = { opensFor: 'guardian', assessment: 'Barnet vill att mamma läser.' };
    await made(admin(service, 'maj-modell').post(`/v1/patients/${child}/unit-decisions`, decision));
    expect(await unitsTold('petra', child)).toEqual([unit('0201')]);
    const log = await logOf('petra', child);
    expect(log).toContain('Testeryds vårdcentral');
    expect(log).not.toMatch(/psykiatri|lasarett/i);
  });
});

describe('a person whose data at one unit are sealed', () => {
  test('is not told by the own sign-in that the unit is there, nor by a consent to it', async () => {
    const person = await registerPatient(service, 'mirza');
    await known(person);
    const maj = service.as('maj-modell');
    const body = consentBody('disclosure', 'unit', unit('0103'), { until: '2021-05-01' });
    await made(maj.post(`/v1/patients/${person}/consents`, body));
    expect(await unitsTold('mirza', person)).toEqual([unit('0103'), unit('0201')]);
    await made(service.as('mirza').post(`/v1/patients/${person}/sealings`, { unit: unit('0103') }));
    expect(await unitsTold('mirza', person)).toEqual([unit('0201')]);
    const consents = await service.as('mirza').get(`/v1/patients/${person}/consents`);
    expect(consents.text).not.toContain(unit('0103'));
    const log = await logOf('mirza', person);
    expect(log).toMatch(/Du förseglade uppgifter/);
    expect(log).not.toMatch(/psykiatri/i);
    const kept = await service.as('mirza').get<Items>(`/v1/patients/${person}/sealings`);
    expect(kept.body.items).toHaveLength(1);
  });

  test('nor by a sheet of paper that the unit has printed', async () => {
    const person = await registerPatient(service, 'ester');
    const maj = service.as('maj-modell');
    const url = `/v1/patients/${person}`;
    await made(maj.post(`${url}/care-relations`, { kind: 'care' }));
    await made(
      maj.post('/v1/plans', {
        ...{ patientId: person, kind: 'VP', status: 'proposed', title: 'Stöd', approvedForPatient: true },
        whatMatters: [{ text: 'Att kunna gå ut.' }],
      }),
    );
    const sheet = await made<{ id: string }>(maj.post(`${url}/sheets`, {}));
    const told = () => service.as('ester').get<Items>(`${url}/sheets`);
    expect((await told()).body.items).toHaveLength(1);
    await made(service.as('ester').post(`${url}/sealings`, { unit: unit('0201') }));
    const after = await told();
    expect([after.status, after.body.items]).toEqual([200, []]);
    expect((await service.as('ester').get(`/v1/sheets/${sheet.id}`)).status).toBe(404);
  });

  test('nor, when a whole provider is sealed, that any unit of it is named as a receiver of consents or copies', async () => {
    const person = await registerPatient(service, 'p7');
    const maj = service.as('maj-modell');
    const url = `/v1/patients/${person}`;
    await made(maj.post(`${url}/care-relations`, { kind: 'care' }));
    for (const to of ['0302', '0303']) {
      const consent = consentBody('disclosure', 'unit', unit(to), { until: '2021-05-01' });
      await made(maj.post(`${url}/consents`, consent));
    }
    const plan = await made<{ plan: { id: string } }>(
      maj.post('/v1/plans', { patientId: person, kind: 'VP', title: 'Stöd', approvedForPatient: true }),
    );
    for (const to of ['0302', '0303']) {
      const copy = { ground: 'harm-assessment', receiver: { kind: 'unit', hsaId: unit(to) }, purpose: 'Planering' };
      await made(maj.post(`/v1/plans/${plan.plan.id}/disclosures`, copy));
    }
    const told = async () => {
      const replies = [];
      for (const name of ['consents', 'disclosures']) replies.push(await service.as('p7').get(`${url}/${name}`));
      expect(replies.map(({ status }) => status)).toEqual([200, 200]);
      return replies.map(({ text }) => [unit('0302'), unit('0303')].filter((one) => text.includes(one)));
    };
    const [hemsjukvard, hemtjanst] = [unit('0302'), unit('0303')];
    expect(await told()).toEqual([
      [hemsjukvard, hemtjanst],
      [hemsjukvard, hemtjanst],
    ]);
    await made(service.as('p7').post(`${url}/sealings`, { provider: unit('K01') }));
    expect(await told()).toEqual([[hemtjanst], [hemtjanst]]);
  });
});
