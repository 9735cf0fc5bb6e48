import { about, type CanonicalBase, computerName } from './about.ts';
import type { ExtensionShape, Part } from './extension-shape.ts';
import { EXTENSIONS } from './extensions.ts';

type Element = fhir4.ElementDefinition;

const TYPES_BASE = 'http://hl7.org/fhir/StructureDefinition';

function valueElement(canon: CanonicalBase, id: string, path: string, part: Part): Element {
  const { value = [], to, codes } = part;
  return {
    id: `${id}.value[x]`,
    path: `${path}.value[x]`,
    min: 1,
    type: value.map((code) => ({
      code,
      ...(code === 'Reference' && to && { targetProfile: to.map((type) => `${TYPES_BASE}/${type}`) }),
    })),
    ...(codes && {
      binding: { strength: 'required', valueSet: `${canon.base}/ValueSet/${codes}` },
    }),
  };
}

function noValue(id: string, path: string): Element {
  return { id: `${id}.value[x]`, path: `${path}.value[x]`, max: '0' };
}

function slicing(id: string, path: string): Element {
  return {
    id: `${id}.extension`,
    path: `${path}.extension`,
    slicing: { discriminator: [{ type: 'value', path: 'url' }], ordered: false, rules: 'closed' },
  };
}

/** The content of one extension or part: its parts, or none and a value. */
function content(canon: CanonicalBase, id: string, path: string, part: Part, url: string): Element[] {
  const fixed: Element = { id: `${id}.url`, path: `${path}.url`, fixedUri: url };
  const { parts } = part;
  if (!parts) {
    return [{ id: `${id}.extension`, path: `${path}.extension`, max: '0' }, fixed, valueElement(canon, id, path, part)];
  }
  return [
    slicing(id, path),
    ...Object.entries(parts).flatMap(([name, one]) => slice(canon, id, path, name, one)),
    fixed,
    noValue(id, path),
  ];
}

function slice(canon: CanonicalBase, id: string, path: string, name: string, part: Part): Element[] {
  const own = `${id}.extension:${name}`;
  const ownPath = `${path}.extension`;
  const head: Element = {
    id: own,
    path: ownPath,
    sliceName: name,
    short: part.words,
    min: part.min ?? 0,
    max: part.many ? '*' : '1',
  };
  return [head, ...content(canon, own, ownPath, part, name)];
}

function extensionDefinition(canon: CanonicalBase, id: string, shape: ExtensionShape): fhir4.StructureDefinition {
  const said = about('StructureDefinition', canon, { id, title: shape.title, description: shape.words });
  const root: Element = {
    id: 'Extension',
    path: 'Extension',
    short: shape.title,
    definition: shape.words,
    min: 0,
    max: shape.many ? '*' : '1',
  };
  return {
    ...said,
    fhirVersion: '4.0.1',
    kind: 'complex-type',
    abstract: false,
    context: shape.on.map((expression) => ({ type: 'element', expression })),
    type: 'Extension',
    baseDefinition: `${TYPES_BASE}/Extension`,
    derivation: 'constraint',
    differential: { element: [root, ...content(canon, 'Extension', 'Extension', shape, said.url)] },
  };
}

/** A definition of each of our extensions. */
export function extensionDefinitions(canon: CanonicalBase): fhir4.StructureDefinition[] {
  return Object.entries(EXTENSIONS).map(([id, shape]) => extensionDefinition(canon, id, shape));
}

/** One rule of a profile, as the element of the base that it narrows. */
interface Rule extends Omit<Element, 'id' | 'path'> {
  readonly path: string;
}

interface Profile {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly words: string;
  readonly rules: (canon: CanonicalBase) => readonly Rule[];
}

const ofKind = (field: string, system: string, code: string) => (canon: CanonicalBase) => ({
  path: field,
  min: 1,
  patternCodeableConcept: { coding: [{ system: `${canon.base}/CodeSystem/${system}`, code }] },
});

const ofPlan: readonly Rule[] = [
  { path: 'basedOn', min: 1, max: '1' },
  { path: 'for', min: 1 },
  { path: 'owner', min: 1 },
];

/** Profiles that our resources follow, by what of the plan they are. */
export const OWN_PROFILES: readonly Profile[] = [
  {
    id: 'plan',
    type: 'CarePlan',
    title: 'Plan',
    words: 'En gemensam plan. Det som görs står i egna resurser och aldrig i activity.detail.',
    rules: () => [
      { path: 'text', min: 1 },
      { path: 'intent', fixedCode: 'plan' },
      { path: 'category', min: 1, max: '1' },
      { path: 'created', min: 1 },
      { path: 'author', min: 1 },
      { path: 'activity.detail', max: '0' },
    ],
  },
  {
    id: 'step',
    type: 'Task',
    title: 'Steg',
    words: 'Ett steg i planen: vem gör vad, när.',
    rules: (canon) => [
      ...ofPlan,
      ofKind('businessStatus', 'step-state', '')(canon),
      ofKind('code', 'task-kind', 'step')(canon),
      { path: 'description', min: 1 },
    ],
  },
  {
    id: 'occurrence',
    type: 'Task',
    title: 'Tillfälle',
    words: 'Ett tillfälle i ett steg som återkommer.',
    rules: (canon) => [
      ...ofPlan,
      ofKind('code', 'task-kind', 'occurrence')(canon),
      { path: 'partOf', min: 1, max: '1' },
    ],
  },
  {
    id: 'commitment',
    type: 'Task',
    title: 'Löfte',
    words: 'Något som någon lovar; den som lovar står som owner.',
    rules: (canon) => [...ofPlan, ofKind('code', 'task-kind', 'commitment')(canon), { path: 'description', min: 1 }],
  },
  {
    id: 'what-matters',
    type: 'Goal',
    title: 'Det här är viktigt',
    words: 'Vad som är viktigt för personen, med personens egna ord.',
    rules: (canon) => [ofKind('category', 'goal-category', 'what-matters')(canon), { path: 'expressedBy', min: 1 }],
  },
  {
    id: 'named-contact',
    type: 'CareTeam',
    title: 'Fast kontakt',
    words: 'En fast kontakt, ensam i sitt team, med hur den nås.',
    rules: () => [
      { path: 'category', min: 1, max: '1' },
      { path: 'participant', min: 1, max: '1' },
      { path: 'participant.role', min: 1, max: '1' },
      { path: 'participant.member', min: 1 },
    ],
  },
];

/** `ofKind` with no code asks for some code of the system: the pattern then has none. */
function withoutEmptyCode(rule: Rule): Rule {
  const coding = rule.patternCodeableConcept?.coding?.[0];
  if (coding?.code !== '') return rule;
  return { ...rule, patternCodeableConcept: { coding: [{ system: coding.system }] } };
}

function profileDefinition(canon: CanonicalBase, profile: Profile): fhir4.StructureDefinition {
  const { id, type, title, words, rules } = profile;
  const elements = rules(canon)
    .map(withoutEmptyCode)
    .map((rule): Element => ({ ...rule, id: `${type}.${rule.path}`, path: `${type}.${rule.path}` }));
  const said = about('StructureDefinition', canon, { id: `profile-${id}`, title, description: words });
  return {
    ...said,
    name: `${computerName(id)}Profile`,
    fhirVersion: '4.0.1',
    kind: 'resource',
    abstract: false,
    type,
    baseDefinition: `${TYPES_BASE}/${type}`,
    derivation: 'constraint',
    differential: { element: [{ id: type, path: type, short: title, definition: words }, ...elements] },
  };
}

/** A definition of each of our profiles. */
export function profileDefinitions(canon: CanonicalBase): fhir4.StructureDefinition[] {
  return OWN_PROFILES.map((profile) => profileDefinition(canon, profile));
}

/** The profiles of our own for one type, by address. */
export function ownProfilesOf(base: string, type: string): string[] {
  const own = OWN_PROFILES.filter((profile) => profile.type === type);
  return own.map(({ id }) => `${base}/StructureDefinition/profile-${id}`);
}
