import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** Rule, a file of its own, and the forbidden line in it. */
const PLANTS = [
  ['order', 'src/shared/p1.ts', `import '../db/query.ts';`],
  ['order', 'src/db/p2.ts', `import '../access/index.ts';`],
  ['order', 'src/audit/p3.ts', `import '../access/index.ts';`],
  ['order-siblings', 'src/audit/p4.ts', `import '../events/index.ts';`],
  ['order-siblings', 'src/http/p5.ts', `import '../identity/index.ts';`],
  ['order', 'src/access/p6.ts', `import '../directory/index.ts';`],
  ['order', 'src/directory/p7.ts', `import '../app.ts';`],
  ['order', 'src/plans/p8.ts', `import '../fhir/index.ts';`],
  ['order', 'src/http/p41.ts', `import '../deps.ts';`],
  ['order-deps', 'src/deps.ts', `import './directory/index.ts';`],
  ['order-app', 'src/p9.ts', `import './main.ts';`],
  ['no-cycle', 'src/plans/p10.ts', `import type {} from './p11.ts';`],
  ['slice-through-index', 'src/plans/p12.ts', `import '../access/guard.ts';`],
  ['slice-through-index-app', 'src/p13.ts', `import './access/guard.ts';`],
  ['slice-through-index', 'src/plans/p14.ts', `import '../db/embedded/start.ts';`],
  ['pure-imports-pure', 'src/plans/domain/p15.ts', `import 'fastify';`],
  ['pure-imports-pure', 'src/plans/domain/p16.ts', `import type {} from 'pg';`],
  ['pure-imports-pure', 'src/plans/domain/p17.ts', `import 'node:fs';`],
  ['pure-imports-pure', 'src/plans/domain/p18.ts', `import '../p.ts';`],
  ['pure-imports-pure', 'src/access/policy/p19.ts', `import 'drizzle-orm';`],
  ['pure-imports-pure', 'src/fhir/mapping/p20.ts', `import 'zod';`],
  ['pure-takes-time-and-ids', 'src/plans/domain/p21.ts', 'export const at = () => Date.now();'],
  ['shared-imports-shared', 'src/shared/p22.ts', `import 'zod';`],
  ['no-hidden-import', 'src/plans/p23.ts', `import 'node:module';`],
  ['routes-never-store', 'src/plans/rest/p24.ts', `import '../store/p.ts';`],
  ['routes-never-store', 'src/plans/p25-routes.ts', `import '../db/schema/plans.ts';`],
  ['routes-never-store', 'src/plans/p26-routes.ts', `import '../access/policy/decide.ts';`],
  ['web-at-the-door', 'src/plans/store/p27.ts', `import 'fastify';`],
  ['web-at-the-door', 'src/plans/p28.ts', `import type {} from '@fastify/rate-limit';`],
  ['sql-in-store', 'src/plans/p29.ts', `import 'drizzle-orm/pg-core';`],
  ['own-tables', 'src/plans/store/p30.ts', `import '../../db/schema/directory.ts';`],
  ['own-tables-app', 'src/p31.ts', `import './db/schema/plans.ts';`],
  ['store-never-use-case', 'src/plans/store/p32.ts', `import '../p.ts';`],
  ['schemas-never-database', 'src/plans/p33-schemas.ts', `import 'drizzle-orm';`],
  ['never-tests', 'src/plans/p34.ts', `import '../testing/p.ts';`],
  ['never-tests', 'src/plans/p35.ts', `import '../../test/p.ts';`],
  ['never-development-packages', 'src/plans/p36.ts', `import 'fast-check';`],
  ['connections-in-db', 'src/plans/p37.ts', `import { Pool } from 'pg';`],
  ['not-there', 'src/plans/p38.ts', `import './gone.ts';`],
  // A file and an import that the parser passes over: the check may not call that a success.
  ['not-seen', 'src/plans/p39.mts', 'export {};'],
  ['not-seen', 'src/plans/p40.ts', `export type Seen = import('../access/guard.ts').Asking;`],
] as const;

/** What the plants import. */
const TARGETS = ['src/plans/p.ts', 'src/plans/store/p.ts', 'src/testing/p.ts', 'test/p.ts', 'src/fhir/index.ts'];

let planted: string;
let outcome: Awaited<ReturnType<typeof check>>;

async function copyOfSource(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'imports-'));
  await cp(join(project, 'src'), join(root, 'src'), { recursive: true });
  await cp(join(project, 'package.json'), join(root, 'package.json'));
  await symlink(join(project, 'node_modules'), join(root, 'node_modules'));
  return root;
}

async function plant(root: string, file: string, line: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), `${line}\n`);
}

function check(root: string): Promise<{ failed: boolean; text: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(project, 'scripts/check-imports.mjs'), root], (error, stdout, stderr) => {
      resolve({ failed: error !== null, text: stdout + stderr });
    });
  });
}

beforeAll(async () => {
  planted = await copyOfSource();
  for (const file of TARGETS) await plant(planted, file, 'export {};');
  await plant(planted, 'src/plans/p11.ts', `export * from './p10.ts';`);
  for (const [, file, line] of PLANTS) await plant(planted, file, line);
  outcome = await check(planted);
});

afterAll(() => rm(planted, { recursive: true }));

describe('the import check, over a copy of the source with one forbidden line for each rule', () => {
  it.each(PLANTS)('holds %s: %s with %s', (rule, file) => {
    const said = outcome.text.split('\n').filter((line) => line.includes(`: ${file} `) || line.endsWith(file));
    expect(said).toContainEqual(expect.stringMatching(`^${rule}: `));
    expect(outcome.failed).toBe(true);
  });
});
