import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { profileFaults } from './national-profile-rules.ts';

/** From Skatteverket's published test numbers. */
const TEST_PERSONS = new Set(['192612049029', '200605132380', '199103162393', '198804232380', '198404202387']);
const FILE = new URL('../../openapi/v1.json', import.meta.url);

describe('the published description of the API', () => {
  it('follows the national REST API profile', async () => {
    expect(profileFaults(JSON.parse(await readFile(FILE, 'utf8')))).toEqual([]);
  });

  it('names no address of a machine, and no personal number but those of published test persons', async () => {
    const text = await readFile(FILE, 'utf8');
    expect(text).not.toMatch(/127\.0\.0\.1|localhost/);
    const numbers = text.match(/\b(19|20)\d{6}-?\d{4}\b/g) ?? [];
    expect(numbers.filter((number) => !TEST_PERSONS.has(number.replace('-', '')))).toEqual([]);
  });
});
