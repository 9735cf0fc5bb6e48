import type { Sent } from '../search/criteria.ts';

/** What may be done with a type: create, read, update, delete, search. */
export type Interaction = 'c' | 'r' | 'u' | 'd' | 's';

/** One SMART scope, `patient/Task.rs?code=step`, in parts. */
export interface SmartScope {
  readonly level: 'patient' | 'user' | 'system';
  /** A type, or `*` for all. */
  readonly type: string;
  readonly interactions: ReadonlySet<string>;
  /** Only what these searches find; empty for all of the type. */
  readonly only: readonly Sent[];
}

const FORM = /^(patient|user|system)\/([A-Z][A-Za-z]{1,60}|\*)\.([a-z]+|\*)(?:\?(.+))?$/;
/** Version 2 wants the letters in this order, each at most once. */
const LETTERS = /^(?=.)c?r?u?d?s?$/;
/** Version 1 said `read`, `write` and `*` of what version 2 has five letters for (SMART App Launch 2.2). */
const FIRST_VERSION: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };

function criteriaOf(query: string | undefined): Sent[] {
  return [...new URLSearchParams(query ?? '')].map(([name, value]) => {
    const colon = name.indexOf(':');
    return colon < 0 ? { name, value } : { name: name.slice(0, colon), modifier: name.slice(colon + 1), value };
  });
}

/** Reads one scope (SMART App Launch 2.2, scopes and launch context); undefined for what is none. */
export function smartScope(text: string): SmartScope | undefined {
  const [, level, type, permissions, query] = FORM.exec(text) ?? [];
  if (level === undefined || type === undefined || permissions === undefined) return undefined;
  const letters = FIRST_VERSION[permissions] ?? (LETTERS.test(permissions) ? permissions : undefined);
  if (letters === undefined) return undefined;
  return { level: level as SmartScope['level'], type, interactions: new Set(letters), only: criteriaOf(query) };
}

/** Whether a scope is of SMART's kind at all, well-formed or not: such a scope never widens by being misread. */
export function looksSmart(text: string): boolean {
  return /^(?:patient|user|system)\//.test(text);
}
