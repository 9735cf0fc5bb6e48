import { describe, expect, it } from 'vitest';
import { asSentence, capitalized, isBlank, listInWords } from '../../../src/shared/text.ts';

describe('text', () => {
  it.each(['', ' ', '\t\r\n', '\u00a0\u2003', '\u200b\u00ad\ufeff', '\u0000'])('%j is blank', (text) => {
    expect(isBlank(text)).toBe(true);
  });

  it.each(['a', ' . ', 'å', '🙂'])('%j is not blank', (text) => {
    expect(isBlank(text)).toBe(false);
  });

  it.each([
    ['ö', 'Ö'],
    ['ring nu', 'Ring nu'],
    ['1177', '1177'],
    ['🙂 hej', '🙂 hej'],
    ['', ''],
  ])('%j with a capital is %j', (text, capital) => {
    expect(capitalized(text)).toBe(capital);
  });

  it.each([
    ['ring växeln', 'Ring växeln.'],
    [' Ring växeln. ', 'Ring växeln.'],
    ['Är det bråttom?', 'Är det bråttom?'],
    ['Säg ”jag vill bli uppringd.”', 'Säg ”jag vill bli uppringd.”'],
    ['', ''],
  ])('%j as a sentence is %j', (text, sentence) => {
    expect(asSentence(text)).toBe(sentence);
  });

  it.each([
    [[], ''],
    [['Maj'], 'Maj'],
    [['Maj', 'Britt'], 'Maj och Britt'],
    [['Maj', 'Britt', 'Tove'], 'Maj, Britt och Tove'],
  ])('a list of %j is %j', (items, words) => {
    expect(listInWords(items)).toBe(words);
  });
});
