import { parseThingId } from '../../../src/shared/ids.ts';
import type { Caller } from '../../support/app.ts';
import {
  CLINIC,
  createPlan,
  HOME_CARE,
  ifMatch,
  participantOf,
  planBody,
  planUrl,
  readPlan,
  stepNamed,
  type TestApp,
  type Thing,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';

/** A plan of which something of every kind can be read, answered and changed. */
export interface Stage {
  readonly service: TestApp;
  readonly patientId: string;
  plan: WholePlan;
  /** Who answers for the patient's side; the patient unless said. */
  readonly citizen?: string;
  /** The day when it was set; `2026-11-16` unless said. */
  readonly day?: string;
}

/** One request to one route, by someone who may make it. */
export interface RouteCase {
  /** As the document names it, `POST /plans/{planId}/steps`. */
  readonly route: string;
  readonly by: string;
  readonly url: (stage: Stage) => string;
  readonly body?: (stage: Stage) => object;
  readonly headers?: (stage: Stage) => Record<string, string>;
  readonly status: 200 | 201;
  /** What must have happened before. */
  readonly prepare?: (stage: Stage) => Promise<unknown>;
  /** Someone of a kind that the route is not for, when there is one. */
  readonly wrongKind?: string;
}

const SYSTEM = 'demo-region-journal';
const CITIZEN = 'ester';

export async function setStage(service: TestApp, patientId: string, more: object = {}): Promise<Stage> {
  return { service, patientId, plan: await createPlan(service, patientId, more) };
}

/** The same without consents and relations: for the patient's side, which needs none, and for who has none. */
export async function setUnsharedStage(
  service: TestApp,
  patientId: string,
  { citizen, day }: Pick<Stage, 'citizen' | 'day'>,
): Promise<Stage> {
  const made = await service.as(WARD).post<WholePlan>('/v1/plans', planBody(patientId));
  if (made.status !== 201) throw new Error(made.text);
  return { service, patientId, citizen, day, plan: await readPlan(service.as(WARD), made.body) };
}

async function send(stage: Stage, persona: string, path: string, body: object, headers = {}): Promise<void> {
  const reply = await stage.service.as(persona).post(`${planUrl(stage.plan)}${path}`, body, headers);
  if (reply.status >= 300) throw new Error(`${path}: ${reply.text}`);
  stage.plan = await readPlan(stage.service.as(WARD), stage.plan);
}

const key = (stage: Stage) => ({ 'idempotency-key': `rapport-${stage.plan.plan.id}` });
const ASSESSMENT = {
  assessor: { staff: unit('P001'), name: 'Tove Testrup', profession: 'sjuksköterska' },
  assessedOn: '2018-11-16',
  reviewOn: '2027-01-16',
  helpNeeded: 'Ingen',
  ifItFails: 'Ring avdelningen',
};
const REMARK = { what: 'question', text: 'Får jag duscha?' };

const own = (stage: Stage) => stepNamed(stage.plan, 'Läkemedelslista');
const asked = (stage: Stage) => stepNamed(stage.plan, 'Viktkontroll');
const walk = (stage: Stage) => stepNamed(stage.plan, 'Promenad');
const clinic = (stage: Stage) => participantOf(stage.plan, '0201');
const first = (kind: keyof WholePlan & string) => (stage: Stage) => (stage.plan[kind] as Thing[])[0]!;
const designated = (stage: Stage) => stage.plan.namedContacts.find((one) => one.state === 'designated')!;

const withReport = (stage: Stage) =>
  send(stage, WARD, `/steps/${own(stage).id}/reports`, { outcome: 'done' }, key(stage));
const withAssessment = (stage: Stage) =>
  send(stage, WARD, `/steps/${walk(stage).id}/self-care-assessments`, ASSESSMENT);
const withRemark = (stage: Stage) => send(stage, WARD, '/remarks', REMARK);
const withAgreement = (stage: Stage) => send(stage, WARD, '/agreements', {});
const withContact = (stage: Stage) =>
  send(stage, CLINIC, '/named-contacts', {
    role: 'fast-lakarkontakt',
    unit: unit('0201'),
    person: { name: 'Maj Modell' },
  });
const withExternalId = (stage: Stage) =>
  send(stage, WARD, '/links', {
    to: 'other',
    title: 'Journal',
    reference: '1',
    externalId: { source: 'journal', id: `l-${stage.plan.plan.id}` },
  });
async function withAct(stage: Stage): Promise<void> {
  await withAgreement(stage);
  await send(stage, WARD, `/agreements/${first('agreementVersions')(stage).id}/approve`, {});
}
async function withReceipt(stage: Stage): Promise<void> {
  await withAgreement(stage);
  await send(stage, stage.citizen ?? CITIZEN, `/agreements/${first('agreementVersions')(stage).id}/receipts`, {
    answers: { safe: true },
  });
}

/** A plan that rests because consent has fallen, as a withdrawal leaves it. */
async function resting(stage: Stage): Promise<void> {
  const onHold = { reason: 'Samtycke', decidesUnit: unit('0101'), explainBy: '2026-11-17T11:00:00.000Z' };
  await stage.service.owner.query(
    `update plans set status = 'on-hold', content = content || jsonb_build_object('status', 'on-hold', 'onHold', $2::jsonb)
     where id = $1`,
    [parseThingId(stage.plan.plan.id)!.id, JSON.stringify(onHold)],
  );
}

type Rest = Partial<Pick<RouteCase, 'headers' | 'prepare' | 'wrongKind'>>;
const dayOf = ({ day }: Stage) => day ?? '2026-11-16';
const inPlan = (path: string) => (stage: Stage) => `${planUrl(stage.plan)}${path}`;

/** Adds to a collection of the plan. */
function adding(path: string, by: string, body: object, rest: Rest = {}): RouteCase {
  return { route: `POST /plans/{planId}${path}`, by, url: inPlan(path), body: () => body, status: 201, ...rest };
}

type Find = (stage: Stage) => Thing;

/** Adds beside one thing; no revision, since that thing stays as it is. */
function addingTo(path: [string, string, string], by: string, find: Find, body: object, rest: Rest = {}): RouteCase {
  const [collection, parameter, verb] = path;
  return {
    route: `POST /plans/{planId}${collection}/{${parameter}}${verb}`,
    by,
    url: (stage) => `${planUrl(stage.plan)}${collection}/${find(stage).id}${verb}`,
    body: () => body,
    status: 201,
    ...rest,
  };
}

/** Changes or moves one thing, by its revision. */
function changing(
  method: 'PATCH' | 'POST',
  path: [string, string, string],
  by: string,
  find: Find,
  body: object,
  rest: Rest = {},
): RouteCase {
  const [collection, parameter, verb] = path;
  return {
    ...addingTo(path, by, find, body, rest),
    route: `${method} /plans/{planId}${collection}/{${parameter}}${verb}`,
    headers: (stage) => ifMatch(find(stage)),
    status: 200,
  };
}

const wrongs = (collection: string, find: Find, rest: Rest = {}): RouteCase =>
  changing('POST', [collection, 'thingId', '/entered-in-error'], WARD, find, { reason: 'Fel person' }, rest);

const once = (kind: string, find: Find, prepare?: RouteCase['prepare']): RouteCase => ({
  route: `GET /plans/{planId}/history/${kind}/{thingId}/{revision}`,
  by: WARD,
  url: (stage) => `${planUrl(stage.plan)}/history/${kind}/${find(stage).id}/1`,
  status: 200,
  prepare,
});

const STAFF_ONLY = { wrongKind: CITIZEN };
const NO_SYSTEMS = { wrongKind: SYSTEM };
const FIXED = { form: 'fixed', start: '2026-11-21T11:00:00+01:00', changeable: { byPatient: false } };

const plans: RouteCase[] = [
  {
    route: 'POST /plans',
    by: WARD,
    url: () => '/v1/plans',
    body: (s) => planBody(s.patientId),
    status: 201,
    ...STAFF_ONLY,
  },
  { route: 'GET /plans/{planId}', by: WARD, url: inPlan(''), status: 200 },
  { route: 'GET /plans/{planId}/allowed-actions', by: WARD, url: inPlan('/allowed-actions'), status: 200 },
  { route: 'GET /plans/{planId}/findings', by: WARD, url: inPlan('/findings'), status: 200, wrongKind: CITIZEN },
  adding(
    '/disclosures',
    WARD,
    {
      ground: 'harm-assessment',
      receiver: { kind: 'unit', hsaId: unit('0305') },
      purpose: 'Planering av skolgången',
    },
    STAFF_ONLY,
  ),
  {
    route: 'POST /plans/{planId}/explained',
    by: WARD,
    url: inPlan('/explained'),
    body: () => ({}),
    headers: (stage) => ifMatch(stage.plan.plan),
    status: 200,
    prepare: resting,
    ...STAFF_ONLY,
  },
  {
    route: 'PATCH /plans/{planId}',
    by: WARD,
    url: inPlan(''),
    body: () => ({ title: 'Hemma' }),
    headers: (stage) => ifMatch(stage.plan.plan),
    status: 200,
    ...STAFF_ONLY,
  },
  {
    route: 'POST /plans/search',
    by: WARD,
    url: () => '/v1/plans/search',
    body: ({ patientId }) => ({ patientId }),
    status: 200,
    ...NO_SYSTEMS,
  },
  {
    route: 'POST /plans/lookup',
    by: WARD,
    url: () => '/v1/plans/lookup',
    body: (stage) => ({ source: 'journal', id: `l-${stage.plan.plan.id}` }),
    status: 200,
    prepare: withExternalId,
    ...STAFF_ONLY,
  },
  {
    route: 'POST /plans/{planId}/transition',
    by: WARD,
    url: inPlan('/transition'),
    body: () => ({ to: 'active' }),
    headers: (stage) => ifMatch(stage.plan.plan),
    status: 200,
    ...NO_SYSTEMS,
  },
];

const steps: RouteCase[] = [
  adding('/steps', CITIZEN, { title: 'Stavgång', responsibleParty: { kind: 'patient' } }),
  changing('PATCH', ['/steps', 'stepId', ''], WARD, own, { time: FIXED }),
  changing('POST', ['/steps', 'stepId', '/accept'], HOME_CARE, asked, {}, NO_SYSTEMS),
  changing('POST', ['/steps', 'stepId', '/decline'], HOME_CARE, asked, { reason: 'Saknar personal' }, NO_SYSTEMS),
  changing('POST', ['/steps', 'stepId', '/transition'], WARD, own, { to: 'in-progress' }),
  addingTo(['/steps', 'stepId', '/reports'], WARD, own, { outcome: 'done', note: 'Klart' }, { headers: key }),
  addingTo(['/steps', 'stepId', '/self-care-assessments'], WARD, walk, ASSESSMENT, STAFF_ONLY),
  changing(
    'PATCH',
    ['/self-care-assessments', 'assessmentId', ''],
    WARD,
    first('selfCareAssessments'),
    { reviewOn: '2027-02-01' },
    { prepare: withAssessment, ...STAFF_ONLY },
  ),
];

const words: RouteCase[] = [
  adding('/what-matters', CITIZEN, { text: 'Att få sova.' }),
  changing('PATCH', ['/what-matters', 'whatMattersId', ''], WARD, first('whatMatters'), { text: 'Hem.' }),
  adding('/goals', CITIZEN, { text: 'Orka laga mat', whose: 'patient' }),
  changing('PATCH', ['/goals', 'goalId', ''], WARD, first('goals'), { text: 'Gå varje dag' }),
  changing('POST', ['/goals', 'goalId', '/transition'], WARD, first('goals'), { to: 'achieved' }),
  adding('/safety-net', WARD, { level: 'red', sign: 'Andnöd', advice: 'Ring 112' }, STAFF_ONLY),
  changing('PATCH', ['/safety-net', 'itemId', ''], WARD, first('safetyNet'), { advice: 'Ring genast' }, STAFF_ONLY),
  adding('/follow-ups', WARD, { plannedOn: '2026-12-20' }, STAFF_ONLY),
  changing(
    'PATCH',
    ['/follow-ups', 'followUpId', ''],
    WARD,
    first('followUps'),
    { plannedOn: '2026-12-12' },
    STAFF_ONLY,
  ),
  changing('POST', ['/follow-ups', 'followUpId', '/outcome'], WARD, first('followUps'), { outcome: 'Bra' }, NO_SYSTEMS),
  adding('/links', WARD, { to: 'booking', title: 'Boka', url: 'https://example.org/' }, STAFF_ONLY),
  changing('PATCH', ['/links', 'linkId', ''], WARD, first('links'), { title: 'Läkemedel' }, STAFF_ONLY),
  {
    route: 'POST /plans/{planId}/sign',
    by: WARD,
    url: inPlan('/sign'),
    body: ({ plan }) => ({ contributions: [plan.plan, ...plan.goals].map(({ id, revision }) => ({ id, revision })) }),
    status: 200,
    ...STAFF_ONLY,
  },
  adding('/remarks', CITIZEN, REMARK, NO_SYSTEMS),
  addingTo(
    ['/remarks', 'remarkId', '/answer'],
    WARD,
    first('remarks'),
    { text: 'Ja.' },
    { prepare: withRemark, ...STAFF_ONLY },
  ),
];

const people: RouteCase[] = [
  adding(
    '/named-contacts',
    CLINIC,
    { role: 'rehabkoordinator', unit: unit('0201'), person: { name: 'Maj Modell' } },
    NO_SYSTEMS,
  ),
  changing(
    'PATCH',
    ['/named-contacts', 'contactId', ''],
    CLINIC,
    designated,
    { deputy: { name: 'Vera Vikarie', unit: unit('0201') } },
    { prepare: withContact, ...STAFF_ONLY },
  ),
  changing(
    'POST',
    ['/named-contacts', 'contactId', '/transition'],
    CLINIC,
    first('namedContacts'),
    { to: 'designated', person: { name: 'Maj Modell' } },
    NO_SYSTEMS,
  ),
  changing(
    'POST',
    ['/named-contacts', 'contactId', '/make-primary'],
    CLINIC,
    designated,
    {},
    { prepare: withContact, ...STAFF_ONLY },
  ),
  adding('/participants', WARD, { party: { kind: 'region', unit: unit('0102') } }, STAFF_ONLY),
  changing('PATCH', ['/participants', 'participantId', ''], WARD, clinic, { role: 'Vårdcentral' }, STAFF_ONLY),
  changing('POST', ['/participants', 'participantId', '/accept'], CLINIC, clinic, {}, NO_SYSTEMS),
  changing(
    'POST',
    ['/participants', 'participantId', '/decline'],
    CLINIC,
    clinic,
    { reason: 'Inte hos oss' },
    NO_SYSTEMS,
  ),
  changing(
    'POST',
    ['/participants', 'participantId', '/leave'],
    CLINIC,
    clinic,
    {},
    {
      prepare: (stage) => send(stage, CLINIC, `/participants/${clinic(stage).id}/accept`, {}, ifMatch(clinic(stage))),
      ...NO_SYSTEMS,
    },
  ),
];

const promised = (suffix: string) => (stage: Stage) =>
  stage.plan.commitments.find(({ by }) => (by as { unit?: string }).unit === unit(suffix))!;
const version = first('agreementVersions');

const agreement: RouteCase[] = [
  adding('/commitments', CITIZEN, {
    by: { kind: 'patient' },
    to: { kind: 'region', unit: unit('0201') },
    text: 'Jag ringer.',
  }),
  changing('PATCH', ['/commitments', 'commitmentId', ''], WARD, promised('0101'), { text: 'Vi ringer samma dag.' }),
  changing('POST', ['/commitments', 'commitmentId', '/accept'], CLINIC, promised('0201'), {}, NO_SYSTEMS),
  changing('POST', ['/commitments', 'commitmentId', '/judge'], WARD, promised('0101'), { to: 'kept' }, NO_SYSTEMS),
  adding('/agreements', WARD, {}, STAFF_ONLY),
  addingTo(['/agreements', 'versionId', '/approve'], CITIZEN, version, {}, { prepare: withAgreement, ...NO_SYSTEMS }),
  addingTo(
    ['/agreements', 'versionId', '/reserve'],
    CITIZEN,
    version,
    { text: 'Inte helger' },
    { prepare: withAgreement, ...NO_SYSTEMS },
  ),
  addingTo(
    ['/agreements', 'versionId', '/receipts'],
    CITIZEN,
    version,
    { answers: { safe: true } },
    { prepare: withAgreement, ...NO_SYSTEMS },
  ),
];

const handover = first('handovers');
const offering = (stage: Stage) => ({ of: 'step', aboutId: own(stage).id, toUnit: unit('0302') });
const withHandover = (stage: Stage) => send(stage, WARD, '/handovers', offering(stage));
/** From the home care that is asked, to the ward. */
async function withFeedback(stage: Stage): Promise<void> {
  await withHandover(stage);
  await send(stage, HOME_CARE, '/feedback', { what: 'good', aboutId: handover(stage).id, text: 'Tydligt.' });
}
const OFFERED = { prepare: withHandover, ...STAFF_ONLY };
const TOLD = { prepare: withFeedback, ...STAFF_ONLY };

const onward: RouteCase[] = [
  { ...adding('/handovers', WARD, {}, STAFF_ONLY), body: offering },
  changing('PATCH', ['/handovers', 'handoverId', ''], WARD, handover, { given: 'Listan' }, OFFERED),
  changing('POST', ['/handovers', 'handoverId', '/cancel'], WARD, handover, { reason: 'Stannar kvar' }, OFFERED),
  changing('POST', ['/handovers', 'handoverId', '/receive'], HOME_CARE, handover, {}, OFFERED),
  changing('POST', ['/handovers', 'handoverId', '/accept'], HOME_CARE, handover, {}, OFFERED),
  changing('POST', ['/handovers', 'handoverId', '/return'], HOME_CARE, handover, { reason: 'Annan kommun' }, OFFERED),
  changing(
    'POST',
    ['/handovers', 'handoverId', '/forward'],
    CLINIC,
    handover,
    { toUnit: unit('0102') },
    {
      prepare: (stage) => send(stage, WARD, '/handovers', { ...offering(stage), toUnit: unit('0201') }),
      ...STAFF_ONLY,
    },
  ),
  {
    ...adding('/feedback', HOME_CARE, {}, OFFERED),
    body: (stage) => ({ what: 'missing-information', aboutId: handover(stage).id, text: 'Vikten saknades.' }),
  },
  addingTo(['/feedback', 'feedbackId', '/reply'], WARD, first('feedback'), { text: 'Tack.' }, TOLD),
  changing('PATCH', ['/feedback', 'feedbackId', ''], HOME_CARE, first('feedback'), { approvedForPatient: true }, TOLD),
];

const mistakes: RouteCase[] = [
  wrongs('/steps', own),
  wrongs('/what-matters', first('whatMatters')),
  wrongs('/goals', first('goals')),
  wrongs('/named-contacts', first('namedContacts')),
  wrongs('/participants', clinic),
  wrongs('/self-care-assessments', first('selfCareAssessments'), { prepare: withAssessment }),
  wrongs('/commitments', promised('0101')),
  wrongs('/safety-net', first('safetyNet')),
  wrongs('/follow-ups', first('followUps')),
  wrongs('/links', first('links')),
  wrongs('/remarks', first('remarks'), { prepare: withRemark }),
  { ...wrongs('/feedback', first('feedback'), { prepare: withFeedback }), by: HOME_CARE },
];

const history: RouteCase[] = [
  { route: 'GET /plans/{planId}/history', by: WARD, url: inPlan('/history'), status: 200 },
  {
    route: 'GET /plans/{planId}/as-of',
    by: WARD,
    url: (stage) => inPlan(`/as-of?at=${dayOf(stage)}T08:00:00Z`)(stage),
    status: 200,
  },
  {
    route: 'GET /plans/{planId}/changes',
    by: WARD,
    url: (stage) => inPlan(`/changes?from=${dayOf(stage)}T00:00:00Z&to=${dayOf(stage)}T08:00:00Z`)(stage),
    status: 200,
  },
  once('plan', (stage) => stage.plan.plan),
  once('step', own),
  once('what-matters', first('whatMatters')),
  once('goal', first('goals')),
  once('named-contact', first('namedContacts')),
  once('participant', clinic),
  once('report', first('reports'), withReport),
  once('self-care-assessment', first('selfCareAssessments'), withAssessment),
  once('commitment', first('commitments')),
  once('safety-net-item', first('safetyNet')),
  once('agreement-version', version, withAgreement),
  once('agreement-act', first('agreementActs'), withAct),
  once('receipt', first('receipts'), withReceipt),
  once('follow-up', first('followUps')),
  once('link', first('links')),
  once('remark', first('remarks'), withRemark),
  once('handover', handover, withHandover),
  once('feedback', first('feedback'), withFeedback),
  { route: 'GET /unit-steps', by: WARD, url: () => '/v1/unit-steps', status: 200, ...STAFF_ONLY },
];

/** Every route of plans, each with a request that succeeds. */
export const ROUTE_CASES: readonly RouteCase[] = [
  ...plans,
  ...steps,
  ...words,
  ...people,
  ...agreement,
  ...onward,
  ...mistakes,
  ...history,
];

/** Everything that any case needs, at once: for requests that are refused whatever the plan holds. */
export async function setFullStage(service: TestApp, patientId: string, more: object = {}): Promise<Stage> {
  return fillStage(await setStage(service, patientId, more));
}

/** Adds to a stage everything that any case needs. */
export async function fillStage(stage: Stage): Promise<Stage> {
  for (const prepare of [withContact, withExternalId, withRemark, withAssessment, withAct, withFeedback, withReport])
    await prepare(stage);
  const citizen = stage.citizen ?? CITIZEN;
  await send(stage, citizen, `/agreements/${version(stage).id}/receipts`, { answers: { safe: true } });
  return stage;
}

export function sendCase(stage: Stage, one: RouteCase, caller: Caller) {
  const headers = one.headers?.(stage) ?? {};
  const url = one.url(stage);
  if (one.route.startsWith('GET')) return caller.get(url, headers);
  const body = one.body?.(stage) ?? {};
  return one.route.startsWith('PATCH') ? caller.patch(url, body, headers) : caller.post(url, body, headers);
}
