import { createHash } from 'node:crypto';
import { h } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import { fitted, type Line, leftInWords, type Page, type Section } from '../domain/page.ts';

/** Letters of a line of the page at its size, and lines of an A4 sheet: measured in a browser's print. */
const LETTERS = 74;
const LINES = 41;

const STYLE = `
@page { size: A4; margin: 14mm 16mm; }
* { box-sizing: border-box; }
body { font: 12.5pt/1.3 "Atkinson Hyperlegible", Verdana, "DejaVu Sans", sans-serif; color: #000; background: #fff; margin: 0 auto; max-width: 178mm; padding: 4mm; }
h1 { font-size: 20pt; margin: 0 0 2mm; }
h2 { font-size: 14pt; margin: 3mm 0 0.5mm; break-after: avoid; }
ul { margin: 0; padding-left: 6mm; }
li { break-inside: avoid; }
.detail { display: block; font-size: 12pt; }
.next { border: 2pt solid #000; padding: 2mm 4mm; margin: 2mm 0; }
.next h2 { margin-top: 0; }
.next ul { list-style: none; padding: 0; font-size: 15pt; font-weight: 700; }
.next .detail { font-weight: 400; }
footer { border-top: 1pt solid #000; margin-top: 4mm; padding-top: 1.5mm; font-size: 10.5pt; }
footer p { margin: 0; }
@media print { body { padding: 0; max-width: none; } }
`;

/** What the page's answer may load and run: its own style, and nothing else. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The sheet as a page for a browser to show and print on one A4: words only, nothing that is loaded from elsewhere. */
export function pageAsHtml(page: Page): string {
  const { title, sections, foot } = fitted(page, fits);
  const head = h(
    'head',
    null,
    h('meta', { charset: 'utf-8' }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'robots', content: 'noindex' }),
    h('title', null, title),
    h('style', { dangerouslySetInnerHTML: { __html: STYLE } }),
  );
  const main = h('main', null, h('h1', null, title), ...sections.map(sectionElement));
  const footer = h('footer', null, ...foot.map((words) => h('p', null, words)));
  return `<!doctype html>\n${renderToStaticMarkup(h('html', { lang: 'sv' }, head, h('body', null, main, footer)))}\n`;
}

function sectionElement({ id, title, lines, left }: Section) {
  const items = lines.map(lineElement);
  if (left) items.push(h('li', null, leftInWords(left)));
  return h('section', { class: id, 'aria-labelledby': id }, h('h2', { id }, title), h('ul', null, ...items));
}

function lineElement({ text, detail }: Line) {
  return h('li', null, text, detail === undefined ? null : h('span', { class: 'detail' }, detail));
}

const rows = (words: string | undefined) => (words === undefined ? 0 : Math.ceil(words.length / LETTERS));

/** Whether the page has room on one A4, judged by letters: the browser's own fonts differ, so there is some to spare. */
function fits({ sections, foot }: Page): boolean {
  const told = sections.flatMap(({ lines }) => lines.map(({ text, detail }) => rows(text) + rows(detail)));
  const left = sections.filter((section) => section.left).length;
  const heads = 2 + sections.length * 1.6;
  return heads + left + foot.length + told.reduce((sum, n) => sum + n, 0) <= LINES;
}
