import { describe, expect, it } from 'vitest';
import { type Dealing, patternsOf } from '../../../src/audit-log/domain/patterns.ts';

const OWN_UNIT = 'SE0000000000-TST0201';
const DEALING: Dealing = {
  user: { givenName: 'Maj', familyName: 'Modell', units: [OWN_UNIT] },
  person: { givenName: 'Ester', familyName: 'Exempelsson', related: ['Anna Exempelsson'] },
  units: [OWN_UNIT],
  isWatched: false,
};
const person = (changes: Partial<NonNullable<Dealing['person']>>) => ({
  ...DEALING,
  person: { ...DEALING.person!, ...changes },
});

describe('what is unusual about a dealing', () => {
  it.each<[string, Dealing, string[]]>([
    ['nothing', DEALING, []],
    ['the own record', person({ givenName: 'Maj', familyName: 'Modell' }), ['own-record', 'same-surname']],
    ['another name form', person({ givenName: 'MAJ', familyName: 'modell' }), ['own-record', 'same-surname']],
    ['a relative', person({ related: ['Britt Övning', 'Maj  Modell'] }), ['relative']],
    ['a relative with the same surname alone', person({ related: ['Bo Modell'] }), []],
    ['a part of a double surname', person({ familyName: 'Modell-Exempelsson' }), ['same-surname']],
    ['a surname that only begins alike', person({ familyName: 'Modellin' }), []],
    ['a given name that is a surname', person({ givenName: 'Modell' }), []],
    ['a person on the list', { ...DEALING, isWatched: true }, ['watched']],
    ['another unit', { ...DEALING, units: [OWN_UNIT, 'SE0000000000-TST0101'] }, ['outside-unit']],
    ['nobody known', { ...DEALING, person: undefined }, []],
    [
      'one name each',
      { ...person({ givenName: undefined, familyName: 'Modell' }), user: { familyName: 'Modell', units: [OWN_UNIT] } },
      ['same-surname'],
    ],
  ])('%s', (_what, dealing, patterns) => expect(patternsOf(dealing)).toEqual(patterns));

  it('goes by the name of the token for a user whom the directory lacks, and counts every unit as another', () => {
    const user = { name: 'Anna Exempelsson' };
    expect(patternsOf({ ...DEALING, user })).toEqual(['relative', 'same-surname', 'outside-unit']);
  });
});
