import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PLAN_RESOURCE_TYPES } from '../../src/fhir/mapping/plan-resources.ts';
import { DEFAULT_CANONICAL_BASE } from '../../src/fhir/mapping/systems.ts';
import { faultsOf } from '../unit/fhir/own-checks.ts';
import { lantanaFaults, medplumFaults } from '../unit/fhir/validators.ts';
import { BASE } from '../unit/fhir/views.ts';

const text = readFileSync(new URL('../../docs/fhir-examples.md', import.meta.url), 'utf8');
const examples = [...text.matchAll(/```json\n(.*?)\n```/gs)].map(([, json]) => {
  return JSON.parse(json!.replaceAll(DEFAULT_CANONICAL_BASE, BASE)) as fhir4.FhirResource;
});

/** What is served beside what plans are made of; our own definitions are their own examples. */
const OTHERS = [
  ...['Patient', 'RelatedPerson', 'Organization', 'HealthcareService', 'Practitioner', 'PractitionerRole'],
  ...['Consent', 'AuditEvent', 'Subscription'],
];

describe('docs/fhir-examples.md', () => {
  test('has an example of each type that is served', () => {
    const shown = new Set(examples.map(({ resourceType }) => resourceType));
    expect([...shown].toSorted()).toEqual([...PLAN_RESOURCE_TYPES, ...OTHERS].toSorted());
  });

  test.each(examples.map((one) => [one.resourceType, one] as const))('%s is valid', (_type, one) => {
    expect({ own: faultsOf(one), medplum: medplumFaults(one), lantana: lantanaFaults(one) }).toEqual({
      ...{ own: [], medplum: [], lantana: [] },
    });
  });
});
