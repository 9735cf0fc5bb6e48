import { readMigrations } from './migration-files.ts';
import { listApplied, pendingOf } from './migration-state.ts';
import { type Queryable, runQuery } from './query.ts';
import { GROUP_ROLES } from './roles.ts';
import { StartRefusal } from './start-refusal.ts';

/** The oldest server that the tests run against. */
const OLDEST_SERVER = 15;

/** What a role could do that the service's must not, as the server's catalogue tells it. */
interface RoleFacts {
  readonly superuser: boolean;
  readonly bypassesRowSecurity: boolean;
  readonly makesRoles: boolean;
  /** A role it could put on that is one of the above, or may write every table. */
  readonly strongMembership: string | null;
  /** A table, view, sequence, function, schema or the database itself that it owns, or is in the owner's role of. */
  readonly owned: string | null;
  readonly inRetention: boolean;
  readonly inApp: boolean;
}

// Judged for the login (session_user): whatever role a connection has put on, it can take off again. Membership counts
// however it was granted, since SET ROLE is enough to use it.
const ROLE_FACTS = `
  with own as (
    select oid::regclass::text as name, relowner as owner, relnamespace as space from pg_class where relkind in ('r', 'p', 'v', 'm', 'S', 'f')
    union all select oid::regprocedure::text, proowner, pronamespace from pg_proc
    union all select nspname::text, nspowner, oid from pg_namespace
  ), me as (select * from pg_roles where rolname = session_user)
  select rolsuper as superuser, rolbypassrls as "bypassesRowSecurity", rolcreaterole as "makesRoles",
    (select min(other.rolname::text) from pg_roles other
      where other.oid <> me.oid and pg_has_role(me.oid, other.oid, 'member')
        and (other.rolsuper or other.rolbypassrls or other.rolcreaterole or other.rolname in
          ('pg_write_all_data', 'pg_execute_server_program', 'pg_write_server_files'))) as "strongMembership",
    coalesce(
      (select min(own.name) from own join pg_namespace n on n.oid = own.space
        where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and pg_has_role(me.oid, own.owner, 'member')),
      (select datname::text from pg_database where datname = current_database() and pg_has_role(me.oid, datdba, 'member'))
    ) as owned,
    exists (select from pg_roles where rolname = $1 and pg_has_role(me.oid, oid, 'member')) as "inRetention",
    exists (select from pg_roles where rolname = $2 and pg_has_role(me.oid, oid, 'usage')) as "inApp"
  from me`;

/** Reads what the connection's login could do; also tells an owner's address from an application's. */
export async function readRoleFacts(on: Queryable): Promise<RoleFacts> {
  const values = [GROUP_ROLES.retention, GROUP_ROLES.app];
  const { rows } = await runQuery<RoleFacts & Record<string, unknown>>(on, {
    name: 'role-facts',
    text: ROLE_FACTS,
    values,
  });
  if (rows[0] === undefined) throw new Error('the server does not know its own session user');
  return rows[0];
}

/** Why this role is too strong for the service, in both languages; undefined when it is not. */
export function tooStrong(facts: RoleFacts): { sv: string; en: string } | undefined {
  if (facts.superuser) return { sv: 'är superuser', en: 'is a superuser' };
  if (facts.bypassesRowSecurity) return { sv: 'har BYPASSRLS', en: 'has BYPASSRLS' };
  if (facts.makesRoles) return { sv: 'har CREATEROLE', en: 'has CREATEROLE' };
  if (facts.owned !== null)
    return {
      sv: `äger ${facts.owned} eller är medlem i ägarrollen`,
      en: `owns ${facts.owned} or is a member of its owner`,
    };
  const role = facts.strongMembership ?? (facts.inRetention ? GROUP_ROLES.retention : undefined);
  return role === undefined ? undefined : { sv: `är medlem i ${role}`, en: `is a member of ${role}` };
}

/**
 * Refuses a database role with which row-level security would be passed by unseen, history be changed, or data be
 * deleted: superuser, BYPASSRLS, CREATEROLE, owner of anything in the database, or member of such a role.
 *
 * @throws StartRefusal `role-too-strong`; `role-without-rights` when it lacks the application's group role
 */
export async function refuseUnsafeRole(on: Queryable): Promise<void> {
  const facts = await readRoleFacts(on);
  const reason = tooStrong(facts);
  if (reason !== undefined) {
    throw new StartRefusal('role-too-strong', {
      sv: `Databasrollen i DATABASE_URL är för stark: den ${reason.sv}. Använd en egen roll som bara är medlem i ${GROUP_ROLES.app}.`,
      en: `The database role in DATABASE_URL is too strong: it ${reason.en}. Use a role of its own, in ${GROUP_ROLES.app} alone.`,
    });
  }
  if (!facts.inApp) {
    throw new StartRefusal('role-without-rights', {
      sv: `Databasrollen i DATABASE_URL är inte medlem i ${GROUP_ROLES.app}. Kör: grant ${GROUP_ROLES.app} to <rollen>.`,
      en: `The database role in DATABASE_URL is not in ${GROUP_ROLES.app}. Run: grant ${GROUP_ROLES.app} to <the role>.`,
    });
  }
}

/**
 * Refuses a database that this version does not fit.
 *
 * @throws StartRefusal `migrations-pending` when it is behind, `database-newer` when a later version has been here,
 *   `migration-edited` or `migration-out-of-order` when its migrations are not these
 */
export async function refuseBehind(on: Queryable, folder?: string): Promise<void> {
  const pending = pendingOf(await readMigrations(folder), await listApplied(on)).map((file) => file.tag);
  if (pending.length === 0) return;
  throw new StartRefusal('migrations-pending', {
    sv: `Databasen saknar ${pending.length} migreringar (${pending.join(', ')}). Kör migreringarna med ägarens adress i DATABASE_OWNER_URL först.`,
    en: `The database lacks ${pending.length} migrations (${pending.join(', ')}). Run the migrations with DATABASE_OWNER_URL first.`,
  });
}

/**
 * Refuses a server that the SQL is not made for: older than Postgres 15, another encoding than UTF8, or built without
 * ICU (names are sorted with the collation "sv-x-icu").
 *
 * @throws StartRefusal `server-unfit`
 */
export async function refuseUnfitServer(on: Queryable): Promise<void> {
  const text = `select current_setting('server_version_num')::integer / 10000 as version, current_setting('server_encoding') as encoding,
    exists (select from pg_collation where collname = 'sv-x-icu') as swedish`;
  const { rows } = await runQuery<{ version: number; encoding: string; swedish: boolean }>(on, {
    name: 'server-facts',
    text,
    values: [],
  });
  const found = rows[0];
  if (found !== undefined && found.version >= OLDEST_SERVER && found.encoding === 'UTF8' && found.swedish) return;
  throw new StartRefusal('server-unfit', {
    sv: `Databasservern passar inte: PostgreSQL ${OLDEST_SERVER} eller senare med UTF8 och ICU-sortering krävs (här: ${found?.version}, ${found?.encoding}).`,
    en: `The database server does not fit: PostgreSQL ${OLDEST_SERVER} or later with UTF8 and ICU collations is required (here: ${found?.version}, ${found?.encoding}).`,
  });
}
