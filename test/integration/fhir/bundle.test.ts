import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
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
import { foreignBundle } from './foreign-plan.ts';
import { issuesOf, type Writer, writerAt } from './writer.ts';

type Response = fhir4.Bundle<fhir4.FhirResource>;

let service: TestApp;
let patientId: string;
let loveId: string;
let plan: WholePlan;
/** Cases are listed before there is a plan. */
let made: WholePlan | undefined;
let ward: Writer;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
  loveId = await registerPatient(service, 'love');
  plan = await createPlan(service, patientId);
  made = plan;
  ward = writerAt(service, WARD);
});
afterAll(() => service.close());

const statusesOf = ({ body }: { body: object }) =>
  (body as Response).entry?.map(({ response }) => response!.status.slice(0, 3));
const at = (reply: { body: object }, i: number) => (reply.body as Response).entry![i]!.response!;
const idAt = (reply: { body: object }, i: number) => at(reply, i).location!.split('/')[1]!;

function task(more: object = {}): fhir4.Task {
  return {
    resourceType: 'Task',
    status: 'requested',
    intent: 'plan',
    basedOn: [{ reference: `CarePlan/${made?.plan.id ?? 'none'}` }],
    code: { text: 'Sårkontroll' },
    owner: { reference: `Organization/${unit('0101')}` },
    ...more,
  };
}
const post = (resource: fhir4.FhirResource | object, more: object = {}) => ({
  resource,
  request: { method: 'POST', url: (resource as fhir4.FhirResource).resourceType },
  ...more,
});
const bundleOf = (type: string, entry: object[]) => ({ resourceType: 'Bundle', type, entry });

function expectValid(bundle: object): void {
  expect(medplumFaults(bundle as fhir4.Bundle)).toEqual([]);
  expect(lantanaFaults(bundle as fhir4.Bundle)).toEqual([]);
}

describe('a transaction', () => {
  test('makes things that name each other in any order, changes others and reads when all is done', async () => {
    const predecessor = 'https://patientkontrakt.example/fhir/StructureDefinition/predecessor';
    const [before] = [plan.steps.find(({ title }) => title === 'Läkemedelslista')!];
    const { body: present } = await ward.read<fhir4.Task>(`Task/${before.id}`);
    const after = task({
      code: { text: 'Suturtagning' },
      extension: [{ url: predecessor, valueReference: { reference: 'urn:uuid:11111111-1111-4111-8111-111111111111' } }],
    });
    const reply = await ward.bundle(
      bundleOf('transaction', [
        { request: { method: 'GET', url: `Task/${before.id}` } },
        {
          resource: { ...present, description: 'Ny lista' },
          request: { method: 'PUT', url: `Task/${before.id}`, ifMatch: `W/"${present.meta!.versionId}"` },
        },
        post(after, { fullUrl: 'urn:uuid:22222222-2222-4222-8222-222222222222' }),
        post(task(), { fullUrl: 'urn:uuid:11111111-1111-4111-8111-111111111111' }),
      ]),
    );
    expect(reply.status, reply.text).toBe(200);
    expect(statusesOf(reply)).toEqual(['200', '200', '201', '201']);
    expectValid(reply.body);
    expect((reply.body as unknown as Response).entry![0]!.resource).toMatchObject({ description: 'Ny lista' });
    const written = await ward.read<fhir4.Task>(`Task/${idAt(reply, 2)}`);
    const named = written.body.extension?.find(({ url }) => url === predecessor)?.valueReference?.reference;
    expect(named).toBe(`Task/${idAt(reply, 3)}`);
  });

  test('is all or nothing, and names the entry that was refused', async () => {
    const before = await countRows(service.owner);
    const bad = await ward.bundle(
      bundleOf('transaction', [post(task()), post(task({ owner: { reference: `Organization/${unit('9999')}` } }))]),
    );
    expect(bad.status).toBe(422);
    expect(issuesOf(bad)).toEqual([{ code: 'business-rule', expression: 'Bundle.entry[1].resource.owner' }]);
    const stale = await ward.bundle(
      bundleOf('transaction', [
        post(task()),
        {
          resource: { ...task(), id: plan.steps[0]!.id },
          request: { method: 'PUT', url: `Task/${plan.steps[0]!.id}`, ifMatch: 'W/"99"' },
        },
      ]),
    );
    expect([stale.status, issuesOf(stale)[0]!.expression]).toEqual([412, 'Bundle.entry[1].resource']);
    const none = await ward.bundle(
      bundleOf('transaction', [
        {
          resource: { ...task(), id: plan.steps[0]!.id },
          request: { method: 'PUT', url: `Task/${plan.steps[0]!.id}` },
        },
      ]),
    );
    expect(none.status).toBe(428);
    expect(await countRows(service.owner)).toEqual(before);
  });

  test('leads by conditional references, and makes conditionally what is new', async () => {
    const source = { system: 'https://journal.example/steg', value: 'tx-1' };
    const condition = { method: 'POST', url: 'Task', ifNoneExist: `identifier=${source.system}|${source.value}` };
    const entry = { resource: task({ identifier: [source] }), request: condition };
    const [first, second] = [
      await ward.bundle(bundleOf('transaction', [entry])),
      await ward.bundle(bundleOf('transaction', [entry])),
    ];
    expect([statusesOf(first), statusesOf(second)], second.text).toEqual([['201'], ['200']]);
    expect(idAt(second, 0)).toBe(idAt(first, 0));
    const question: fhir4.Communication = {
      resourceType: 'Communication',
      status: 'completed',
      basedOn: [{ reference: `CarePlan/${plan.plan.id}` }],
      about: [{ reference: `Task?identifier=${source.system}|${source.value}` }],
      payload: [{ contentString: 'När tas stygnen?' }],
    };
    const reply = await ward.bundle(bundleOf('transaction', [post(question)]));
    expect(statusesOf(reply), reply.text).toEqual(['201']);
    const { body } = await ward.read<fhir4.Communication>(`Communication/${idAt(reply, 0)}`);
    expect(body.about?.[0]?.reference).toBe(`Task/${idAt(first, 0)}`);
  });

  test('is about one person', async () => {
    const other = await createPlan(service, loveId);
    const reply = await ward.bundle(
      bundleOf('transaction', [post(task()), post(task({ basedOn: [{ reference: `CarePlan/${other.plan.id}` }] }))]),
    );
    expect([reply.status, issuesOf(reply)[0]!.expression]).toEqual([422, 'Bundle.entry']);
  });

  test.each([
    ['no bundle', { resourceType: 'Task' }, 400],
    ['another type of bundle', bundleOf('collection', []), 400],
    [
      'what it does not hold',
      bundleOf('transaction', [post(task({ owner: { reference: 'urn:uuid:99999999-9999-4999-8999-999999999999' } }))]),
      422,
    ],
    ['an entry without a request', bundleOf('transaction', [{ resource: { resourceType: 'Goal' } }]), 400],
    [
      'an absolute address',
      bundleOf('transaction', [
        { resource: task(), request: { method: 'POST', url: 'https://elsewhere.example/Task' } },
      ]),
      400,
    ],
    ['a deletion', bundleOf('transaction', [{ request: { method: 'DELETE', url: 'Task/x' } }]), 422],
    [
      'script in a narrative',
      bundleOf('transaction', [
        post(task({ text: { status: 'generated', div: '<div><img src="x" onerror="y"/></div>' } })),
      ]),
      400,
    ],
    [
      'ten thousand entries',
      bundleOf(
        'transaction',
        Array.from({ length: 10_000 }, () => ({ request: { method: 'GET', url: 'Task/x' } })),
      ),
      413,
    ],
    [
      'ten thousand entries of a batch',
      bundleOf(
        'batch',
        Array.from({ length: 10_000 }, () => ({ request: { method: 'GET', url: 'Task/x' } })),
      ),
      413,
    ],
  ])('that is or holds %s is refused, and nothing is written', async (_name, bundle, status) => {
    const before = await countRows(service.owner);
    const reply = await ward.bundle(bundle);
    expect(reply.status, reply.text).toBe(status);
    expect(issuesOf(reply)[0]!.expression).toMatch(/^Bundle/);
    expect(await countRows(service.owner)).toEqual(before);
  });
});

describe('a batch', () => {
  test('carries out each entry by itself', async () => {
    const reply = await ward.bundle(
      bundleOf('batch', [
        post(task()),
        post(task({ status: 'snart' })),
        { request: { method: 'GET', url: `CarePlan/${plan.plan.id}` } },
        { request: { method: 'GET', url: 'Task/none' } },
        { request: { method: 'GET', url: `Goal?patient=${patientId}` } },
        post(task({ owner: { reference: `Organization/${unit('9999')}` } })),
      ]),
    );
    expect(statusesOf(reply), reply.text).toEqual(['201', '400', '200', '404', '200', '422']);
    expect(at(reply, 1).outcome).toMatchObject({ issue: [{ expression: ['Task.status'] }] });
    expectValid(reply.body);
  });

  test('reads what a client has not already, by version or by date', async () => {
    const url = `Goal/${plan.goals[0]!.id}`;
    const known = (await ward.read<fhir4.Goal>(url)).body;
    const ask = async (more: object) =>
      statusesOf(await ward.bundle(bundleOf('batch', [{ request: { method: 'GET', url, ...more } }])));
    expect(await ask({ ifNoneMatch: `W/"${known.meta!.versionId}"` })).toEqual(['304']);
    expect(await ask({ ifNoneMatch: 'W/"99"' })).toEqual(['200']);
    // The clock stands still here: a second that has not passed confirms nothing.
    expect(await ask({ ifModifiedSince: known.meta!.lastUpdated })).toEqual(['200']);
    expect(await ask({ ifModifiedSince: 'i dag' })).toEqual(['200']);
  });

  test('patches with what a Binary holds', async () => {
    const written = await ward.create<fhir4.Task>(task());
    const data = Buffer.from(JSON.stringify([{ op: 'add', path: '/description', value: 'Ny' }])).toString('base64');
    const resource = { resourceType: 'Binary', contentType: 'application/json-patch+json', data };
    const request = { method: 'PATCH', url: `Task/${written.body.id}`, ifMatch: 'W/"1"' };
    const reply = await ward.bundle(bundleOf('batch', [{ resource, request }]));
    expect(statusesOf(reply), reply.text).toEqual(['200']);
    const again = await ward.bundle(bundleOf('transaction', [{ resource, request: { ...request, ifMatch: 'W/"2"' } }]));
    expect(statusesOf(again), again.text).toEqual(['200']);
  });
});

describe('a plan from another system', () => {
  const personNumber = NUMBERS.love;

  test('that holds nothing else becomes a plan with steps, goals and team, strictly', async () => {
    const sent = foreignBundle({ plain: true, personNumber, id: 'plain' });
    const reply = await ward.bundle(sent, { prefer: 'handling=strict' });
    expect(reply.status, reply.text).toBe(200);
    expect(statusesOf(reply)).toEqual(['201', '201', '201', '200']);
    expectValid(reply.body);
    const everything = await ward.read<Response>(`CarePlan/${idAt(reply, 1)}/$everything`);
    const all = everything.body.entry!.map(({ resource }) => resource!);
    const care = all.find((one): one is fhir4.CarePlan => one.resourceType === 'CarePlan')!;
    expect(care).toMatchObject({ title: 'Diabetes, egenvård', status: 'active', period: { start: '2026-11-01' } });
    const steps = all.filter((one): one is fhir4.Task => one.resourceType === 'Task');
    expect(steps.map(({ code, status }) => `${code!.text} ${status}`).toSorted()).toEqual([
      'Kost accepted',
      'Motion in-progress',
      'Ögonbottenfoto accepted',
    ]);
    expect(all.filter(({ resourceType }) => resourceType === 'Goal')).toMatchObject([
      { description: { text: 'HbA1c under 52' } },
    ]);
    const team = all.find((one): one is fhir4.CareTeam => one.resourceType === 'CareTeam')!;
    expect(team.participant!.map(({ role }) => role![0]!.text)).toContain('Sjukgymnast');
  });

  test('that holds more is refused strictly with every place, and nothing is stored', async () => {
    const before = await countRows(service.owner);
    const reply = await ward.bundle(foreignBundle({ personNumber }));
    expect(reply.status).toBe(422);
    const places = issuesOf(reply).map(({ expression }) => expression);
    expect(places).toEqual(
      expect.arrayContaining([
        'Bundle.entry[4].resource',
        'Bundle.entry[1].resource.category',
        'Bundle.entry[1].resource.addresses',
        'Bundle.entry[1].resource.activity[0].detail.code.coding[0].system',
      ]),
    );
    expect(await countRows(service.owner)).toEqual(before);
  });

  test('is taken in leniently, each entry told what became of it, and never doubled', async () => {
    const lenient = { prefer: 'handling=lenient' };
    const sent = foreignBundle({ personNumber, id: 'rich', status: 'draft' });
    const reply = await ward.bundle(sent, lenient);
    expect(statusesOf(reply), reply.text).toEqual(['201', '201', '201', '200', '422']);
    expectValid(reply.body);
    expect(at(reply, 4).outcome).toMatchObject({
      issue: [{ code: 'not-supported', expression: ['Bundle.entry[4].resource'] }],
    });
    const told = (at(reply, 1).outcome as fhir4.OperationOutcome).issue;
    expect(told.every(({ severity }) => severity === 'warning')).toBe(true);
    expect(told.flatMap(({ expression }) => expression)).toContain('Bundle.entry[1].resource.addresses');
    const before = await countRows(service.owner);
    const again = await ward.bundle(sent, lenient);
    expect(statusesOf(again), again.text).toEqual(['200', '200', '200', '200', '422']);
    const { audit_entries: _log, ...rows } = await countRows(service.owner);
    expect(rows).toEqual(before);
  });

  test('that is over is left as it is when it is sent again', async () => {
    const sent = foreignBundle({ plain: true, personNumber, id: 'over', status: 'revoked' });
    const lenient = { prefer: 'handling=lenient' };
    const first = await ward.bundle(sent, lenient);
    expect(statusesOf(first), first.text).toEqual(['201', '201', '201', '200']);
    const before = await countRows(service.owner);
    const again = await ward.bundle(sent, lenient);
    expect(statusesOf(again), again.text).toEqual(['422', '200', '422', '200']);
    expect(at(again, 0).outcome).toMatchObject({ issue: [{ expression: ['Bundle.entry[0].resource'] }] });
    expect(await countRows(service.owner)).toEqual(before);
  });

  test('alone, with what is inside it, is made in one request', async () => {
    const [, { resource }] = foreignBundle({ plain: true, personNumber, id: 'alone', status: 'draft' }).entry! as [
      never,
      fhir4.BundleEntry,
    ];
    const own = {
      ...(resource as fhir4.CarePlan),
      subject: { reference: `Patient/${loveId}` },
      goal: undefined,
      contained: undefined,
      careTeam: undefined,
      activity: (resource as fhir4.CarePlan).activity!.slice(0, 2),
    };
    const reply = await ward.create<fhir4.CarePlan>(own);
    expect(reply.status, reply.text).toBe(201);
    expect(reply.body.activity).toHaveLength(2);
    expect((await writerAt(service, 'love').create(own)).status).toBe(403);
  });

  test('of an unknown person is refused, and the number is not repeated', async () => {
    const reply = await ward.bundle(foreignBundle({ plain: true, personNumber: NUMBERS.p7 }));
    expect(reply.status).toBe(422);
    expect(issuesOf(reply)).toContainEqual({ code: 'not-found', expression: 'Bundle.entry[3].resource' });
    expect(reply.text).not.toContain(NUMBERS.p7);
  });
});
