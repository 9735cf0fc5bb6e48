import { R4_STRUCTURE } from './structure.ts';

/** One type that an element may have; of a reference, what it may lead to (empty: anything). */
export interface ElementType {
  readonly name: string;
  readonly targets: readonly string[];
}

/** What FHIR says of one element. */
export interface ElementRule {
  readonly min: number;
  readonly many: boolean;
  readonly types: readonly ElementType[];
  /** Codes of its required binding; absent without one. */
  readonly codes?: ReadonlySet<string>;
  /** The name that elements of several types begin with: `value` of `value[x]`. */
  readonly choice?: string;
}

/** The elements of one type by the names that they have in JSON: each of a choice's by its own. */
export type TypeRule = ReadonlyMap<string, ElementRule>;

const LINE = /^ {2}(\S+) (\d+)\.\.(\S+) (\S+)(?: = (\S+))?$/;

function typesOf(text: string): ElementType[] {
  if (text.startsWith('@')) return [{ name: text.slice(1), targets: [] }];
  return [...text.matchAll(/([A-Za-z0-9]+)(?:\(([^)]*)\))?/g)].map(([, name, targets]) => ({
    name: name!,
    targets: targets?.split(',') ?? [],
  }));
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function addElement(rule: Map<string, ElementRule>, line: string): void {
  const [, name, min, max, types, codes] = LINE.exec(line)!;
  const all = typesOf(types!);
  const common = { min: Number(min), many: max === '*', ...(codes && { codes: new Set(codes.split(',')) }) };
  if (!name!.endsWith('[x]')) {
    rule.set(name!, { ...common, types: all });
    return;
  }
  const choice = name!.slice(0, -3);
  for (const type of all) rule.set(`${choice}${upperFirst(type.name)}`, { ...common, types: [type], choice });
}

function readStructure(): ReadonlyMap<string, TypeRule> {
  const rules = new Map<string, Map<string, ElementRule>>();
  let rule = new Map<string, ElementRule>();
  for (const line of R4_STRUCTURE.split('\n').filter(Boolean)) {
    if (line.startsWith(' ')) addElement(rule, line);
    else {
      rule = new Map();
      rules.set(line, rule);
    }
  }
  return rules;
}

/** The rules of every type that can be written and of what is in them, by type or path (`Task.output`). */
export const TYPE_RULES: ReadonlyMap<string, TypeRule> = readStructure();
