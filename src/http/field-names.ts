const PLAIN_NAME = /^[A-Za-z][\w-]{0,40}$/;
const MANY_DIGITS = /\d{5}/;

/** What stands in place of a name that somebody else chose: it may be a personal identity number itself. */
export const UNKNOWN_FIELD = '(okänt fält)';

/** One part of a field's path as it may be shown. Names that a schema gave always pass; long digits never do. */
export function safeName(part: PropertyKey): string {
  if (typeof part === 'number') return String(part);
  return typeof part === 'string' && PLAIN_NAME.test(part) && !MANY_DIGITS.test(part) ? part : UNKNOWN_FIELD;
}

/** A field's path with dots, `steps.0.title`; `whole` when the path is empty. */
export function dottedPath(path: readonly PropertyKey[], whole: string): string {
  return path.length === 0 ? whole : path.map(safeName).join('.');
}
