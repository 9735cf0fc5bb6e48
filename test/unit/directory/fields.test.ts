import { describe, expect, it } from 'vitest';
import {
  date,
  digits,
  hsaId,
  hsaIds,
  longText,
  oneOf,
  ordinal,
  organizationNumber,
  type Reader,
  text,
  yesNo,
} from '../../../src/directory/domain/fields.ts';

const kind = oneOf(['region', 'municipality'], { kommun: 'municipality' });
const tst = (suffix: string) => `SE0000000000-TST${suffix}`;

describe('a field of a register', () => {
  it.each<[string, Reader<unknown>, unknown, unknown]>([
    ['text', text(20), '  Åby  ', 'Åby'],
    ['text in one Unicode form', text(20), 'Åby'.normalize('NFD'), 'Åby'],
    ['text with line breaks', longText(20), 'a\nb', 'a\nb'],
    ['an HSA-id', hsaId, ` ${tst('1').toLowerCase()} `, tst('1')],
    [
      'HSA-ids between spaces, commas and bars',
      hsaIds,
      `${tst('2')} ${tst('1')},${tst('3')}|${tst('1')}`,
      [tst('1'), tst('2'), tst('3')],
    ],
    ['HSA-ids in a list', hsaIds, [tst('2'), tst('1')], [tst('1'), tst('2')]],
    ['a code', kind, 'Region', 'region'],
    ['a Swedish word', kind, ' KOMMUN ', 'municipality'],
    ['yes', yesNo, 'Ja', true],
    ['no', yesNo, 'FALSE', false],
    ['a boolean', yesNo, true, true],
    ['a date', date, '2028-02-29', '2028-02-29'],
    ['a number in text', ordinal, ' 12 ', 12],
    ['a number', ordinal, 0, 0],
    ['digits with a leading zero', digits(2, 4), '01', '01'],
    ['an organisation number', organizationNumber, '232100-0016', '2321000016'],
    ['a made-up organisation number', organizationNumber, '0000000000', '0000000000'],
  ])('reads %s', (_what, read, raw, value) => {
    expect(read(raw)).toEqual({ value });
  });

  it.each<[string, Reader<unknown>, unknown]>([
    ['text that is too long', text(3), 'abcd'],
    ['text with a line break', text(20), 'a\nb'],
    ['text with a NUL', longText(20), 'a\0b'],
    ['text with half a surrogate pair', text(20), 'a\ud800'],
    ['text that is a number', text(20), 19261204],
    ['an HSA-id that is a personal number', hsaId, '192612049029'],
    ['a list with something else in it', hsaIds, [tst('1'), 8]],
    ['a list that is an object', hsaIds, {}],
    ['too many HSA-ids', hsaIds, Array.from({ length: 201 }, (_, i) => tst(String(i)))],
    ['a code of something else', kind, 'land'],
    ['a property of all objects', kind, 'constructor'],
    ['perhaps', yesNo, 'kanske'],
    ['a number for yes', yesNo, 1],
    ['30 February', date, '2026-02-30'],
    ['half a number', ordinal, 1.5],
    ['a number below zero', ordinal, '-1'],
    ['digits too few', digits(2, 4), '123'],
    ['digits of another script', digits(2), '\u0661\u0662'],
    ['a sole trader, whose number is a personnummer', organizationNumber, '261204-9029'],
    ['an organisation number in letters', organizationNumber, 'tio siffror'],
  ])('refuses %s', (_what, read, raw) => {
    const reading = read(raw);
    expect(reading).toHaveProperty('fault');
    expect(JSON.stringify(reading)).not.toMatch(/9029|1204/);
  });
});
