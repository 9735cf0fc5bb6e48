import { randomBytes } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/db/migrate.ts';
import { asOwner, startTestServer } from './test-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Addresses on the run's server, and the migrated database that each test file clones. */
    readonly testServer: {
      readonly ownerUrl: string;
      readonly appUrl: string;
      readonly jobsUrl: string;
      readonly retentionUrl: string;
      readonly template: string;
    };
  }
}

/** Starts the run's server and migrates one template database on it; gives back how to take both away. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { kind: _, stop, ...urls } = await startTestServer(process.env);
  const template = `pktest_${randomBytes(4).toString('hex')}_template`;
  await asOwner(urls.ownerUrl, (client) =>
    client.query(`create database ${template} encoding 'UTF8' template template0`),
  );
  const templateUrl = new URL(urls.ownerUrl);
  templateUrl.pathname = `/${template}`;
  await migrate(templateUrl.href, { log: () => undefined });
  project.provide('testServer', { ...urls, template });
  return async () => {
    await asOwner(urls.ownerUrl, (client) => client.query(`drop database if exists ${template} with (force)`));
    await stop();
  };
}
