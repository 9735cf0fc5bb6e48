import { z } from 'zod';

/**
 * Request headers that routes document. They are loose objects, since zod's output takes the place of all headers, and
 * they check nothing: `requireIfMatch` and `readIdempotencyKeys` do, each with its own code.
 */

const ifMatch = z
  .string()
  .optional()
  .meta({ description: 'Revisionen som ändringen bygger på, inom citattecken.', examples: ['"3"'] });

const idempotencyKey = z
  .string()
  .optional()
  .meta({
    description:
      'Valfri nyckel (1–200 ASCII-tecken). Samma begäran med samma nyckel utförs en enda gång under 72 timmar.',
    examples: ['5b0c9a1e-5a53-4a6e-9d0a-0a4c1f6f2f10'],
  });

/** For a change of a thing: `If-Match` is required, `Idempotency-Key` may be sent. */
export const changeHeaders = z.looseObject({ 'if-match': ifMatch, 'idempotency-key': idempotencyKey });

/** For what creates or reports: `Idempotency-Key` may be sent. */
export const createHeaders = z.looseObject({ 'idempotency-key': idempotencyKey });

/** For a read that can be answered 304. */
export const readHeaders = z.looseObject({
  'if-none-match': z
    .string()
    .optional()
    .meta({
      description: 'Märket från ett tidigare svar; samma svar ger 304.',
      examples: ['W/"kq3v9Zt0m1Xy2Ab4Cd5EfA"'],
    }),
});
