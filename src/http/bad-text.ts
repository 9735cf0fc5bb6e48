import { type InvalidParameter, wrong } from '../shared/problem.ts';
import { dottedPath } from './field-names.ts';

/** Deeper than any body of ours, shallow enough that recursive code after this point cannot exhaust the stack. */
const MOST_LEVELS = 40;
const LONE_SURROGATE = /\p{Surrogate}/u;

interface Level {
  readonly value: Readonly<Record<string, unknown>>;
  readonly keys: readonly string[];
  next: number;
}

/** Whether Postgres and UTF-8 can hold the text as it is: no NUL character and no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\u0000') && !LONE_SURROGATE.test(text);
}

/**
 * Finds the first text (name or value) that cannot be stored as it was written, or nesting that is too deep.
 *
 * Walks without recursion, so that a body of a million brackets is refused and not a crash.
 */
export function findBadText(root: unknown, whole: string): InvalidParameter | undefined {
  if (typeof root === 'string') return isStorable(root) ? undefined : unstorable(whole);
  if (typeof root !== 'object' || root === null) return undefined;
  const levels = [levelOf(root)];
  for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
    const key = level.keys[level.next++];
    if (key === undefined) {
      levels.pop();
      continue;
    }
    const child = level.value[key];
    if (!isStorable(key) || (typeof child === 'string' && !isStorable(child))) return unstorable(pathOf(levels, whole));
    if (typeof child !== 'object' || child === null) continue;
    if (levels.length === MOST_LEVELS) return tooDeep(pathOf(levels.slice(0, 3), whole));
    levels.push(levelOf(child));
  }
  return undefined;
}

function levelOf(value: object): Level {
  return { value: value as Readonly<Record<string, unknown>>, keys: Object.keys(value), next: 0 };
}

function pathOf(levels: readonly Level[], whole: string): string {
  const path = levels.map(({ value, keys, next }) => {
    const key = keys[next - 1]!;
    return Array.isArray(value) ? Number(key) : key;
  });
  return dottedPath(path, whole);
}

function unstorable(name: string): InvalidParameter {
  return wrong(
    name,
    'Texten innehåller tecken som inte går att lagra.',
    'The text holds characters that cannot be stored.',
  );
}

function tooDeep(name: string): InvalidParameter {
  return wrong(name, 'Innehållet är nästlat för djupt.', 'The content is nested too deeply.');
}
