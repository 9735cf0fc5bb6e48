import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/shared/calendar.ts';
import {
  ageOn,
  birthDate,
  formatPersonNumber,
  hashPersonNumber,
  type PersonNumber,
  parsePersonNumber,
  sex,
} from '../../../src/shared/person-number.ts';
import { startOfDay, swedishDate } from '../../../src/shared/swedish-time.ts';

const TODAY = '2026-11-16';
const ESTER = '192612049029';
/** The tax agency's published numbers for tests, which no person has. */
const PUBLISHED = [ESTER, '200605132380', '199103162393', '198804232380', '198404202387'];

function read(text: string, today?: string): PersonNumber {
  const parsed = parsePersonNumber(text, today);
  if ('fault' in parsed) throw new Error(parsed.fault);
  return parsed;
}

/** The example in the tax agency's leaflet on coordination numbers (SKV 707): a man born on 3 October 1970. */
const COORDINATION = '197010632391';

describe('a personal identity number', () => {
  it.each(PUBLISHED)('is read as personnummer in twelve digits', (digits) => {
    expect(parsePersonNumber(digits)).toEqual({ kind: 'personnummer', digits });
  });

  it.each([
    ['twelve digits with a hyphen', '19261204-9029', undefined],
    ['twelve digits with a plus', '19261204+9029', undefined],
    ['twelve digits with a plus, in the year of the hundredth birthday', '19261204+9029', TODAY],
    ['ten digits with a plus, in the year of the hundredth birthday', '261204+9029', TODAY],
    ['ten digits with a plus, six years later', '261204+9029', '2032-05-01'],
    ['ten digits with a hyphen, the year before', '261204-9029', '2025-12-31'],
  ])('has one stored form: %s', (_how, text, today) => {
    expect(parsePersonNumber(text, today)).toEqual({ kind: 'personnummer', digits: ESTER });
  });

  it('takes the century from sign and today', () => {
    expect(read('060513-2380', TODAY).digits).toBe('200605132380');
    expect(read('910316-2393', TODAY).digits).toBe('199103162393');
  });

  it.each([
    ['form', 'empty', ''],
    ['form', 'ten digits without a sign', '0605132380'],
    ['form', 'eleven digits', '19910316239'],
    ['form', 'thirteen digits', '1991031623930'],
    ['form', 'a space inside', '19910316 2393'],
    ['form', 'white space around', ' 199103162393'],
    ['form', 'a line break', '199103162393\n'],
    ['form', 'a dash that is no hyphen', '19910316–2393'],
    ['form', 'two signs', '19910316--2393'],
    ['form', 'a plus on someone young', '20060513+2380'],
    ['form', 'a birth before the count', '170605132380'],
    ['form', 'a birth centuries ahead', '910316239300'],
    ['form', 'full-width digits', '１９９１０３１６２３９３'],
    ['form', 'an emoji', '19910316239🙂'],
    ['form', 'a NUL', '199103162393\u0000'],
    ['form', 'a megabyte', '1'.repeat(1_000_000)],
    ['date', '30 February', '199102302393'],
    ['date', '29 February in a common year', '199102292393'],
    ['date', 'a thirteenth month', '199113162393'],
    ['date', 'day nought', '199103002393'],
    ['date', 'day 32', '199103322393'],
    ['date', 'day 60', '199103602393'],
    ['date', 'day 92, past the coordination days', '199103922393'],
    ['date', 'a birth tomorrow', '20261117-2393'],
    ['date', 'a hyphen where the plus belongs', '261204-9029'],
    ['check-digit', 'a broken check digit', '199103162394'],
    ['check-digit', 'two digits that changed places', '199103163293'],
    ['check-digit', 'birth number 000', '199103160009'],
  ])('is refused (%s) with %s', (fault, _why, text) => {
    expect(parsePersonNumber(text, TODAY)).toEqual({ fault });
  });

  it('in ten digits is refused where no date is given to tell the century by', () => {
    expect(parsePersonNumber('910316-2393')).toEqual({ fault: 'form' });
  });

  it('with any one digit changed is refused', () => {
    const place = fc.integer({ min: 2, max: 11 });
    fc.assert(
      fc.property(fc.constantFrom(...PUBLISHED), place, fc.integer({ min: 1, max: 9 }), (digits, at, shift) => {
        const changed = String((Number(digits[at]) + shift) % 10);
        expect(parsePersonNumber(digits.slice(0, at) + changed + digits.slice(at + 1))).toHaveProperty('fault');
      }),
    );
  });

  it('tells birth date and sex', () => {
    expect(birthDate(read(ESTER))).toBe('1926-12-04');
    expect(PUBLISHED.map((digits) => sex(read(digits)))).toEqual(['female', 'female', 'male', 'female', 'female']);
  });
});

describe('a samordningsnummer', () => {
  it('is told by its day plus sixty, and checked like a personnummer', () => {
    expect(parsePersonNumber(COORDINATION)).toEqual({ kind: 'samordningsnummer', digits: COORDINATION });
    expect(birthDate(read(COORDINATION))).toBe('1970-10-03');
    expect(sex(read(COORDINATION))).toBe('male');
    expect(formatPersonNumber(read(COORDINATION), TODAY)).toBe('701063-2391');
    expect(parsePersonNumber('701063-2391', TODAY)).toEqual(read(COORDINATION));
    expect(parsePersonNumber('197010632392')).toEqual({ fault: 'check-digit' });
  });
});

describe('a reservnummer', () => {
  it.each([
    ['national', '98240301AA06', '98240301AA06'],
    ['regional, one letter', '20210325K069', '20210325K069'],
    ['regional, letter last', '19810829SF2B', '19810829SF2B'],
    ['small letters', '98240301aa06', '98240301AA06'],
    ['with a hyphen', '20210325-K069', '20210325K069'],
    ['no date at all, as when the birth is unknown', '00992540AB12', '00992540AB12'],
  ])('is kept as it is (%s), with no check of a personnummer', (_which, text, digits) => {
    expect(parsePersonNumber(text, TODAY)).toEqual({ kind: 'reservnummer', digits });
  });

  it('says nothing of birth or sex, and is shown as its twelve characters', () => {
    const number = read('98240301AA06');
    expect(birthDate(number)).toBeUndefined();
    expect(sex(number)).toBeUndefined();
    expect(formatPersonNumber(number, TODAY)).toBe('98240301AA06');
  });

  it.each([
    ['letters among the first eight', 'AA240301AA06'],
    ['a Swedish letter', '20210325Å069'],
    ['a plus', '20210325+K069'],
    ['digits only', '991981000010'],
    ['eleven characters', '20210325K06'],
    ['a long s, which folds to S in Unicode', '20210325\u017f069'],
  ])('is refused with %s', (_why, text) => {
    expect(parsePersonNumber(text, TODAY)).toHaveProperty('fault');
  });
});

describe('the sign of a number', () => {
  it('is a plus all through the year when Ester turns 100, a hyphen the year before', () => {
    const ester = read(ESTER);
    const wrong: string[] = [];
    for (let date = '2025-01-01'; date <= '2027-12-31'; date = addDays(date, 1)) {
      const shown = date < '2026-01-01' ? '261204-9029' : '261204+9029';
      if (formatPersonNumber(ester, date) !== shown) wrong.push(date);
    }
    expect(wrong).toEqual([]);
  });

  it('and today give the number back, for any living age', () => {
    const ages = fc.integer({ min: 0, max: 130 * 365 });
    fc.assert(
      fc.property(fc.constantFrom(...PUBLISHED), ages, (digits, days) => {
        const number = read(digits);
        const today = addDays(birthDate(number)!, days);
        expect(parsePersonNumber(formatPersonNumber(number, today), today)).toEqual(number);
      }),
    );
  });
});

describe('age', () => {
  it.each([
    ['1926-12-04', '2026-12-03', 99],
    ['1926-12-04', '2026-12-04', 100],
    ['2013-11-16', '2026-11-15', 12],
    ['2013-11-16', '2026-11-16', 13],
    ['2012-02-29', '2025-02-27', 12],
    ['2012-02-29', '2025-02-28', 13],
    ['2012-02-29', '2028-02-28', 15],
    ['2012-02-29', '2028-02-29', 16],
    ['2026-11-16', '2026-11-16', 0],
    ['2026-11-17', '2026-11-16', -1],
  ])('of one born %s is on %s %i', (birth, date, years) => {
    expect(ageOn(birth, date)).toBe(years);
  });

  it('turns at Swedish midnight, an hour before that of UTC in winter', () => {
    const midnight = startOfDay('2026-12-04');
    expect(new Date(midnight).toISOString()).toBe('2026-12-03T23:00:00.000Z');
    expect(ageOn('1926-12-04', swedishDate(midnight - 1))).toBe(99);
    expect(ageOn('1926-12-04', swedishDate(midnight))).toBe(100);
  });

  it('grows by one at each birthday and on no other day', () => {
    const births = fc.integer({ min: 0, max: 36_525 }).map((days) => addDays('1920-01-01', days));
    fc.assert(
      fc.property(births, (birth) => {
        let turns = 0;
        for (let days = 1; days <= 1461; days++) {
          const [before, now] = [ageOn(birth, addDays(birth, days - 1)), ageOn(birth, addDays(birth, days))];
          if (now !== before) turns += now - before === 1 ? 1 : 100;
        }
        expect(turns).toBe(4);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the look-up hash', () => {
  const key = Buffer.alloc(32, 7);

  it('depends on number and key, and is 64 hexadecimal characters', () => {
    const hash = hashPersonNumber(key, ESTER);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(hash).not.toContain('9029');
    expect(hashPersonNumber(key, ESTER)).toBe(hash);
    expect(hashPersonNumber(Buffer.alloc(32, 8), ESTER)).not.toBe(hash);
    expect(hashPersonNumber(key, PUBLISHED[1]!)).not.toBe(hash);
  });

  it('is refused under a short key, without telling the number', () => {
    expect(() => hashPersonNumber(Buffer.alloc(31), ESTER)).toThrow(/^the key for personal numbers/);
  });
});
