import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { ACTIONS } from '../../../src/access/actions.ts';
import { REASONS } from '../../../src/access/policy/reasons.ts';
import { DEFAULT_LAW_SETTINGS, LAW_SETTINGS } from '../../../src/access/policy/settings.ts';
import { policyTable } from '../../../src/access/policy/table/print.ts';

describe('the policy table', () => {
  test('that is committed is the one that the rules give', async () => {
    const file = new URL('../../../docs/policy-table.md', import.meta.url);
    expect(await readFile(file, 'utf8'), 'run: npm run cli -- policy write').toBe(policyTable());
  });

  test('has a row for every action, reason and setting', () => {
    const table = policyTable();
    for (const name of [...Object.keys(ACTIONS), ...Object.keys(REASONS), ...Object.keys(LAW_SETTINGS)]) {
      expect(table).toContain(`\n| ${name} |`);
    }
    expect(Object.keys(LAW_SETTINGS).sort()).toEqual(Object.keys(DEFAULT_LAW_SETTINGS).sort());
  });
});
