import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { ASKING_ORDER, CHILD_START, setWorlds, type Worlds } from './matrix/persons.ts';
import { differences } from './matrix/run.ts';
import { LOG } from './matrix/slices.ts';
import { made } from './matrix/world.ts';

let service: TestApp;
let worlds: Worlds;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  service = await createTestApp({ start: CHILD_START, webhookTargets: { hosts: [], allowLocal: true } });
  const to = { target: receiver.url };
  const { id } = await made(service.as('demo-region-journal').post('/v1/subscriptions', to));
  worlds = await setWorlds(service, { receiver: receiver.url, subscriptionId: id });
});
afterAll(async () => {
  await service.close();
  await receiver.close();
});

describe('every route of the access log, the directory and events', () => {
  test.each(ASKING_ORDER)('answers %s as its row says, and the log has it so', async (caller) => {
    expect(await differences(worlds.of(caller), LOG, caller)).toEqual({});
  }, 120_000);
});
