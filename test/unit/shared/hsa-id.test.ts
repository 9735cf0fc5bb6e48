import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeHsaId } from '../../../src/shared/hsa-id.ts';

describe('an HSA-id', () => {
  it.each([
    ['SE0000000000-TST0101', 'SE0000000000-TST0101'],
    ['se0000000000-tst0101', 'SE0000000000-TST0101'],
    ['Se2321000016-1aB', 'SE2321000016-1AB'],
    [`SE0000000000-${'A'.repeat(18)}`, `SE0000000000-${'A'.repeat(18)}`],
  ])('is kept in upper case: %s', (written, kept) => {
    expect(normalizeHsaId(written)).toBe(kept);
  });

  it.each([
    ['nothing', ''],
    ['no suffix', 'SE0000000000-'],
    ['no hyphen', 'SE0000000000TST0101'],
    ['nine digits', 'SE000000000-TST0101'],
    ['another country', 'NO0000000000-TST0101'],
    ['32 characters', `SE0000000000-${'A'.repeat(19)}`],
    ['a Swedish letter', 'SE0000000000-TSTÅ'],
    ['an at sign', 'SE0000000000-TST@1'],
    ['a letter that folds to ASCII (long s)', '\u017fE0000000000-TST1'],
    ['Arabic-Indic digits', 'SE\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660-TST1'],
    ['white space around', ' SE0000000000-TST1'],
    ['a line break at the end', 'SE0000000000-TST1\n'],
    ['a NUL', 'SE0000000000-TST\u00001'],
    ['a megabyte', `SE0000000000-${'A'.repeat(1_000_000)}`],
  ])('is refused with %s', (_why, text) => {
    expect(normalizeHsaId(text)).toBeUndefined();
  });

  it('has one stored form, whatever the case it was written in', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^SE\d{10}-[A-Za-z0-9]{1,18}$/), (id) => {
        const kept = normalizeHsaId(id);
        expect(normalizeHsaId(id.toLowerCase())).toBe(kept);
        expect(normalizeHsaId(kept!)).toBe(kept);
      }),
    );
  });
});
