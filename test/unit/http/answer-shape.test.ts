import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answerShape } from '../../../src/http/answer-shape.ts';

const party = z.object({ kind: z.literal('unit'), name: z.string(), phone: z.string().optional() });
const step = z.object({
  id: z.string(),
  party,
  others: z.array(party),
  time: z.discriminatedUnion('form', [
    z.object({ form: z.literal('at'), startAt: z.string() }),
    z.object({ form: z.literal('by'), on: z.string() }),
  ]),
  note: party.nullable(),
  names: z.record(z.string(), party),
  either: z.union([z.string(), party]),
});

const secret = 'never to leave';
const shown = { kind: 'unit', name: 'Hemtjänst Norr' };
const full = {
  id: '1',
  party: shown,
  others: [shown],
  time: { form: 'by', on: '2026-11-16' },
  note: shown,
  names: { a: shown },
  either: shown,
};

function withSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, withSecrets(inner)]);
  return { ...Object.fromEntries(entries), secret };
}

describe('the shape of an answer', () => {
  it('keeps what the schema names and drops all else, at every level', () => {
    const leaking = withSecrets(full) as typeof full;
    leaking.names = { a: leaking.party };
    const sent = JSON.stringify(answerShape(step)(leaking));
    expect(JSON.parse(sent)).toEqual(full);
    expect(sent).not.toContain(secret);
  });

  it('gives the same as the schema itself does', () => {
    const leaking = withSecrets(full) as typeof full;
    leaking.names = { a: leaking.party };
    expect(JSON.parse(JSON.stringify(answerShape(step)(leaking)))).toEqual(
      z.encode(step, leaking as z.output<typeof step>),
    );
  });

  it('makes its texts in the same pass, each told in which field it stands', () => {
    const schema = z.object({
      id: z.string(),
      ids: z.array(z.string()),
      kind: z.enum(['a']),
      count: z.int(),
      within: z.object({ until: z.string().optional(), any: z.record(z.string(), z.unknown()) }),
    });
    const told: [unknown, string][] = [];
    const shape = answerShape(schema, (value, field) => {
      told.push([value, field]);
      return typeof value === 'string' ? value.toUpperCase() : value;
    });
    const any = { x: 1 };
    const held = { id: 'a', ids: ['b', 'c'], kind: 'a', count: 3, within: { until: 7, any, secret } };
    expect(shape(held)).toEqual({ id: 'A', ids: ['B', 'C'], kind: 'a', count: 3, within: { until: 7, any } });
    const inOrder = [
      ['a', 'id'],
      ['b', 'ids'],
      ['c', 'ids'],
      [7, 'until'],
      [any, 'any'],
    ];
    expect(told).toEqual(inOrder);
    expect(() => answerShape(step, (value) => value)).toThrow('cannot be made');
  });

  it('leaves absent and null fields as they are', () => {
    expect(JSON.stringify(answerShape(step)({ id: '1', note: null }))).toBe('{"id":"1","note":null}');
    expect(answerShape(z.array(party))(undefined)).toBeUndefined();
  });

  it('keeps unknown fields only where the schema says that it is open', () => {
    const open = z.looseObject({ inner: party });
    expect(answerShape(open)({ inner: { ...shown, secret }, more: 1 })).toEqual({ inner: shown, more: 1 });
    expect(answerShape(z.strictObject({ a: z.string() }))({ a: 'x', secret })).toEqual({ a: 'x' });
  });

  it('follows schemas that hold themselves', () => {
    const node = z.object({
      name: z.string(),
      get children() {
        return z.array(node);
      },
    });
    const lazy: z.ZodType = z.object({ name: z.string(), next: z.lazy(() => lazy).optional() });
    const tree = { name: 'a', children: [{ name: 'b', children: [] }] };
    expect(answerShape(node)(withSecrets(tree))).toEqual(tree);
    expect(answerShape(lazy)({ name: 'a', next: { name: 'b', secret }, secret })).toEqual({
      name: 'a',
      next: { name: 'b' },
    });
  });

  it('refuses a kind that a discriminated union does not know, rather than let it out whole', () => {
    expect(() => answerShape(step)({ ...full, time: { form: 'never', secret } })).toThrow(TypeError);
  });

  it('asks zod where the alternatives cannot be told apart', () => {
    const ambiguous = z.union([z.object({ a: z.string() }), z.object({ b: z.string() })]);
    expect(answerShape(ambiguous)({ b: 'x', secret })).toEqual({ b: 'x' });
    const withRecord = z.union([z.object({ a: z.string() }), z.record(z.string(), z.number())]);
    expect(answerShape(withRecord)({ x: 1 })).toEqual({ x: 1 });
  });
});
