import { readFile } from 'node:fs/promises';
import { expect, it, test } from 'vitest';
import { STATE_DIAGRAMS, withDiagrams } from '../../../src/cli/state-diagrams.ts';
import { HANDOVER_MOVES, STEP_MOVES } from '../../../src/plans/index.ts';

const FILE = new URL('../../../docs/working-together.md', import.meta.url);

it('the diagrams that are committed are the ones that the code gives', async () => {
  const document = await readFile(FILE, 'utf8');
  expect(withDiagrams(document), 'run: npm run cli -- docs write').toBe(document);
  for (const name of Object.keys(STATE_DIAGRAMS)) expect(document).toContain(`<!-- diagram: ${name} -->`);
});

test.each<[string, Readonly<Record<string, readonly string[]>>]>([
  ['handover', HANDOVER_MOVES],
  ['step', STEP_MOVES],
])('every move of a %s is an arrow, and nothing else is', (name, moves) => {
  const drawn = STATE_DIAGRAMS[name]!().matchAll(/ {2}(\w+) --> (\w+)/g);
  const arrows = [...drawn].map(([, from, to]) => `${from} ${to}`);
  const allowed = Object.entries(moves).flatMap(([from, next]) => next.map((to) => `${from} ${to}`));
  const expected = allowed
    .filter((arrow) => !arrow.includes('entered-in-error'))
    .map((one) => one.replaceAll('-', '_'));
  expect(arrows.toSorted()).toEqual(expected.toSorted());
});

it('a mark of a diagram that there is none of is a mistake', () => {
  expect(() => withDiagrams('<!-- diagram: moon -->\n<!-- /diagram -->')).toThrow('no such diagram');
});
