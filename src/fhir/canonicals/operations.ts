import { about, type CanonicalBase } from './about.ts';
import { NEXT_STEP_PARTS } from './compound-extensions.ts';
import type { Part } from './extension-shape.ts';

function outParameters(parts: Readonly<Record<string, Part>>): fhir4.OperationDefinitionParameter[] {
  return Object.entries(parts).flatMap(([name, { words, value = [], min }]) => {
    const common = { name, use: 'out' as const, min: name === 'kind' ? (min ?? 0) : 0, max: '1', documentation: words };
    const [only, ...others] = value;
    // A value of several types is told without one: R4 has no choice of types here.
    return [others.length > 0 || only === undefined ? { ...common, type: 'Element' } : { ...common, type: only }];
  });
}

interface Operation {
  readonly resource: 'CarePlan' | 'Patient';
  readonly code: string;
  readonly title: string;
  readonly description: string;
  readonly onType: boolean;
  readonly parameter: readonly fhir4.OperationDefinitionParameter[];
}

const BUNDLE: fhir4.OperationDefinitionParameter = {
  name: 'return',
  use: 'out',
  min: 1,
  max: '1',
  type: 'Bundle',
  documentation: 'Planen med allt som hör till den.',
};

const OPERATIONS: readonly Operation[] = [
  {
    resource: 'CarePlan',
    code: 'next-step',
    title: 'Planens nästa steg',
    description: 'Nästa steg i planen för den som frågar. En samlad plan svarar för alla personens planer tillsammans.',
    onType: false,
    parameter: outParameters(NEXT_STEP_PARTS),
  },
  {
    resource: 'CarePlan',
    code: 'everything',
    title: 'Hela planen',
    description: 'Planen med allt i den som den som frågar får se.',
    onType: false,
    parameter: [BUNDLE],
  },
  {
    resource: 'Patient',
    code: 'next-step',
    title: 'Personens nästa steg',
    description: 'Nästa steg av alla personens planer; utan id för den inloggade själv.',
    onType: true,
    parameter: outParameters(NEXT_STEP_PARTS),
  },
];

/** Operations that have a definition of our own; others have HL7's. */
export function operationDefinitions(canon: CanonicalBase): fhir4.OperationDefinition[] {
  return OPERATIONS.map(({ resource, code, title, description, onType, parameter }) => ({
    ...about('OperationDefinition', canon, { id: `${resource}-${code}`, title, description }),
    kind: 'operation',
    affectsState: false,
    code,
    resource: [resource],
    system: false,
    type: onType,
    instance: true,
    parameter: [...parameter],
  }));
}
