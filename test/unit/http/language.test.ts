import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../src/http/language.ts';

describe('the language of words for people', () => {
  it.each([
    [undefined, 'sv'],
    ['', 'sv'],
    ['en', 'en'],
    ['en-GB', 'en'],
    ['EN-us;q=0.4', 'en'],
    ['sv, en', 'sv'],
    ['sv;q=0.5, en;q=0.9', 'en'],
    ['sv-SE, en;q=0.9', 'sv'],
    ['de, ar', 'sv'],
    ['*', 'sv'],
    ['en;q=0', 'sv'],
    ['*, sv;q=0.1', 'en'],
    ['en;q=high', 'sv'],
    [`en,${' '.repeat(1000)}`, 'sv'],
  ] as const)('for %j is %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
