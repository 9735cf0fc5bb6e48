import { defineProblem } from '../shared/problem.ts';

/** The last day of a period lies before its first. */
export const periodOutOfOrder = defineProblem({
  code: 'period-out-of-order',
  kind: 'unprocessable',
  title: { sv: 'Periodens slut ligger före dess början', en: 'The period ends before it begins' },
});

/** What the criteria cover is more than one review can look through. */
export const reviewTooLarge = defineProblem({
  code: 'review-too-large',
  kind: 'unprocessable',
  title: {
    sv: 'Granskningen omfattar för mycket; välj en kortare period eller en enhet',
    en: 'The review covers too much; choose a shorter period or one unit',
  },
});

/** A finding that the review does not have. */
export const findingUnknown = defineProblem({
  code: 'finding-unknown',
  kind: 'unprocessable',
  title: { sv: 'Granskningen har inget sådant fynd', en: 'The review has no such finding' },
});

/** The person is on the provider's list already. */
export const alreadyWatched = defineProblem({
  code: 'already-watched',
  kind: 'conflict',
  title: { sv: 'Personen står redan på listan', en: 'The person is on the list already' },
});

/** The person was taken off the list before. */
export const watchEnded = defineProblem({
  code: 'watch-ended',
  kind: 'conflict',
  title: { sv: 'Personen är redan borttagen från listan', en: 'The person has been taken off the list already' },
});

/** The person to watch is nobody, or one whom the reviewer may not know of. */
export const watchedPersonUnknown = defineProblem({
  code: 'watched-person-unknown',
  kind: 'unprocessable',
  title: { sv: 'Personen finns inte', en: 'The person does not exist' },
});
