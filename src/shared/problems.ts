import { defineProblem } from './problem.ts';

/** The one answer for what does not exist and for what the caller may not know exists. Give it no particulars. */
export const notFound = defineProblem({
  code: 'not-found',
  kind: 'not-found',
  title: { sv: 'Hittas inte', en: 'Not found' },
});

/** For one who may know of the thing, but not do this with it. */
export const forbidden = defineProblem({
  code: 'forbidden',
  kind: 'forbidden',
  title: { sv: 'Du saknar behörighet för detta', en: 'You are not allowed to do this' },
});

/** The thing has moved past the revision that the change was made from. */
export const stale = defineProblem({
  code: 'stale',
  kind: 'stale',
  title: {
    sv: 'Någon annan har ändrat detta sedan du hämtade det',
    en: 'Someone else has changed this since you fetched it',
  },
});

/** The same Idempotency-Key came with another body. */
export const idempotencyMismatch = defineProblem({
  code: 'idempotency-mismatch',
  kind: 'unprocessable',
  title: {
    sv: 'Samma Idempotency-Key har använts med ett annat innehåll',
    en: 'The same Idempotency-Key was used with another body',
  },
});

/** Over capacity just now. */
export const busy = defineProblem({
  code: 'busy',
  kind: 'busy',
  title: { sv: 'Tjänsten är tillfälligt överbelastad', en: 'The service is busy' },
});
