import { type Range, rangeOf, rangeOfPeriod } from './dates.ts';

/** A code as a search compares it; without a system for plain codes of a required binding. */
export interface Token {
  readonly system?: string;
  readonly code: string;
}

/** One search parameter: what of a resource it looks at. */
export type Parameter<R> = { readonly documentation: string } & (
  | { readonly type: 'token'; readonly tokens: (resource: R) => readonly Token[] }
  | { readonly type: 'reference'; readonly target: string; readonly references: (resource: R) => readonly string[] }
  | { readonly type: 'date'; readonly ranges: (resource: R) => readonly Range[] }
);

/** The codes of some concepts. */
export const codes = (concepts: readonly (fhir4.CodeableConcept | undefined)[] | undefined): Token[] =>
  (concepts ?? []).flatMap((one) => (one?.coding ?? []).map(({ system, code }) => ({ system, code: code ?? '' })));
export const identifiers = (list: readonly fhir4.Identifier[] | undefined): Token[] =>
  (list ?? []).map(({ system, value }) => ({ system, code: value ?? '' }));
/** Where some references lead, as far as they lead anywhere. */
export const refs = (list: readonly (fhir4.Reference | undefined)[] | undefined): string[] =>
  (list ?? []).flatMap((one) => one?.reference ?? []);
export const period = (one: fhir4.Period | undefined): Range[] => (one ? [rangeOfPeriod(one)] : []);
export const moment = (text: string | undefined): Range[] => {
  const range = text === undefined ? undefined : rangeOf(text);
  return range ? [range] : [];
};
