// Holds the import rules of import-rules.mjs over src: `node scripts/check-imports.mjs [root]`.
//
// A checker that reads nothing reports success: beside TypeScript 7 dependency-cruiser cannot read .ts files unless
// @swc/core is there. So it fails when it saw fewer files than there are, and when a file has an import it did not see.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { PURE_TEXT, RULES } from './import-rules.mjs';

const CODE = /\.[cm]?[jt]sx?$/;
const SPECIFIER = /(?:^|[\s;}])(?:from\s*|import\s*\(?\s*)(['"])([^'"\n]+)\1/gm;

/** The code files that must be seen: those git lists, and those that lie there. */
function listFiles(root) {
  const present = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(root, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    );
  const tracked = existsSync(join(root, '.git'))
    ? execFileSync('git', ['ls-files', '-z', 'src'], { cwd: root, encoding: 'utf8' }).split('\0')
    : [];
  return [...new Set([...present, ...tracked.filter((file) => existsSync(join(root, file)))])].filter((file) =>
    CODE.test(file),
  );
}

async function readModules(root) {
  const forbidden = RULES.map((rule) => ({ severity: 'error', ...rule }));
  const { output } = await cruise(['src'], {
    baseDir: root,
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    preserveSymlinks: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
    validate: true,
    ruleSet: { forbidden },
  });
  return output;
}

/** Imports that stand in the text (comments aside) but that the parser did not report. */
function unseen(root, file, seen) {
  const text = readFileSync(join(root, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
  const specifiers = [...text.matchAll(SPECIFIER)].map((match) => match[2]);
  return specifiers.filter((specifier) => !seen.has(specifier.replace(/^node:/, '')));
}

/** What the cruise could not judge: files and imports it did not see, local files that are not there. */
function blindSpots(root, files, modules) {
  const byName = new Map(modules.map((module) => [module.source, module]));
  return files.flatMap((file) => {
    const module = byName.get(file);
    if (module === undefined) return [`not-seen: ${file} was not read`];
    const seen = new Set(module.dependencies.map((dependency) => dependency.module));
    const missing = module.dependencies.filter(
      (dependency) => dependency.couldNotResolve && dependency.module.startsWith('.'),
    );
    return [
      ...unseen(root, file, seen).map((specifier) => `not-seen: ${file} → ${specifier}`),
      ...missing.map((dependency) => `not-there: ${file} → ${dependency.module}`),
    ];
  });
}

/** Rules about the text of a file: pure files take time and ids as arguments; pg's own code stays in db. */
function textFaults(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  const faults = [];
  if (PURE_TEXT.files.test(file) && PURE_TEXT.forbidden.test(text)) faults.push(`pure-takes-time-and-ids: ${file}`);
  if (!file.startsWith('src/db/') && /^import (?!type\b).*from 'pg'/m.test(text))
    faults.push(`connections-in-db: ${file} imports more than types from pg`);
  return faults;
}

const root = process.argv[2] ?? process.cwd();
process.chdir(root);
const files = listFiles(root);
const { modules, summary } = await readModules(root);
const faults = [
  ...blindSpots(root, files, modules),
  ...files.flatMap((file) => textFaults(root, file)),
  ...summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
];
if (faults.length > 0) {
  const comments = new Map(RULES.map(({ name, comment }) => [name, comment]));
  const broken = [...new Set(summary.violations.map(({ rule }) => rule.name))];
  console.error([...new Set(faults)].sort().join('\n'));
  for (const name of broken) console.error(`  ${name}: ${comments.get(name)}`);
  process.exit(1);
}
console.log(`imports: ${files.length} files hold the rules`);
