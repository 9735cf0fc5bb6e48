import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Caller } from '../support/app.ts';
import {
  createPlan,
  createTestApp,
  HOME_CARE,
  ifMatch,
  planUrl,
  registerPatient,
  type TestApp,
  type Thing,
  unit,
  WARD,
  type WholePlan,
} from '../support/plan-fixtures.ts';
import { admin, made } from './matrix/world.ts';

let service: TestApp;
let patientId: string;
let plan: WholePlan;

beforeAll(async () => {
  service = await createTestApp();
  patientId = await registerPatient(service);
});
afterAll(() => service.close());

const READERS = 50;
/** The ward's words, which the home care reads with consent and relation alone. */
const THEIRS = /diuretika|brevlådan|Vikten går upp/;

/** Where the same words are given out; each with the mark of the last answer, so that a 304 would confirm a copy. */
const DOORS: readonly (() => string)[] = [
  () => planUrl(plan),
  () => `${planUrl(plan)}/history?limit=100`,
  () => `/fhir/R4/CarePlan/${plan.plan.id}/$everything`,
  () => `/fhir/R4/Goal?patient=${patientId}`,
];

interface Read {
  readonly startedAt: number;
  readonly holdsTheirs: boolean;
}

/** Order of events in this process: no clock, so that nothing depends on how fast the machine is. */
function ordering() {
  let tick = 0;
  return () => {
    tick += 1;
    return tick;
  };
}

/** One reader that asks again and again, until it has asked after the change was answered. */
async function readOn(caller: Caller, door: () => string, next: () => number, changedAt: () => number | undefined) {
  const reads: Read[] = [];
  let held: { tag: string; holdsTheirs: boolean } | undefined;
  let isAfter = false;
  while (!isAfter) {
    const startedAt = next();
    isAfter = changedAt() !== undefined;
    const headers: Record<string, string> = held ? { 'if-none-match': held.tag } : {};
    const reply: Answer = await caller.get(door(), headers);
    if (![200, 304, 404].includes(reply.status)) throw new Error(reply.text);
    // Told that nothing has changed, a client shows the copy that it has.
    const isSame = reply.status === 304 && held?.holdsTheirs === true;
    reads.push({ startedAt, holdsTheirs: isSame || THEIRS.test(reply.text) });
    const { etag } = reply.headers;
    if (reply.status === 200 && etag) held = { tag: etag, holdsTheirs: THEIRS.test(reply.text) };
  }
  return reads;
}

/** Reads with everybody while `change` is made; gives what was read that began before it and after. */
async function readWhile(change: () => Promise<unknown>): Promise<{ before: Read[]; after: Read[] }> {
  const next = ordering();
  let changedAt: number | undefined;
  const caller = service.as(HOME_CARE);
  const readers = Array.from({ length: READERS }, (_, i) =>
    readOn(caller, DOORS[i % DOORS.length]!, next, () => changedAt),
  );
  const [reads] = await Promise.all([
    Promise.all(readers),
    change().then(() => {
      changedAt = next();
    }),
  ]);
  const all = reads.flat();
  return {
    before: all.filter(({ startedAt }) => startedAt < changedAt!),
    after: all.filter(({ startedAt }) => startedAt > changedAt!),
  };
}

const consents = async () => {
  const list = await service
    .as(WARD)
    .get<{ items: (Thing & { type: string; state: string; recipient: { hsaId: string } })[] }>(
      `/v1/patients/${patientId}/consents`,
    );
  return list.body.items.filter(({ state }) => state === 'given');
};

async function withdrawConsent(): Promise<void> {
  const given = await consents();
  const mine = given.find(({ type, recipient }) => type === 'read-care' && recipient.hsaId === unit('K01'))!;
  await made(service.as('ester').post(`/v1/consents/${mine.id}/withdraw`, {}, ifMatch(mine)));
}

async function endRelation(): Promise<void> {
  const url = `/v1/patients/${patientId}/care-relations`;
  const list = await service.as(HOME_CARE).get<{ items: (Thing & { unit: string })[] }>(url);
  const mine = list.body.items.filter((one) => one.unit === unit('0302') && one.until === undefined);
  for (const one of mine)
    await made(service.as(HOME_CARE).post(`/v1/care-relations/${one.id}/end`, { why: 'Klart.' }, ifMatch(one)));
}

async function protect(): Promise<void> {
  const { body } = await service.as(WARD).get<{ revision: number }>(`/v1/patients/${patientId}`);
  const grade = { grade: 'confidentiality-mark' };
  await made(admin(service).post(`/v1/patients/${patientId}/protection`, grade, ifMatch(body)));
}

/** From what only adds to what only takes away, since each leaves the person as it made it. */
describe('no answer that is asked for after the change holds what was taken back', () => {
  test.each([
    ['the patient blocks', () => made(service.as('ester').post(`/v1/patients/${patientId}/blocks`, OUTER))],
    ['the patient withdraws the consent to read', withdrawConsent],
    ['the relation ends', endRelation],
    ['the person is protected, and the reader is not on the list', protect],
  ])('while %s', async (_what, change) => {
    plan = await createPlan(service, patientId);
    await restore();
    const { before, after } = await readWhile(change);
    expect(before.some(({ holdsTheirs }) => holdsTheirs)).toBe(true);
    expect(after.length).toBeGreaterThanOrEqual(READERS);
    expect(after.filter(({ holdsTheirs }) => holdsTheirs)).toEqual([]);
  });
});

const OUTER = { reach: 'outer', provider: unit('R01') };

/** Lifts what an earlier case blocked, and gives again what it withdrew and ended. */
async function restore(): Promise<void> {
  await made(service.as(HOME_CARE).post(`/v1/patients/${patientId}/care-relations`, { kind: 'care' }));
  const blocks = await service
    .as('ester')
    .get<{ items: (Thing & { inForce: boolean })[] }>(`/v1/patients/${patientId}/blocks`);
  for (const block of blocks.body.items.filter(({ inForce }) => inForce))
    await made(service.as('ester').post(`/v1/blocks/${block.id}/lift`, { ground: 'patient-asked' }, ifMatch(block)));
  const given = await consents();
  const isGiven = given.some(({ type, recipient }) => type === 'read-care' && recipient.hsaId === unit('K01'));
  if (isGiven) return;
  await made(
    service.as(WARD).post(`/v1/patients/${patientId}/consents`, {
      ...{ type: 'read-care', form: 'oral', data: 'Planeringen', purpose: 'Samordnad planering', until: '2027-11-30' },
      recipient: { kind: 'provider', hsaId: unit('K01') },
    }),
  );
}
