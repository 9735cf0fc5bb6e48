import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCursors } from '../../../src/http/cursor.ts';
import { Problem } from '../../../src/shared/problem.ts';

const cursors = createCursors(Buffer.alloc(32, 1));
const scope = { actor: 'staff:a@b', route: '/v1/plans/search', filter: { status: 'active', sort: ['name'] } };
const position = z.strictObject({ name: z.string(), id: z.string() });
const here = { name: 'Ester Ek', id: 'x1' };

function codeOf(read: () => unknown): string {
  try {
    read();
    return 'accepted';
  } catch (error) {
    return error instanceof Problem ? error.definition.code : 'crashed';
  }
}

describe('a cursor', () => {
  it('leads back to where it was made, for the same actor, route and search', () => {
    const text = cursors.encode(scope, here);
    expect(cursors.decode(scope, text, position)).toEqual(here);
    const reordered = { ...scope, filter: { sort: ['name'], status: 'active' } };
    expect(cursors.decode(reordered, text, position)).toEqual(here);
  });

  it('is the same text for the same place, so that an unchanged page keeps its tag', () => {
    expect(cursors.encode(scope, here)).toBe(cursors.encode(scope, { ...here }));
    expect(cursors.encode(scope, here)).not.toBe(cursors.encode(scope, { ...here, id: 'x2' }));
  });

  it('shows nothing of the position and needs no escaping in a URL', () => {
    const text = cursors.encode(scope, here);
    expect(text).toMatch(/^[\w.-]+$/);
    expect(Buffer.from(text.slice(3), 'base64url').toString('latin1')).not.toContain('Ester');
  });

  it.each([
    ['another actor', { ...scope, actor: 'staff:c@b' }],
    ['another route', { ...scope, route: '/v1/patients/search' }],
    ['another search', { ...scope, filter: { status: 'draft', sort: ['name'] } }],
  ])('is refused for %s', (_what, other) => {
    const text = cursors.encode(scope, here);
    expect(codeOf(() => cursors.decode(other, text, position))).toBe('cursor-invalid');
  });

  it('is refused when made with another key or for positions of another form', () => {
    const foreign = createCursors(Buffer.alloc(32, 2)).encode(scope, here);
    expect(codeOf(() => cursors.decode(scope, foreign, position))).toBe('cursor-invalid');
    const old = cursors.encode(scope, { name: 'Ester Ek' });
    expect(codeOf(() => cursors.decode(scope, old, position))).toBe('cursor-invalid');
  });

  it('is refused, never crashed on, however it is altered', () => {
    const text = cursors.encode(scope, here);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 3 }), (at, put) => {
        const altered = text.slice(0, at) + put + text.slice(at + put.length);
        // base64url ignores the unused bits of the last letter, so another letter there can mean the same bytes.
        const same = Buffer.from(altered.slice(3), 'base64url').equals(Buffer.from(text.slice(3), 'base64url'));
        const code = codeOf(() => cursors.decode(scope, altered, position));
        return same ? code !== 'crashed' : code === 'cursor-invalid';
      }),
    );
    fc.assert(
      fc.property(fc.string(), (typed) => codeOf(() => cursors.decode(scope, typed, position)) === 'cursor-invalid'),
    );
  });
});
