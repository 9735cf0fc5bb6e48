import { validate, version } from 'uuid';
import { describe, expect, test } from 'vitest';
import { randomIds } from '../../../src/shared/ids.ts';

describe('keys of new things', () => {
  const keys = Array.from({ length: 5000 }, () => randomIds.thingId());

  test('are UUIDs of version 7, each another, in the order in which they were made', () => {
    expect(keys.every((key) => validate(key) && version(key) === 7)).toBe(true);
    expect(new Set(keys).size).toBe(keys.length);
    expect([...keys].sort()).toEqual(keys);
  });

  test('tell when they were made and end at random', () => {
    const at = (key: string) => Number.parseInt(key.slice(0, 8) + key.slice(9, 13), 16);
    expect(Math.abs(at(keys[0]!) - Date.now())).toBeLessThan(60_000);
    expect(new Set(keys.map((key) => key.slice(-10))).size).toBeGreaterThan(keys.length * 0.99);
  });
});
