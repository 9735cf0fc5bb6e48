import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createPlan,
  createTestApp,
  entriesOf,
  registerPatient,
  type TestApp,
  unit,
  WARD,
} from '../../support/plan-fixtures.ts';

let service: TestApp;
let patientId: string;
beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
  await createPlan(service, patientId);
});
afterAll(() => service.close());

const search = (persona: string, body: object) =>
  service.as(persona).post<{ code: string; law?: string; items?: object[] }>('/v1/plans/search', body);

describe('a care provider’s search for persons by social-service interventions (PDL 2:8)', () => {
  test.each([
    ['their owner', { owner: unit('0301') }],
    ['an owner that the directory lacks', { owner: unit('9998') }],
    ['who takes part', { party: unit('0303') }],
    ['the kind of plan', { kind: 'GP' }],
    ['the law', { legalBasis: 'SoL' }],
    ['words', { text: 'hemtjänst' }],
    ['one of several', { kind: 'SIP', owner: unit('0101'), legalBasis: 'LSS' }],
  ])('by %s is refused with its own code, never an empty list, and logged', async (_by, criteria) => {
    const reply = await search(WARD, criteria);
    expect([reply.status, reply.body.code, reply.body.law]).toEqual([403, 'search-ban', 'PDL 2:8']);
    expect(reply.body).not.toHaveProperty('items');
    expect(await entriesOf(service.owner, reply)).toMatchObject([{ outcome: 'Nekad', reason: 'search-ban' }]);
  });

  test('that asks for nothing of the kind, or is by others, is no search either', async () => {
    for (const [persona, criteria] of [
      [WARD, { kind: 'VP', owner: unit('0201'), legalBasis: 'HSL' }],
      ['kim-ovning', { kind: 'GP' }],
    ] as const) {
      const reply = await search(persona, criteria);
      expect([reply.status, reply.body.code]).toEqual([422, 'search-needs-patient']);
    }
  });

  test('is free within one person’s plans, among what the reader sees', async () => {
    const found = async (criteria: object, persona = WARD) =>
      (await search(persona, { patientId, ...criteria })).body.items!.length;
    expect(await found({})).toBe(1);
    expect(await found({ kind: 'GP' })).toBe(0);
    expect(await found({ kind: 'SPU', owner: unit('0101'), party: unit('0303'), text: 'lasarettet' })).toBe(1);
    // A school sees no title, so that no word finds it.
    expect(await found({ text: 'lasarettet' }, 'elin-demo')).toBe(0);
  });
});
