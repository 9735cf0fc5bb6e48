import { expect, it } from 'vitest';
import type { Page } from '../../../src/paper/domain/page.ts';
import { changesSince, factsOfPage } from '../../../src/paper/domain/sheets.ts';

const asIs = (words: string) => words;
const page = (lines: Readonly<Record<string, string>>): Page => ({
  title: 'Min plan',
  sections: [
    { id: 'call', title: 'Vem jag ringer', lines: Object.entries(lines).map(([key, text]) => ({ key, text })) },
  ],
  foot: [],
});
const printed = (byPrinter: Readonly<Record<string, string>>, toPatient: Readonly<Record<string, string>>) => ({
  facts: factsOfPage(page(byPrinter), asIs),
  told: factsOfPage(page(toPatient), asIs),
});

it('compares what the patient could be told then with what the patient can be told now, whatever its printer saw', () => {
  const sheet = printed(
    { call: 'Avdelningen', step: 'Vägning' },
    { call: 'Avdelningen, fråga efter Maj', step: 'Vägning', hidden: 'Samtal' },
  );
  const same = page({ call: 'Avdelningen, fråga efter Maj', step: 'Vägning', hidden: 'Samtal' });
  expect(changesSince(sheet, same, asIs, () => true)).toEqual([]);
  const changed = page({
    call: 'Avdelningen, fråga efter Nils',
    step: 'Vägning',
    hidden: 'Flyttat samtal',
    fresh: 'Prov',
  });
  expect(changesSince(sheet, changed, asIs, () => true)).toEqual([
    { key: 'call', how: 'changed' },
    { key: 'fresh', how: 'new' },
  ]);
  expect(changesSince(sheet, page({ call: 'Avdelningen, fråga efter Maj' }), asIs, () => true)).toEqual([
    { key: 'step', how: 'gone' },
  ]);
});
