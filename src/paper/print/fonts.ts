import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const read = (weight: 400 | 700) =>
  readFileSync(
    require.resolve(`@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-latin-${weight}-normal.woff`),
  );

let fonts: { readonly plain: Buffer; readonly bold: Buffer } | undefined;

/** Atkinson Hyperlegible, drawn for weak eyes (SIL Open Font License 1.1); read once. */
export function sheetFonts(): { readonly plain: Buffer; readonly bold: Buffer } {
  fonts ??= { plain: read(400), bold: read(700) };
  return fonts;
}
