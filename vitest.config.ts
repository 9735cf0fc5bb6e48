import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * Tests that put something else in a module's or a clock's place, which would stay there for the others, or that count
 * all refusals that have been declared, to which others add their own.
 */
const ALONE = [
  'test/unit/delivery/address.test.ts',
  'test/unit/jobs/repeated.test.ts',
  'test/contract/documents.test.ts',
  'test/contract/problem-types.test.ts',
  'test/integration/http/documentation.test.ts',
];

// Pure tests start no database; all others share one server, started once for the run. Files share what they have loaded:
// loading it anew for each took longer than pure tests themselves, and a third of the time of the others.
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: Math.max(2, availableParallelism()),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/support/folder-times.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          exclude: ALONE,
          isolate: false,
          setupFiles: ['./test/support/property-seed.ts'],
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE } },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['test/{integration,access,contract,scenarios,oracle}/**/*.test.{ts,tsx}'],
          exclude: ALONE,
          isolate: false,
          globalSetup: ['./test/support/global-setup.ts'],
        },
      },
    ],
  },
});
