import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createPlan,
  createTestApp,
  registerPatient,
  type TestApp,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';
import { type Writer, writerAt } from './writer.ts';

type Line = fhir4.CapabilityStatementRestResource;

let service: TestApp;
let patientId: string;
let plan: WholePlan;
let ward: Writer;
let lines: readonly Line[];
let rest: fhir4.CapabilityStatementRest;
let statement: fhir4.CapabilityStatement;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
  plan = await createPlan(service, patientId);
  ward = writerAt(service, WARD);
  statement = (await ward.read<fhir4.CapabilityStatement>('metadata')).body;
  [rest] = statement.rest! as [fhir4.CapabilityStatementRest];
  lines = rest.resource!;
});
afterAll(() => service.close());

const FAST = 'https://fhir.inera.se/ig/careteam/CodeSystem/typ-av-careteam-cs';
const basedOn = () => [{ reference: `CarePlan/${plan.plan.id}` }];
const SAMPLES: Readonly<Record<string, () => object>> = {
  CarePlan: () => ({ status: 'draft', intent: 'plan', title: 'Ny', subject: { reference: `Patient/${patientId}` } }),
  Task: () => ({ status: 'requested', intent: 'plan', basedOn: basedOn(), code: { text: 'Sårkontroll' } }),
  Goal: () => ({
    lifecycleStatus: 'active',
    description: { text: 'Gå ut varje dag' },
    subject: { reference: `Patient/${patientId}` },
    extension: [{ url: 'https://patientkontrakt.example/fhir/StructureDefinition/plan', valueReference: basedOn()[0] }],
  }),
  CareTeam: () => ({
    status: 'proposed',
    category: [{ coding: [{ system: FAST, code: 'fast-kontakt' }] }],
    identifier: [{ system: 'https://patientkontrakt.example/fhir/sid/plan', value: plan.plan.id }],
    participant: [{ role: [{ text: 'rehabkoordinator' }], member: { reference: `Organization/${unit('0101')}` } }],
  }),
  Communication: () => ({ status: 'completed', basedOn: basedOn(), payload: [{ contentString: 'Hej' }] }),
};
/** A change of each that its writer may make. */
const CHANGES: Readonly<Record<string, (one: fhir4.FhirResource) => object>> = {
  CarePlan: () => ({ title: 'Ny titel' }),
  Task: () => ({ description: 'Ny text' }),
  Goal: () => ({ description: { text: 'Gå ut två gånger' } }),
  CareTeam: (one) => ({
    participant: [{ ...(one as fhir4.CareTeam).participant![0], period: { start: '2026-12-01' } }],
  }),
  Communication: () => ({ status: 'entered-in-error' }),
};

const sample = (type: string) => ({ resourceType: type, ...SAMPLES[type]!() }) as fhir4.FhirResource;

async function made(type: string): Promise<fhir4.FhirResource> {
  const reply = await ward.create<fhir4.FhirResource>(sample(type));
  expect(reply.status, `${type} ${reply.text}`).toBe(201);
  return reply.body;
}

const PROBES: Readonly<Record<string, (type: string) => Promise<void>>> = {
  create: async (type) => {
    await made(type);
  },
  update: async (type) => {
    const one = await made(type);
    const reply = await ward.update<fhir4.FhirResource>({ ...one, ...CHANGES[type]!(one) } as fhir4.FhirResource);
    expect([reply.status, reply.headers.etag], `${type} ${reply.text}`).toEqual([200, 'W/"2"']);
  },
  patch: async (type) => {
    const one = await made(type);
    const operations = Object.entries(CHANGES[type]!(one)).map(([name, value]) => ({
      op: 'add',
      path: `/${name}`,
      value,
    }));
    const reply = await ward.patch<fhir4.FhirResource>(one, operations);
    expect([reply.status, reply.headers.etag], `${type} ${reply.text}`).toEqual([200, 'W/"2"']);
  },
  vread: async (type) => {
    const one = await made(type);
    expect((await ward.read(`${type}/${one.id}/_history/1`)).body).toMatchObject({ id: one.id });
  },
  'history-instance': async (type) => {
    const one = await made(type);
    expect((await ward.read(`${type}/${one.id}/_history`)).body).toMatchObject({ type: 'history', total: 1 });
  },
};

describe('each line of the capability statement about writing', () => {
  test('works, and nothing works that is not there', async () => {
    const written = lines.filter(({ type }) => SAMPLES[type]);
    expect(written.map(({ type }) => type).toSorted()).toEqual(Object.keys(SAMPLES).toSorted());
    for (const { type, interaction } of lines) {
      // A subscription is nobody's data: it has a test of its own.
      if (type === 'Subscription') continue;
      const codes = interaction!.map(({ code }) => code).filter((code) => PROBES[code]);
      for (const code of codes) await PROBES[code]!(type);
      if (codes.includes('create')) continue;
      const refused = await ward.send('POST', type, { resourceType: type });
      expect(refused.status, type).toBeGreaterThanOrEqual(404);
      expect(
        (await ward.send('PUT', `${type}/x`, { resourceType: type, id: 'x' })).status,
        type,
      ).toBeGreaterThanOrEqual(404);
    }
  });

  test('says how versions and conditions are', async () => {
    for (const { type, versioning, conditionalCreate, conditionalUpdate, updateCreate } of lines) {
      if (!SAMPLES[type]) continue;
      expect([versioning, conditionalCreate, conditionalUpdate, updateCreate]).toEqual([
        'versioned-update',
        true,
        false,
        false,
      ]);
      const one = await made(type);
      const unversioned = await ward.update(one, { 'if-match': undefined });
      expect(unversioned.status, type).toBe(428);
      const absent = await ward.send(
        'PUT',
        `${type}/${plan.plan.id}x`,
        { ...one, id: `${plan.plan.id}x` },
        { 'if-match': 'W/"1"' },
      );
      expect(absent.status, type).toBe(404);
      const condition = { 'if-none-exist': `identifier=https://journal.example/${type}|villkor` };
      const both = [await ward.create(sample(type), condition), await ward.create(sample(type), condition)];
      expect(
        both.map(({ status }) => status),
        `${type} ${both[1]!.text}`,
      ).toEqual([201, 200]);
    }
  });

  test('holds of bundles and of patches', async () => {
    expect(rest.interaction!.map(({ code }) => code).toSorted()).toEqual(['batch', 'transaction']);
    for (const { code } of rest.interaction!) {
      const entry = [{ resource: sample('Task'), request: { method: 'POST', url: 'Task' } }];
      const reply = await ward.bundle<fhir4.Bundle>({ resourceType: 'Bundle', type: code, entry });
      expect(reply.body, reply.text).toMatchObject({ type: `${code}-response` });
    }
    expect(statement.patchFormat).toEqual(['application/json-patch+json']);
  });
});
