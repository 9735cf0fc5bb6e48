import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { describeProblems } from '../../src/cli/problem-list.ts';
import { variables } from '../../src/config-variables.ts';
import { listProblems } from '../../src/shared/problem.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

function filesUnder(folder: string, ending: RegExp): string[] {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  const paths = names.map((name) => join(folder, name).replaceAll('\\', '/'));
  return paths.filter((path) => ending.test(path) && statSync(join(ROOT, path)).isFile());
}

const DOCUMENTS = [...readdirSync(ROOT).filter((name) => name.endsWith('.md')), ...filesUnder('docs', /\.md$/)];
const CODE = ['src', 'test', 'scripts', 'migrations', 'docker'].flatMap((folder) =>
  filesUnder(folder, /\.(?:tsx?|mjs|sql|sh)$/),
);
const blocksOf = (path: string, language: string) =>
  [...read(path).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, block]) => block!);

/** Headings as the addresses that links lead to, in GitHub's manner. */
function anchorsOf(path: string): string[] {
  const headings = [...read(path).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading!);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function isLost(from: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? from : join(dirname(from), file);
  if (!existsSync(join(ROOT, path))) return true;
  return anchor !== undefined && !anchorsOf(path).includes(anchor);
}

describe('the README', () => {
  const readme = read('README.md');

  it('begins with the two lines that a newcomer needs', () => {
    const lines = readme.split('\n');
    const [start, test] = ['npm ci && npm start', 'npm ci && npm test'].map((line) => lines.indexOf(line));
    expect(start).toBeGreaterThan(0);
    expect(test).toBeGreaterThan(start!);
    expect(test).toBeLessThan(12);
  });

  it('lists every environment variable, and none that nobody reads', () => {
    const section = readme.slice(readme.indexOf('## Configuration'), readme.indexOf('## What needs what'));
    const listed = [...section.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name!);
    expect(listed.toSorted()).toEqual(Object.keys(variables.shape).toSorted());
  });
});

describe('the compose file', () => {
  /** A demonstration's, and the owner's address, which the running service never has. */
  const NOT_OF_PRODUCTION = /^DEMO|^DATA_DIR$|^DATABASE_OWNER_URL$|^WEBHOOK_ALLOW_LOCAL$/;

  it('passes on every variable of the service', () => {
    const compose = read('docker-compose.yml');
    const service = compose.slice(compose.indexOf('\n  service:'), compose.indexOf('\n  retention:'));
    const passed = new Set([...service.matchAll(/^ {6}([A-Z_]+): /gm)].map(([, name]) => name!));
    const wanted = Object.keys(variables.shape).filter((name) => !NOT_OF_PRODUCTION.test(name));
    expect(wanted.length).toBeGreaterThan(20);
    expect(wanted.filter((name) => !passed.has(name))).toEqual([]);
  });
});

describe('the list of refusals', () => {
  it('is what the code declares', () => {
    expect(read('docs/problems.md')).toBe(describeProblems());
    for (const { code } of listProblems()) expect(describeProblems()).toContain(`| \`${code}\` |`);
  });
});

describe('the documents', () => {
  it.each(DOCUMENTS)('lead somewhere by every relative link: %s', (path) => {
    const targets = [...read(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
    const lost = targets.filter((target) => !/^[a-z]+:/.test(target) && isLost(path, target));
    expect(lost).toEqual([]);
  });

  it('name only files that are there', () => {
    const named = DOCUMENTS.flatMap((path) =>
      [...read(path).matchAll(/`((?:src|test|docs|scripts|migrations|docker|openapi)\/[\w./-]+\.\w+)`/g)].map(
        ([, file]) => file!,
      ),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it('call only addresses that the API has', () => {
    const { paths } = JSON.parse(read('openapi/v1.json')) as { paths: Record<string, unknown> };
    const known = new Set(Object.keys(paths).map((path) => path.replaceAll(/\{\w+\}/g, '{}')));
    const called = DOCUMENTS.flatMap((path) =>
      [...read(path).matchAll(/\/v1(\/[\w${}/-]*\w\}?)/g)].map(([, address]) => address!),
    );
    expect(called.length).toBeGreaterThan(20);
    // In lines for the shell a variable stands where the API has a parameter.
    expect(called.filter((address) => !known.has(address.replaceAll(/\$\w+|\{\w+\}/g, '{}')))).toEqual([]);
  });

  it('send what is JSON', () => {
    const sent = ['README.md', 'docs/integrators.md']
      .flatMap((path) => blocksOf(path, 'sh'))
      .flatMap((block) => [...block.matchAll(/-d '(\{[\s\S]*?\})'/g)].map(([, body]) => body!));
    expect(sent.length).toBeGreaterThan(5);
    for (const body of sent) expect(() => JSON.parse(body)).not.toThrow();
  });

  it('show the code as it is, where they walk through it', () => {
    const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
    const sources = plain(
      CODE.filter((path) => path.startsWith('src/plans/'))
        .map(read)
        .join('\n'),
    );
    const shown = blocksOf('docs/adding-an-endpoint.md', 'ts');
    expect(shown.length).toBeGreaterThan(2);
    for (const block of shown) expect(sources).toContain(plain(block));
  });
});

describe('comments in the code', () => {
  // A comment may go on over a line's end.
  const textOf = (path: string) => read(path).replaceAll(/\s*\n\s*(?:\*|\/\/) ?/g, ' ');

  it('name no document that the project does not have', () => {
    const elsewhere = ['house', 'stack', 'performance', 'scenarier', 'law'].map((name) => `\\b${name}`);
    const pattern = new RegExp(`(?:^|[^/\\w])(?:domain|fhir)\\.md|(?:${elsewhere.join('|')})\\.md`, 'i');
    expect([...CODE, 'README.md', 'package.json'].filter((path) => pattern.test(read(path)))).toEqual([]);
  });

  it('point to what the domain document says, by section', () => {
    const sections = new Map(
      read('docs/domain.md')
        .split(/^## /m)
        .map((section) => [section.charAt(0), section.replaceAll(/\s+/g, ' ').toLowerCase()]),
    );
    const pointers = CODE.flatMap((path) => [
      ...textOf(path).matchAll(/docs\/domain\.md (?:section )?(\d)(?:, "([^"]+)")?/g),
    ]);
    expect(pointers.length).toBeGreaterThan(20);
    for (const [pointer, number, words = ''] of pointers) {
      expect(sections.get(number!), pointer).toContain(words.toLowerCase());
    }
  });
});
