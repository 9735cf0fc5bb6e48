import { describe, expect, it } from 'vitest';
import { onceForLatest } from '../../../src/shared/once.ts';

describe('what was worked out of the latest', () => {
  it('is worked out once for each time that another is asked about, and never given to another', () => {
    const asked: string[] = [];
    const nameOf = onceForLatest((of: { readonly name: string }) => {
      asked.push(of.name);
      return of.name;
    });
    const [a, b] = [{ name: 'a' }, { name: 'b' }];
    expect([a, a, b, b, a].map(nameOf)).toEqual(['a', 'a', 'b', 'b', 'a']);
    expect(asked).toEqual(['a', 'b', 'a']);
  });

  it('is not worked out again when there is nothing to tell', () => {
    let asked = 0;
    const of = {};
    const nothing = onceForLatest(() => {
      asked++;
      return undefined;
    });
    expect([nothing(of), nothing(of)]).toEqual([undefined, undefined]);
    expect(asked).toBe(1);
  });
});
