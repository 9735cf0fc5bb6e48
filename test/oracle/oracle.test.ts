import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Coverage, type Lacks, lacksOf } from './coverage.ts';
import type { Settings } from './law/question.ts';
import { runOracle } from './run.ts';
import { type OracleService, startOracleService } from './service.ts';
import { tell } from './told.ts';

/*
 * The law written a second time (test/oracle/law), and random worlds in which the service must answer as it says: who is
 * let in, who is told why not, and exactly which contributions each reader sees. A run is the same each time, so that what
 * makes it fail is what was changed; ORACLE_SEED=random, or a number, tries other worlds, and ORACLE_REQUESTS says how many
 * requests it makes.
 */

const WANTED = process.env.ORACLE_SEED ?? '78';
const SEED = WANTED === 'random' ? Date.now() % 1_000_000 : Number(WANTED);
const REQUESTS = Number(process.env.ORACLE_REQUESTS ?? 20_000);
/** How many differences are told as stories, and how many end the run: one is enough to know that there is a fault. */
const STORIES = Number(process.env.ORACLE_STORIES ?? 3);
const STOP_AT = STORIES === 0 ? 1 : 50;

/** Choices that the law leaves, made otherwise than usual: a fifth of the requests. */
const OTHERWISE: Partial<Settings> = {
  unsignedDelayHours: 48,
  relativeSeesOwnSteps: true,
  proxyMayRead: true,
  innerBlockHidesFromOtherProviders: false,
  childUnableToConsentBelowAge: 10,
  socialCareExceptionsReachCare: true,
};

/** A reason that chance met 45 times is met 50 times a little later. */
const MORE = 1500;
const MORE_ROUNDS = 4;
const isLacking = ({ reasons, acts, boundaries }: Lacks) => reasons.length + acts.length + boundaries.length > 0;

const coverage = new Coverage();
let usual: OracleService;
let otherwise: OracleService;

beforeAll(async () => {
  usual = await startOracleService();
  otherwise = await startOracleService(OTHERWISE);
});
afterAll(async () => {
  await usual.close();
  await otherwise.close();
});

async function differencesOf(service: OracleService, seed: number, requests: number): Promise<string> {
  const onOutcome = coverage.note.bind(coverage);
  const found = await runOracle(service, { seed, requests, stopAt: STOP_AT, onOutcome });
  const told: string[] = [];
  for (const difference of found.slice(0, STORIES)) told.push(await tell(service, difference));
  return found.length === 0 ? '' : [`ORACLE_SEED=${SEED}: ${found.length} differences`, ...told].join('\n\n');
}

describe(`the oracle, ORACLE_SEED=${SEED}`, () => {
  test('agrees with the service in random worlds', { timeout: 600_000 }, async () => {
    expect(await differencesOf(usual, SEED, Math.ceil(REQUESTS * 0.8))).toBe('');
  });

  test('agrees when the law’s open points are settled otherwise', { timeout: 600_000 }, async () => {
    expect(await differencesOf(otherwise, SEED + 1, Math.ceil(REQUESTS * 0.2))).toBe('');
  });

  describe.runIf(REQUESTS >= 20_000)('has tried enough', () => {
    test('goes on for a while where chance has left something out', { timeout: 600_000 }, async () => {
      for (let round = 0; round < MORE_ROUNDS && isLacking(lacksOf(coverage)); round++) {
        expect(await differencesOf(usual, SEED + 2 + round, MORE)).toBe('');
      }
      expect(lacksOf(coverage)).toEqual({ reasons: [], acts: [], boundaries: [] });
    });

    test('with grants and partial views', () => {
      expect(coverage.requests).toBeGreaterThanOrEqual(20_000);
      expect(coverage.grants / coverage.requests).toBeGreaterThanOrEqual(0.3);
      expect(coverage.partial / coverage.requests).toBeGreaterThanOrEqual(0.2);
    });
  });
});
