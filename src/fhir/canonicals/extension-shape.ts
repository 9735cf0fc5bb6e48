import type { TermsName } from './terms.ts';

export type ValueType =
  | 'boolean'
  | 'code'
  | 'CodeableConcept'
  | 'date'
  | 'dateTime'
  | 'integer'
  | 'Reference'
  | 'string'
  | 'time'
  | 'url';

/** One part of an extension: a value of some types, or further parts. */
export interface Part {
  readonly words: string;
  readonly value?: readonly ValueType[];
  readonly codes?: TermsName;
  /** What a reference may lead to. */
  readonly to?: readonly string[];
  readonly parts?: Readonly<Record<string, Part>>;
  readonly min?: 1;
  readonly many?: true;
}

/** One extension of our own, and where it stands. */
export interface ExtensionShape extends Part {
  readonly title: string;
  readonly on: readonly string[];
}

/** A part in words. */
export const text = (words: string): Part => ({ words, value: ['string'] });
export const must = (part: Part): Part => ({ ...part, min: 1 });
/** A part that is always there, with a code. */
export const code = (words: string, codes: TermsName): Part => ({ words, value: ['code'], codes, min: 1 });
