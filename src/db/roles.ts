import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import type { ClientBase } from 'pg';
import pg from 'pg';

/**
 * What a connection may do. Grants are given to these roles alone, by the migrations; they cannot log in. Whoever runs
 * the database makes login roles of its own and puts each in one of them.
 */
export const GROUP_ROLES = {
  /** Insert, select, and update of current rows. Owns nothing, deletes nothing. */
  app: 'patientkontrakt_app',
  /** The job queue, LISTEN and advisory locks. */
  jobs: 'patientkontrakt_jobs',
  /** The only one that may delete, and only through functions. */
  retention: 'patientkontrakt_retention',
} as const;

export type GroupRole = keyof typeof GROUP_ROLES;

/** Login roles of servers that we make ourselves: the embedded one and the tests'. */
export const LOGIN_ROLES = {
  owner: 'patientkontrakt_owner',
  app: 'patientkontrakt_app_login',
  jobs: 'patientkontrakt_jobs_login',
  retention: 'patientkontrakt_retention_login',
} as const;

/**
 * What holds for a login's sessions, whether or not a pooler stands between. The limits are start-up parameters too, which
 * poolers strip; how prepared statements are planned is no limit and lies here alone, since poolers refuse to pass it on.
 * Left to itself the server plans each statement five times for its values and again before it keeps one plan, on every
 * connection: a whole record's costs it as much as ten reads. Whoever needs another plan says so (`runForValues`).
 */
const LOGIN_SETTINGS = {
  statement_timeout: '15s',
  idle_in_transaction_session_timeout: '15s',
  plan_cache_mode: 'force_generic_plan',
};

/** Errors of two sessions that make or change the same role at once; trying again meets the finished role. */
const ROLE_RACE = new Set(['42710', '23505', 'XX000', '40001']);

/**
 * Makes the group roles where missing, as the first migration does: for login roles that must exist before it runs.
 * Roles belong to the whole server, so another database's migration may make them at the same moment.
 */
export async function ensureGroupRoles(client: ClientBase): Promise<void> {
  for (const role of Object.values(GROUP_ROLES)) await ensureRole(client, role, 'nologin');
}

/**
 * Makes a login role, or gives an existing one this password, and puts it in its group. The password reaches the
 * server only as a SCRAM verifier, so it can never stand in the server's log.
 */
export async function ensureLoginRole(
  client: ClientBase,
  name: string,
  password: string,
  group: GroupRole,
): Promise<void> {
  await ensureRole(client, name, `login password ${pg.escapeLiteral(scramVerifier(password))}`);
  const role = pg.escapeIdentifier(name);
  await patiently(() => client.query(`grant ${GROUP_ROLES[group]} to ${role}`));
  if (group === 'retention') return;
  for (const [setting, value] of Object.entries(LOGIN_SETTINGS)) {
    await patiently(() => client.query(`alter role ${role} set ${setting} = '${value}'`));
  }
}

/** Creates the role with these attributes, or gives them to the one that is there. */
export async function ensureRole(client: ClientBase, name: string, attributes: string): Promise<void> {
  await patiently(async () => {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
    const verb = rowCount === 0 ? 'create' : 'alter';
    if (verb === 'alter' && attributes === 'nologin') return;
    await client.query(`${verb} role ${pg.escapeIdentifier(name)} ${attributes}`);
  });
}

async function patiently(change: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await change();
      return;
    } catch (error) {
      const { code } = error as { code?: string };
      if (attempt === 5 || code === undefined || !ROLE_RACE.has(code)) throw error;
    }
  }
}

/** RFC 5803 form, as PostgreSQL stores it. Our passwords are ASCII, so SASLprep leaves them as they are. */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, 4096, 32, 'sha256');
  const key = (label: string) => createHmac('sha256', salted).update(label).digest();
  const stored = createHash('sha256').update(key('Client Key')).digest('base64');
  return `SCRAM-SHA-256$4096:${salt.toString('base64')}$${stored}:${key('Server Key').toString('base64')}`;
}
