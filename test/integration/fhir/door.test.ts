import { Client } from 'fhir-kit-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CANONICAL_TYPES } from '../../../src/fhir/canonicals/all.ts';
import { PLAN_RESOURCE_TYPES } from '../../../src/fhir/mapping/plan-resources.ts';
import { NUMBERS, type TestApp, unit, WARD, type WholePlan } from '../../support/plan-fixtures.ts';
import { faultsOf } from '../../unit/fhir/own-checks.ts';
import { lantanaFaults, medplumFaults } from '../../unit/fhir/validators.ts';
import { expectOutcome, openDoor } from './door-world.ts';

type Bundle = fhir4.Bundle<fhir4.FhirResource>;

const R4 = '/fhir/R4';
const PERSONNUMMER = 'http://electronichealth.se/identifier/personnummer';

let service: TestApp;
let patientId: string;
let plan: WholePlan;

beforeAll(async () => {
  ({ service, patientId, plan } = await openDoor());
});
afterAll(() => service.close());

const get = <T extends object>(path: string, headers = {}, who = WARD) =>
  service.as(who).get<T & Record<string, unknown>>(`${R4}/${path}`, headers);

describe('what the door does not speak', () => {
  test.each([
    ['application/fhir+xml', 'fhir-format-not-supported'],
    ['application/xml', 'fhir-format-not-supported'],
    ['application/fhir+json; fhirVersion=5.0', 'fhir-version-not-supported'],
  ])('%s is refused with 406', async (accept, problem) => {
    const outcome = expectOutcome(await get(`CarePlan/${plan.plan.id}`, { accept }), 406, 'not-supported');
    expect(outcome.issue[0]?.details?.coding?.[0]?.code).toBe(problem);
  });

  test('an unknown format in the address is refused, a known one is not', async () => {
    expectOutcome(await get('metadata?_format=xml'), 406, 'not-supported');
    for (const format of ['json', 'application/fhir%2Bjson', 'application/fhir+json']) {
      expect((await get(`metadata?_format=${format}`)).status).toBe(200);
    }
  });

  test.each([
    ['an address that cannot be read', '/fhir/R4/CarePlan/%zz', 400],
    ['an address that is too long', `/fhir/R4/CarePlan/${'a'.repeat(200)}`, 404],
  ])('%s is told as an outcome, before there is a route', async (_what, url, status) => {
    const reply = await service.as(WARD).get(url);
    expect(reply.headers['content-type']).toContain('application/fhir+json');
    expectOutcome(reply, status, status === 400 ? 'invalid' : 'not-found');
    expect((await service.as(WARD).get('/v1/plans/%zz')).headers['content-type']).toContain('application/problem+json');
  });

  test('JSON that is none is refused with 400 as an outcome', async () => {
    const reply = await service.send({
      method: 'POST',
      url: `${R4}/Task/$validate`,
      headers: {
        authorization: `Bearer ${await service.issuer.signToken(service.as(WARD).persona)}`,
        'content-type': 'application/fhir+json',
      },
      payload: '{"resourceType": "Task", ',
    });
    expectOutcome(reply, 400, 'invalid');
  });

  test('another body than FHIR and forms is refused with 415', async () => {
    const reply = await service.as(WARD).post(`${R4}/Patient/_search`, '<x/>', { 'content-type': 'application/xml' });
    expectOutcome(reply, 415, 'not-supported');
  });

  test('no token, an unknown address and a wrong method are told as outcomes', async () => {
    const nobody = await service.send({ method: 'GET', url: `${R4}/CarePlan/${plan.plan.id}` });
    expectOutcome(nobody, 401, 'login');
    expect(nobody.headers['www-authenticate']).toContain('Bearer');
    expectOutcome(await get('Nothing/here'), 404, 'not-found');
    const wrong = await service.as(WARD).patch(`${R4}/Patient/${patientId}`, {});
    expectOutcome(wrong, 405, 'not-supported');
    expect(wrong.headers.allow).toBe('GET, HEAD');
  });

  test.each([
    `Patient?identifier=${NUMBERS.ester}`,
    `Patient?identifier=${encodeURIComponent(PERSONNUMMER)}|x`,
    `CarePlan?patient.identifier=urn:oid:1.2.752.129.2.1.3.1|${NUMBERS.ester}`,
    'Patient/261204-9029',
    'CarePlan?patient=261204-9020',
  ])('%s: a personal number in an address is refused and not repeated', async (path) => {
    const reply = await get(path);
    expectOutcome(reply, 400, 'invalid');
    expect(reply.text).not.toMatch(/\d{6}-?\d{4}/);
  });
});

/** Some two hundred requests in one test, on a machine that may be busy with others. */
const EVERY_LINE_MS = 120_000;

describe('the capability statement', () => {
  test(
    'is open to all, valid, and every line of it works',
    async () => {
      const reply = await service.send({ method: 'GET', url: `${R4}/metadata` });
      const statement = reply.body as unknown as fhir4.CapabilityStatement;
      expect(medplumFaults(statement)).toEqual([]);
      expect(lantanaFaults(statement)).toEqual([]);
      const named: fhir4.CapabilityStatement = { ...statement, id: 'x' };
      expect(faultsOf(named)).toEqual([]);
      const all = await get<Bundle>(`CarePlan?patient=${patientId}&_include=*&_revinclude=*`, {
        prefer: 'handling=strict',
      });
      expect(all.status, all.text).toBe(200);
      const byType = new Map(all.body.entry!.map(({ resource }) => [resource!.resourceType as string, resource!.id!]));
      byType.set('Patient', patientId).set('Organization', unit('0201')).set('HealthcareService', unit('0201'));
      byType
        .set('Practitioner', 'SE0000000000-TSTP003')
        .set('PractitionerRole', `SE0000000000-TSTP003.${unit('0201')}`);
      const strict = { prefer: 'handling=strict' };
      for (const line of statement.rest![0]!.resource!) {
        const { type, documentation, interaction, searchParam, searchInclude, searchRevInclude, operation } = line;
        const id = byType.get(type);
        // For systems alone; each interaction and operation is tried in `delivery/fhir-subscriptions.test.ts`.
        if (type === 'Subscription') {
          expect((await get<Bundle>('Subscription', {}, 'demo-region-journal')).body).toMatchObject({ total: 0 });
          expectOutcome(await get('Subscription/none', {}, 'demo-region-journal'), 404, 'not-found');
          continue;
        }
        for (const { code } of interaction!) {
          // Writes and versions are tried line by line in capability-writes.test.ts.
          if (code !== 'read' && code !== 'search-type') continue;
          if (code === 'read' && id) expect((await get(`${type}/${id}`)).status, `${type}/${id}`).toBe(200);
          if (code === 'read' && !id) expectOutcome(await get(`${type}/none`), 404, 'not-found');
        }
        for (const { name, type: kind } of searchParam ?? []) {
          if (type === 'Patient') continue;
          if (type === 'Consent' || type === 'AuditEvent' || type === 'RelatedPerson') {
            const nobodys = `${patientId}-${'a'.repeat(26)}`;
            const value = name === '_id' ? nobodys : kind === 'date' ? '2026' : 'x';
            const own = name === 'patient' ? '' : `&${name}=${value}`;
            const found = await get(`${type}?patient=${patientId}${own}`, strict, 'ester');
            expect(found.status, `${type}?${name}`).toBe(200);
            continue;
          }
          if (byType.has(type) && !PLAN_RESOURCE_TYPES.some((one) => one === type)) {
            const value = name === 'name' ? 'modell' : unit('0201');
            expect((await get(`${type}?${name}=${value}`, strict)).status, `${type}?${name}`).toBe(200);
            continue;
          }
          if (CANONICAL_TYPES.some((one) => one === type)) {
            expect((await get(`${type}?${name}=x`, strict)).status, `${type}?${name}`).toBe(200);
            continue;
          }
          const own = kind === 'date' ? '2026' : kind === 'token' && name !== '_id' ? 'x' : undefined;
          const value =
            own ??
            (name === 'owner'
              ? 'x'
              : name === 'part-of'
                ? `Task/${plan.steps[0]!.id}`
                : name === 'patient' || name === 'subject'
                  ? patientId
                  : plan.plan.id);
          const whose = type === 'Provenance' ? `_id=${plan.plan.id}` : `patient=${patientId}`;
          const found = await get<Bundle>(`${type}?${whose}&${name}=${value}`, strict);
          expect(found.status, `${type}?${name} ${found.text}`).toBe(200);
          expect(decodeURIComponent(found.body.link![0]!.url)).toContain(`${name}=`);
          const more =
            kind === 'token'
              ? ['not']
              : kind === 'reference' && name !== 'patient' && name !== 'subject'
                ? ['identifier']
                : [];
          for (const modifier of name === '_id' ? [] : ['missing', ...more]) {
            const asked = `${type}?${whose}&${name}:${modifier}=${modifier === 'missing' ? 'true' : unit('0201')}`;
            expect((await get(asked, strict)).status, asked).toBe(200);
          }
        }
        // Orders stand in words: FHIR has no field for them.
        const orders = documentation?.split('följd: ')[1]?.replace('.', '').split(', ') ?? [];
        if (PLAN_RESOURCE_TYPES.some((one) => one === type)) expect(orders).toContain('_lastUpdated');
        for (let n = 0; n < orders.length; n += 3) {
          const sort = orders.slice(n, n + 3).join(',-');
          const found = await get<Bundle>(`${type}?patient=${patientId}&_sort=${sort}`, strict);
          expect(found.status, `${type}?_sort=${sort} ${found.text}`).toBe(200);
          expect(decodeURIComponent(found.body.link![0]!.url)).toContain(`_sort=${sort}`);
        }
        for (const [word, names] of [
          ['_include', searchInclude],
          ['_revinclude', searchRevInclude],
        ] as const) {
          for (const name of names ?? []) {
            const found = await get<Bundle>(`${type}?_id=${plan.plan.id}&${word}=${name}`, strict);
            expect(found.status, `${word}=${name}`).toBe(200);
          }
        }
        for (const { name } of operation ?? []) {
          const who = type === 'Patient' ? 'ester' : WARD;
          if (name === 'validate' && !id) continue;
          if (name === 'validate') {
            const one = await get(`${type}/${id}`);
            const judged = await service.as(WARD).post(`${R4}/${type}/$validate`, one.body);
            expect(judged.body, type).toMatchObject({ issue: [{ severity: 'information' }] });
            continue;
          }
          expect((await get(`${type}/${id}/$${name}`, {}, who)).status, name).toBe(200);
        }
      }
    },
    EVERY_LINE_MS,
  );
});

describe('our own definitions', () => {
  test('what the doors can do is read where its canonical address leads', async () => {
    for (const door of [R4, '/fhir/R5']) {
      const open = async (path: string) =>
        (await service.send({ method: 'GET', url: `${door}/${path}` })).body as unknown as fhir4.CapabilityStatement;
      const { url, ...statement } = await open('metadata');
      const id = url!.split('/CapabilityStatement/')[1];
      expect(await open(`CapabilityStatement/${id}`)).toEqual({ ...statement, url, id });
      expect(await open('CapabilityStatement/another')).toMatchObject({ resourceType: 'OperationOutcome' });
    }
  });

  test('are read and found by address without signing in', async () => {
    const url = 'https://patientkontrakt.example/fhir/StructureDefinition/next-step';
    const open = (path: string) => service.send({ method: 'GET', url: `${R4}/${path}` });
    const found = (await open(`StructureDefinition?url=${encodeURIComponent(url)}`)).body as unknown as Bundle;
    expect(found).toMatchObject({ total: 1, entry: [{ resource: { id: 'next-step', url } }] });
    expect((await open('StructureDefinition/next-step')).body).toMatchObject({ url });
    expect((await open('ValueSet?name=legal')).body).toMatchObject({ total: 1 });
    expect((await open('StructureDefinition?name:exact=NextStep')).body).toMatchObject({ total: 1 });
    expect((await open('StructureDefinition?name:exact=nextstep')).body).toMatchObject({ total: 0 });
    expect((await open('StructureDefinition?name:contains=step')).status).toBe(400);
    expect((await open('StructureDefinition?status=active&_count=0')).body).not.toHaveProperty('entry');
    expect((await open('CodeSystem/nothing')).status).toBe(404);
    expect((await open('CodeSystem/problem')).text).toContain('"not-found"');
  });
});

describe('our own definitions, a page at a time', () => {
  const open = async (url: string) => (await service.send({ method: 'GET', url })).body as unknown as Bundle;
  const linkOf = ({ link = [] }: Bundle, wanted: string) => link.find(({ relation }) => relation === wanted)?.url;

  test('come to the same as all at once, and no cursor is good for another search', async () => {
    const url = `${R4}/StructureDefinition`;
    const all = await open(`${url}?_count=200`);
    const seen: (string | undefined)[] = [];
    let next: string | undefined = `${url}?_count=7`;
    while (next) {
      const page: Bundle = await open(next);
      expect(page.total).toBe(all.total);
      expect(page.entry!.length).toBeLessThanOrEqual(7);
      seen.push(...page.entry!.map(({ resource }) => resource!.id));
      next = linkOf(page, 'next')?.replace(/^https?:\/\/[^/]+/, '');
    }
    expect(seen).toHaveLength(all.total!);
    expect(seen).toEqual(all.entry!.map(({ resource }) => resource!.id));
    const first = await open(`${url}?_count=7`);
    const cursor = new URL(linkOf(first, 'next')!).searchParams.get('_cursor');
    const elsewhere = await service.send({ method: 'GET', url: `${R4}/CodeSystem?_count=7&_cursor=${cursor}` });
    expect(elsewhere.status).toBe(400);
  });
});

describe('a client that we did not write', () => {
  test('discovers, reads, searches, pages and runs operations on the listening service', async () => {
    await service.app.listen({ port: 0, host: '127.0.0.1' });
    const address = service.app.server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const client = new Client({ baseUrl: `http://127.0.0.1:${port}${R4}` });
    client.bearerToken = await service.issuer.signToken(service.as('ester').persona);
    const statement: unknown = await client.capabilityStatement();
    expect(statement).toMatchObject({ fhirVersion: '4.0.1' });
    const read = await client.read({ resourceType: 'CarePlan', id: plan.plan.id });
    expect(read.resourceType).toBe('CarePlan');
    let page = (await client.search({
      resourceType: 'Task',
      searchParams: { patient: patientId, _count: '2' },
    })) as unknown as Bundle | undefined;
    let seen = 0;
    const total = page?.total;
    while (page?.entry) {
      seen += page.entry.length;
      page = (await client.nextPage({ bundle: page as never })) as unknown as Bundle | undefined;
    }
    expect(seen).toBe(total);
    const next = await client.operation({ name: 'next-step', resourceType: 'Patient', id: patientId, method: 'GET' });
    expect(next.resourceType).toBe('Parameters');
    const missing = client.read({ resourceType: 'Goal', id: 'none' });
    await expect(missing).rejects.toMatchObject({ response: { status: 404 } });
  });
});
