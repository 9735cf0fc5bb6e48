import { describe, expect, test } from 'vitest';
import { type SearchCriterion, searchBan } from '../../../src/access/policy/search-ban.ts';
import { askedAt, CITIZEN, FACTS, staffAt, systemOf, UNITS } from '../../../src/access/policy/table/world.ts';

const { nursing, homeCare } = UNITS;
const care = { kind: 'care' } as const;
const social = { kind: 'social-care' } as const;

function nurse(...criteria: readonly SearchCriterion[]) {
  return searchBan(staffAt(nursing), { criteria, withinOnePatient: false }, askedAt(nursing));
}

describe('a care provider may not search persons by social-service interventions (PDL 2:8)', () => {
  const banned: readonly [string, SearchCriterion][] = [
    ['owner in social care', { field: 'owner', use: 'filter', provider: social }],
    ['owner that nobody knows', { field: 'owner', use: 'filter' }],
    ['party in social care', { field: 'party', use: 'filter', provider: social }],
    ['team in social care', { field: 'team', use: 'count', provider: social }],
    ['plan kind GP', { field: 'plan-kind', use: 'filter', planKind: 'GP' }],
    ['plan kind, whichever', { field: 'plan-kind', use: 'filter' }],
    ['legal basis SoL', { field: 'legal-basis', use: 'filter', legalBasis: 'SoL' }],
    ['legal basis LSS', { field: 'legal-basis', use: 'count', legalBasis: 'LSS' }],
    ['legal basis, whichever', { field: 'legal-basis', use: 'filter' }],
    ['free text', { field: 'text', use: 'filter' }],
    ['sorting by owner', { field: 'owner', use: 'sort', provider: care }],
    ['sorting by legal basis', { field: 'legal-basis', use: 'sort', legalBasis: 'HSL' }],
    ['including the team', { field: 'team', use: 'include', provider: care }],
  ];
  test.each(banned)('%s', (_what, criterion) => {
    expect(nurse(criterion)).toBe('search-ban');
    expect(nurse({ field: 'other', use: 'filter' }, criterion)).toBe('search-ban');
  });

  const free: readonly [string, SearchCriterion][] = [
    ['an owner in health care', { field: 'owner', use: 'filter', provider: care }],
    ['a health-care plan kind', { field: 'plan-kind', use: 'filter', planKind: 'VP' }],
    ['legal basis HSL', { field: 'legal-basis', use: 'filter', legalBasis: 'HSL' }],
    ['anything else, sorted too', { field: 'other', use: 'sort' }],
  ];
  test.each(free)('but by %s', (_what, criterion) => {
    expect(nurse(criterion)).toBeUndefined();
  });

  const GP: SearchCriterion = { field: 'plan-kind', use: 'filter', planKind: 'GP' };
  test('within one patient’s opened plan filtering is free', () => {
    expect(searchBan(staffAt(nursing), { criteria: [GP], withinOnePatient: true }, askedAt(nursing))).toBeUndefined();
  });

  test('systems of care providers are under it, social care is not', () => {
    const search = { criteria: [GP], withinOnePatient: false };
    expect(searchBan(systemOf(nursing), search, FACTS)).toBe('search-ban');
    expect(searchBan(systemOf(homeCare), search, FACTS)).toBeUndefined();
    expect(searchBan(staffAt(homeCare), search, askedAt(homeCare))).toBeUndefined();
    expect(searchBan(CITIZEN, search, FACTS)).toBeUndefined();
  });

  test('who is not known to be social care counts as a care provider', () => {
    const search = { criteria: [GP], withinOnePatient: false };
    expect(searchBan(staffAt(homeCare), search, {})).toBe('search-ban');
    expect(searchBan(systemOf(homeCare), search, {})).toBe('search-ban');
  });
});
