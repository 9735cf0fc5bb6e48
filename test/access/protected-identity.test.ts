import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePatientId } from '../../src/shared/ids.ts';
import type { Answer, TestApp } from '../support/app.ts';
import {
  CLINIC,
  createPlan,
  createTestApp,
  HOME_CARE,
  NUMBERS,
  registerPatient,
  statementsOf,
  WARD,
} from '../support/plan-fixtures.ts';
import { type Request, tokenOf } from './matrix/callers.ts';
import { requestFor } from './matrix/requests.ts';
import { SLICES } from './matrix/slices.ts';
import { erasePerson } from './matrix/unmake.ts';
import { admin, made, setWorld, type World } from './matrix/world.ts';

let service: TestApp;
let world: World;
let asked: { route: string; request: Request }[];

/** None of them is on the list: of the team, with a duty and a relation, a machine, in the patient's place. */
const UNLISTED = [`${CLINIC}+`, HOME_CARE, 'demo-region-journal', 'petra'];
const GRADES = ['confidentiality-mark', 'protected-registration'] as const;
const START = '2026-11-16T08:00:00+01:00';

beforeAll(async () => {
  service = await createTestApp();
  const p7 = await registerPatient(service, 'p7');
  world = await setWorld(service, p7, START, 'p7');
  await made(
    service.as(WARD).post(`/v1/patients/${p7}/related-persons`, {
      ...{ relation: 'legal-representative', name: 'Petra Övningsdotter', personNumber: NUMBERS.petra },
      decisionReference: 'Provköpings tingsrätt Ä 1234-25',
    }),
  );
  await made(service.as(HOME_CARE).post(`/v1/patients/${p7}/care-relations`, { kind: 'care' }));
  // Somebody else in the same lists, so that they are not empty for another reason.
  await createPlan(service, await registerPatient(service));
  asked = [...(await requestsAbout(p7)), ...ACROSS];
});
afterAll(() => service.close());

/** Every route of the service that can be asked about the person, by address or body. */
async function requestsAbout(patientId: string) {
  const found: { route: string; request: Request }[] = [];
  for (const { rows, requests } of SLICES) {
    for (const route of Object.keys(rows)) {
      const request = await requestFor(world, route, requests[route]);
      if (JSON.stringify(request).includes(patientId)) found.push({ route, request });
    }
  }
  return found;
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const asAsked = (method: string, url: string, body?: object | string, headers?: Record<string, string>) => ({
  route: `${method} ${url}`,
  request: { method, url, ...(body ? { body } : {}), ...(headers ? { headers } : {}) },
});

/** Where a person could be found or counted without being named by id. */
const ACROSS = [
  asAsked('POST', '/v1/patients/search', { personNumber: NUMBERS.p7 }),
  asAsked('POST', '/fhir/R4/Patient/_search', `identifier=${NUMBERS.p7}`, FORM),
  asAsked('POST', '/fhir/R4/CarePlan/_search', `patient.identifier=${NUMBERS.p7}`, FORM),
  asAsked('GET', '/v1/unit-steps'),
  asAsked('GET', '/v1/work-lists'),
  asAsked('GET', '/v1/work-lists/today'),
  asAsked('GET', '/v1/work-lists/to-accept'),
  asAsked('GET', '/v1/work-lists/invitations'),
  asAsked('GET', '/v1/unit-feedback?from=2026-11-01&to=2026-11-16'),
  asAsked('GET', '/v1/block-lift-requests'),
  asAsked('GET', '/v1/access-log/watches'),
];

interface Met {
  readonly id: string;
  readonly who: string;
  readonly route: string;
  readonly status: number;
  readonly text: string;
  readonly headers: object;
  readonly statements: readonly string[];
}
type Logged = Met & { readonly entries: readonly unknown[] };

const PASSING = new Set(['date', 'x-request-id']);

/** What one caller is answered and what it cost. */
async function meet(who: string, token: string, { route, request }: (typeof asked)[number]): Promise<Met> {
  const { method, url, body, headers: sent } = request;
  const payload = body === undefined ? {} : { payload: body };
  const { result, statements } = await statementsOf<Answer>(() =>
    service.send({ method: method as 'GET', url, headers: { ...sent, authorization: `Bearer ${token}` }, ...payload }),
  );
  const headers = Object.fromEntries(Object.entries(result.headers).filter(([name]) => !PASSING.has(name)));
  const id = String(result.headers['x-request-id']);
  return { id, who, route, status: result.status, text: result.text, headers, statements };
}

/** One by one, so that each is told apart by its statements; of the log all but whom it is about, which it is to hold. */
async function meetAll(callers: readonly string[]): Promise<Logged[]> {
  const met: Met[] = [];
  for (const who of callers) {
    const token = await tokenOf(service, who);
    for (const one of asked) met.push(await meet(who, token, one));
  }
  const { rows } = await service.owner.query<{ request_id: string }>(
    `select request_id, action, outcome, hits, resource_kinds from audit_entries where request_id = any ($1) order by id`,
    [met.map(({ id }) => id)],
  );
  const left = new Map<string, unknown[]>(met.map(({ id }) => [id, []]));
  for (const { request_id: id, ...entry } of rows) left.get(id)!.push(entry);
  return met.map((one) => ({ ...one, entries: left.get(one.id)! }));
}

/** What tells the one from the other. */
function unlike(there: readonly Logged[], never: readonly Logged[]): object[] {
  return there.flatMap((met, i) => {
    const { id, who, route, ...answered } = met;
    const { id: _id, who: _who, route: _route, ...wanted } = never[i]!;
    return isDeepStrictEqual(answered, wanted) ? [] : [{ who, route, there: brief(met), never: brief(never[i]!) }];
  });
}

const brief = ({ status, text, statements, entries }: Logged) =>
  `${status} ${text.slice(0, 300)} ${statements.length} statements ${JSON.stringify(entries)}`;

async function protect(grade: (typeof GRADES)[number]): Promise<void> {
  const url = `/v1/patients/${world.stage.patientId}`;
  const { body } = await admin(service).get<{ revision: number }>(url);
  await made(admin(service).post(`${url}/protection`, { grade }, { 'if-match': `"${body.revision}"` }));
}

describe('a person with protected identity', () => {
  test('is for everybody who is not on the list as one who never was, on every door', async () => {
    await protect(GRADES[0]);
    // Whoever first meets a unit learns of it in a trip of its own, which is no part of what is compared.
    await meetAll(UNLISTED.slice(0, 1));
    const marked = await meetAll(UNLISTED);
    const listed = await admin(service).get(`/v1/patients/${world.stage.patientId}`);
    expect(listed.status).toBe(200);
    await protect(GRADES[1]);
    const registered = await meetAll([HOME_CARE]);
    await erasePerson(service, parsePatientId(world.stage.patientId)!);
    const never = await meetAll(UNLISTED);
    expect(unlike(marked, never)).toEqual([]);
    expect(
      unlike(
        registered,
        never.filter(({ who }) => who === HOME_CARE),
      ),
    ).toEqual([]);
    expect(never.length).toBeGreaterThan(500);
    const texts = marked.map(({ text }) => text).join();
    expect(texts).not.toContain(NUMBERS.p7);
  }, 300_000);

  test('is in no metric, whatever was asked', async () => {
    const metrics = await service.app.metrics.text();
    for (const text of [world.stage.patientId, parsePatientId(world.stage.patientId)!, NUMBERS.p7, 'P7'])
      expect(metrics).not.toContain(text);
  });
});
