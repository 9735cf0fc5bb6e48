import { isSafeNarrative } from './narrative.ts';
import { PRIMITIVES } from './primitives.ts';
import { type ElementRule, type ElementType, TYPE_RULES, type TypeRule } from './read-structure.ts';

/** One thing that is wrong with a resource as it was sent: where and why, never what it held. */
export interface Fault {
  readonly code: 'structure' | 'required' | 'value' | 'code-invalid' | 'extension' | 'invalid';
  readonly expression: string;
  readonly sv: string;
  readonly en: string;
}

type Node = Readonly<Record<string, unknown>>;

const MOST_FAULTS = 50;
/** A resource of a bundle stands on its own: it may hold others. */
const IN_BUNDLE = /^Bundle\.entry\[\d+\]\.resource$/;
const MOST_DEPTH = 40;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The name of an unknown element, when it looks like one: what somebody put there may be anything. */
const shown = (name: string) => (/^_?[A-Za-z]{1,40}$/.test(name) ? name : '?');

/** A check under way: what is wrong so far, and what the resource holds inside itself. */
class Check {
  readonly faults: Fault[] = [];
  contained: ReadonlySet<string> = new Set();

  fault(code: Fault['code'], expression: string, sv: string, en: string): void {
    if (this.faults.length < MOST_FAULTS) this.faults.push({ code, expression, sv, en });
  }

  resource(value: unknown, path: string, inside: boolean): void {
    const type = isNode(value) ? value.resourceType : undefined;
    if (!isNode(value) || typeof type !== 'string') {
      this.fault('structure', path, 'Ska vara en resurs med resourceType', 'Must be a resource with resourceType');
      return;
    }
    const rule = TYPE_RULES.get(type);
    if (!rule) return;
    if (inside && 'contained' in value) {
      this.fault('structure', `${path}.contained`, 'Inbäddat kan inte bädda in', 'What is contained cannot contain');
      return;
    }
    const { resourceType: _type, ...elements } = value;
    this.node(elements, path, rule, 0);
  }

  node(value: Node, path: string, rule: TypeRule, depth: number): void {
    if (depth > MOST_DEPTH) {
      this.fault('structure', path, 'Är för djupt nästlat', 'Is nested too deeply');
      return;
    }
    if (Object.keys(value).length === 0) {
      this.fault('structure', path, 'Är tomt', 'Is empty');
      return;
    }
    const choices = new Map<string, string>();
    for (const [name, inner] of Object.entries(value)) {
      const own = rule.get(name.replace(/^_/, ''));
      if (!own) {
        this.fault('structure', `${path}.${shown(name)}`, 'Finns inte i FHIR R4', 'Is not in FHIR R4');
      } else if (!name.startsWith('_')) {
        this.choice(choices, own, name, path);
        this.element(inner, `${path}.${name}`, own, depth);
      }
    }
    for (const [name, own] of rule) this.demand(value, path, name, own, choices);
    if ('implicitRules' in value) {
      this.fault(
        'extension',
        `${path}.implicitRules`,
        'Andra regler förstås inte här',
        'Other rules are not understood',
      );
    }
  }

  choice(choices: Map<string, string>, { choice }: ElementRule, name: string, path: string): void {
    if (choice === undefined) return;
    if (choices.has(choice)) {
      this.fault('structure', `${path}.${name}`, 'Bara en form får anges', 'Only one form may be given');
    }
    choices.set(choice, name);
  }

  demand(value: Node, path: string, name: string, { min, choice }: ElementRule, choices: Map<string, string>): void {
    if (min === 0 || (choice === undefined ? name in value || `_${name}` in value : choices.has(choice))) return;
    if (choice !== undefined) choices.set(choice, name);
    const expression = `${path}.${choice ?? name}`;
    this.fault('required', expression, 'Saknas', 'Is missing');
  }

  element(value: unknown, path: string, rule: ElementRule, depth: number): void {
    if (rule.many !== Array.isArray(value)) {
      const [sv, en] = rule.many
        ? ['Ska vara en lista', 'Must be a list']
        : ['Ska vara ett värde', 'Must be one value'];
      this.fault('structure', path, sv!, en!);
      return;
    }
    if (!Array.isArray(value)) {
      this.value(value, path, rule, depth);
      return;
    }
    if (value.length === 0) {
      this.fault('structure', path, 'Är en tom lista', 'Is an empty list');
      return;
    }
    for (const [i, one] of value.entries()) this.value(one, `${path}[${i}]`, rule, depth);
  }

  value(value: unknown, path: string, rule: ElementRule, depth: number): void {
    const [type] = rule.types as readonly [ElementType];
    const primitive = PRIMITIVES[type.name];
    if (primitive) {
      this.primitive(value, path, rule, primitive);
      return;
    }
    if (type.name === 'Resource' && IN_BUNDLE.test(path)) {
      for (const one of checkResource(value, path)) this.fault(one.code, one.expression, one.sv, one.en);
      return;
    }
    if (type.name === 'Resource') {
      this.resource(value, path, true);
      return;
    }
    if (!isNode(value)) {
      this.fault('structure', path, 'Ska vara ett objekt', 'Must be an object');
      return;
    }
    const inner = TYPE_RULES.get(type.name);
    if (inner) this.node(value, path, inner, depth + 1);
    if (type.name === 'Reference') this.reference(value, path, type.targets);
    if (type.name === 'Narrative' && typeof value.div === 'string' && !isSafeNarrative(value.div)) {
      this.fault('invalid', `${path}.div`, 'Är inte säker XHTML', 'Is not safe XHTML');
    }
    if (path.endsWith(']') && /\.modifierExtension\[\d+\]$/.test(path)) {
      this.fault(
        'extension',
        path,
        'Förstås inte här, och ändrar betydelsen',
        'Is not understood, and changes the meaning',
      );
    }
  }

  primitive(value: unknown, path: string, { codes, types }: ElementRule, fits: (value: unknown) => boolean): void {
    if (!fits(value)) {
      const { name } = types[0]!;
      this.fault('value', path, `Är inte av typen ${name}`, `Is not of type ${name}`);
      return;
    }
    if (codes && !codes.has(value as string)) {
      const allowed = [...codes].join(', ');
      this.fault('code-invalid', path, `Ska vara något av: ${allowed}`, `Must be one of: ${allowed}`);
    }
  }

  reference(value: Node, path: string, targets: readonly string[]): void {
    const { reference, type } = value;
    if (typeof reference !== 'string') {
      this.target(type, `${path}.type`, targets);
      return;
    }
    if (reference.startsWith('#')) {
      const known = reference === '#' || this.contained.has(reference.slice(1));
      if (!known) this.fault('invalid', `${path}.reference`, 'Finns inte inbäddat', 'Is not contained');
      return;
    }
    if (/^urn:/i.test(reference)) return;
    const literal = /(?:^|\/)([A-Z][A-Za-z]+)(?:\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?|\?.+)$/;
    const named = literal.exec(reference)?.[1];
    if (named === undefined) {
      this.fault('value', `${path}.reference`, 'Är ingen referens', 'Is not a reference');
      return;
    }
    this.target(named, `${path}.reference`, targets);
  }

  target(type: unknown, path: string, targets: readonly string[]): void {
    if (typeof type !== 'string' || targets.length === 0 || targets.includes(type)) return;
    const allowed = targets.join(', ');
    this.fault('invalid', path, `Ska leda till något av: ${allowed}`, `Must lead to one of: ${allowed}`);
  }
}

/**
 * Judges a resource as it was sent by R4's own rules: elements, how many, types, required codes, where references may
 * lead, and that the narrative is safe. Types that cannot be written here are taken as they are.
 *
 * @param path what expressions begin with; the type itself unless said
 */
export function checkResource(resource: unknown, path?: string): readonly Fault[] {
  const check = new Check();
  const node = isNode(resource) ? resource : {};
  const contained = Array.isArray(node.contained) ? node.contained : [];
  check.contained = new Set(contained.filter(isNode).flatMap(({ id }) => (typeof id === 'string' ? [id] : [])));
  check.resource(resource, path ?? (typeof node.resourceType === 'string' ? node.resourceType : 'Resource'), false);
  return check.faults;
}
