import { allCanonicals, type Canonical } from '../../../src/fhir/canonicals/all.ts';
import '../../../src/fhir/index.ts';
import { BASE } from './views.ts';

/** Checks of what we send against our own definitions, as a foreign validator that has them would make. */

export const CANON = { base: BASE, version: '0.1.0', released: '2026-11-21' };

const definitions = allCanonicals(CANON);
const byUrl = new Map<string, Canonical>(definitions.map((one) => [one.url!, one]));

/** Our definition at an address. */
export function definitionAt(url: string): Canonical | undefined {
  return byUrl.get(url);
}

const elementsOf = (definition: fhir4.StructureDefinition) => definition.differential!.element;

function codesOf(valueSet: string): Set<string> {
  const { system } = (byUrl.get(valueSet) as fhir4.ValueSet).compose!.include[0]!;
  return new Set((byUrl.get(system!) as fhir4.CodeSystem).concept!.map(({ code }) => code));
}

/** Whether one extension or part is as its elements say; `id` is where they begin. */
function partFaults(one: fhir4.Extension, elements: readonly fhir4.ElementDefinition[], id: string): string[] {
  const at = (suffix: string) => elements.find((element) => element.id === `${id}${suffix}`);
  const slices = elements.filter((element) => element.id!.startsWith(`${id}.extension:`) && element.sliceName);
  const own = slices.filter((element) => element.id === `${id}.extension:${element.sliceName}`);
  const value = Object.entries(one).find(([name]) => name.startsWith('value'));
  if (own.length === 0) return valueFaults(value, at('.value[x]'), id, one.extension);
  const faults = value ? [`${id}: a value beside parts`] : [];
  for (const { sliceName, min = 0, max } of own) {
    const sent = (one.extension ?? []).filter(({ url }) => url === sliceName);
    if (sent.length < min || (max === '1' && sent.length > 1)) faults.push(`${id}.${sliceName}: ${sent.length}`);
    faults.push(...sent.flatMap((part) => partFaults(part, elements, `${id}.extension:${sliceName}`)));
  }
  const known = new Set(own.map(({ sliceName }) => sliceName));
  for (const { url } of one.extension ?? []) if (!known.has(url)) faults.push(`${id}.${url}: unknown part`);
  return faults;
}

function valueFaults(
  value: [string, unknown] | undefined,
  element: fhir4.ElementDefinition | undefined,
  id: string,
  parts: unknown,
): string[] {
  if (!value || !element || parts !== undefined) return [`${id}: no value`];
  const [name, held] = value;
  const types = element.type!.map(({ code }) => `value${code.charAt(0).toUpperCase()}${code.slice(1)}`);
  if (!types.includes(name)) return [`${id}: ${name} is none of ${types.join()}`];
  const { valueSet } = element.binding ?? {};
  if (valueSet === undefined || name !== 'valueCode') return [];
  return codesOf(valueSet).has(String(held)) ? [] : [`${id}: ${held} is no code of ${valueSet}`];
}

function extensionFaults(one: fhir4.Extension, where: string): string[] {
  if (!one.url.startsWith(`${BASE}/`)) return [];
  const definition = byUrl.get(one.url) as fhir4.StructureDefinition | undefined;
  if (!definition) return [`${one.url} is not defined`];
  const contexts = definition.context!.map(({ expression }) => expression);
  const placed = contexts.includes(where) ? [] : [`${one.url} stands on ${where}`];
  return [...placed, ...partFaults(one, elementsOf(definition), 'Extension')];
}

/** What of a resource is not as our own definitions say: extensions, and codes of our own systems. */
export function definitionFaults(resource: fhir4.FhirResource): string[] {
  const faults: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const one of value) walk(one, path);
      return;
    }
    const { extension, system, code } = value as { extension?: fhir4.Extension[]; system?: string; code?: string };
    for (const one of extension ?? []) faults.push(...extensionFaults(one, path));
    if (typeof system === 'string' && system.startsWith(`${BASE}/CodeSystem/`)) {
      const terms = byUrl.get(system) as fhir4.CodeSystem | undefined;
      if (!terms?.concept?.some((concept) => concept.code === code)) faults.push(`${path}: ${system}|${code}`);
    }
    for (const [name, inner] of Object.entries(value)) if (name !== 'extension') walk(inner, `${path}.${name}`);
  };
  walk(resource, resource.resourceType);
  return faults;
}
