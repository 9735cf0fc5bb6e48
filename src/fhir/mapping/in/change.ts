import { isSame } from '../../../plans/domain/same.ts';
import type { OwnUrls } from '../systems.ts';
import type { InFault } from './faults.ts';

/** One change of ours that something sent as FHIR asks for, by its name, with the body that `/v1` would be sent. */
export interface InAct {
  readonly act: string;
  /** Public id of the thing that it is about; absent for what is new. */
  readonly about?: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Whether it is made from the revision that the client read: the first change of a thing is. */
  readonly first?: boolean;
  /** Only when what was just made is in this state: what is born as it should be needs no move. */
  readonly ifIn?: string;
}

/** What a resource that is sent comes to: changes of ours, and what of it cannot be taken in. */
export interface InChange {
  readonly acts: readonly InAct[];
  readonly faults: readonly InFault[];
}

/** What reading a sent resource needs beside it. */
export interface InContext {
  readonly urls: OwnUrls;
}

/** Fields of something new: those that have a value. */
export function given(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Fields that differ from what they were: null for one that is gone, as `/v1` takes it. */
export function differing(
  is: Readonly<Record<string, unknown>>,
  was: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const names = new Set([...Object.keys(is), ...Object.keys(was)]);
  const found = [...names].filter((name) => !isSame(is[name], was[name]));
  return Object.fromEntries(found.map((name) => [name, is[name] ?? null]));
}

/** The changes of one update: of fields first, then the move, each only when there is something to do. */
export function updateActs(
  about: string,
  fields: { readonly act: string; readonly body: Record<string, unknown> },
  moves: readonly Pick<InAct, 'act' | 'body'>[],
): InAct[] {
  const changed = Object.keys(fields.body).length > 0 ? [fields] : [];
  return [...changed, ...moves].map((one, i) => ({ ...one, about, ...(i === 0 && { first: true }) }));
}
