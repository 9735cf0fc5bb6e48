import type { CanonicalBase } from './about.ts';
import { operationDefinitions } from './operations.ts';
import { searchParameters } from './search-parameters.ts';
import { extensionDefinitions, profileDefinitions } from './structure-definitions.ts';
import { codeSystems, valueSets } from './terminology.ts';

/** What our definitions are told as. */
export const CANONICAL_TYPES = [
  'StructureDefinition',
  'CodeSystem',
  'ValueSet',
  'SearchParameter',
  'OperationDefinition',
] as const;

export type Canonical =
  | fhir4.StructureDefinition
  | fhir4.CodeSystem
  | fhir4.ValueSet
  | fhir4.SearchParameter
  | fhir4.OperationDefinition;

/** Every definition of our own: what our answers hold beside what FHIR and the national guides define. */
export function allCanonicals(canon: CanonicalBase): readonly Canonical[] {
  return [
    ...extensionDefinitions(canon),
    ...profileDefinitions(canon),
    ...codeSystems(canon),
    ...valueSets(canon),
    ...searchParameters(canon),
    ...operationDefinitions(canon),
  ];
}
