import { normalizeHsaId } from '../../shared/hsa-id.ts';
import { SYSTEMS } from '../mapping/systems.ts';
import { type Range, rangeOf, rangeOfPeriod } from './dates.ts';

/** A code as a search compares it; without a system for plain codes of a required binding. */
export interface Token {
  readonly system?: string;
  readonly code: string;
}

/** One search parameter: what of a resource it looks at. */
export type Parameter<R> = { readonly documentation: string } & (
  | { readonly type: 'token'; readonly tokens: (resource: R) => readonly Token[] }
  | {
      readonly type: 'reference';
      readonly target: string;
      readonly references: (resource: R) => readonly fhir4.Reference[];
    }
  | { readonly type: 'date'; readonly ranges: (resource: R) => readonly Range[] }
);

/** The codes of some concepts. */
export const codes = (concepts: readonly (fhir4.CodeableConcept | undefined)[] | undefined): Token[] =>
  (concepts ?? []).flatMap((one) => (one?.coding ?? []).map(({ system, code }) => ({ system, code: code ?? '' })));
export const identifiers = (list: readonly fhir4.Identifier[] | undefined): Token[] =>
  (list ?? []).map(({ system, value }) => ({ system, code: value ?? '' }));
/** The references that are there. */
export const present = (list: readonly (fhir4.Reference | undefined)[] | undefined): fhir4.Reference[] =>
  (list ?? []).filter((one) => one !== undefined);

/** What is known by its HSA-id, which stands first in its address. */
const BY_HSA_ID = /^(?:Organization|HealthcareService|Practitioner|PractitionerRole)\/([^.]+)/;

/**
 * By what identifiers a reference can be found (`:identifier`): the one that it holds, else the HSA-id that it leads to, so
 * that a unit is found alike by whoever is given its address and by whoever is given its id alone.
 */
export function identifiersOf({ identifier, reference }: fhir4.Reference): Token[] {
  if (identifier) return identifiers([identifier]);
  const hsaId = normalizeHsaId(BY_HSA_ID.exec(reference ?? '')?.[1] ?? '');
  return hsaId === undefined ? [] : [{ system: SYSTEMS.hsaId, code: hsaId }];
}
/** Where some references lead, as far as they lead anywhere. */
export const refs = (list: readonly (fhir4.Reference | undefined)[] | undefined): string[] =>
  (list ?? []).flatMap((one) => one?.reference ?? []);
export const period = (one: fhir4.Period | undefined): Range[] => (one ? [rangeOfPeriod(one)] : []);
export const moment = (text: string | undefined): Range[] => {
  const range = text === undefined ? undefined : rangeOf(text);
  return range ? [range] : [];
};
