// What may import what: the order of the parts and the kinds of files, as dependency-cruiser rules.
// Paths are matched from the project's root; `$1` in `to` is the slice that `from` matched.

/** Low to high. A part imports only lower ones; parts in one row do not import each other. */
export const ORDER = [
  ['shared'],
  ['db'],
  ['audit', 'events', 'http', 'identity', 'jobs'],
  ['access'],
  ['directory', 'patients', 'consents'],
  ['sharing', 'deadlines'],
  ['plans'],
  ['paper', 'notices', 'discharge'],
  ['attention', 'follow-up', 'templates', 'audit-log', 'delivery'],
  ['fhir', 'portal', 'workspace', 'demo'],
];

const PARTS = ORDER.flat();
const folders = (names) => `^src/(${names.join('|')})/`;

/** Files that only compute: facts in, decisions out. The refusals and actions that they name are as pure. */
const PURE_BUT_SHARED = '^src/([^/]+/(domain|policy|mapping)/|[^/]+/problems\\.ts$|access/actions\\.ts$)';
const PURE = [PURE_BUT_SHARED, '^src/shared/'];
/** Files that hold SQL and rows. */
const STORE = '^src/([^/]+)/(store/|[^/]*repository\\.ts$)';
/** Files of the doors: routes, their schemas and what shapes an answer. */
const DOOR = '^src/[^/]+/(rest/|[^/]*routes\\.tsx?$)';
const SCHEMAS = '^src/.*(^|/|-)schemas\\.ts$';
/** Where a web framework may be named besides the doors: what registers them, and whole parts that are doors. */
const WEB = '^src/((http|fhir|portal|workspace|demo)/|[^/]+/index\\.ts$|[^/]+\\.tsx?$)';

const FASTIFY = '^node_modules/(fastify|@fastify)';
const DATABASE = '^node_modules/(drizzle-orm|pg)/';
const npm = (...names) => `^node_modules/(${names.join('|')})/`;

/** What the slices work with (`Deps`) stands above access and below the slices: they take it, it knows none of them. */
const DEPS = '^src/deps\\.ts$';
const DEPS_LEVEL = ORDER.findIndex((names) => names.includes('access'));
const above = (level) => ORDER.slice(level + 1).map(folders);

function orderRules() {
  return ORDER.flatMap((names, level) => [
    {
      name: 'order',
      comment: 'a part imports only what is lower in the order (import-rules.mjs), and never the app, main or the CLI',
      from: { path: folders(names) },
      to: { path: [...above(level), '^src/cli/', '^src/[^/]+\\.tsx?$'], pathNot: level > DEPS_LEVEL ? DEPS : [] },
    },
    ...(names.length === 1 ? [] : [siblingRule(names)]),
  ]);
}

function siblingRule(names) {
  return {
    name: 'order-siblings',
    comment: 'parts in one row of the order stand beside each other and do not import each other',
    from: { path: `^src/(${names.join('|')})/` },
    to: { path: folders(names), pathNot: '^src/$1/' },
  };
}

export const RULES = [
  ...orderRules(),
  {
    name: 'order-deps',
    comment: 'deps.ts is made of what is below the slices',
    from: { path: DEPS },
    to: { path: [...above(DEPS_LEVEL), '^src/cli/', '^src/[^/]+\\.tsx?$'] },
  },
  {
    name: 'order-app',
    comment: 'the app imports neither main nor the CLI',
    from: { path: '^src/[^/]+\\.tsx?$', pathNot: '^src/main\\.ts$' },
    to: { path: '^src/(main\\.ts$|cli/)' },
  },
  {
    name: 'no-cycle',
    comment: 'two files that import each other cannot be read or changed apart',
    from: {},
    to: { circular: true },
  },
  {
    name: 'slice-through-index',
    comment: "a slice is used through its index.ts alone (pure files may share one another's types)",
    from: { path: '^src/([^/]+)/', pathNot: PURE_BUT_SHARED },
    to: {
      path: folders(PARTS),
      pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$', '^src/(shared|http)/', '^src/db/[^/]+\\.ts$', '^src/db/schema/'],
    },
  },
  {
    name: 'slice-through-index-app',
    comment: 'the app, main and the CLI use a slice through its index.ts alone',
    from: { path: '^src/([^/]+\\.tsx?$|cli/)' },
    to: {
      path: folders(PARTS),
      pathNot: ['^src/[^/]+/index\\.ts$', '^src/(shared|http)/', '^src/(db|demo)/[^/]+\\.ts$'],
    },
  },
  {
    name: 'pure-imports-pure',
    comment: 'pure files import only shared and other pure files: no framework, database, node or npm module',
    from: { path: PURE_BUT_SHARED },
    to: { pathNot: PURE },
  },
  {
    name: 'shared-imports-shared',
    comment: 'shared imports nothing of the project and few libraries',
    from: { path: '^src/shared/' },
    to: {
      pathNot: ['^src/shared/', '^(crypto|module)$', npm('temporal-polyfill', 'date-holidays', 'personnummer', 'uuid')],
    },
  },
  {
    name: 'no-hidden-import',
    comment:
      'createRequire loads what this check cannot see: only the holiday library, the embedded server and the font are',
    from: { path: '^src/', pathNot: '^src/(shared/holidays|db/embedded/binaries|paper/print/fonts)\\.ts$' },
    to: { path: '^module$' },
  },
  {
    name: 'routes-never-store',
    comment: 'routes call use cases: never a repository, a table, the policy or the database',
    from: { path: DOOR },
    to: { path: ['^src/[^/]+/(store/|[^/]*repository\\.ts$)', '^src/db/schema/', '^src/access/policy/', DATABASE] },
  },
  {
    name: 'web-at-the-door',
    comment: 'only doors know the web framework',
    from: { path: '^src/', pathNot: [DOOR, WEB, SCHEMAS] },
    to: { path: FASTIFY },
  },
  {
    name: 'sql-in-store',
    comment: 'only repositories and db know drizzle',
    from: { path: '^src/', pathNot: ['^src/db/', STORE] },
    to: { path: npm('drizzle-orm') },
  },
  {
    name: 'own-tables',
    comment: 'a table is known to db and to the slice that owns it',
    from: { path: '^src/([^/]+)/', pathNot: '^src/db/' },
    to: { path: '^src/db/schema/', pathNot: '^src/db/schema/($1|contribution)\\.ts$' },
  },
  {
    name: 'own-tables-app',
    comment: 'the app, main and the CLI know no table',
    from: { path: '^src/([^/]+\\.tsx?$|cli/)' },
    to: { path: '^src/db/schema/' },
  },
  {
    name: 'store-never-use-case',
    comment: 'a repository is called by use cases and calls none',
    from: { path: STORE },
    to: { path: '^src/$1/([^/]+\\.ts$|rest/)', pathNot: '^src/$1/(problems|[^/]*repository)\\.ts$' },
  },
  {
    name: 'schemas-never-database',
    comment: 'schemas describe what callers send, not what is stored',
    from: { path: SCHEMAS },
    to: { path: ['^src/db/', '^src/[^/]+/(store/|[^/]*repository\\.ts$)', DATABASE] },
  },
  {
    name: 'never-tests',
    comment: 'the service imports nothing made for tests',
    from: { path: '^src/', pathNot: '^src/testing/' },
    to: { path: '^(src/testing|test|bench|scripts)/' },
  },
  {
    name: 'never-development-packages',
    comment: 'development packages are not installed where the service runs',
    from: { path: '^src/' },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm'] },
  },
];

/** The one folder kind whose text is looked at too: a pure file is given time and ids. */
export const PURE_TEXT = {
  files: new RegExp(PURE_BUT_SHARED),
  forbidden:
    /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bTemporal\.Now\b|\bperformance\.now\(|\bprocess\.|\brandomUUID\(/,
};
