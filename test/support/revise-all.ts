import type pg from 'pg';

/** Makes a next revision of all that is versioned, so that no table's history is empty where the table is not. */
export async function reviseAll(owner: pg.Pool): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(
    `select tgrelid::regclass::text as name from pg_trigger where tgname = 'keep_wording' order by 1`,
  );
  for (const { name } of rows) await owner.query(`update ${name} set revision = revision + 1`);
}
