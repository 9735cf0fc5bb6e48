import { defineProblem } from './problem.ts';

/** What a missing thing and one that the actor may not know of answer alike. */
export const notFound = defineProblem({
  code: 'not-found',
  kind: 'not-found',
  title: { sv: 'Det du söker finns inte', en: 'What you asked for does not exist' },
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
  code: 'idempotency-key-reused',
  kind: 'unprocessable',
  title: {
    sv: 'Samma Idempotency-Key har använts med ett annat innehåll',
    en: 'The same Idempotency-Key was used with another body',
  },
});

/** Well-formed, but could never succeed. */
export const unprocessable = defineProblem({
  code: 'unprocessable',
  kind: 'unprocessable',
  title: { sv: 'Uppgifterna går inte ihop', en: 'The content cannot be processed' },
});

/** Over capacity just now. */
export const busy = defineProblem({
  code: 'busy',
  kind: 'busy',
  title: { sv: 'Tjänsten är tillfälligt överbelastad', en: 'The service is busy' },
});
