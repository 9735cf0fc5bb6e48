import type { HsaId } from '../../shared/owned.ts';
import type { Pattern } from './review.ts';

/** What is known of a member of staff, for comparing; names of protected staff are compared and never shown. */
export interface KnownUser {
  readonly givenName?: string;
  readonly familyName?: string;
  /** Whole name, as the token stated it, when the directory does not know the user. */
  readonly name?: string;
  /** Undefined when the directory does not know the user. */
  readonly units?: readonly HsaId[];
}

/** What is known of a person whose record was opened. */
export interface KnownPerson {
  readonly givenName?: string;
  readonly familyName?: string;
  readonly related: readonly string[];
}

/** What one user did with one person's record in a period. */
export interface Dealing {
  readonly user: KnownUser;
  readonly person: KnownPerson | undefined;
  readonly units: readonly HsaId[];
  readonly isWatched: boolean;
}

/**
 * What is unusual about a dealing. Nobody's personal number is known of staff, so kinship is told by names: whole names
 * for the own record and for relatives, any part of a double one for surnames. A sign to look closer, never a proof.
 */
export function patternsOf({ user, person, units, isWatched }: Dealing): Pattern[] {
  const name = words(user.name ?? `${user.givenName ?? ''} ${user.familyName ?? ''}`);
  const surname = user.familyName ?? user.name?.split(' ').at(-1) ?? '';
  const found: Pattern[] = [];
  if (person && isSame(words(`${person.givenName ?? ''} ${person.familyName ?? ''}`), name)) found.push('own-record');
  if (person?.related.some((one) => isSame(words(one), name))) found.push('relative');
  if (person && shares(words(surname), words(person.familyName ?? ''))) found.push('same-surname');
  if (isWatched) found.push('watched');
  if (units.some((unit) => user.units?.includes(unit) !== true)) found.push('outside-unit');
  return found;
}

/** A name as its words, without regard to case, accents in two forms, or the hyphen of a double name. */
function words(name: string): string[] {
  return name
    .normalize('NFC')
    .toLocaleLowerCase('sv')
    .split(/[\s-]+/)
    .filter((word) => word !== '');
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length > 1 && a.length === b.length && a.every((word, i) => word === b[i]);
}

function shares(a: readonly string[], b: readonly string[]): boolean {
  return a.some((word) => b.includes(word));
}
