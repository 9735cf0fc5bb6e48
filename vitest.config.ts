import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Tests that put something else in a module's or a clock's place, which would stay there for the others. */
const REPLACING = ['test/unit/delivery/address.test.ts', 'test/unit/jobs/repeated.test.ts'];

// Pure tests start no database; all others share one server, started once for the run.
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
          exclude: REPLACING,
          // Loading the modules anew for each file took longer than the tests themselves.
          isolate: false,
          setupFiles: ['./test/support/property-seed.ts'],
        },
      },
      { extends: true, test: { name: 'replacing', include: REPLACING } },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['test/{integration,access,contract,scenarios,oracle}/**/*.test.{ts,tsx}'],
          globalSetup: ['./test/support/global-setup.ts'],
        },
      },
    ],
  },
});
