import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.ts';
import { ASKING_ORDER, CHILD_START, setWorlds, type Worlds } from './matrix/persons.ts';
import { differences } from './matrix/run.ts';
import { PERSONS } from './matrix/slices.ts';

let service: TestApp;
let worlds: Worlds;

beforeAll(async () => {
  service = await createTestApp({ start: CHILD_START });
  worlds = await setWorlds(service);
});
afterAll(() => service.close());

describe('every route of persons', () => {
  test.each(ASKING_ORDER)('answers %s as its row says, and the log has it so', async (caller) => {
    expect(await differences(worlds.of(caller), PERSONS, caller)).toEqual({});
  }, 120_000);
});
