import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, TestApp } from '../support/app.ts';
import { countRows, createTestApp, registerPatient } from '../support/plan-fixtures.ts';
import { type Request, tokenOf } from './matrix/callers.ts';
import { requestFor, rightfulOf } from './matrix/requests.ts';
import { SLICES } from './matrix/slices.ts';
import { setWorld, type World } from './matrix/world.ts';

let service: TestApp;
let world: World;

const START = '2026-11-16T08:00:00+01:00';
/** Words that stand in what is recorded about the person, and in nothing that a refusal says. */
const DISCLOSED = /Exempelsson|brevlådan|diuretika|Läkemedelslista|Menprövning|Britt|Testrup|19261204/;
/** Refused by the plan's own rules before anything could be shown: nothing is written then either way. */
const BY_RULE = new Set([400, 409, 412, 422]);

beforeAll(async () => {
  service = await createTestApp();
  world = await setWorld(service, await registerPatient(service), START);
});
afterAll(() => service.close());

interface Asked {
  readonly route: string;
  readonly request: Request;
  readonly by: string;
}

/** Every route, by whose it is and by the patient: what is answered with something when the log can be written. */
async function everything(): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const { rows, requests } of SLICES) {
    for (const [route, { answers, holdsNothing }] of Object.entries(rows)) {
      if (holdsNothing) continue;
      const request = await requestFor(world, route, requests[route]);
      if (answers.rightful.startsWith('2')) asked.push({ route, request, by: rightfulOf(route, requests[route]) });
      if (answers.patient.startsWith('2')) asked.push({ route, request, by: 'ester' });
      if (answers.outsider.startsWith('404')) asked.push({ route, request, by: 'runa-modell' });
    }
  }
  return asked;
}

/** One for each: signing and verifying hundreds of them is not what is tried here. */
const tokens = new Map<string, Promise<string>>();

async function send({ request: { method, url, body, headers }, by }: Asked): Promise<Answer> {
  const token = tokens.get(by) ?? tokenOf(service, by);
  tokens.set(by, token);
  const authorization = `Bearer ${await token}`;
  const payload = body === undefined ? {} : { payload: body };
  return service.send({ method: method as 'GET', url, headers: { ...headers, authorization }, ...payload });
}

/** Answers to everything while no entry can be written. */
async function withoutLog(asked: readonly Asked[]): Promise<{ one: Asked; reply: Answer }[]> {
  await service.owner.query('revoke insert on audit_entries from patientkontrakt_app');
  try {
    const replies: { one: Asked; reply: Answer }[] = [];
    for (const one of asked) replies.push({ one, reply: await send(one) });
    return replies;
  } finally {
    await service.owner.query('grant insert on audit_entries to patientkontrakt_app');
  }
}

describe('while the access log cannot be written', () => {
  test('every request fails, and nothing is told and nothing is changed, on every door', async () => {
    const asked = await everything();
    const before = await countRows(service.owner, true);
    const replies = await withoutLog(asked);
    expect(await countRows(service.owner, true)).toEqual(before);
    for (const { one, reply } of replies) {
      const what = `${one.by}: ${one.route} ${reply.text.slice(0, 300)}`;
      if (one.route.startsWith('GET') || !BY_RULE.has(reply.status)) expect(reply.status, what).toBe(500);
      expect(reply.text, what).not.toMatch(DISCLOSED);
      expect(reply.text, what).not.toMatch(/permission|denied|insert|audit_/i);
    }
    const failed = replies.filter(({ reply }) => reply.status === 500).map(({ one }) => one.route);
    const doors = ['GET /v1/plans/', 'POST /v1/plans/', 'PATCH /v1/plans/', 'GET /fhir/R4/CarePlan', '_search', '/my/'];
    for (const door of doors)
      expect(
        failed.some((route) => route.includes(door)),
        door,
      ).toBe(true);
    expect(failed.length).toBeGreaterThan(250);
  }, 600_000);

  test('nobody without a token is answered either', async () => {
    await service.owner.query('revoke insert on audit_entries from patientkontrakt_app');
    try {
      const url = `/v1/plans/${world.stage.plan.plan.id}`;
      expect((await service.send({ method: 'GET', url })).status).toBe(500);
    } finally {
      await service.owner.query('grant insert on audit_entries to patientkontrakt_app');
    }
  });
});
