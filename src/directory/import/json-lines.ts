/**
 * The line on which each element of a JSON text's lists begins: of the outermost list, or of the lists that the
 * outermost object holds, by their names. `JSON.parse` tells values but not where they stood.
 *
 * @param text JSON that `JSON.parse` has accepted
 */
export function elementLines(text: string): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  let rootIsList: boolean | undefined;
  let line = 1;
  let depth = 0;
  let name = '';
  let lines: number[] | undefined;
  let elementNext = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '\n') line++;
    if (c === ' ' || c === '\n' || c === '\r' || c === '\t') continue;
    rootIsList ??= c === '[';
    const level = rootIsList ? 1 : 2;
    if (lines && elementNext && c !== ']') {
      lines.push(line);
      elementNext = false;
    }
    if (c === '"') {
      const end = endOfString(text, i);
      if (depth === 1 && !rootIsList) name = JSON.parse(text.slice(i, end + 1)) as string;
      i = end;
    } else if (c === '[' || c === '{') {
      depth++;
      if (depth === level && c === '[') {
        lines = [];
        found.set(rootIsList ? '' : name, lines);
        elementNext = true;
      }
    } else if (c === ']' || c === '}') {
      if (depth === level) lines = undefined;
      depth--;
    } else if (c === ',' && depth === level) elementNext = true;
  }
  return found;
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i;
}
