import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchWords, sortKey } from '../../../src/directory/domain/search-words.ts';

describe('the words a name is found by', () => {
  it.each([
    ['Provköpings lasarett, medicinavd 4', ['provköpings', 'lasarett', 'medicinavd', '4']],
    ['Fiktivić-Prov', ['fiktivic', 'prov']],
    ['Linnéa  André', ['linnea', 'andre']],
    ['ÅKE ÄLG ÖBERG', ['åke', 'älg', 'öberg']],
    ['Søren Bæk Müller', ['sören', 'bäk', 'muller']],
    ['Prov prov PROV', ['prov']],
    ['Mag-tarm (IBD)', ['mag', 'tarm', 'ibd']],
    ['— … ()', []],
    ['', []],
  ])('of %s', (name, words) => {
    expect(searchWords(name)).toEqual(words);
  });

  it('are the same however the letters were composed', () => {
    expect(searchWords('Åsa Öberg'.normalize('NFD'))).toEqual(['åsa', 'öberg']);
  });

  it('keep å apart from a', () => {
    expect(searchWords('Åker')).not.toEqual(searchWords('Aker'));
  });

  it('are never empty strings and hold nothing but letters and digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const word of searchWords(text)) expect(word).toMatch(/^[\p{L}\p{N}]+$/u);
      }),
    );
  });
});

describe('the order of names', () => {
  it('is that of the Swedish alphabet when keys are compared as plain text', () => {
    const names = ['Östra', 'Älvan', 'Zeta', 'Åby', 'andra', 'Beta', 'Éva', 'eva b'];
    const byKey = names.map((name) => [sortKey(name), name]).sort(([a], [b]) => (a! < b! ? -1 : a! > b! ? 1 : 0));
    expect(byKey.map(([, name]) => name)).toEqual(['andra', 'Beta', 'Éva', 'eva b', 'Zeta', 'Åby', 'Älvan', 'Östra']);
  });
});
