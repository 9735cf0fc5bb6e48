import { isSame } from '../../../plans/domain/same.ts';
import { fault, type InFault } from './faults.ts';

/**
 * What is done with each element of a resource that is sent: `true` it is read (or is of no consequence); `'managed'` the
 * service sets it, so that what is sent with something new is passed over and what would change it is refused; a tree, for its
 * parts; a predicate, for one value. Whatever is not named cannot be held.
 */
export type Held = true | 'managed' | HeldTree | ((value: unknown) => boolean);
export interface HeldTree {
  readonly [element: string]: Held;
}

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** What every resource has that is of no consequence: it is set anew, and the narrative is made from the content. */
export const OF_NO_CONSEQUENCE = {
  resourceType: true,
  id: true,
  meta: true,
  text: true,
  language: true,
  contained: true,
} as const satisfies HeldTree;

/**
 * Names what of a resource cannot be taken in.
 *
 * @param current the resource as it is, of an update: what is sent back unchanged is never a fault
 */
export function notTaken(sent: unknown, held: HeldTree, path: string, current?: unknown): InFault[] {
  if (!isNode(sent)) return [];
  const now = isNode(current) ? current : undefined;
  return Object.entries(sent).flatMap(([name, value]) => {
    const here = Array.isArray(sent) ? `${path}[${name}]` : `${path}.${name}`;
    const was = now?.[name];
    if (value === undefined || isSame(value, was)) return [];
    const rule = Array.isArray(sent) ? held : held[name];
    if (rule === true) return [];
    if (rule === 'managed') return current === undefined ? [] : [fault('read-only', here)];
    if (typeof rule === 'function') return rule(value) ? [] : [refused(here, was)];
    if (rule === undefined) return [refused(here, was)];
    return notTaken(value, rule, here, was);
  });
}

function refused(path: string, was: unknown): InFault {
  return fault(was === undefined ? 'not-held' : 'read-only', path);
}

/** Names extensions that cannot be taken in, each by its place; `known` says what is done with each of ours. */
export function extensionsNotTaken(
  sent: readonly fhir4.Extension[] | undefined,
  known: Readonly<Record<string, true | 'managed'>>,
  path: string,
  current?: readonly fhir4.Extension[],
): InFault[] {
  return (sent ?? []).flatMap((one, i) => {
    const here = `${path}.extension[${i}]`;
    if (current?.some((other) => isSame(other, one))) return [];
    const rule = known[one.url];
    if (rule === true) return [];
    if (rule === 'managed') return current === undefined ? [] : [fault('read-only', here)];
    return [fault('not-held', here)];
  });
}
