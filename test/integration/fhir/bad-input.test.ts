import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CLINIC,
  countRows,
  createPlan,
  createTestApp,
  NUMBERS,
  registerPatient,
  type TestApp,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';
import { lantanaFaults, medplumFaults } from '../../unit/fhir/validators.ts';
import { R4 } from './writer.ts';

const STRICT = { prefer: 'handling=strict' };

let service: TestApp;
let patientId: string;
let plan: WholePlan;

beforeAll(async () => {
  service = await createTestApp({ listen: true });
  patientId = await registerPatient(service);
  plan = await createPlan(service, patientId);
});
afterAll(() => service.close());

interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Over the wire to the listening service, as any client sends it. */
async function send({ method = 'POST', path, body, headers }: Sent, who: string = WARD) {
  const token = await service.issuer.signToken(service.as(who).persona);
  const reply = await fetch(`${service.baseUrl}${R4}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/fhir+json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await reply.text();
  return { status: reply.status, text, outcome: JSON.parse(text) as fhir4.OperationOutcome };
}

const task = (more: object = {}) => ({
  resourceType: 'Task',
  status: 'requested',
  intent: 'plan',
  basedOn: [{ reference: `CarePlan/${plan.plan.id}` }],
  code: { text: 'Sårkontroll' },
  ...more,
});
const own = () => plan.steps.find(({ title }) => title === 'Läkemedelslista')!;
const put = (more: object, tag = 'W/"1"'): Sent => ({
  method: 'PUT',
  path: `/Task/${own().id}`,
  body: task({ id: own().id, ...more }),
  headers: { 'if-match': tag },
});
const div = (inside: string) => ({
  text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${inside}</div>` },
});
const bundle = (type: string, entry: readonly unknown[]): Sent => ({
  path: '',
  body: { resourceType: 'Bundle', type, entry },
});
const making = (resource: object, more: object = {}) => ({
  ...more,
  resource,
  request: { method: 'POST', url: 'Task' },
});
const NOWHERE = 'urn:uuid:6f1f2f4e-0000-4000-8000-000000000001';

/** A page's cursor, for who asked for it. */
async function cursor(): Promise<string> {
  const path = `${R4}/Task?patient=${patientId}&_count=1`;
  const { body } = await service.as(WARD).get<fhir4.Bundle & Record<string, unknown>>(path);
  return body.link!.find(({ relation }) => relation === 'next')!.url.split(R4)[1]!;
}
const altered = (path: string) =>
  path.replace(/(_cursor=.{12})(.)/, (_all, before, one) => before + (one === 'A' ? 'B' : 'A'));

type Case = readonly [what: string, sent: () => Sent | Promise<Sent>, status: number, code: string, at: string];

const CASES: readonly Case[] = [
  [
    'an invalid resource, created',
    () => ({ path: '/Task', body: task({ intent: undefined }) }),
    400,
    'required',
    'Task.intent',
  ],
  ['an invalid resource, put', () => put({ colour: 'blå' }), 400, 'structure', 'Task.colour'],
  [
    'an invalid resource, by a patch',
    () => ({
      method: 'PATCH',
      path: `/Task/${own().id}`,
      body: [{ op: 'remove', path: '/intent' }],
      headers: { 'if-match': 'W/"1"', 'content-type': 'application/json-patch+json' },
    }),
    400,
    'required',
    'Task.intent',
  ],
  [
    'an invalid resource, in a transaction',
    () => bundle('transaction', [making(task()), making(task({ intent: undefined }))]),
    400,
    'required',
    'Bundle.entry[1].resource.intent',
  ],
  ['JSON that is none', () => ({ path: '/Task', body: '{"resourceType": "Task", ' }), 400, 'invalid', 'Resource'],
  ['no JSON but a list', () => ({ path: '/Task', body: [] }), 400, 'structure', 'Resource'],
  [
    'a wrong type of reference',
    () => ({ path: '/Task', body: task({ basedOn: [{ reference: 'Goal/x' }], owner: { reference: 'Goal/x' } }) }),
    400,
    'value',
    'Task.owner.reference',
  ],
  [
    'an unknown code of a required binding',
    () => ({ path: '/Task', body: task({ status: 'snart' }) }),
    400,
    'code-invalid',
    'Task.status',
  ],
  [
    'script in a narrative',
    () => ({ path: '/Task', body: task(div('<script>alert(1)</script>')) }),
    400,
    'value',
    'Task.text.div',
  ],
  [
    'what acts in a narrative',
    () => ({ path: '/Task', body: task(div('<p onclick="x()">Hej</p>')) }),
    400,
    'value',
    'Task.text.div',
  ],
  [
    'a personal number in the address',
    () => ({ method: 'GET', path: `/Patient?identifier=${NUMBERS.ester}` }),
    400,
    'invalid',
    'http.url',
  ],
  ['a personal number as an id', () => ({ method: 'GET', path: '/Patient/19261204-9029' }), 400, 'invalid', 'http.url'],
  [
    'an unknown parameter, strictly',
    () => ({ method: 'GET', path: `/Task?patient=${patientId}&colour=red`, headers: STRICT }),
    400,
    'invalid',
    'colour',
  ],
  ['an altered cursor', async () => ({ method: 'GET', path: altered(await cursor()) }), 400, 'invalid', '_cursor'],
  [
    'a bundle of 10 000 entries',
    () =>
      bundle(
        'transaction',
        Array.from({ length: 10_000 }, () => making({ resourceType: 'Task' })),
      ),
    413,
    'too-long',
    'Bundle.entry',
  ],
  [
    'a batch of 10 000 entries',
    () =>
      bundle(
        'batch',
        Array.from({ length: 10_000 }, () => ({ request: { method: 'GET', url: 'Task' } })),
      ),
    413,
    'too-long',
    'Bundle.entry',
  ],
  [
    'more bytes than anyone reads',
    () => bundle('transaction', [making(task({ description: 'x'.repeat(5_000_000) }))]),
    413,
    'too-long',
    'Resource',
  ],
  [
    'a bundle that refers to what it does not hold',
    () =>
      bundle('transaction', [
        making(task()),
        making(task({ partOf: [{ reference: NOWHERE }] }), {
          fullUrl: 'urn:uuid:6f1f2f4e-0000-4000-8000-000000000002',
        }),
      ]),
    422,
    'not-found',
    'Bundle.entry[1].resource.partOf[0].reference',
  ],
  ['a bundle whose entry is none', () => bundle('batch', [null]), 400, 'invalid', 'Bundle.entry[0]'],
  [
    'a bundle whose entry asks for nothing',
    () => bundle('batch', [{ request: { method: 'JUMP', url: 'Task' } }]),
    400,
    'invalid',
    'Bundle.entry[0].request.method',
  ],
  [
    'a bundle whose entry leads elsewhere',
    () => bundle('batch', [{ request: { method: 'GET', url: 7 } }]),
    400,
    'invalid',
    'Bundle.entry[0].request.url',
  ],
  ['the version of another resource', () => put({ description: 'Nytt' }, 'W/"7"'), 412, 'conflict', 'http.If-Match'],
  ['no version', () => ({ ...put({ description: 'Nytt' }), headers: {} }), 428, 'required', 'http.If-Match'],
  ['a version that is none', () => put({ description: 'Nytt' }, 'W/"tre"'), 400, 'invalid', 'http.If-Match'],
  ['a read-only element', async () => readOnly({ authoredOn: '2020-01-01' }), 422, 'business-rule', 'Task.authoredOn'],
  [
    'another requester',
    async () => readOnly({ requester: { reference: `Organization/${unit('0201')}` } }),
    422,
    'business-rule',
    'Task.requester',
  ],
];

/** The step as it is, but for an element that the service sets. */
async function readOnly(change: object): Promise<Sent> {
  const path = `/Task/${own().id}`;
  const { body } = await service.as(WARD).get<fhir4.Task & Record<string, unknown>>(`${R4}${path}`);
  return { method: 'PUT', path, body: { ...body, ...change }, headers: { 'if-match': `W/"${body.meta?.versionId}"` } };
}

async function expectRefused(reply: Awaited<ReturnType<typeof send>>, status: number, code: string, at: string) {
  const { outcome, text } = reply;
  expect(reply.status, text).toBe(status);
  expect(outcome.resourceType).toBe('OperationOutcome');
  const [issue] = outcome.issue.filter(({ expression }) => expression?.[0] === at);
  expect(issue, text).toMatchObject({ severity: 'error', code, expression: [at] });
  for (const one of outcome.issue) {
    expect(one.severity).toBe('error');
    expect(one.details?.text, text).toMatch(/\p{L}{3}/u);
    expect(one.expression?.[0], text).toMatch(/\S/);
  }
  expect({ medplum: medplumFaults(outcome), lantana: lantanaFaults(outcome) }).toEqual({ medplum: [], lantana: [] });
  expect(text).not.toMatch(/192612049029|19261204|snart|<script|onclick|blå/);
}

describe('bad input to the listening service', () => {
  test.each(CASES)('%s', async (_what, sent, status, code, at) => {
    const request = await sent();
    const before = await countRows(service.owner);
    await expectRefused(await send(request), status, code, at);
    expect(await countRows(service.owner)).toEqual(before);
  });

  test('the cursor of another user', async () => {
    const path = await cursor();
    await expectRefused(await send({ method: 'GET', path }, CLINIC), 400, 'invalid', '_cursor');
    expect((await send({ method: 'GET', path })).status).toBe(200);
  });
});
