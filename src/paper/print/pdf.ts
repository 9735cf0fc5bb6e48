import { fitted, type Line, leftInWords, type Page, type Section } from '../domain/page.ts';
import { sheetFonts } from './fonts.ts';

/** Points; A4 is 595 × 842. */
const MARGIN = 45;
const BOX = 8;
const SIZES = [14, 13.5, 13, 12.5, 12] as const;
const SMALLEST = SIZES[SIZES.length - 1]!;
const INDENT = 14;

type Doc = PDFKit.PDFDocument;

/**
 * The sheet as one page of tagged PDF (PDF/UA-1, ISO 14289-1): headings, lists and the order of reading are marked, so
 * that it can be read aloud. Letters are as large as there is room for; when the smallest are not small enough, lines
 * give way and the section says so.
 *
 * @param createdAt time of the facts, so that the same sheet always gives the same bytes
 */
export async function pageAsPdf(page: Page, createdAt: Date): Promise<Buffer> {
  const doc = await documentFor(page, createdAt);
  const hasRoom = roomIn(doc);
  const shown = fitted(page, (shorter) => hasRoom(shorter, SMALLEST));
  const size = SIZES.find((one) => hasRoom(shown, one)) ?? SMALLEST;
  const chunks: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  draw(doc, shown, size);
  doc.end();
  return whole;
}

async function documentFor({ title }: Page, createdAt: Date): Promise<Doc> {
  // Read when the first sheet is printed: with its fonts' tables it is a tenth of a second of every start.
  const { default: PDFDocument } = await import('pdfkit');
  const { plain, bold } = sheetFonts();
  const doc = new PDFDocument({
    size: 'A4',
    // Less than the margin that is kept, or rounding would begin a second page.
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN / 2 },
    pdfVersion: '1.7',
    subset: 'PDF/UA',
    tagged: true,
    displayTitle: true,
    lang: 'sv-SE',
    font: plain as unknown as string,
    info: {
      Title: title,
      CreationDate: createdAt,
      ModDate: createdAt,
      Producer: 'Patientkontrakt',
      Creator: 'Patientkontrakt',
    },
  } as unknown as PDFKit.PDFDocumentOptions);
  doc.registerFont('plain', plain);
  doc.registerFont('bold', bold);
  return doc;
}

/** One piece of text and how it is set. */
interface Piece {
  readonly text: string;
  readonly font: 'plain' | 'bold';
  readonly size: number;
  readonly indent: number;
  readonly above: number;
}

const titlePiece = (page: Page, size: number): Piece => ({
  ...{ text: page.title, font: 'bold', size: size + 7, indent: 0, above: 0 },
});
const headPiece = (section: Section, size: number): Piece => ({
  ...{ text: section.title, font: 'bold', size: size + 1, indent: section.id === 'next' ? BOX : 0, above: size * 0.55 },
});

function linePieces(section: Section, { text, detail }: Line, size: number): readonly Piece[] {
  const next = section.id === 'next';
  const indent = next ? BOX : INDENT;
  const words: Piece = { text, font: next ? 'bold' : 'plain', size: next ? size + 1 : size, indent, above: 1 };
  return detail === undefined ? [words] : [words, { text: detail, font: 'plain', size: size - 1, indent, above: 0 }];
}

const leftPiece = (left: number, size: number): Piece => ({
  ...{ text: leftInWords(left), font: 'plain', size, indent: INDENT, above: 1 },
});
const footPiece = (text: string): Piece => ({ text, font: 'plain', size: 10, indent: 0, above: 0 });

function sectionPieces(section: Section, size: number): readonly Piece[] {
  const lines = section.lines.flatMap((line) => linePieces(section, line, size));
  return [headPiece(section, size), ...lines, ...(section.left ? [leftPiece(section.left, size)] : [])];
}

const widthOf = (doc: Doc, { indent }: Piece) => doc.page.width - 2 * MARGIN - indent - (indent === BOX ? BOX : 0);

function heightOf(doc: Doc, piece: Piece): number {
  doc.font(piece.font).fontSize(piece.size);
  return piece.above + doc.heightOfString(piece.text, { width: widthOf(doc, piece) });
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
const footHeight = (doc: Doc, page: Page) => BOX + sum(page.foot.map((text) => heightOf(doc, footPiece(text))));

/** Says whether a page has room, measuring each piece once: a line is measured for many shorter pages. */
function roomIn(doc: Doc): (page: Page, size: number) => boolean {
  const known = new Map<string, number>();
  const height = (piece: Piece) => {
    const key = JSON.stringify(piece);
    const found = known.get(key) ?? heightOf(doc, piece);
    known.set(key, found);
    return found;
  };
  return (page, size) => {
    const pieces = [titlePiece(page, size), ...page.sections.flatMap((section) => sectionPieces(section, size))];
    const foot = BOX + sum(page.foot.map((text) => height(footPiece(text))));
    return sum(pieces.map(height)) <= doc.page.height - 2 * MARGIN - foot - 3 * BOX;
  };
}

/** Everything that is drawn is either text in the structure or an artifact, as PDF/UA asks (ISO 14289-1, 7.1). */
function draw(doc: Doc, page: Page, size: number): void {
  const root = doc.struct('Document');
  doc.addStructure(root);
  root.add(doc.struct('H1', {}, () => put(doc, titlePiece(page, size))));
  for (const section of page.sections) drawSection(doc, root, section, size);
  const foot = doc.struct('Sect');
  root.add(foot);
  const top = doc.page.height - MARGIN - footHeight(doc, page) + BOX;
  page.foot.forEach((text, i) => {
    foot.add(
      doc.struct('P', {}, () => {
        if (i === 0) doc.y = top;
        put(doc, footPiece(text));
      }),
    );
  });
  foot.end();
  root.end();
  line(doc, top - BOX / 2);
}

/** Each element is added before what is in it: only then is it drawn at once, and in order. */
function drawSection(doc: Doc, root: PDFKit.PDFStructureElement, section: Section, size: number): void {
  const part = doc.struct('Sect');
  root.add(part);
  let top = 0;
  part.add(
    doc.struct('H2', {}, () => {
      if (section.id === 'next') doc.y += BOX;
      top = doc.y;
      put(doc, headPiece(section, size));
    }),
  );
  const list = doc.struct('L');
  part.add(list);
  const items = section.lines.map((one) => linePieces(section, one, size));
  if (section.left) items.push([leftPiece(section.left, size)]);
  for (const pieces of items) {
    const item = doc.struct('LI');
    list.add(item);
    item.add(doc.struct('LBody', {}, () => putItem(doc, section, pieces)));
    item.end();
  }
  list.end();
  part.end();
  if (section.id === 'next') box(doc, top);
}

function putItem(doc: Doc, { id }: Section, pieces: readonly Piece[]): void {
  const [first] = pieces;
  if (id !== 'next' && first) {
    const y = doc.y + first.above + first.size * 0.55;
    doc.circle(MARGIN + INDENT / 2, y, 1.8).fill('#000');
  }
  for (const piece of pieces) put(doc, piece);
}

function put(doc: Doc, piece: Piece): void {
  doc.font(piece.font).fontSize(piece.size);
  doc.text(piece.text, MARGIN + piece.indent, doc.y + piece.above, { width: widthOf(doc, piece) });
}

/** A frame around what to do next; an artifact, since it says nothing. */
function box(doc: Doc, top: number): void {
  doc.markContent('Artifact', { type: 'Layout' });
  doc
    .lineWidth(1.5)
    .rect(MARGIN, top - 1, doc.page.width - 2 * MARGIN, doc.y - top + BOX)
    .stroke('#000');
  doc.endMarkedContent();
  doc.y += BOX;
}

function line(doc: Doc, y: number): void {
  doc.markContent('Artifact', { type: 'Layout' });
  doc
    .lineWidth(0.7)
    .moveTo(MARGIN, y)
    .lineTo(doc.page.width - MARGIN, y)
    .stroke('#000');
  doc.endMarkedContent();
}
