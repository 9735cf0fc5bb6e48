import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { allResources, PLAN_RESOURCE_TYPES, type PlanResource } from '../../../src/fhir/mapping/plan-resources.ts';
import { SIZES } from '../../support/sizes.ts';
import { definitionFaults } from './definition-checks.ts';
import { lived } from './generated-plans.ts';
import { invariantFaults } from './invariants.ts';
import { faultsOf, referencesOf } from './own-checks.ts';
import { lantanaFaults, medplumFaults } from './validators.ts';
import { viewsOf } from './views.ts';

const seen = new Map<string, number>();
const AT = '2026-11-21T10:00:00.000Z';
const MOST_OF_A_KIND = 2;

/** Types that live outside a person's plans, and are read by their own ids. */
const ELSEWHERE =
  /^(?:Patient|Organization|Practitioner|PractitionerRole|RelatedPerson|HealthcareService)\/[A-Za-z0-9\-.]{1,64}$/;

function dangling(resources: readonly PlanResource[]): string[] {
  const there = new Set(resources.map((one) => `${one.resourceType}/${one.id}`));
  return resources
    .flatMap(referencesOf)
    .filter(({ reference }) => !there.has(reference) && !ELSEWHERE.test(reference))
    .map(({ path, reference }) => `${path}: ${reference}`);
}

describe('whatever has been done to a plan', () => {
  for (const reader of ['staff', 'citizen'] as const) {
    it(`is told to ${reader} in resources that nobody's validator objects to`, () => {
      fc.assert(
        fc.property(lived, (content) => {
          const resources = viewsOf(content, reader, AT).flatMap(allResources);
          const told = new Map<string, number>();
          expect(dangling(resources)).toEqual([]);
          expect(new Set(resources.map((one) => `${one.resourceType}/${one.id}`)).size).toBe(resources.length);
          for (const one of resources) {
            const state = 'status' in one ? one.status : 'lifecycleStatus' in one ? one.lifecycleStatus : '';
            const name = `${one.resourceType} ${state}`;
            seen.set(name, (seen.get(name) ?? 0) + 1);
            // As it leaves: what is undefined is not there.
            const sent = JSON.parse(JSON.stringify(one)) as PlanResource;
            // Slow, and about the shape: the first of each kind and state in each run say it.
            const broken = (told.get(name) ?? 0) < MOST_OF_A_KIND ? invariantFaults(sent) : [];
            told.set(name, (told.get(name) ?? 0) + 1);
            const faults = {
              own: [...faultsOf(sent), ...definitionFaults(sent), ...broken],
              medplum: medplumFaults(sent),
              lantana: lantanaFaults(sent),
            };
            expect(faults, `${sent.resourceType}`).toEqual({ own: [], medplum: [], lantana: [] });
          }
        }),
        { numRuns: SIZES.fhirPlans },
      );
    }, 1_800_000);
  }

  afterAll(() => {
    for (const type of PLAN_RESOURCE_TYPES) {
      expect(
        [...seen.keys()].some((name) => name.startsWith(type)),
        type,
      ).toBe(true);
    }
    expect(seen.size).toBeGreaterThan(25);
  });
});
