import type { Pool } from 'pg';
import { unitFactsSql } from '../../access/index.ts';
import { runForValues } from '../../db/for-values.ts';
import { type NamedQuery, runQuery } from '../../db/query.ts';
import type { Actor } from '../../shared/actor.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { Criteria, DirectoryEntry, Position, Searched } from '../domain/search.ts';
import { searchWords } from '../domain/search-words.ts';

export interface SearchRow {
  readonly sortKey: string;
  readonly hsaId: string;
  readonly entry: DirectoryEntry;
}

/** What the search found, and what the policy must know of who asked, from one statement. */
export interface DirectoryRead<Row> {
  readonly actorUnit?: UnitFacts;
  readonly rows: readonly Row[];
}

interface Search {
  /** The entry as JSON, `null` fields left out afterwards. */
  readonly entry: string;
  readonly from: string;
  /** The table that is searched, and its alias. */
  readonly table: string;
  readonly main: string;
  readonly active: string;
  readonly conditions: { readonly [C in keyof Criteria]?: (parameter: string) => string };
}

const PRINCIPAL = `json_build_object('hsaId', h.hsa_id, 'name', h.name, 'kind', h.kind)`;
const PROVIDER = `json_build_object('hsaId', p.hsa_id, 'name', p.name, 'kind', p.kind)`;

const SEARCHES: { readonly [S in Searched]: Search } = {
  principals: {
    entry: `'id', h.id, 'hsaId', h.hsa_id, 'name', h.name, 'kind', h.kind, 'areaCode', h.area_code, 'active', h.active`,
    from: 'principals h',
    table: 'principals',
    main: 'h',
    active: 'h.active',
    conditions: { kind: (value) => `h.kind = ${value}` },
  },
  providers: {
    entry: `'id', p.id, 'hsaId', p.hsa_id, 'name', p.name, 'kind', p.kind, 'organizationNumber', p.organization_number,
      'joinedFrom', p.joined_shared_documentation_from, 'joinedTo', p.joined_shared_documentation_to,
      'active', p.active and h.active, 'principal', ${PRINCIPAL}`,
    from: 'care_providers p join principals h on h.hsa_id = p.principal_hsa_id',
    table: 'care_providers',
    main: 'p',
    active: '(p.active and h.active)',
    conditions: {
      kind: (value) => `p.kind = ${value}`,
      principal: (value) => `p.principal_hsa_id = ${value}`,
    },
  },
  units: {
    entry: `'id', u.id, 'hsaId', u.hsa_id, 'name', u.name, 'area', u.area,
      'active', u.active and p.active and h.active, 'provider', ${PROVIDER}, 'principal', ${PRINCIPAL}`,
    from: `units u join care_providers p on p.hsa_id = u.provider_hsa_id join principals h on h.hsa_id = p.principal_hsa_id`,
    table: 'units',
    main: 'u',
    active: '(u.active and p.active and h.active)',
    conditions: {
      area: (value) => `u.area = ${value}`,
      provider: (value) => `u.provider_hsa_id = ${value}`,
      principal: (value) => `p.principal_hsa_id = ${value}`,
    },
  },
  // The name of someone with protected identity never leaves the table.
  staff: {
    entry: `'id', s.id, 'hsaId', s.hsa_id, 'title', s.title, 'active', s.active,
      'givenName', case when not s.protected_identity then s.given_name end,
      'familyName', case when not s.protected_identity then s.family_name end,
      'units', (select coalesce(json_agg(json_build_object('hsaId', u.hsa_id, 'name', u.name) order by u.sort_key), '[]')
        from units u where u.hsa_id = any (s.unit_hsa_ids))`,
    from: 'staff s',
    table: 'staff',
    main: 's',
    active: 's.active',
    conditions: {
      unit: (value) => `s.unit_hsa_ids @> array[${value}::text]`,
      provider: (value) =>
        `exists (select from units u where u.hsa_id = any (s.unit_hsa_ids) and u.provider_hsa_id = ${value})`,
    },
  },
};

/** Beginnings shorter than this are common to a great many names. */
const TELLING_LETTERS = 2;

/**
 * The condition that every word of the search begins some word of the name.
 *
 * The server takes all beginnings for common and would rather read names in order until a page is full: right for `v`,
 * which begins half of them, but for `thorax` it would read the whole table (60 to 200 ms at 100,000 units, against 4 by
 * the index of words). So a telling word is looked up first, on its own.
 */
function nameCondition({ main, table }: Search, name: string, parameter: (value: unknown) => string): string {
  const words = searchWords(name);
  // Words are letters and digits only, so quoting them is safe.
  const wanted = `${parameter(words.map((word) => `'${word}':*`).join(' & '))}::tsquery`;
  if (!words.some((word) => word.length >= TELLING_LETTERS))
    return `array_to_tsvector(${main}.search_words) @@ ${wanted}`;
  const found = `select n.hsa_id from ${table} n where array_to_tsvector(n.search_words) @@ ${wanted}`;
  return `${main}.hsa_id in (with found as materialized (${found}) select hsa_id from found)`;
}

/** Finds entries by name and the like, in order, from a position on. The acting unit comes in the same statement. */
export async function searchEntries(
  pool: Pool,
  actor: Actor,
  what: Searched,
  { name, active, ...equal }: Criteria,
  page: { readonly after?: Position; readonly limit: number },
): Promise<DirectoryRead<SearchRow>> {
  const search = SEARCHES[what];
  const { main, entry, from, conditions, active: isActive } = search;
  const values: unknown[] = [];
  // The acting unit is the first parameter of the statement.
  const parameter = (value: unknown) => `$${values.push(value) + 1}`;
  const where: string[] = [];
  if (name !== undefined) where.push(nameCondition(search, name, parameter));
  if (active !== undefined) where.push(active ? isActive : `not ${isActive}`);
  if (equal.hsaId !== undefined) where.push(`${main}.hsa_id = ${parameter(equal.hsaId)}`);
  for (const [criterion, condition] of Object.entries(conditions)) {
    const value = equal[criterion as keyof typeof equal];
    if (value !== undefined) where.push(condition(parameter(value)));
  }
  if (page.after) {
    const { sortKey, hsaId } = page.after;
    where.push(`(${main}.sort_key, ${main}.hsa_id) > (${parameter(sortKey)}, ${parameter(hsaId)})`);
  }
  // The page is chosen before anything is put together for it: half of all units may match.
  const key = `${main}.sort_key, ${main}.hsa_id`;
  const chosen = `select ${key} from ${from} ${where.length > 0 ? `where ${where.join(' and ')}` : ''}
    order by ${key} limit ${parameter(page.limit)}`;
  const rows = `with page as materialized (${chosen})
    select ${main}.sort_key as "sortKey", ${main}.hsa_id as "hsaId", json_strip_nulls(json_build_object(${entry})) as entry
    from ${from} where ${main}.hsa_id in (select hsa_id from page) order by ${key}`;
  // Whether words are looked up in their index, or names passed through in order, must be chosen for the words at hand
  // (`v` begins half of all names, `thorax` one). One entry by its id is always found alike.
  const isOne = where.length === 1 && equal.hsaId !== undefined;
  return readForActor(pool, actor, { ...(isOne && { name: `directory_one_of_${what}` }), text: rows, values });
}

/**
 * Runs a select of rows together with the look-up of the acting unit.
 *
 * @param select prepared under its name when it has one: its text must then never vary; planned for its values when not
 */
export async function readForActor<Row>(
  pool: Pool,
  actor: Actor,
  { text: rows, values, ...named }: Pick<NamedQuery, 'text' | 'values'> & Partial<NamedQuery>,
): Promise<DirectoryRead<Row>> {
  const text = `select (${unitFactsSql('$1')}) as "actorUnit", (select coalesce(json_agg(r), '[]'::json) from (${rows}) r) as rows`;
  const unit = actor.kind === 'staff' ? actor.unitHsaId : null;
  const statement = { text, values: [unit, ...values] };
  type Read = { actorUnit: UnitFacts | null; rows: Row[] };
  const { name } = named;
  const result = await (name === undefined
    ? runForValues<Read>(pool, statement)
    : runQuery<Read>(pool, { ...statement, name }));
  const { actorUnit, rows: found } = result.rows[0]!;
  return { ...(actorUnit && { actorUnit }), rows: found };
}
