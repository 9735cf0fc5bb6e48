import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD_LABELS, labelOf } from '../../../src/plans/domain/field-labels.ts';
import { asOf, diff, type PastWording } from '../../../src/plans/domain/history.ts';
import type { Step } from '../../../src/plans/domain/model.ts';
import { differing, isSame } from '../../../src/plans/domain/same.ts';
import { SIZES } from '../../support/sizes.ts';
import { goal, id, step } from './plan-builder.ts';

const hour = (n: number) => `2026-11-20T${String(n).padStart(2, '0')}:00:00.000Z`;

function wording(content: Step, revision: number, at: string): PastWording<Step> {
  return { kind: 'step', id: content.id, revision, at, content: { ...content, revision, changedAt: at } };
}

const first = step(1, { title: 'Väga' });
const second = { ...first, title: 'Väga varje morgon', patientText: 'Väg dig' };
const rows = [
  wording(first, 1, hour(8)),
  wording(second, 2, hour(10)),
  wording(first, 3, hour(12)),
  wording(step(2), 1, hour(11)),
];

describe('what changed', () => {
  it('is told field by field, in Swedish, without the bookkeeping', () => {
    expect(diff(first, { ...second, revision: 2, changedAt: hour(10) })).toEqual([
      { field: 'patientText', label: 'Text för patienten', after: 'Väg dig' },
      { field: 'title', label: 'Rubrik', before: 'Väga', after: 'Väga varje morgon' },
    ]);
    expect(diff(second, first)[0]).toEqual({ field: 'patientText', label: 'Text för patienten', before: 'Väg dig' });
    expect(diff(first, { ...first, revision: 9 })).toEqual([]);
  });

  it('of a new thing is all that it says', () => {
    const fields = diff(undefined, goal(5)).map((change) => change.field);
    expect(fields).toEqual(['approvedForPatient', 'enteredInError', 'legalBasis', 'state', 'text', 'whose']);
  });

  it('has a name for every field, none twice within what a step says', () => {
    expect(Object.values(FIELD_LABELS).every((label) => label.length > 0)).toBe(true);
    const told = Object.keys(first).map((field) => labelOf(field));
    expect(new Set(told).size).toBe(told.length);
  });
});

describe('as it was at a moment', () => {
  it('is the latest wording up to and including that instant, in whatever order the rows come', () => {
    const at = (moment: string) =>
      asOf(rows.toReversed(), moment).map((row) => `${row.id === id(1) ? 1 : 2}:${row.revision}`);
    expect(at(hour(7))).toEqual([]);
    expect(at(hour(8))).toEqual(['1:1']);
    expect(at('2026-11-20T09:59:59.999Z')).toEqual(['1:1']);
    expect(at(hour(10))).toEqual(['1:2']);
    expect(at('2026-11-20T12:30:00+01:00').sort()).toEqual(['1:2', '2:1']);
    expect(at(hour(23)).sort()).toEqual(['1:3', '2:1']);
  });
});

describe('sameness of stored content', () => {
  const values = fc.jsonValue({ maxDepth: 3 });

  it('is what survives storage as JSON, undefined being absent', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const stored = JSON.parse(JSON.stringify(a)) as unknown;
        expect(isSame(a, structuredClone(a))).toBe(true);
        expect(isSame({ x: stored, y: undefined }, { x: stored })).toBe(true);
        expect(isSame(a, b)).toBe(isSame(b, a));
        if (JSON.stringify(a) === JSON.stringify(b)) return;
        expect(isSame(a, b)).toBe(isSame({ in: [a] }, { in: [b] }));
      }),
      { numRuns: SIZES.wordings },
    );
  });

  it('tells a field given as null apart from one left alone', () => {
    expect(differing(second, { patientText: null, title: undefined, order: 1 })).toEqual({ patientText: undefined });
    expect(Object.keys(differing(second, { patientText: null }))).toEqual(['patientText']);
    expect(isSame([1, 2], { 0: 1, 1: 2 })).toBe(false);
    expect(isSame({ a: null }, {})).toBe(false);
  });
});
