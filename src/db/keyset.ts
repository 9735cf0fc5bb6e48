const LEAST = '00000000-0000-0000-0000-000000000000';
const GREATEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * SQL for a parameter, or what stands for it when it is null. Not `coalesce`: under row-level security the server takes that
 * for something that could tell what it sees (`contain_leaked_vars`), and enters no index by it.
 */
export const given = (parameter: number, type: 'timestamptz' | 'uuid', otherwise: string): string =>
  `case when $${parameter}::${type} is null then '${otherwise}'::${type} else $${parameter}::${type} end`;

/** The same of a key, where null is before every key or behind them all. */
export const keyGiven = (parameter: number, order: 'asc' | 'desc' = 'asc'): string =>
  given(parameter, 'uuid', order === 'asc' ? LEAST : GREATEST);

/**
 * SQL for what stands behind the place where a page begins, in a list in the order of an instant and one or two keys; the
 * place is null for the first page. Said without `or`: statements are planned once for all values, and an index is entered at
 * the place only by a comparison that holds for every page.
 *
 * @param columns the instant and the keys, none of which is ever null
 * @param first number of the place's first parameter, the others follow it
 */
export function behind([instant, ...keys]: readonly string[], first: number, order: 'asc' | 'desc' = 'asc'): string {
  const place = [
    given(first, 'timestamptz', order === 'asc' ? '-infinity' : 'infinity'),
    ...keys.map((_, i) => keyGiven(first + 1 + i, order)),
  ];
  return `(${[instant, ...keys].join(', ')}) ${order === 'asc' ? '>' : '<'} (${place.join(', ')})`;
}
