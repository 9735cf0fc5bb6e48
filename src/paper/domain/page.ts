/** One line of the sheet, with what it tells of: when the same key reads otherwise, the sheet is stale. */
export interface Line {
  readonly key: string;
  readonly text: string;
  /** When, where, with whom; the number to call. */
  readonly detail?: string;
}

export type SectionId = 'matters' | 'next' | 'times' | 'me' | 'network' | 'care' | 'call' | 'red' | 'yellow' | 'green';

export interface Section {
  readonly id: SectionId;
  readonly title: string;
  readonly lines: readonly Line[];
  /** How many lines did not find room. */
  readonly left?: number;
}

/** What stands on one A4 page, before anybody has decided how it looks. */
export interface Page {
  readonly title: string;
  readonly sections: readonly Section[];
  /** Number, time of the facts, agreement: what tells two sheets apart. */
  readonly foot: readonly string[];
}

/** In which order lines give way when the page is full, the least needed on paper first. */
const GIVES_WAY: readonly SectionId[] = ['green', 'care', 'network', 'matters', 'me', 'yellow', 'times', 'call', 'red'];
const ALWAYS_KEPT = 1;
/** More lines of one kind have no room on an A4, and would only be measured in vain. */
const MOST_LINES = 14;

/**
 * The page with as many of its lines as there is room for: the longest section of the least needed ones gives way first,
 * each keeps one line, and every section says how many are missing. What to do next is never cut.
 *
 * @param fits whether a page has room on one A4; asked of ever shorter ones
 */
export function fitted(page: Page, fits: (page: Page) => boolean): Page {
  let shown: Page = { ...page, sections: page.sections.map(shortened) };
  while (!fits(shown)) {
    const shorter = withoutOne(shown);
    if (!shorter) return shown;
    shown = shorter;
  }
  return shown;
}

function shortened(section: Section): Section {
  const over = section.lines.length - MOST_LINES;
  return over > 0 ? { ...section, lines: section.lines.slice(0, MOST_LINES), left: over } : section;
}

function withoutOne(page: Page): Page | undefined {
  const cut = GIVES_WAY.find((id) => page.sections.some((one) => one.id === id && one.lines.length > ALWAYS_KEPT));
  if (!cut) return undefined;
  const sections = page.sections.map((section) =>
    section.id === cut ? { ...section, lines: section.lines.slice(0, -1), left: (section.left ?? 0) + 1 } : section,
  );
  return { ...page, sections };
}

/** What a section says of lines that did not find room. */
export function leftInWords(left: number): string {
  return `och ${left} till. Fråga om dem när du ringer.`;
}

/** What each fact of a page reads, by its key. */
export function wordsByKey(page: Page): ReadonlyMap<string, string> {
  const lines = page.sections.flatMap(({ id, lines: own }) => own.map((line) => ({ id, ...line })));
  return new Map(lines.map(({ id, key, text, detail }) => [key, [id, text, detail ?? ''].join('\n')]));
}
