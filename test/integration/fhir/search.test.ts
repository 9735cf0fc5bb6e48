import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TYPES_NOT_HELD } from '../../../src/fhir/rest/types-not-held.ts';
import type { Answer } from '../../support/app.ts';
import { CLINIC, NUMBERS, type TestApp, unit, WARD, type WholePlan } from '../../support/plan-fixtures.ts';
import { expectOutcome, openDoor } from './door-world.ts';

type Bundle = fhir4.Bundle<fhir4.FhirResource>;

const R4 = '/fhir/R4';
const PERSONNUMMER = 'http://electronichealth.se/identifier/personnummer';
const HSA_ID = 'urn:oid:1.2.752.29.4.19';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let service: TestApp;
let patientId: string;
let plan: WholePlan;

beforeAll(async () => {
  ({ service, patientId, plan } = await openDoor());
});
afterAll(() => service.close());

const get = <T extends object>(path: string, headers = {}, who = WARD) =>
  service.as(who).get<T & Record<string, unknown>>(`${R4}/${path}`, headers);

describe('a search', () => {
  test('by number in a form finds the person, for staff', async () => {
    const body = `identifier=${encodeURIComponent(`${PERSONNUMMER}|${NUMBERS.ester}`)}`;
    const found = await service.as(WARD).post<Bundle & Record<string, unknown>>(`${R4}/Patient/_search`, body, FORM);
    expect(found.status, found.text).toBe(200);
    expect(found.body).toMatchObject({ total: 1, entry: [{ resource: { resourceType: 'Patient', id: patientId } }] });
    expect(found.body.link?.[0]?.url).not.toContain(NUMBERS.ester);
    const wrong = await service.as(WARD).post(`${R4}/Patient/_search`, 'identifier=192612049020', FORM);
    expectOutcome(wrong, 400, 'invalid');
    expect(wrong.text).not.toContain('192612049020');
    expect((await service.as('ester').post(`${R4}/Patient/_search`, body, FORM)).status).toBe(403);
  });

  test('by the person’s number in a form gives the plans, and links that hold no number', async () => {
    const body = `patient.identifier=${encodeURIComponent(`${PERSONNUMMER}|${NUMBERS.ester}`)}&_count=1`;
    const found = await service.as(WARD).post<Bundle & Record<string, unknown>>(`${R4}/CarePlan/_search`, body, FORM);
    expect(found.body).toMatchObject({ resourceType: 'Bundle', total: 2 });
    for (const { url } of found.body.link ?? []) {
      expect(url).not.toContain(NUMBERS.ester);
      expect(url).toContain(`patient=${patientId}`);
    }
    const next = found.body.link?.find(({ relation }) => relation === 'next')?.url.split('/fhir/R4/')[1];
    expect((await get<Bundle>(next!)).body.entry).toHaveLength(1);
  });

  test('across patients is refused to care staff', async () => {
    for (const path of [
      `Task?owner=Organization/${unit('0302')}`,
      'CarePlan?category=GP',
      'CareTeam',
      'Goal?_count=1',
    ]) {
      expectOutcome(await get(path), 403, 'forbidden');
    }
  });

  test('pages to the end without losing or repeating anything, and its cursor is good for nobody else', async () => {
    const all = await get<Bundle>(`Task?patient=${patientId}&_count=200`);
    const expected = all.body.entry!.map(({ resource }) => resource!.id);
    const seen: string[] = [];
    let path: string | undefined = `Task?patient=${patientId}&_count=3&_sort=period`;
    let cursor = '';
    while (path) {
      const page: Answer<Bundle & Record<string, unknown>> = await get<Bundle>(path);
      expect(page.body.total).toBe(expected.length);
      seen.push(...page.body.entry!.map(({ resource }) => resource!.id!));
      path = page.body.link?.find(({ relation }) => relation === 'next')?.url.split('/fhir/R4/')[1];
      cursor = path ?? cursor;
    }
    expect(seen.toSorted()).toEqual(expected.toSorted());
    expectOutcome(await get(cursor, {}, CLINIC), 400, 'invalid');
    expectOutcome(await get(cursor.replace(/.(?=.{9}$)/, (one) => (one === 'A' ? 'B' : 'A'))), 400, 'invalid');
  });

  test('what is unknown is passed over, and refused when the client asks for strictness', async () => {
    const path = `CarePlan?patient=${patientId}&colour=blue&status=draft&title=`;
    const lenient = await get<Bundle>(path);
    expect(lenient.body.total).toBe(2);
    expect(lenient.body.link?.[0]?.url).not.toContain('colour');
    const outcome = expectOutcome(await get(path, { prefer: 'handling=strict' }), 400, 'invalid');
    expect(outcome.issue.map(({ expression }) => expression)).toEqual([['colour']]);
    expectOutcome(await get(`CarePlan?patient=${patientId}&status:above=draft`), 400, 'invalid');
    expectOutcome(await get(`Task?patient=${patientId}&period=ge2026-13`), 400, 'invalid');
  });

  test('narrows by codes, references and dates', async () => {
    const total = async (path: string) => (await get<Bundle>(`${path}&patient=${patientId}`)).body.total;
    expect(await total('CarePlan?category=https://fhir.inera.se/CodeSystem/typeofcareplan-cs|VP')).toBe(1);
    expect(await total('CarePlan?category=VP,SPU')).toBe(2);
    expect(await total('CarePlan?category:not=VP')).toBe(1);
    expect(await total(`Task?based-on=CarePlan/${plan.plan.id}&code=commitment`)).toBe(2);
    expect(await total('Task?period=eb2026-11-21&code=step')).toBe(2);
    expect(await total('Goal?category=what-matters')).toBe(2);
    expect(await total('CarePlan?_lastUpdated=2026-11')).toBe(2);
    expect(await total('CarePlan?_lastUpdated=lt2026')).toBe(0);
  });

  test('narrows by every element that R4 has a parameter for', async () => {
    const idsOf = async (path: string) =>
      (await get<Bundle>(`${path}&patient=${patientId}`, { prefer: 'handling=strict' })).body.entry?.map(
        ({ resource }) => resource!.id,
      ) ?? [];
    const [team] = await idsOf(`CareTeam?identifier=https://patientkontrakt.example/fhir/sid/plan|${plan.plan.id}`);
    expect(team).toBe(plan.plan.id);
    expect(await idsOf(`CarePlan?care-team=CareTeam/${team}`)).toEqual([plan.plan.id]);
    expect(await idsOf(`CarePlan?activity-reference=${plan.steps[0]!.id}`)).toEqual([plan.plan.id]);
    expect(await idsOf('CarePlan?part-of:missing=false')).toEqual([]);
    expect(await idsOf('CarePlan?part-of:missing=true')).toHaveLength(2);
    const ofPlan = `Task?code=step&group-identifier=${plan.plan.id}`;
    expect((await idsOf(ofPlan)).toSorted()).toEqual(plan.steps.map(({ id }) => id).toSorted());
    expect(await idsOf(`${ofPlan}&owner=Organization/${unit('0302')}`)).toHaveLength(1);
    expect(
      await idsOf(`${ofPlan}&intent=plan&requester=Organization/${unit('0101')}&authored-on=2026-11-16`),
    ).toHaveLength(4);
    expect(await idsOf('Goal?achievement-status:missing=false')).toEqual([]);
    expect((await idsOf(`CareTeam?participant=Organization/${unit('0201')}&category=team`)).length).toBe(2);
    expectOutcome(await get(`CareTeam?participant=Organization/${unit('0201')}`), 403, 'forbidden');
    expectOutcome(await get(`Task?patient=${patientId}&owner:missing=kanske`), 400, 'invalid');
    expect((await get<Bundle>(`Provenance?patient=${patientId}`)).body.total).toBe(0);
  });

  test('says in its own link all that it did, counting alone too', async () => {
    const counted = await get<Bundle>(`Task?patient=${patientId}&_summary=count`);
    expect(counted.body.entry).toBeUndefined();
    expect(counted.body.link![0]!.url).toContain('_summary=count');
  });

  test('of a citizen needs no patient, and another’s plans are not there', async () => {
    expect((await get<Bundle>('CarePlan', {}, 'ester')).body.total).toBe(2);
    expect((await get<Bundle>('CarePlan', {}, 'love')).body.total).toBe(0);
    expectOutcome(await get(`CarePlan?patient=${patientId}`, {}, 'love'), 404, 'not-found');
  });

  test('for what plans do not hold finds nothing', async () => {
    for (const type of TYPES_NOT_HELD) {
      expect((await get(`${type}?patient=${patientId}`, {}, 'ester')).body).toMatchObject({ total: 0 });
    }
  });
});

describe('a reference asked for by identifier', () => {
  const idsOf = async (path: string, who = WARD) =>
    (await get<Bundle>(`${path}&patient=${patientId}`, { prefer: 'handling=strict' }, who)).body.entry?.map(
      ({ resource }) => resource!.id,
    ) ?? [];

  test('is found by HSA-id, in any spelling of it, by whoever is given an address and whoever is given an id', async () => {
    const byAddress = await idsOf(`Task?owner=Organization/${unit('0302')}`);
    expect(byAddress.length).toBeGreaterThan(0);
    for (const value of [
      `${HSA_ID}|${unit('0302')}`,
      `urn:oid:1.2.752.129.2.1.4.1|${unit('0302').toLowerCase()}`,
      unit('0302'),
      `${HSA_ID}|${unit('9999')},${HSA_ID}|${unit('0302')}`,
    ]) {
      expect(await idsOf(`Task?owner:identifier=${value}`), value).toEqual(byAddress);
      expect(await idsOf(`Task?owner:identifier=${value}`, 'ester'), value).toEqual(byAddress);
    }
    expect(await idsOf(`Task?owner:identifier=https://journal.example/enhet|${unit('0302')}`)).toEqual([]);
    expect(await idsOf(`CareTeam?category=team&participant:identifier=${unit('0201')}`)).toHaveLength(2);
    expect(await idsOf(`Appointment?actor:identifier=${unit('9999')}`)).toEqual([]);
  });

  test('names nobody: without a patient it is refused as any search across patients', async () => {
    expectOutcome(await get(`Task?owner:identifier=${HSA_ID}|${unit('0302')}`), 403, 'forbidden');
    const path = `Task?patient=${patientId}&status:identifier=x`;
    expectOutcome(await get(path), 400, 'invalid');
  });

  test('may be the person, by number in a form alone, and no link repeats the number', async () => {
    const number = encodeURIComponent(`${PERSONNUMMER}|${NUMBERS.ester}`);
    for (const type of ['CarePlan', 'Consent', 'RelatedPerson']) {
      for (const name of ['patient:identifier', 'patient.identifier']) {
        const found = await service
          .as(WARD)
          .post<Bundle & Record<string, unknown>>(`${R4}/${type}/_search`, `${name}=${number}`, FORM);
        expect(found.status, `${type} ${name} ${found.text}`).toBe(200);
        expect(found.body.link?.[0]?.url).toContain(`patient=${patientId}`);
        expect(found.text).not.toContain(NUMBERS.ester);
      }
    }
    expectOutcome(await get(`CarePlan?patient:identifier=${NUMBERS.ester}`), 400, 'invalid');
    expectOutcome(await get('CarePlan?patient:identifier=https://journal.example/pid|7'), 400, 'invalid');
    expectOutcome(await get(`Consent?patient=${patientId}&status:not=active`), 400, 'invalid');
  });

  test('of the directory is its HSA-id', async () => {
    const hsaId = encodeURIComponent(`${HSA_ID}|${unit('0201')}`);
    const roles = await get<Bundle>(`PractitionerRole?organization:identifier=${hsaId}`);
    const same = await get<Bundle>(`PractitionerRole?organization=Organization/${unit('0201')}`);
    expect(roles.body.entry).toEqual(same.body.entry);
    expect((await get<Bundle>(`HealthcareService?organization:identifier=${hsaId}`)).body.total).toBe(1);
    expectOutcome(await get(`Organization?name:exact=${unit('0201')}`), 400, 'invalid');
  });
});

describe('an order of several keys', () => {
  interface Row {
    readonly status: string;
    readonly at: number;
    readonly id: string;
  }
  const rowOf = ({ resource }: fhir4.BundleEntry<fhir4.FhirResource>): Row => {
    const { status, executionPeriod, id, focus } = resource as fhir4.Task;
    const last = executionPeriod?.end ?? executionPeriod?.start;
    const decides = focus ? executionPeriod?.start : last;
    return { status, at: decides === undefined ? Number.POSITIVE_INFINITY : Date.parse(decides), id: id! };
  };
  /** Ordered here by plain means, to be held against. */
  const plainly = (rows: readonly Row[]) => {
    const byId = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    // A sort leaves equals as they stood: the last key first, the first key last.
    const byTime = byId.toSorted((a, b) => (a.at === b.at ? 0 : a.at - b.at));
    return byTime.toSorted((a, b) => (a.status === b.status ? 0 : a.status > b.status ? -1 : 1));
  };

  async function pages(first: string, between: () => Promise<void>): Promise<Row[]> {
    const seen: Row[] = [];
    for (let path: string | undefined = first; path; ) {
      const page: Answer<Bundle & Record<string, unknown>> = await get<Bundle>(path, { prefer: 'handling=strict' });
      expect(page.status, page.text).toBe(200);
      seen.push(...(page.body.entry ?? []).map(rowOf));
      path = page.body.link?.find(({ relation }) => relation === 'next')?.url.split('/fhir/R4/')[1];
      if (path) await between();
    }
    return seen;
  }

  test('holds over pages while others write: nothing that was there is lost or told twice', async () => {
    const before = (await get<Bundle>(`Task?patient=${patientId}&_count=200`)).body.entry!.map(rowOf);
    let n = 0;
    const write = async () => {
      n += 1;
      if (n > 4) return;
      const times = [
        { form: 'latest-by', by: `2026-11-${16 + n}` },
        { form: 'window', from: '2027-01-01', to: '2027-01-08' },
      ];
      for (const time of times) {
        const made = await service.as(WARD).post(`/v1/plans/${plan.plan.id}/steps`, { title: `Inskjutet ${n}`, time });
        expect(made.status, made.text).toBe(201);
      }
    };
    const path = `Task?patient=${patientId}&_sort=-status,period&_count=2`;
    const seen = await pages(path, write);
    expect(seen).toEqual(plainly(seen));
    const ids = seen.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(before.map(({ id }) => id)));
    const after = (await get<Bundle>(`Task?patient=${patientId}&_sort=-status,period&_count=200`)).body.entry!;
    expect(after.map(rowOf)).toEqual(plainly(after.map(rowOf)));
    expect(ids).toEqual(after.map(({ resource }) => resource!.id!).filter((id) => ids.includes(id)));
  });

  test('is told in the links, takes what is known, and refuses the rest when asked to', async () => {
    const path = `Task?patient=${patientId}&_sort=-status,colour,period`;
    const found = await get<Bundle>(path);
    expect(decodeURIComponent(found.body.link![0]!.url)).toContain('_sort=-status,period');
    expectOutcome(await get(path, { prefer: 'handling=strict' }), 400, 'invalid');
    expectOutcome(await get(`Task?patient=${patientId}&_sort=status,period,code,modified,intent`), 400, 'invalid');
    const [one, two] = await Promise.all(
      ['status,period', 'period,status'].map((order) =>
        get<Bundle>(`Task?patient=${patientId}&_sort=${order}&_count=1`),
      ),
    );
    const cursor = one!.body.link!.find(({ relation }) => relation === 'next')!.url.split('_cursor=')[1];
    expect(two!.status).toBe(200);
    expectOutcome(await get(`Task?patient=${patientId}&_sort=period,status&_cursor=${cursor}`), 400, 'invalid');
  });

  test('puts what has nothing there last, in either direction', async () => {
    for (const order of ['period', '-period']) {
      const found = await get<Bundle>(`Task?patient=${patientId}&_sort=${order}&_count=200`);
      const timed = found.body.entry!.map(({ resource }) => (resource as fhir4.Task).executionPeriod !== undefined);
      expect(timed.includes(false) && timed.includes(true)).toBe(true);
      expect(timed).toEqual(timed.toSorted((a, b) => Number(b) - Number(a)));
    }
  });
});
