import { readFileSync } from 'node:fs';
import { SYSTEMS } from '../../../src/fhir/mapping/systems.ts';
import { wrongTargets } from './reference-targets.ts';
import { BASE } from './views.ts';

/** What neither validator looks for: bindings, empty texts, ids, references, narrative and foreign codes. */

const BINDINGS = JSON.parse(readFileSync(new URL('./required-bindings.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, readonly string[]>
>;

/** Datatypes by the fields that hold them, as far as they have required bindings. */
const TYPE_OF_FIELD: Readonly<Record<string, string>> = {
  telecom: 'ContactPoint',
  text: 'Narrative',
  identifier: 'Identifier',
  groupIdentifier: 'Identifier',
  name: 'HumanName',
  valueQuantity: 'Quantity',
};

const ID = /^[A-Za-z0-9\-.]{1,64}$/;
const ALLOWED_ELEMENTS = new Set(['div', 'p', 'b', 'ul', 'li']);
const CORE_SYSTEMS = /^(http:\/\/terminology\.hl7\.org\/CodeSystem\/|http:\/\/hl7\.org\/fhir\/)/;
const OWN_AND_NATIONAL = new Set<string>(Object.values(SYSTEMS));

type Node = Readonly<Record<string, unknown>>;

/** All that is wrong with a resource by these checks; an empty list is the only good answer. */
export function faultsOf(resource: fhir4.FhirResource): string[] {
  const faults = wrongTargets(resource);
  if (!ID.test(resource.id ?? '')) faults.push('id');
  walk(resource as unknown as Node, resource.resourceType, faults);
  const { text } = resource as fhir4.DomainResource;
  if (text) faults.push(...narrativeFaults(text.div));
  return faults;
}

function walk(node: Node, path: string, faults: string[]): void {
  for (const [name, value] of Object.entries(node)) {
    const here = `${path}.${name}`;
    if (value === undefined) continue;
    if (value === null || value === '') faults.push(`${here}: empty`);
    if (Array.isArray(value) && value.length === 0) faults.push(`${here}: empty list`);
    checkCodes(here, value, faults);
    if (name === 'system' && typeof value === 'string') checkSystem(here, value, node, faults);
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one !== 'object' || one === null) continue;
      if (Object.keys(one).length === 0) faults.push(`${here}: empty object`);
      const isResource = 'resourceType' in one;
      const typed = TYPE_OF_FIELD[name];
      walk(one as Node, isResource ? String(one.resourceType) : here, faults);
      if (typed) for (const [field, inner] of Object.entries(one)) checkCodes(`${typed}.${field}`, inner, faults);
    }
  }
}

function checkCodes(path: string, value: unknown, faults: string[]): void {
  const allowed = BINDINGS[path];
  if (!allowed) return;
  for (const code of Array.isArray(value) ? value : [value]) {
    if (typeof code === 'string' && !allowed.includes(code)) faults.push(`${path}: ${code} is no code of its binding`);
  }
}

function checkSystem(path: string, system: string, node: Node, faults: string[]): void {
  if (!/^(https?:|urn:)/.test(system)) {
    if (!path.includes('telecom')) faults.push(`${path}: ${system}`);
    return;
  }
  const known = OWN_AND_NATIONAL.has(system) || CORE_SYSTEMS.test(system) || system.startsWith(`${BASE}/`);
  if (!known) faults.push(`${path}: unknown system ${system}`);
  if ('code' in node && typeof node.code !== 'string') faults.push(`${path}: code`);
}

function narrativeFaults(div: string): string[] {
  const faults: string[] = [];
  if (!div.startsWith('<div xmlns="http://www.w3.org/1999/xhtml">') || !div.endsWith('</div>')) faults.push('div');
  const open: string[] = [];
  for (const [tag, close, name, rest] of div.matchAll(/<(\/?)([a-z0-9]+)([^>]*)>/g)) {
    if (!ALLOWED_ELEMENTS.has(name!)) faults.push(`narrative: ${name}`);
    if (close) {
      if (open.pop() !== name) faults.push(`narrative: unbalanced ${tag}`);
      continue;
    }
    if (name !== 'div' && rest !== '') faults.push(`narrative: attributes ${rest}`);
    open.push(name!);
  }
  if (open.length > 0) faults.push('narrative: open elements');
  const text = div.replace(/<\/?[a-z0-9]+(?: xmlns="[^"]*")?>/g, '');
  if (/[<>]/.test(text)) faults.push('narrative: loose bracket');
  if (/&(?!amp;|lt;|gt;|quot;)/.test(text)) faults.push('narrative: loose ampersand');
  return faults;
}

/** The literal references of a resource with the path that each stands at. */
export function referencesOf(resource: fhir4.FhirResource): { readonly path: string; readonly reference: string }[] {
  const found: { path: string; reference: string }[] = [];
  const look = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const { reference } = value as { readonly reference?: unknown };
    if (typeof reference === 'string') found.push({ path, reference });
    for (const [name, inner] of Object.entries(value)) look(inner, Array.isArray(value) ? path : `${path}.${name}`);
  };
  look(resource, resource.resourceType);
  return found;
}
