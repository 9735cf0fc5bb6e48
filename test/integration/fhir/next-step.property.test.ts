import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Dice } from '../../oracle/dice.ts';
import { shareWithAll } from '../../support/law-fixtures.ts';
import {
  createPlan,
  createTestApp,
  HOME_CARE,
  registerPatient,
  STRANGER,
  type TestApp,
  type Thing,
  unit,
  WARD,
  type WholePlan,
} from '../../support/plan-fixtures.ts';
import { SIZES } from '../../support/sizes.ts';
import { R4, writerAt } from './writer.ts';

/** One seed for all that is random, so that a failure can be had again: `PROPERTY_SEED=random`, or a number, for another. */
const wanted = process.env.PROPERTY_SEED ?? '20261122';
const SEED = wanted === 'random' ? Date.now() % 1_000_000_007 : Number(wanted);
const dice = new Dice(SEED);

/** The child is eleven, and no moment reaches the thirteenth birthday, when guardians may no longer read. */
const CHILDHOOD = '2017-11-16T08:00:00+01:00';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Parameters = fhir4.Parameters & Record<string, unknown>;
type Told = Readonly<Record<string, unknown>>;

/** A person, the plans of that person, and who reads them. */
interface Stage {
  readonly patientId: string;
  readonly lead: string;
  readonly parts: readonly string[];
  /** Who is told of the person's own next step: the patient, or a guardian. */
  readonly own: string;
  readonly steps: readonly string[];
  now: number;
}

let service: TestApp;

beforeAll(async () => {
  service = await createTestApp({ start: CHILDHOOD });
});
afterAll(() => service.close());

const day = (now: number, days: number) => new Date(now + days * DAY_MS).toISOString().slice(0, 10);

function randomTime(now: number): object | undefined {
  const from = dice.between(0, 12);
  const start = new Date(now + from * DAY_MS + dice.below(10) * HOUR_MS).toISOString().replace(/\.\d+Z/, 'Z');
  return dice.pick([
    undefined,
    { form: 'fixed', start, changeable: { byPatient: dice.chance(0.5) } },
    { form: 'window', from: day(now, from), to: day(now, from + dice.below(4)) },
    { form: 'latest-by', by: day(now, from) },
    { form: 'as-needed', by: day(now, from) },
    { form: 'waiting-list', expected: day(now, from + 20) },
    { form: 'recurring', series: { every: 'day', startsOn: day(now, 0), timeOfDay: '07:30' } },
  ]);
}

function randomStep(now: number, n: number): object {
  const time = randomTime(now);
  const who = dice.pick([
    {},
    { responsibleParty: { kind: 'patient' }, ownYes: { method: 'oral' } },
    { responsibleParty: { kind: 'municipality-health', unit: unit('0302') } },
    { responsibleParty: { kind: 'region', unit: unit('0201') } },
  ]);
  const hidden = dice.chance(0.2) && !('ownYes' in who) ? { approvedForPatient: false } : {};
  return { title: `Steg ${n}`, ...who, ...hidden, ...(time && { time }) };
}

const HOME_CARE_UNIT = { kind: 'municipality-health', unit: unit('0302') };

/** A plan of some random steps, one of them home care's own; one with a lead tells of all the person's plans together. */
async function randomPlan(patientId: string, kind: string, now: number): Promise<WholePlan> {
  const steps = Array.from({ length: dice.between(1, 4) }, (_, n) => randomStep(now, n));
  const participants = [{ party: HOME_CARE_UNIT }, { party: { kind: 'region', unit: unit('0201') } }];
  const plan = await createPlan(service, patientId, { kind, steps, participants, title: `Plan ${kind}` });
  const own = { ...randomStep(now, steps.length), responsibleParty: HOME_CARE_UNIT, ownYes: undefined };
  const made = await service.as(HOME_CARE).post(`/v1/plans/${plan.plan.id}/steps`, own);
  expect(made.status, made.text).toBe(201);
  return plan;
}

async function stage(patientId: string, own: string, now: number): Promise<Stage> {
  const plans: WholePlan[] = [];
  for (const kind of ['OVERENSKOMMELSE', 'VP', 'SPU']) plans.push(await randomPlan(patientId, kind, now));
  const [lead, ...parts] = plans.map(({ plan }) => plan.id);
  return { patientId, lead: lead!, parts, own, steps: plans.flatMap(({ steps }) => steps.map(({ id }) => id)), now };
}

const CHANGES: readonly Partial<fhir4.Task>[] = [
  { status: 'accepted' },
  { status: 'in-progress' },
  { status: 'completed' },
  { status: 'rejected', statusReason: { text: 'Behövs inte' } },
  { status: 'on-hold', statusReason: { text: 'Väntar på provsvar' } },
  { status: 'failed', statusReason: { text: 'Ingen hemma' } },
];

/** Somebody tries to move a step: whether it is allowed is not the matter here, only that it is answered. */
async function tryAnything({ steps, own }: Stage): Promise<void> {
  const writer = writerAt(service, dice.pick([WARD, HOME_CARE, own]));
  const read = await writer.read<fhir4.Task>(`Task/${dice.pick(steps)}`);
  const change = dice.pick(CHANGES);
  if (read.status !== 200) return;
  const changed = await writer.update<fhir4.Task>({ ...read.body, ...change });
  expect(changed.status, changed.text).toBeLessThan(500);
}

/** Later, so that what was ahead is late; some of the time by minutes, some by weeks. */
function letTimePass(on: Stage): string {
  on.now += dice.pick([HOUR_MS / 2, 9 * HOUR_MS, DAY_MS, 5 * DAY_MS, 20 * DAY_MS]);
  const moment = new Date(on.now).toISOString();
  service.setClock(moment);
  return moment;
}

const values = (list: readonly { name?: string; url?: string }[] | undefined): Told =>
  Object.fromEntries((list ?? []).map(({ name, url, ...value }) => [name ?? url, Object.values(value)[0]]));

async function operation(who: string, path: string): Promise<Told> {
  const reply = await service.as(who).get<Parameters>(`${R4}/${path}/$next-step`);
  expect(reply.status, `${who} ${path} ${reply.text}`).toBe(200);
  return values(reply.body.parameter as { name: string }[]);
}

/** The next step of a plan as it stands on the plan itself, in the words of the operation. */
function onPlan({ extension }: fhir4.CarePlan): Told {
  const next = extension?.find(({ url }) => url.endsWith('/next-step'))?.extension;
  return next ? values(next) : { kind: 'none' };
}

/** The person's plans as one reader finds them. */
async function plansFor(who: string, patientId: string): Promise<ReadonlyMap<string, fhir4.CarePlan>> {
  const path = `${R4}/CarePlan?patient=${patientId}`;
  const { body, status, text } = await service
    .as(who)
    .get<fhir4.Bundle<fhir4.CarePlan> & Record<string, unknown>>(path);
  expect(status, text).toBe(200);
  return new Map((body.entry ?? []).map(({ resource }) => [resource!.id!, resource!]));
}

interface NextStep extends Told {
  readonly step?: Thing & { readonly who: { readonly name: string } };
  readonly reach: { readonly words?: string; readonly open: boolean };
  readonly after?: { readonly sentence: string };
}

/** The same of `/v1`, in the words of the operation. */
async function inOverview(who: string, patientId: string): Promise<Told> {
  const path = `/v1/patients/${patientId}/overview`;
  const { body, status, text } = await service.as(who).get<{ nextStep?: NextStep }>(path);
  expect(status, text).toBe(200);
  const { nextStep: next } = body;
  if (!next) return { kind: 'none' };
  return {
    kind: next.kind,
    sentence: next.sentence,
    plan: { reference: `CarePlan/${next.planId}` },
    step: next.step && { reference: `Task/${next.step.id}` },
    occurrence: next.occurrence,
    what: next.what,
    late: next.late !== undefined,
    reach: next.reach.words,
    openNow: next.reach.open,
    after: next.after?.sentence,
  };
}

/** What both tell, without what is not there. */
const alike = (told: Told, as: Told) => Object.fromEntries(Object.keys(as).map((name) => [name, told[name]]));

async function expectAgreement(on: Stage, where: string): Promise<string> {
  const { own, lead, parts, patientId } = on;
  const [person, overview, alone, ofLead] = await Promise.all([
    operation(own, `Patient/${patientId}`),
    inOverview(own, patientId),
    service.as(own).get<fhir4.CarePlan & Record<string, unknown>>(`${R4}/CarePlan/${lead}`),
    expectTheirs(own, on, where),
    ...[WARD, HOME_CARE].map((who) => expectTheirs(who, on, where)),
    ...[`Patient/${patientId}`, `CarePlan/${lead}`, `CarePlan/${parts[0]}`].map((path) => expectRefused(path, where)),
  ]);
  expect(ofLead, where).toEqual(person);
  expect(onPlan(alone.body), where).toEqual(person);
  expect(alike(person, overview), where).toEqual(overview);
  return String(person.kind);
}

/**
 * What a reader is told by the operation of each plan stands on that plan too, and names no step that they may not read.
 *
 * @returns what is told of the lead plan
 */
async function expectTheirs(who: string, { patientId, lead, parts }: Stage, where: string): Promise<Told> {
  const ids = [lead, ...parts];
  const [plans, ...told] = await Promise.all([
    plansFor(who, patientId),
    ...ids.map((id) => operation(who, `CarePlan/${id}`)),
  ]);
  ids.forEach((id, n) => {
    expect(onPlan(plans.get(id)!), `${where} ${who}`).toEqual(told[n]);
  });
  const named = told.flatMap(({ step, afterStep }) => [step, afterStep] as (fhir4.Reference | undefined)[]);
  const steps = new Set(named.flatMap((one) => one?.reference ?? []));
  await Promise.all(
    [...steps].map(async (step) => {
      expect((await service.as(who).get(`${R4}/${step}`)).status, `${where} ${who} ${step}`).toBe(200);
    }),
  );
  return told[0]!;
}

async function expectRefused(path: string, where: string): Promise<void> {
  const refused = await service.as(STRANGER).get(`${R4}/${path}/$next-step`);
  expect(refused.status, where).toBeGreaterThanOrEqual(403);
  expect(refused.text).not.toContain('Steg ');
}

describe(`the next step of random plans, seed ${SEED}`, () => {
  async function live(on: Stage, moments: number): Promise<Set<string>> {
    const kinds = new Set<string>();
    for (let n = 0; n < moments; n += 1) {
      await tryAnything(on);
      await tryAnything(on);
      const moment = letTimePass(on);
      kinds.add(await expectAgreement(on, `seed ${SEED}, moment ${n} (${moment})`));
    }
    return kinds;
  }

  test('is one for the guardian of a child, by every way of asking', async () => {
    const start = Date.parse(CHILDHOOD);
    const child = await registerPatient(service, 'love');
    const guardian = { relation: 'guardian', name: 'Petra Övningsdotter', personNumber: '198404202387' };
    const added = await service.as(WARD).post(`/v1/patients/${child}/related-persons`, guardian);
    expect(added.status, added.text).toBe(201);
    await shareWithAll(service, child, { until: '2019-11-10' });
    await live(await stage(child, 'petra', start), SIZES.nextStepMoments);
  }, 600_000);

  test('is one for the patient, and each of the staff is told the same by every way of asking', async () => {
    const start = Date.parse('2026-11-16T08:00:00+01:00');
    service.setClock(new Date(start).toISOString());
    const patientId = await registerPatient(service);
    const kinds = await live(await stage(patientId, 'ester', start), SIZES.nextStepMoments);
    expect(kinds.size).toBeGreaterThan(0);
  }, 600_000);
});
