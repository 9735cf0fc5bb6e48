import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CLINIC,
  countRows,
  createPlan,
  createTestApp,
  HOME_CARE,
  registerPatient,
  type TestApp,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';
import { faultsOf } from '../../unit/fhir/own-checks.ts';
import { lantanaFaults, medplumFaults } from '../../unit/fhir/validators.ts';
import { BASE } from '../../unit/fhir/views.ts';
import { issuesOf, R4, type Writer, writerAt } from './writer.ts';

let service: TestApp;
let patientId: string;
let plan: WholePlan;
let ward: Writer;
let home: Writer;
let ester: Writer;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
  plan = await createPlan(service, patientId);
  [ward, home, ester] = [writerAt(service, WARD), writerAt(service, HOME_CARE), writerAt(service, 'ester')];
});
afterAll(() => service.close());

const organization = (suffix: string) => ({ reference: `Organization/${unit(suffix)}` });
const basedOn = () => [{ reference: `CarePlan/${plan.plan.id}` }];

function newTask(more: object = {}): fhir4.Task {
  return {
    resourceType: 'Task',
    status: 'requested',
    intent: 'plan',
    basedOn: basedOn(),
    for: { reference: `Patient/${patientId}` },
    code: { text: 'Sårkontroll' },
    description: 'Distriktssköterskan tittar på såret.',
    owner: organization('0101'),
    restriction: { period: { end: '2026-11-27' } },
    ...more,
  };
}

async function made<T extends fhir4.FhirResource>(writer: Writer, resource: T, headers = {}): Promise<T> {
  const reply = await writer.create<T>(resource, headers);
  expect(reply.status, reply.text).toBe(201);
  expect(reply.headers.location).toMatch(new RegExp(`${R4}/${resource.resourceType}/[a-z2-7-]+/_history/1$`));
  expect(reply.headers.etag).toBe('W/"1"');
  const here = JSON.parse(reply.text.replaceAll('https://patientkontrakt.example/fhir', BASE)) as T;
  const faults = [...faultsOf(here), ...medplumFaults(reply.body), ...lantanaFaults(reply.body)];
  expect(faults).toEqual([]);
  return reply.body;
}

describe('a task', () => {
  test('for the own unit is agreed from the start, for another a proposal that the other answers', async () => {
    const own = await made(ward, newTask());
    expect(own).toMatchObject({ status: 'accepted', description: 'Distriktssköterskan tittar på såret.' });
    const asked = await made(ward, newTask({ owner: organization('0302') }));
    expect(asked.status).toBe('requested');
    const mine = await ward.update({ ...asked, status: 'accepted' });
    expect(mine.status, mine.text).toBe(403);
    expect(issuesOf(mine)).toMatchObject([{ code: 'forbidden' }]);
    const theirs = await home.update<fhir4.Task>({ ...asked, status: 'accepted' });
    expect(theirs.status, theirs.text).toBe(200);
    expect(theirs.body).toMatchObject({ status: 'accepted', meta: { versionId: '2' } });
    expect(theirs.headers.etag).toBe('W/"2"');
  });

  test('sent back as it was read changes nothing', async () => {
    const whole = await ward.read<fhir4.Bundle>(`CarePlan/${plan.plan.id}/$everything`);
    for (const { resource } of whole.body.entry ?? []) {
      const one = resource as fhir4.FhirResource;
      if (!['CarePlan', 'Task', 'Goal', 'CareTeam', 'Communication'].includes(one.resourceType)) continue;
      const reply = await ward.update<fhir4.FhirResource>(one);
      expect(reply.status, `${one.resourceType} ${reply.text}`).toBe(200);
      expect(reply.body).toEqual(one);
    }
  });

  test('moves through its states by the rules of the plan, several changes as one revision', async () => {
    const task = await made(ward, newTask({ code: { text: 'Ring om provsvar' } }));
    const booked = await ward.update<fhir4.Task>({
      ...task,
      status: 'ready',
      executionPeriod: { start: '2026-11-24T13:00:00+01:00', end: '2026-11-24T13:30:00+01:00' },
      code: { ...task.code, text: 'Ring om provsvaret' },
    });
    expect(booked.status, booked.text).toBe(200);
    expect(booked.body).toMatchObject({
      status: 'ready',
      meta: { versionId: '2' },
      code: { text: 'Ring om provsvaret' },
    });
    const again = await ward.update<fhir4.Task>({ ...booked.body, status: 'requested' });
    expect(again.status).toBe(409);
    expect(issuesOf(again)).toMatchObject([{ code: 'conflict' }]);
    const done = await ward.update<fhir4.Task>({ ...booked.body, status: 'completed' });
    expect(done.body.status, done.text).toBe('completed');
    const wrong = await ward.update<fhir4.Task>({
      ...done.body,
      status: 'entered-in-error',
      statusReason: { text: 'Fel patient' },
    });
    expect(wrong.body.status, wrong.text).toBe('entered-in-error');
  });

  test('is made further along when it says so, and needs a reason to be cancelled', async () => {
    const running = await made(ward, newTask({ status: 'in-progress' }));
    expect(running.status).toBe('in-progress');
    const cancelled = await ward.update<fhir4.Task>({ ...running, status: 'cancelled' });
    expect(cancelled.status).toBe(422);
    expect(issuesOf(cancelled)).toMatchObject([{ code: 'business-rule', expression: 'Task.statusReason' }]);
    const said = await ward.update<fhir4.Task>({
      ...running,
      status: 'cancelled',
      statusReason: { text: 'Behövs inte' },
    });
    expect(said.body, said.text).toMatchObject({ status: 'cancelled', statusReason: { text: 'Behövs inte' } });
  });

  test('is changed by the patient only where it is the patient’s own', async () => {
    const wish = await made(ester, newTask({ owner: undefined, code: { text: 'Prata om sömnen' } }));
    expect(wish.status).toBe('draft');
    const steps = await ester.read<fhir4.Bundle>('Task?code=step');
    const theirs = steps.body
      .entry!.map(({ resource }) => resource as fhir4.Task)
      .find(({ status }) => status === 'accepted')!;
    const changed = await ester.update<fhir4.Task>({ ...theirs, description: 'Något helt annat.' });
    expect(changed.status, changed.text).toBe(403);
  });

  test('keeps every form of time', async () => {
    const steptime = (form: string, ...parts: object[]) => ({
      url: 'https://patientkontrakt.example/fhir/StructureDefinition/step-time',
      extension: [{ url: 'form', valueCode: form }, ...parts],
    });
    const series = steptime(
      'recurring',
      { url: 'every', valueCode: 'week' },
      { url: 'interval', valueInteger: 2 },
      { url: 'weekday', valueCode: 'mon' },
      { url: 'startsOn', valueDate: '2026-11-16' },
    );
    for (const extension of [series, steptime('as-needed', { url: 'by', valueString: '2026-12-01' })]) {
      const task = await made(ward, newTask({ extension: [extension], restriction: undefined }));
      expect(task.extension).toContainEqual(extension);
      expect(task.executionPeriod).toBeDefined();
    }
  });
});

describe('a promise, a goal and what matters', () => {
  const kind = (name: string, code: string) => ({
    coding: [{ system: `https://patientkontrakt.example/fhir/CodeSystem/${name}`, code }],
  });

  test('are written by the same rules', async () => {
    const promise = await made(ward, {
      ...newTask({ owner: organization('0302'), requester: { reference: `Patient/${patientId}` } }),
      code: kind('task-kind', 'commitment'),
      description: 'Vi ringer varje fredag.',
    });
    expect(promise).toMatchObject({ status: 'requested', description: 'Vi ringer varje fredag.' });
    const accepted = await home.update<fhir4.Task>({ ...promise, status: 'accepted' });
    expect(accepted.body.status, accepted.text).toBe('accepted');
    const goal: fhir4.Goal = {
      resourceType: 'Goal',
      lifecycleStatus: 'active',
      description: { text: 'Gå i trappan själv' },
      subject: { reference: `Patient/${patientId}` },
      target: [{ dueDate: '2027-01-31' }],
      expressedBy: { reference: `Patient/${patientId}` },
    };
    // The person has one open plan, so that it need not be named.
    const own = await made(ward, goal);
    const reached = await ward.update<fhir4.Goal>({
      ...own,
      lifecycleStatus: 'completed',
      achievementStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/goal-achievement', code: 'achieved' }],
      },
    });
    expect(reached.body.lifecycleStatus, reached.text).toBe('completed');
    const words = 'Jag vill  hem till min stol.\n';
    const matters = await made(ester, {
      ...goal,
      target: undefined,
      category: [kind('goal-category', 'what-matters')],
      description: { text: words },
    } as fhir4.Goal);
    expect(matters.description.text).toBe(words);
  });
});

/** One version of the agreement as its extension tells it. */
function agreementOf({ extension = [] }: fhir4.Extension) {
  const part = (name: string) => extension.find(({ url }) => url === name);
  const partyOf = ({ extension: parts = [] }: fhir4.Extension) => {
    const of = (name: string) => parts.find(({ url }) => url === name);
    return `${of('role')?.valueString}: ${of('status')?.valueCode}`;
  };
  return {
    version: part('version')?.valueInteger,
    status: part('status')?.valueCode,
    parties: extension.filter(({ url }) => url === 'party').map(partyOf),
  };
}

describe('the team and messages', () => {
  test('a named contact is asked for, designated and changed', async () => {
    const contact = await made(ward, {
      resourceType: 'CareTeam',
      status: 'active',
      category: [
        {
          coding: [{ system: 'https://fhir.inera.se/ig/careteam/CodeSystem/typ-av-careteam-cs', code: 'fast-kontakt' }],
        },
      ],
      subject: { reference: `Patient/${patientId}` },
      participant: [
        {
          role: [
            {
              coding: [
                {
                  system:
                    'https://terminologitjansten.inera.se/inera-kodverksforvaltning/kodverk/kv_typ_av_fast_kontakt',
                  code: '1',
                },
              ],
            },
          ],
          member: { type: 'Practitioner', display: 'Tove Testrup' },
        },
      ],
      managingOrganization: [organization('0101')],
    } as fhir4.CareTeam);
    expect(contact.status).toBe('active');
    const [participant] = contact.participant!;
    const moved = await ward.update<fhir4.CareTeam>({
      ...contact,
      participant: [{ ...participant, period: { start: '2026-11-20' } }],
    });
    expect(moved.body.participant?.[0]?.period, moved.text).toEqual({ start: '2026-11-20' });
    const ended = await ward.update<fhir4.CareTeam>({ ...moved.body, status: 'inactive' });
    // It never began: its end stands alone.
    expect(ended.body, ended.text).toMatchObject({ status: 'inactive', period: { end: '2026-11-16' } });
    expect(ended.body.period).not.toHaveProperty('start');
  });

  test('a unit is invited to the team and answers for itself', async () => {
    const team = await ward.read<fhir4.CareTeam>(`CareTeam/${plan.plan.id}`);
    const more = { role: [{ text: 'Rehabilitering' }], member: { type: 'Organization', display: 'Fotvård Demo' } };
    const invited = await ward.update<fhir4.CareTeam>({
      ...team.body,
      participant: [...team.body.participant!, more as fhir4.CareTeamParticipant],
    });
    expect(
      invited.body.participant?.map(({ role }) => role?.[0]?.text),
      invited.text,
    ).toContain('Rehabilitering');
    const state = 'https://patientkontrakt.example/fhir/StructureDefinition/participant-state';
    const clinic = writerAt(service, CLINIC);
    const seen = await clinic.read<fhir4.CareTeam>(`CareTeam/${plan.plan.id}`);
    const participant = seen.body.participant!.map((one) =>
      one.member?.reference === `Organization/${unit('0201')}` && one.id
        ? { ...one, extension: [{ url: state, valueCode: 'accepted' }] }
        : one,
    );
    const answered = await clinic.update<fhir4.CareTeam>({ ...seen.body, participant });
    expect(answered.status, answered.text).toBe(200);
    const gone = await clinic.update<fhir4.CareTeam>({ ...answered.body, participant: participant.slice(1) });
    expect(issuesOf(gone)).toContainEqual({ code: 'business-rule', expression: 'CareTeam.participant' });
  });

  test('a question is asked, answered and never reworded', async () => {
    const question = await made(ester, {
      resourceType: 'Communication',
      status: 'completed',
      basedOn: basedOn(),
      category: [
        { coding: [{ system: 'https://patientkontrakt.example/fhir/CodeSystem/remark-kind', code: 'question' }] },
      ],
      payload: [{ contentString: 'Får jag duscha?' }],
    } as fhir4.Communication);
    const answer = await made(ward, {
      resourceType: 'Communication',
      status: 'completed',
      basedOn: basedOn(),
      inResponseTo: [{ reference: `Communication/${question.id}` }],
      payload: [{ contentString: 'Ja, från i morgon.' }],
    } as fhir4.Communication);
    expect(answer.inResponseTo?.[0]?.reference).toBe(`Communication/${question.id}`);
    const reworded = await ester.update({ ...question, payload: [{ contentString: 'Annat' }] });
    expect(reworded.status).toBe(422);
    const wrong = await ester.update<fhir4.Communication>({ ...question, status: 'entered-in-error' });
    expect(wrong.status, wrong.text).toBe(200);
    const told = await ward.read<fhir4.Bundle>(`Communication?patient=${patientId}`);
    const counted = told.body.entry?.map(({ resource }) => resource as fhir4.Communication) ?? [];
    expect(counted.find(({ id }) => id === question.id)?.status ?? 'entered-in-error').toBe('entered-in-error');
  });
});

describe('the plan itself', () => {
  test('is reworded, and moved between its states, by the planning lead', async () => {
    const own = await createPlan(service, patientId, { title: 'Del', kind: 'VP', status: 'draft' });
    const read = await ward.read<fhir4.CarePlan>(`CarePlan/${own.plan.id}`);
    const state = {
      url: 'https://patientkontrakt.example/fhir/StructureDefinition/plan-state',
      valueCode: 'proposed',
    };
    const changed = await ward.update<fhir4.CarePlan>({
      ...read.body,
      title: 'Ny titel',
      extension: [...read.body.extension!, state],
    });
    expect(changed.body, changed.text).toMatchObject({ title: 'Ny titel', meta: { versionId: '2' } });
    const active = await ward.update<fhir4.CarePlan>({
      ...changed.body,
      status: 'active',
      extension: changed.body.extension!.filter(({ url }) => url !== state.url),
    });
    expect(active.body.status, active.text).toBe('active');
    expect((await home.update({ ...active.body, title: 'Deras titel' })).status).toBe(403);
    const revoked = await ward.update<fhir4.CarePlan>({ ...active.body, status: 'revoked' });
    expect(revoked.body.status, revoked.text).toBe('revoked');
  });

  test('agreed content is changed by a proposal in the next version of the agreement', async () => {
    const own = await createPlan(service, patientId, {
      ...{ kind: 'VP', goals: [], commitments: [], participants: [] },
      steps: [{ title: 'Vägning' }, { title: 'Läkemedelslista' }],
    });
    const url = `/v1/plans/${own.plan.id}/agreements`;
    const version = await service.as(WARD).post<{ id: string }>(url, {});
    expect(version.status, version.text).toBe(201);
    const approved = await service.as(WARD).post(`${url}/${version.body.id}/approve`, { method: 'oral' });
    expect(approved.status, approved.text).toBeLessThan(300);
    const yes = await service.as('ester').post(`${url}/${version.body.id}/approve`, {});
    expect(yes.status, yes.text).toBeLessThan(300);
    const step = own.steps.find(({ title }) => title === 'Vägning')!;
    const { body: task } = await ward.read<fhir4.Task>(`Task/${step.id}`);
    const changed = await ward.update<fhir4.Task>({ ...task, code: { ...task.code, text: 'Vägning och blodtryck' } });
    expect(changed.status, changed.text).toBe(200);
    // What is agreed stays in force, with the change beside it as a proposal of the version after.
    expect(changed.body.code?.text).toBe('Vägning');
    expect(changed.body.extension).toContainEqual({
      url: 'https://patientkontrakt.example/fhir/StructureDefinition/proposed-change',
      valueInteger: 2,
    });
    const care = await ward.read<fhir4.CarePlan>(`CarePlan/${own.plan.id}`);
    const versions = (care.body.extension ?? []).filter(({ url: name }) => name.endsWith('/agreement'));
    expect(versions.map(agreementOf)).toEqual([
      { version: 1, status: 'agreed', parties: ['Regionens hälso- och sjukvård: approved'] },
      { version: 2, status: 'proposed', parties: ['Regionens hälso- och sjukvård: proposed'] },
    ]);
    const rest = await service.as(WARD).get<WholePlan>(`/v1/plans/${own.plan.id}`);
    expect(rest.body.steps.find(({ id }) => id === step.id)).toMatchObject({
      title: 'Vägning',
      proposal: { agreementVersion: 2, changes: { title: 'Vägning och blodtryck' } },
    });
  });
});

describe('conditions and forms of answer', () => {
  const withId = (value: string) => newTask({ identifier: [{ system: 'https://journal.example/steg', value }] });

  test('If-None-Exist makes one thing, also when many ask at once', async () => {
    const condition = { 'if-none-exist': 'identifier=https%3A%2F%2Fjournal.example%2Fsteg%7C77' };
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => ward.create<fhir4.Task>(withId('77'), condition)),
    );
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    const other = await ward.create<fhir4.Task>({ ...withId('77'), description: 'Något annat' }, condition);
    expect(other.body.description).toBe('Distriktssköterskan tittar på såret.');
    expect((await ward.create(withId('78'), { 'if-none-exist': 'status=draft' })).status).toBe(400);
  });

  test('Idempotency-Key gives the same answer again', async () => {
    const key = { 'idempotency-key': 'steg-1' };
    const [first, second] = [
      await ward.create<fhir4.Task>(newTask(), key),
      await ward.create<fhir4.Task>(newTask(), key),
    ];
    expect([first.status, second.status], second.text).toEqual([201, 201]);
    expect(second.body.id).toBe(first.body.id);
    expect(second.headers['idempotency-replayed']).toBe('true');
  });

  test('Prefer says what is answered with', async () => {
    const minimal = await ward.create(newTask(), { prefer: 'return=minimal' });
    expect([minimal.status, minimal.text]).toEqual([201, '']);
    const outcome = await ward.create(newTask({ priority: 'urgent' }), {
      prefer: 'return=OperationOutcome, handling=lenient',
    });
    expect(outcome.status, outcome.text).toBe(201);
    expect(issuesOf(outcome)).toEqual([
      { code: 'informational' },
      { code: 'not-supported', expression: 'Task.priority' },
    ]);
    const strict = await ward.create(newTask({ priority: 'urgent' }));
    expect(strict.status).toBe(422);
    expect(issuesOf(strict)).toEqual([{ code: 'not-supported', expression: 'Task.priority' }]);
  });

  test('If-Match is needed, and a stale one is refused', async () => {
    const task = await made(ward, newTask());
    expect((await ward.update(task, { 'if-match': undefined })).status).toBe(428);
    expect((await ward.update(task, { 'if-match': '*' })).status).toBe(400);
    const changed = await ward.update({ ...task, description: 'En' });
    expect(changed.status, changed.text).toBe(200);
    const stale = await ward.update({ ...task, description: 'Två' });
    expect(stale.status).toBe(412);
    expect(issuesOf(stale)).toEqual([{ code: 'conflict', expression: 'http.If-Match' }]);
  });

  test('a JSON Patch changes what it names, and its tests must hold', async () => {
    const task = await made(ward, newTask());
    const patched = await ward.patch<fhir4.Task>(task, [
      { op: 'test', path: '/status', value: 'accepted' },
      { op: 'replace', path: '/description', value: 'Ny text' },
    ]);
    expect(patched.body, patched.text).toMatchObject({ description: 'Ny text', meta: { versionId: '2' } });
    const failed = await ward.patch(patched.body, [{ op: 'test', path: '/status', value: 'draft' }]);
    expect(failed.status).toBe(422);
    for (const patch of [{}, [{ op: 'jump', path: '/status' }], [{ op: 'add', path: '/__proto__/x', value: 1 }]]) {
      expect((await ward.patch(patched.body, patch)).status).toBe(400);
    }
    expect((await ward.patch(patched.body, [], { 'content-type': 'application/fhir+json' })).status).toBe(415);
  });
});

describe('bad input gets a precise outcome, and nothing is written', () => {
  test('a thing that says no plan, when the person’s plans do not tell which: alone and in a bundle', async () => {
    const other = await registerPatient(service, 'mirza');
    const goal = {
      resourceType: 'Goal',
      lifecycleStatus: 'active',
      description: { text: 'Gå ut varje dag' },
      subject: { reference: `Patient/${other}` },
    };
    const bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ resource: goal, request: { method: 'POST', url: 'Goal' } }],
    };
    const before = await countRows(service.owner);
    for (const [refused, place] of [
      [await ward.create(goal), 'Goal.extension'],
      [await ward.bundle(bundle), 'Bundle.entry[0].resource.extension'],
    ] as const) {
      expect(refused.status, refused.text).toBe(422);
      expect(issuesOf(refused)).toEqual([{ code: 'required', expression: place }]);
      expect(refused.text).toContain('Ange planen');
    }
    expect(await countRows(service.owner)).toEqual(before);
  });

  const cases: readonly [string, () => unknown, number, string, string | undefined][] = [
    ['no resource', () => [1], 400, 'structure', 'Resource'],
    ['another type', () => ({ resourceType: 'Goal' }), 400, 'invalid', 'Resource.resourceType'],
    ['an unknown element', () => newTask({ colour: 'blå' }), 400, 'structure', 'Task.colour'],
    ['a missing element', () => newTask({ intent: undefined }), 400, 'required', 'Task.intent'],
    ['an unknown code', () => newTask({ status: 'snart' }), 400, 'code-invalid', 'Task.status'],
    ['a wrong type of value', () => newTask({ description: 7 }), 400, 'value', 'Task.description'],
    ['a wrong date', () => newTask({ authoredOn: '2026-13-01' }), 400, 'value', 'Task.authoredOn'],
    [
      'a wrong type of reference',
      () => newTask({ owner: { reference: 'Goal/x' } }),
      400,
      'value',
      'Task.owner.reference',
    ],
    ['an unknown unit', () => newTask({ owner: organization('9999') }), 422, 'business-rule', 'Task.owner'],
    ['nobody', () => newTask({ owner: { reference: 'Device/x' } }), 422, 'not-supported', 'Task.owner'],
    ['another’s patient', () => newTask({ for: { reference: 'Patient/x' } }), 422, 'not-found', 'Task.for'],
    [
      'script in the narrative',
      () =>
        newTask({
          text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><script>1</script></div>' },
        }),
      400,
      'value',
      'Task.text.div',
    ],
    [
      'what cannot be held',
      () => newTask({ input: [{ type: { text: 'x' }, valueString: 'y' }] }),
      422,
      'not-supported',
      'Task.input',
    ],
    [
      'a personal number as an id',
      () => newTask({ identifier: [{ system: 'urn:x', value: '192612049029' }] }),
      422,
      'value',
      'Task.identifier[0].value',
    ],
    [
      'an order of time that cannot be',
      () => newTask({ executionPeriod: { start: '2026-11-30', end: '2026-11-20' } }),
      422,
      'business-rule',
      'Task.executionPeriod',
    ],
    [
      'a modifier',
      () => newTask({ modifierExtension: [{ url: 'https://x.example/not', valueBoolean: true }] }),
      400,
      'extension',
      'Task.modifierExtension[0]',
    ],
  ];

  test.each(cases)('%s', async (_name, body, status, code, expression) => {
    const before = await countRows(service.owner);
    const sent = body();
    const reply = await ward.send('POST', 'Task', sent);
    expect(reply.status, reply.text).toBe(status);
    expect(issuesOf(reply)).toContainEqual({ code, ...(expression && { expression }) });
    expect(medplumFaults(reply.body as unknown as fhir4.OperationOutcome)).toEqual([]);
    expect(reply.text).not.toMatch(/192612049029|snart|<script|blå/);
    for (const { details } of (reply.body as unknown as fhir4.OperationOutcome).issue)
      expect(details?.text).toMatch(/\p{L}{3}/u);
    expect(await countRows(service.owner)).toEqual(before);
  });

  test('a change of what the service sets is refused by its place', async () => {
    const task = await made(ward, newTask());
    const before = await countRows(service.owner);
    for (const [change, expression] of [
      [{ authoredOn: '2020-01-01' }, 'Task.authoredOn'],
      [{ output: [{ type: { text: 'x' }, valueString: 'y' }] }, 'Task.output'],
      [{ requester: organization('0201') }, 'Task.requester.reference'],
    ] as const) {
      const reply = await ward.update({ ...task, ...(change as object) } as fhir4.Task);
      expect(reply.status, reply.text).toBe(422);
      expect(issuesOf(reply)[0]!.expression).toContain(expression.split('.').slice(0, 2).join('.'));
    }
    const moved = await ward.send('PUT', `Task/${task.id}`, { ...task, id: plan.plan.id }, { 'if-match': 'W/"1"' });
    expect(issuesOf(moved)).toEqual([{ code: 'invalid', expression: 'Task.id' }]);
    const absent = await ward.send(
      'PUT',
      `Goal/${plan.plan.id}`,
      { ...task, resourceType: 'Goal' },
      { 'if-match': 'W/"1"' },
    );
    // Judged as what the address says that it is, before anything is looked for.
    expect([absent.status, issuesOf(absent)[0]?.code], absent.text).toEqual([400, 'structure']);
    expect((await ward.send('DELETE', `Task/${task.id}`, undefined)).status).toBe(405);
    expect(await countRows(service.owner)).toEqual(before);
  });
});
