import { z } from 'zod';

const DEFAULT_LIMIT = 50;
const MOST_PER_PAGE = 200;
const WHOLE_NUMBER = /^\d{1,6}$/;

/** How many items a page may hold, in a query: 50 unless asked for, at most 200. */
export const limit = z
  .preprocess(
    (value) => (typeof value === 'string' && WHOLE_NUMBER.test(value) ? Number(value) : value),
    z.int().min(1).max(MOST_PER_PAGE),
  )
  .default(DEFAULT_LIMIT)
  .meta({ description: `Antal poster per sida, högst ${MOST_PER_PAGE}.`, examples: [DEFAULT_LIMIT] });

/** Where a page begins: `nextCursor` of the page before, as it was given. Read it with `Cursors.decode`. */
export const cursor = z
  .string()
  .max(1100)
  .optional()
  .meta({ description: 'Sidmarkör: `nextCursor` från föregående sida, oförändrad.' });

/** The query of every long list, to spread into `z.strictObject({ ...paging, … })`. */
export const paging = { limit, cursor };

/** One page of a long list. `nextCursor` is absent on the last. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.object({
    items: z.array(item).meta({ description: 'Posterna på den här sidan.' }),
    nextCursor: z.string().optional().meta({ description: 'Markör för nästa sida; saknas på den sista.' }),
  });
}
