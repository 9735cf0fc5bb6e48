import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/db/migrate.ts';
import { dropDatabase } from './drop-database.ts';
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
  await letOwnerEndSessions(urls);
  const template = `pktest_${randomBytes(4).toString('hex')}_template`;
  await asOwner(urls.ownerUrl, (client) =>
    client.query(`create database ${template} encoding 'UTF8' template template0`),
  );
  const templateUrl = new URL(urls.ownerUrl);
  templateUrl.pathname = `/${template}`;
  await migrate(templateUrl.href, { log: () => undefined });
  project.provide('testServer', { ...urls, template });
  return async () => {
    await asOwner(urls.ownerUrl, (client) => dropDatabase(client, template));
    await stop();
  };
}

/** Dropping a database ends its sessions, which only a member of their role may do. */
async function letOwnerEndSessions(urls: { ownerUrl: string; appUrl: string; jobsUrl: string; retentionUrl: string }) {
  const logins = [urls.appUrl, urls.jobsUrl, urls.retentionUrl].map((url) => decodeURIComponent(new URL(url).username));
  await asOwner(urls.ownerUrl, async (client) => {
    for (const login of logins) {
      const grant = `grant ${pg.escapeIdentifier(login)} to current_user`;
      // A login that was given may be another's to grant: its sessions then end by themselves, when closed.
      await client.query(grant).catch(() => undefined);
    }
  });
}
