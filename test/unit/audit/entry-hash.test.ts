import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditRow, entryHash, type HashedFields, hashedInstant } from '../../../src/audit/index.ts';
import { NIL_PATIENT } from '../../../src/shared/ids.ts';

const ROW: HashedFields = {
  id: '01935f8e-0000-7000-8000-000000000001',
  at: '2026-11-16T07:00:00.000000Z',
  patient_id: NIL_PATIENT,
  activity: 'Läsa',
  action: 'plan.read',
  purpose: 'Vård och behandling',
  outcome: 'Beviljad',
  reason: null,
  user_kind: 'staff',
  user_id: 'SE0000000000-TSTP001',
  user_name: 'Tove Testrup',
  user_unit: 'SE0000000000-TST0101',
  user_provider: 'SE0000000000-TSTR01',
  resource_kinds: ['plan'],
  resource_ids: ['01935f8e-0000-7000-8000-000000000002'],
  resource_owners: ['SE0000000000-TSTR01'],
  particulars: null,
  hits: null,
  request_id: 'r-1',
  route: 'GET /v1/plans/:planId',
};

describe('the hash of a log entry', () => {
  it('is this one, for ever: a log that has been kept must still check', () => {
    expect(entryHash(ROW)).toBe('f28dca60661f5f893cbaa8720f9d63053074b2c2c5880f8aa7f8f55fa7c8ea9e');
  });

  it('is another when any one field is another', () => {
    const hashes = Object.entries(ROW).map(([name, value]) => {
      const other = Array.isArray(value) ? [...value, 'x'] : value === null ? 'x' : `${value}x`;
      return entryHash({ ...ROW, [name]: other });
    });
    expect(new Set([entryHash(ROW), ...hashes]).size).toBe(hashes.length + 1);
  });

  it('tells apart fields whose texts run into each other, and nothing from empty', () => {
    expect(entryHash({ ...ROW, user_unit: 'a', user_provider: 'b' })).not.toBe(
      entryHash({ ...ROW, user_unit: 'ab', user_provider: '' }),
    );
    expect(entryHash({ ...ROW, reason: '' })).not.toBe(entryHash(ROW));
    expect(entryHash({ ...ROW, resource_kinds: ['a,b'] })).not.toBe(entryHash({ ...ROW, resource_kinds: ['a', 'b'] }));
  });

  it('does not depend on the order of names in the particulars, at any depth', () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, inner]) => [name, shuffled(inner)]),
      );
    };
    const json = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(json, (particulars) => {
        expect(entryHash({ ...ROW, particulars: shuffled(particulars) })).toBe(entryHash({ ...ROW, particulars }));
      }),
      { numRuns: 200 },
    );
  });

  it('is made with the row, over what the row holds', () => {
    const at = new Date('2026-11-16T07:00:00.120Z');
    const entry = {
      actor: { kind: 'operator' as const, login: 'drift' },
      patientId: NIL_PATIENT,
      activity: 'Radera',
      action: 'retention.run',
      outcome: 'Beviljad' as const,
      resources: [],
      particulars: { before: '2021-01-01' },
      requestId: 'r',
      route: 'cli',
    };
    const { hash, ...row } = auditRow(entry, '01935f8e-0000-7000-8000-000000000003', at);
    expect(hash).toBe(`\\x${entryHash(row as unknown as HashedFields)}`);
    expect(row).toMatchObject({ at: hashedInstant(at), user_kind: 'operator', user_id: 'drift', purpose: 'Drift' });
    expect(hashedInstant(at)).toBe('2026-11-16T07:00:00.120000Z');
  });
});
