import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { dropDatabase } from './drop-database.ts';
import { asOwner } from './test-server.ts';

/** One migrated, otherwise empty database, for one test file. */
export interface TestDatabase {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly jobsUrl: string;
  readonly retentionUrl: string;
  /** Takes the database away, ending whatever is still connected. */
  drop(): Promise<void>;
}

/**
 * Clones the run's migrated template: one database per test file, so that files run beside each other and nothing one
 * writes is seen by another. Drop it when done: `afterAll(() => database.drop())`.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { template } = inject('testServer');
  return createDatabase(`template ${template} strategy file_copy`);
}

/** A database without any migration, for tests of the migrator itself. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase(`encoding 'UTF8' template template0`);
}

async function createDatabase(options: string): Promise<TestDatabase> {
  const server = inject('testServer');
  const name = `pktest_${randomBytes(6).toString('hex')}`;
  await asOwner(server.ownerUrl, (client) => client.query(`create database ${name} ${options}`));
  return {
    ownerUrl: onDatabase(server.ownerUrl, name),
    appUrl: onDatabase(server.appUrl, name),
    jobsUrl: onDatabase(server.jobsUrl, name),
    retentionUrl: onDatabase(server.retentionUrl, name),
    drop: async () => {
      await asOwner(server.ownerUrl, (client) => dropDatabase(client, name));
    },
  };
}

function onDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}
