import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DEFAULT_LAW_SETTINGS, LAW_SETTINGS, type LawSettings } from '../../src/access/index.ts';

const document = readFileSync(new URL('../../docs/access.md', import.meta.url), 'utf8');

function inWords(value: LawSettings[keyof LawSettings]): string {
  if (typeof value === 'boolean') return value ? 'ja' : 'nej';
  return typeof value === 'number' ? String(value) : value.join(', ');
}

it('docs/access.md lists every setting of the law, with default, meaning and source', () => {
  const rows = (Object.keys(LAW_SETTINGS) as (keyof LawSettings)[]).map((name) => {
    const { sv, source } = LAW_SETTINGS[name];
    return `| \`${name}\` | ${inWords(DEFAULT_LAW_SETTINGS[name])} | ${sv} | ${source} |`;
  });
  const listed = document.slice(document.indexOf('| setting | default |')).trim().split('\n').slice(2);
  expect(listed).toEqual(rows);
});
