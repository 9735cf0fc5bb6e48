import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listProblems, PROBLEM_KINDS } from '../../src/shared/problem.ts';

const source = new URL('../../src/', import.meta.url);

/** All refusals of the service: every file of this name declares some. */
async function declaredProblems() {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?:^|[/\\])problems\.ts$/.test(file),
  );
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) await import(new URL(file.replaceAll('\\', '/'), source).href);
  return listProblems();
}

describe('the declared refusals', () => {
  it('have codes that clients can branch on and kinds on the closed list', async () => {
    for (const { code, kind } of await declaredProblems()) {
      expect(code).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
      expect(PROBLEM_KINDS).toHaveProperty(kind);
    }
  });

  it('have a title in both languages, each its own, without a full stop and without anything inserted', async () => {
    const problems = await declaredProblems();
    for (const { code, title } of problems) {
      for (const words of [title.sv, title.en]) expect(words, code).toMatch(/^[A-ZÅÄÖ].*[^.\s]$/);
      expect(title.sv, code).not.toBe(title.en);
      expect(`${title.sv} ${title.en}`, code).not.toMatch(/[${}]|undefined|\d{5}/);
    }
    for (const language of ['sv', 'en'] as const) {
      const titles = problems.map(({ title }) => title[language]);
      expect(titles.filter((words, index) => titles.indexOf(words) !== index)).toEqual([]);
    }
  });
});
