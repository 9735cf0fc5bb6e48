/** Letters that are letters of their own in Swedish; every other accented letter is searched and sorted as its base. */
const OWN_LETTERS = /([åäö])/;
const MARKS = /\p{M}+/gu;
const WORD = /[\p{L}\p{N}]+/gu;

/** Letters without a decomposition in Unicode, as Swedish registers write and sort them. */
const FOLDED: Readonly<Record<string, string>> = {
  æ: 'ä',
  ø: 'ö',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ß: 'ss',
  þ: 'th',
  œ: 'oe',
  ı: 'i',
};
const FOLDABLE = /[æøđðłßþœı]/g;

/** Å, ä and ö come after z, in that order; these ASCII characters do too, whatever collation the server has. */
const AFTER_Z: Readonly<Record<string, string>> = { å: '{', ä: '|', ö: '}' };

/** One spelling per name: lower case, accents dropped (`é` is `e`), å, ä and ö kept, however they were composed. */
function fold(text: string): string {
  const lower = text
    .normalize('NFC')
    .toLowerCase()
    .replace(FOLDABLE, (letter) => FOLDED[letter]!);
  return lower
    .split(OWN_LETTERS)
    .map((part) => (OWN_LETTERS.test(part) ? part : part.normalize('NFD').replace(MARKS, '')))
    .join('');
}

/**
 * The words that a name is found by, each once. The same function reads what is stored and what is asked for, so that
 * a search by the beginning of any word finds the name: `åker` finds `Åkerlund`, never `Akerman`; `andre` finds `André`.
 */
export function searchWords(text: string): string[] {
  return [...new Set(fold(text).match(WORD) ?? [])];
}

/** What names are put in order by: Swedish order when compared byte by byte, so that no server's collation is needed. */
export function sortKey(text: string): string {
  return (fold(text).match(WORD) ?? []).join(' ').replace(/[åäö]/g, (letter) => AFTER_Z[letter]!);
}
