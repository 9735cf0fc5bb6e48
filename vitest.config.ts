import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

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
          setupFiles: ['./test/support/property-seed.ts'],
        },
      },
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
