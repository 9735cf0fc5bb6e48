import { describe, expect, it } from 'vitest';
import { createTokenCache } from '../../../src/identity/token-cache.ts';

describe('the token cache', () => {
  it('never holds more than its bound, and lets go of what has been unused longest', () => {
    const cache = createTokenCache<number>(3);
    for (const [value, key] of ['a', 'b', 'c'].entries()) cache.set(key, value);
    expect(cache.get('a')).toBe(0);
    cache.set('d', 3);
    expect(cache.size).toBe(3);
    expect(cache.get('b')).toBeUndefined();
    expect([cache.get('a'), cache.get('c'), cache.get('d')]).toEqual([0, 2, 3]);
  });

  it('replaces and forgets', () => {
    const cache = createTokenCache<number>(2);
    cache.set('a', 1);
    cache.set('a', 2);
    expect([cache.get('a'), cache.size]).toEqual([2, 1]);
    cache.delete('a');
    expect(cache.get('a')).toBeUndefined();
  });
});
