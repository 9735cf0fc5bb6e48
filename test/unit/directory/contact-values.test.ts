import { describe, expect, it } from 'vitest';
import { isEmail, isHttpsUrl, isPhone } from '../../../src/directory/domain/contact-values.ts';

describe('a telephone number', () => {
  it.each([
    '040-6280411',
    '040-628 04 11',
    '08-46500400',
    '08-465 004 00',
    '0411-123 45',
    '0701740605',
    '+46406280411',
    '+46 40-628 04 11',
    '112',
    '1177',
    '113 13',
    '116 117',
  ])('is accepted: %s', (text) => {
    expect(isPhone(text)).toBe(true);
  });

  it.each([
    ['empty', ''],
    ['words', 'ring växeln'],
    ['an extension', '040-6280411 ank 3'],
    ['a personal number with its hyphen', '010203-2385'],
    ['twelve digits', '200102032385'],
    ['no area code', '6280411'],
    ['too few digits', '040-1'],
    ['two numbers', '040-6280411, 040-6280412'],
    ['Arabic-Indic digits', '\u0660\u0664\u0660-6280411'],
    ['a megabyte', '0'.repeat(1_000_000)],
  ])('is refused: %s', (_why, text) => {
    expect(isPhone(text)).toBe(false);
  });
});

describe('an e-mail address', () => {
  it.each(['vc@exempel.se', 'Maj.Modell+plan@vard.exempel.se'])('is accepted: %s', (text) => {
    expect(isEmail(text)).toBe(true);
  });

  it.each([
    '',
    'vc',
    'vc@exempel',
    'Maj <maj@exempel.se>',
    'a..b@exempel.se',
    'å@exempel.se',
    'a@b@exempel.se',
    `${'a'.repeat(65)}@exempel.se`,
  ])('is refused: %s', (text) => {
    expect(isEmail(text)).toBe(false);
  });
});

describe('an address to link to', () => {
  it.each([
    'https://e-tjanster.exempel.se/boka?enhet=1',
    'https://räksmörgås.exempel.se/',
  ])('is accepted: %s', (text) => {
    expect(isHttpsUrl(text)).toBe(true);
  });

  it.each([
    ['plain http', 'http://exempel.se/'],
    ['a script', 'javascript:alert(1)'],
    ['a user name', 'https://1177.se@exempel.se/'],
    ['no top domain', 'https://localhost/'],
    ['white space', 'https://exempel.se/a b'],
    ['a backslash', 'https://exempel.se\\@annan.se/'],
    ['no host', 'https://'],
    ['a relative address', '/boka'],
  ])('is refused: %s', (_why, text) => {
    expect(isHttpsUrl(text)).toBe(false);
  });
});
