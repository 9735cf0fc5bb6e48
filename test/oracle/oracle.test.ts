import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { lacksOf } from './coverage.ts';
import { runInProcess } from './in-process.ts';
import type { Settings } from './law/question.ts';
import type { Result } from './process.ts';

/*
 * The law written a second time (test/oracle/law), and random worlds in which the service must answer as it says: who is
 * let in, who is told why not, and exactly which contributions each reader sees. A run is the same each time, so that what
 * makes it fail is what was changed; ORACLE_SEED=random, or a number, tries other worlds, and ORACLE_REQUESTS says how many
 * requests it makes.
 */

const WANTED = process.env.ORACLE_SEED ?? '78';
const SEED = WANTED === 'random' ? Date.now() % 1_000_000 : Number(WANTED);
const REQUESTS = Number(process.env.ORACLE_REQUESTS ?? 20_000);
/** Below this too little is asked to have tried everything. */
const isWhole = REQUESTS >= 20_000;
/** How many differences are told as stories, and how many end the run: one is enough to know that there is a fault. */
const STORIES = Number(process.env.ORACLE_STORIES ?? 3);
const STOP_AT = 50;

/** Choices that the law leaves, made otherwise than usual: a fifth of the requests. */
const OTHERWISE: Partial<Settings> = {
  unsignedDelayHours: 48,
  relativeSeesOwnSteps: true,
  proxyMayRead: true,
  innerBlockHidesFromOtherProviders: false,
  childUnableToConsentBelowAge: 10,
  socialCareExceptionsReachCare: true,
};

const part = (share: number) => Math.ceil(REQUESTS * share);
const databases: TestDatabase[] = [];
let results: readonly Result[] = [];

beforeAll(async () => {
  for (let i = 0; i < 3; i++) databases.push(await createTestDatabase());
  const [first, second, third] = databases.map(({ ownerUrl, appUrl }) => ({ ownerUrl, appUrl }));
  const order = { stopAt: STOP_AT, stories: STORIES, isSteered: isWhole };
  results = await Promise.all([
    runInProcess({ ...order, parts: [{ database: first!, seed: SEED, requests: part(0.5) }] }),
    runInProcess({
      ...order,
      parts: [
        { database: second!, law: OTHERWISE, seed: SEED + 1, requests: part(0.2) },
        { database: third!, seed: SEED + 2, requests: part(0.3) },
      ],
    }),
  ]);
}, 600_000);
afterAll(async () => {
  for (const database of databases) await database.drop();
});

const sum = (of: (result: Result) => number) => results.reduce((total, result) => total + of(result), 0);

describe(`the oracle, ORACLE_SEED=${SEED}`, () => {
  test('agrees with the service in random worlds', () => {
    const stories = results.flatMap((result) => result.stories);
    expect([`${sum(({ differences }) => differences)} differences`, ...stories].join('\n\n')).toBe('0 differences');
  });

  test.runIf(isWhole)('has tried enough of everything, with grants and partial views', () => {
    const counts = new Map<string, number>();
    for (const { touched } of results)
      for (const [name, count] of touched.counts) counts.set(name, (counts.get(name) ?? 0) + count);
    expect(lacksOf(counts)).toEqual([]);
    const requests = sum(({ touched }) => touched.requests);
    expect(requests).toBeGreaterThanOrEqual(20_000);
    expect(sum(({ touched }) => touched.grants) / requests).toBeGreaterThanOrEqual(0.3);
    expect(sum(({ touched }) => touched.partial) / requests).toBeGreaterThanOrEqual(0.2);
  });
});
