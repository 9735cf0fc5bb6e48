import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { invalidFields } from '../../../src/http/invalid-fields.ts';
import { because } from '../../../src/http/reasons.ts';

function faults(schema: z.ZodType, value: unknown): Record<string, string> {
  const { error } = schema.safeParse(value);
  return Object.fromEntries(
    invalidFields(error?.issues ?? [], value, '(body)').map(({ name, reason }) => [name, reason.sv]),
  );
}

describe('the reason why a field was refused', () => {
  it.each([
    [z.number().max(5), 6, 'Får vara högst 5.'],
    [z.number().lt(5), 6, 'Ska vara mindre än 5.'],
    [z.number().min(5), 1, 'Ska vara minst 5.'],
    [z.number().gt(5), 1, 'Ska vara större än 5.'],
    [z.int(), 1.5, 'Ska vara ett heltal.'],
    [z.number().multipleOf(5), 7, 'Ska vara jämnt delbart med 5.'],
    [z.boolean(), 'ja', 'Ska vara true eller false.'],
    [z.array(z.string()).max(1), ['a', 'b'], 'Får ha högst 1 poster.'],
    [z.array(z.string()).min(1), [], 'Ska ha minst 1 poster.'],
    [z.string().min(3), 'a', 'Ska ha minst 3 tecken.'],
    [z.enum(['a', 'b']), 'c', 'Ska vara något av: a, b.'],
    [z.literal('a'), 'c', 'Ska vara a.'],
    [z.object({}), [], 'Ska vara ett objekt.'],
    [z.uuid(), 'x', 'Ska vara ett UUID.'],
    [z.string().regex(/^a/), 'b', 'Värdet har fel form.'],
    [z.string().refine(() => false), 'b', 'Värdet är inte tillåtet.'],
    [z.string().refine(() => false, because('Nej.', 'No.')), 'b', 'Nej.'],
  ])('is told in our own words (%#)', (schema, value, reason) => {
    expect(faults(z.object({ field: schema }), { field: value })).toEqual({ field: reason });
  });

  it('is that it is missing when it is, whatever it should have been', () => {
    const schema = z.object({ a: z.string(), b: z.enum(['x']), c: z.array(z.int()), d: z.object({ e: z.int() }) });
    expect(faults(schema, { d: {} })).toEqual({
      a: 'Fältet saknas.',
      b: 'Fältet saknas.',
      c: 'Fältet saknas.',
      'd.e': 'Fältet saknas.',
    });
  });

  it('follows the alternative that was most likely meant', () => {
    const schema = z.union([z.string(), z.strictObject({ from: z.string(), to: z.string() })]);
    expect(faults(z.object({ when: schema }), { when: { from: 'x' } })).toEqual({ 'when.to': 'Fältet saknas.' });
    expect(faults(z.object({ when: schema }), { when: 7 })).toEqual({ when: 'Värdet har fel form.' });
  });

  it('is given for at most fifty fields, each once', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`field${index}`, 1]));
    const fields = invalidFields(z.strictObject({}).safeParse(many).error?.issues ?? [], many, '(body)');
    expect(fields).toHaveLength(50);
    expect(new Set(fields.map(({ name }) => name)).size).toBe(50);
  });

  it('never holds what was sent, whatever that was', () => {
    const schema = z.strictObject({
      a: z.string().max(3),
      b: z.union([z.enum(['x', 'y']), z.int().min(3)]),
      c: z.record(z.string().max(2), z.iso.date()),
      d: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('p'), at: z.iso.datetime() })]),
    });
    const sent = fc.stringMatching(/^[0-9]{12}$/);
    const anything = fc.object({
      key: fc.oneof(sent, fc.constantFrom('a', 'b', 'c', 'd', 'kind', 'at')),
      values: [sent],
    });
    fc.assert(
      fc.property(anything, (value) => {
        const { error } = schema.safeParse(value);
        const told = JSON.stringify(invalidFields(error?.issues ?? [], value, '(body)'));
        return !/\d{6}/.test(told);
      }),
    );
  });
});
