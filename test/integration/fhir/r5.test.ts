import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CLINIC,
  createPlan,
  createTestApp,
  registerPatient,
  STRANGER,
  type TestApp,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';
import { writerAt } from './writer.ts';

type Bundle = fhir5.Bundle<fhir5.FhirResource>;

const R5 = '/fhir/R5';
const GUIDE = 'https://fhir.inera.se/ig/careteam';

let service: TestApp;
let patientId: string;
let plan: WholePlan;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
  plan = await createPlan(service, patientId);
  const contact = {
    role: 'fast-lakarkontakt',
    state: 'designated',
    unit: unit('0201'),
    person: { name: 'Maj Modell', staff: 'SE0000000000-TSTP003' },
  };
  const undated = {
    role: 'fast-vardkontakt',
    state: 'designated',
    unit: unit('0201'),
    person: { name: 'Nils Namnlös' },
  };
  for (const body of [contact, undated]) {
    const made = await service.as(CLINIC).post(`/v1/plans/${plan.plan.id}/named-contacts`, body);
    if (made.status !== 201) throw new Error(made.text);
  }
});
afterAll(() => service.close());

const teams = async (who: string, query = '') =>
  (await service.as(who).get<Bundle & Record<string, unknown>>(`${R5}/CareTeam?patient=${patientId}${query}`)).body;
const teamsIn = (bundle: Bundle) => (bundle.entry ?? []).map(({ resource }) => resource as fhir5.CareTeam);

describe('Inera’s fast kontakt', () => {
  test.each([WARD, 'ester'])('is told to %s as the guide has it', async (who) => {
    const all = teamsIn(await teams(who, '&category=fast-kontakt'));
    const doctor = all.find(({ name }) => name?.includes('läkarkontakt'))!;
    expect(doctor.meta?.profile).toEqual([`${GUIDE}/StructureDefinition/RIVCareManager-careteam`]);
    expect(doctor.category).toEqual([
      { coding: [{ system: `${GUIDE}/CodeSystem/typ-av-careteam-cs`, code: 'fast-kontakt' }] },
    ]);
    expect(doctor.participant).toHaveLength(1);
    const [{ role, member }] = doctor.participant! as [fhir5.CareTeamParticipant];
    expect(role?.coding?.[0]?.code).toBe('2');
    const type = member?.reference?.split('/')[0] ?? member?.type;
    expect(type).toBe('PractitionerRole');
    expect(doctor.telecom?.length).toBeGreaterThan(0);
    const hours = doctor.telecom!.flatMap(({ extension }) => extension ?? []);
    for (const { url, ...rest } of hours) {
      expect(url).toBe(`${GUIDE}/StructureDefinition/RIVContactPointAvailability`);
      const { availableTime } = (rest as unknown as { valueAvailability: fhir5.Availability }).valueAvailability;
      expect(availableTime!.every(({ daysOfWeek }) => daysOfWeek!.length > 0)).toBe(true);
    }
    expect(hours.length).toBeGreaterThan(0);
  });

  test('has a period, from the day it was written down when it has no dates, and sent back that is no change', async () => {
    const all = teamsIn(await teams(WARD, '&category=fast-kontakt&status=active'));
    expect(all.length).toBeGreaterThan(1);
    for (const { period, name } of all) expect(period?.start, name).toMatch(/^2026-11-16/);
    const undated = all.find(({ participant }) => participant?.[0]?.role?.text === 'fast vårdkontakt')!;
    const path = `/fhir/R4/CareTeam/${undated.id}`;
    const told = await service.as(CLINIC).get<fhir4.CareTeam & Record<string, unknown>>(path);
    expect(told.body.period).toEqual(undated.period);
    const sent = await writerAt(service, CLINIC).update<fhir4.CareTeam>(told.body);
    expect([sent.status, sent.body.meta?.versionId], sent.text).toEqual([200, told.body.meta?.versionId]);
    const rest = await service.as(CLINIC).get<WholePlan>(`/v1/plans/${plan.plan.id}`);
    const same = (rest.body.namedContacts as readonly Record<string, unknown>[]).find(({ id }) => id === undated.id);
    expect(same).not.toHaveProperty('from');
  });

  test('without a person does not claim the profile', async () => {
    const all = teamsIn(await teams(WARD, '&category=fast-kontakt'));
    const unnamed = all.find(({ participant }) => participant?.[0]?.member?.reference?.startsWith('Organization/'));
    expect(unnamed).toBeDefined();
    expect(unnamed!.meta?.profile).toBeUndefined();
  });
});

describe('a team in R5', () => {
  test('has staff alone, R5’s own fields and no R4 ones', async () => {
    const [team] = teamsIn(await teams(WARD, '&category=team'));
    expect(team!.meta?.profile).toEqual([`${GUIDE}/StructureDefinition/RIVManagingTeam-careteam`]);
    for (const one of team!.participant ?? []) {
      expect(one).not.toHaveProperty('period');
      expect(Array.isArray(one.role)).toBe(false);
      expect(one.member!.reference ?? one.member!.type).toMatch(/^Practitioner/);
    }
  });

  test('is read by its own id, and what it refers to is read here', async () => {
    for (const team of teamsIn(await teams(WARD))) {
      const read = await service.as(WARD).get(`${R5}/CareTeam/${team.id}`);
      expect(read.body).toEqual(team);
      expect(read.headers.etag).toBe(`W/"${team.meta?.versionId}"`);
      for (const [, reference] of JSON.stringify(team).matchAll(/"reference":"([A-Za-z]+\/[^"]+)"/g)) {
        const one = await service.as(WARD).get<fhir5.Patient & Record<string, unknown>>(`${R5}/${reference}`);
        expect(one.status, reference).toBe(200);
        expect(one.body.meta?.profile).toBeUndefined();
      }
    }
  });

  test('is not there for who may not know of the plan', async () => {
    const reply = await service.as(STRANGER).get(`${R5}/CareTeam/${plan.plan.id}`);
    expect(reply.status).toBe(404);
    expect(reply.body).toMatchObject({ resourceType: 'OperationOutcome' });
  });
});

describe('the R5 door', () => {
  test('says what it does, and speaks R5 alone', async () => {
    const reply = await service.send({ method: 'GET', url: `${R5}/metadata` });
    const { fhirVersion, rest } = reply.body as unknown as fhir5.CapabilityStatement;
    expect(fhirVersion).toBe('5.0.0');
    for (const { type, interaction, searchParam } of rest![0]!.resource!) {
      expect(interaction!.map(({ code }) => code)).toContain('read');
      for (const { name, type: kind } of searchParam ?? []) {
        const value = name === '_id' ? plan.plan.id : kind === 'date' ? '2026' : kind === 'reference' ? patientId : 'x';
        const found = await service
          .as(WARD)
          .get(`${R5}/${type}?patient=${patientId}&${name}=${value}`, { prefer: 'handling=strict' });
        expect(found.status, `${type}?${name} ${found.text}`).toBe(200);
      }
    }
    const header = (version: string) => ({ accept: `application/fhir+json; fhirVersion=${version}` });
    expect((await service.as(WARD).get(`${R5}/CareTeam/${plan.plan.id}`, header('5.0'))).status).toBe(200);
    expect((await service.as(WARD).get(`${R5}/CareTeam/${plan.plan.id}`, header('4.0'))).status).toBe(406);
    expect((await service.as(WARD).get(`${R5}/CarePlan/${plan.plan.id}`)).status).toBe(404);
    expect((await service.as(WARD).post(`${R5}/CareTeam`, {})).status).toBe(405);
  });
});
