import { describe, expect, it } from 'vitest';
import { NOTHING_BEFORE, type Seal, sealHash } from '../../../src/audit-log/sealing/seal.ts';

const SEAL: Omit<Seal, 'hash'> = {
  number: 7,
  kind: 'entries',
  sealedAt: '2026-11-16T10:01:00.000001Z',
  firstAt: '2026-11-16T10:00:01.000000Z',
  lastAt: '2026-11-16T10:00:59.000000Z',
  entries: 3,
  root: 'ab'.repeat(32),
  previous: NOTHING_BEFORE,
};

describe('the hash of a seal', () => {
  it('is this one, for ever: seals that were kept outside must still check', () => {
    expect(sealHash(SEAL)).toBe('136acef980498b2e14a8ba040ff13c985caa6dc2f8a7464fdee296fa9ea8b990');
  });

  it('is another when any one field is another', () => {
    const changes: Partial<Seal>[] = [
      { number: 8 },
      { kind: 'day' },
      { day: '2026-11-16' },
      { sealedAt: '2026-11-16T10:01:00.000002Z' },
      { firstAt: '2026-11-16T10:00:02.000000Z' },
      { lastAt: '2026-11-16T10:00:58.000000Z' },
      { entries: 4 },
      { root: 'ac'.repeat(32) },
      { previous: 'ab'.repeat(32) },
    ];
    const hashes = new Set(changes.map((change) => sealHash({ ...SEAL, ...change })));
    expect(hashes.add(sealHash(SEAL)).size).toBe(changes.length + 1);
  });
});
