import fc from 'fast-check';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, test } from 'vitest';
import { fitted, type Page, wordsByKey } from '../../../src/paper/domain/page.ts';
import { sheetPage } from '../../../src/paper/domain/sheet-page.ts';
import { PAGE_POLICY, pageAsHtml } from '../../../src/paper/print/html.ts';
import { pageAsPdf } from '../../../src/paper/print/pdf.ts';
import { overviewOf } from '../../../src/plans/domain/overview.ts';
import { contextOf, stories } from '../plans/stories.ts';

const AT = new Date('2026-11-21T10:00:00Z');
const line = (key: string, text: string, detail?: string) => ({ key, text, detail });

const PAGE: Page = {
  title: 'Min plan – Ester Övning',
  sections: [
    {
      id: 'matters',
      title: 'Det här är viktigt för mig',
      lines: [line('m', 'Jag vill hem till min stol vid fönstret.')],
    },
    {
      id: 'next',
      title: 'Mitt nästa steg',
      lines: [line('next 1', 'Hemsjukvården kommer söndag 22 november före 12:00.', 'Med: Hanna Hittepå')],
    },
    { id: 'me', title: 'Jag gör', lines: [line('s', 'Väger mig <varje> morgon & skriver upp', 'varje dag 07:00')] },
    { id: 'call', title: 'Vem jag ringer', lines: [line('call 112', 'Fara för liv: 112')] },
  ],
  foot: ['Blad 3 · Uppgifterna gällde lördag 21 november 2026 kl. 11:00', 'Ändras något får du ett nytt blad.'],
};

const longPage = (lines: number): Page => ({
  ...PAGE,
  sections: PAGE.sections.map((section) =>
    section.id === 'next'
      ? section
      : {
          ...section,
          lines: Array.from({ length: lines }, (_, i) =>
            line(`${section.id}${i}`, 'Åk till provtagningen '.repeat(6), 'x'.repeat(150)),
          ),
        },
  ),
});

async function read(bytes: Buffer) {
  const pdf = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 }).promise;
  const page = await pdf.getPage(1);
  const { items } = await page.getTextContent();
  const text = items
    .map((item) => ('str' in item ? item.str : ''))
    .join(' ')
    .replace(/\s+/g, ' ');
  const { info } = await pdf.getMetadata();
  const mark = await pdf.getMarkInfo();
  return { pages: pdf.numPages, text, tree: await page.getStructTree(), info: info as Record<string, unknown>, mark };
}

interface Node {
  readonly role?: string;
  readonly children?: readonly Node[];
}
const roles = (node: Node): string[] => [...(node.role ? [node.role] : []), ...(node.children ?? []).flatMap(roles)];

describe('a sheet', () => {
  test('as PDF is one page of Swedish, whole, marked for reading aloud, and the same bytes each time', async () => {
    const bytes = await pageAsPdf(PAGE, AT);
    const { pages, text, tree, info, mark } = await read(bytes);
    expect(pages).toBe(1);
    for (const words of wordsByKey(PAGE).values()) {
      for (const part of words.split('\n').slice(1).filter(Boolean)) expect(text).toContain(part);
    }
    for (const words of [PAGE.title, ...PAGE.foot]) expect(text).toContain(words);
    expect(info).toMatchObject({ Title: PAGE.title, Language: 'sv-SE' });
    expect(mark).toMatchObject({ Marked: true });
    const found = roles(tree as Node);
    expect(found.filter((role) => /^H\d$/.test(role))).toEqual(['H1', 'H2', 'H2', 'H2', 'H2']);
    expect(found.filter((role) => role === 'LI')).toHaveLength(4);
    expect(bytes.toString('latin1')).toContain('pdfuaid');
    expect(await pageAsPdf(PAGE, AT)).toEqual(bytes);
  });

  test('that has too much for one page keeps the next step and says how much is missing', async () => {
    const { pages, text } = await read(await pageAsPdf(longPage(30), AT));
    expect(pages).toBe(1);
    expect(text).toContain('Hemsjukvården kommer söndag 22 november före 12:00.');
    expect(text).toMatch(/och \d+ till\. Fråga om dem när du ringer\./);
    expect(text).toContain(PAGE.foot.at(-1));
  });

  test('as HTML holds what was written as words, and may load nothing', () => {
    const html = pageAsHtml(PAGE);
    expect(html).toContain('Väger mig &lt;varje> morgon &amp; skriver upp');
    expect(html).toContain('<html lang="sv">');
    expect(html).not.toMatch(/<script|<img|<link|https?:\/\//);
    expect(PAGE_POLICY).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'/);
    expect(pageAsHtml(longPage(30))).toContain('till. Fråga om dem');
  });

  test('gives way in lines until there is room, and always ends', () => {
    const lengths: number[] = [];
    const shown = fitted(longPage(5), (page) => {
      lengths.push(page.sections.reduce((all, { lines }) => all + lines.length, 0));
      return false;
    });
    expect(shown.sections.every(({ lines }) => lines.length === 1)).toBe(true);
    expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
  });

  test('tells of a person with protected identity neither time nor place nor name', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const context = contextOf(story);
        const overview = overviewOf(story.content, context);
        const words = [...wordsByKey(sheetPage(overview, context, { isProtected: true })).entries()]
          .filter(([key]) => !key.startsWith('call '))
          .map(([, text]) => text)
          .join('\n');
        const places = story.content.step.flatMap(({ way }) => (way && 'place' in way && way.place ? [way.place] : []));
        for (const place of places) expect(words).not.toContain(place);
        for (const { when } of overview.bookedTimes) expect(words).not.toContain(when.words);
        expect(words).not.toMatch(/\d\d:\d\d/);
      }),
      { numRuns: 60 },
    );
  });

  test('reads the same as long as nothing has changed, whatever the order of what it is made of', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const context = contextOf(story);
        const page = () =>
          sheetPage(overviewOf(story.content, context), context, { isProtected: false, name: 'Ester' });
        expect(page()).toEqual(page());
        const keys = page().sections.flatMap(({ id, lines }) => lines.map(({ key }) => `${id} ${key}`));
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 60 },
    );
  });
});
