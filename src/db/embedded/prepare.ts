import pg from 'pg';
import { ensureGroupRoles, ensureLoginRole, ensureRole, LOGIN_ROLES } from '../roles.ts';

/**
 * Makes a server ready for the migrations, as an operator does for production: an owner role that is *not* a
 * superuser, a database that it owns, and one login role for each group. Run at each start; does only what is missing.
 *
 * @param urlFor gives the address for a login role and database
 */
export async function prepareServer(
  urlFor: (role: string | undefined, database: string) => string,
  database: string,
  passwords: Readonly<Record<string, string>>,
): Promise<void> {
  const { owner, ...logins } = LOGIN_ROLES;
  const superuser = await connect(urlFor(undefined, 'postgres'));
  try {
    const { rowCount } = await superuser.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 1) return;
    const password = pg.escapeLiteral(passwords[owner] ?? '');
    await ensureRole(superuser, owner, `login createrole createdb password ${password}`);
  } finally {
    await superuser.end();
  }
  const client = await connect(urlFor(owner, 'postgres'));
  try {
    await ensureGroupRoles(client);
    for (const [group, login] of Object.entries(logins)) {
      await ensureLoginRole(client, login, passwords[login] ?? '', group as keyof typeof logins);
    }
    // Last, since its presence says that all the rest is done.
    await client.query(`create database ${pg.escapeIdentifier(database)} encoding 'UTF8' template template0`);
  } finally {
    await client.end();
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
