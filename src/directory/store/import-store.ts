import type { PoolClient } from 'pg';
import { PLANNED_FOR_VALUES } from '../../db/for-values.ts';
import type { DirectoryEntities, EntityType } from '../domain/model.ts';
import { keyParts, STORAGE, type TableRow } from './entity-rows.ts';

/** Any fixed number, the same for every version: one import at a time. */
const LOCK_KEY = 7_211_025;

/**
 * Takes the import's lock until the transaction ends; false when another import has it. What follows compares lists of any
 * length with the directory, and is planned for how long they are.
 */
export async function lockImport(client: PoolClient): Promise<boolean> {
  const text = `select pg_try_advisory_xact_lock($1) as got, ${PLANNED_FOR_VALUES}`;
  const { rows } = await client.query<{ got: boolean }>(text, [LOCK_KEY]);
  return rows[0]!.got;
}

/** The entities that are there already, by key. */
export async function loadEntities<T extends EntityType>(
  client: PoolClient,
  type: T,
  keys: readonly string[],
): Promise<Map<string, DirectoryEntities[T]>> {
  const { table, key, fromRow } = STORAGE[type];
  const lists = key.map((_, part) => keys.map((one) => keyParts(one)[part]));
  const wanted = key.map((_, part) => `$${part + 1}::text[]`).join(', ');
  // For a single column the server walks the index once with all keys: a seventh of the time of a join.
  const among = key.length === 1 ? `= any (${wanted})` : `in (select * from unnest(${wanted}))`;
  const text = `select * from ${table} where (${key.join(', ')}) ${among}`;
  const { rows } = await client.query<TableRow>(text, lists);
  return new Map(rows.map((row) => [key.map((column) => String(row[column])).join(' '), fromRow(row)]));
}

/** Which of these HSA-ids are in use, in any of these kinds. */
export async function findKnownIds(
  client: PoolClient,
  types: readonly EntityType[],
  hsaIds: readonly string[],
): Promise<string[]> {
  const selects = types.map((type) => `select hsa_id from ${STORAGE[type].table} where hsa_id = any($1)`);
  const { rows } = await client.query<{ hsa_id: string }>(selects.join(' union '), [hsaIds]);
  return rows.map((row) => row.hsa_id);
}

/** A new entity with the id it is to have, or one that is there with what it is to hold. */
export interface EntityWrite<T extends EntityType = EntityType> {
  readonly entity: DirectoryEntities[T];
  /** Used when the entity is new; the one that is there keeps its own. */
  readonly newId: string;
}

/** Writes new and changed entities in one statement. */
export async function saveEntities<T extends EntityType>(
  client: PoolClient,
  type: T,
  writes: readonly EntityWrite<T>[],
): Promise<void> {
  if (writes.length === 0) return;
  const { table, key, toRow } = STORAGE[type];
  const rows = writes.map(({ entity, newId }) => ({ id: newId, ...toRow(entity) }));
  const columns = Object.keys(rows[0]!);
  const updated = columns.filter((column) => column !== 'id' && !key.includes(column));
  const text = `insert into ${table} (${columns.join(', ')})
    select ${columns.join(', ')} from json_populate_recordset(null::${table}, $1::json)
    on conflict (${key.join(', ')}) do update set ${updated.map((column) => `${column} = excluded.${column}`).join(', ')}`;
  await client.query(text, [JSON.stringify(rows)]);
}

/** Takes out of use all that are in use and not among these keys. Nothing is deleted: plans may name them. */
export async function deactivateOthers(
  client: PoolClient,
  type: EntityType,
  keys: readonly string[],
): Promise<string[]> {
  const { table, key } = STORAGE[type];
  const lists = key.map((_, part) => keys.map((one) => keyParts(one)[part]));
  const wanted = key.map((_, part) => `$${part + 1}::text[]`).join(', ');
  const names = key.map((_, part) => `k${part}`);
  const same = key.map((column, part) => `t.${column} = w.k${part}`).join(' and ');
  const text = `update ${table} t set active = false where t.active
      and not exists (select from unnest(${wanted}) w(${names.join(', ')}) where ${same})
    returning ${key.map((column) => `t.${column}`).join(` || ' ' || `)} as key`;
  const { rows } = await client.query<{ key: string }>(text, lists);
  return rows.map((row) => row.key).sort();
}
