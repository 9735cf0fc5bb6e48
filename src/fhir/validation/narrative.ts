/** Elements and attributes that FHIR lets a narrative have (narrative.html), without those that fetch or run anything. */
const ELEMENTS: ReadonlySet<string> = new Set(
  `a abbr acronym address b big blockquote br caption cite code col colgroup dd del dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i
  img ins kbd li ol p pre q s samp small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var`.split(
    /\s+/,
  ),
);
const TAG = /<(\/?)([A-Za-z][A-Za-z0-9:]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/g;
const ACTIVE =
  /(?:^|\s)on[a-z]+\s*=|javascript:|vbscript:|data:text|expression\s*\(|(?:^|\s)style\s*=\s*["'][^"']*url\s*\(/i;

/**
 * Whether a narrative is the safe XHTML that FHIR asks for: one div, known elements that close in order, and nothing that
 * runs (script, event attributes, `javascript:` addresses).
 */
export function isSafeNarrative(div: string): boolean {
  if (!/^\s*<div[\s>]/.test(div) || !/<\/div>\s*$/.test(div)) return false;
  if (/<[!?]/.test(div)) return false;
  const open: string[] = [];
  for (const [, close, name, rest] of div.matchAll(TAG)) {
    if (!ELEMENTS.has(name!) || ACTIVE.test(decoded(rest!))) return false;
    if (close) {
      if (open.pop() !== name) return false;
    } else if (!rest!.endsWith('/')) open.push(name!);
  }
  return open.length === 0 && !/</.test(div.replace(TAG, ''));
}

/** Attribute text with its character references read, since browsers read them before they judge an address. */
function decoded(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_all, hex: string) => letter(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,7});?/g, (_all, digits: string) => letter(Number(digits)))
    .replace(/[\t\n\r]/g, '');
}

function letter(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
