import { defineProblem } from '../shared/problem.ts';

export const nothingToPrint = defineProblem({
  kind: 'unprocessable',
  code: 'nothing-to-print',
  title: { sv: 'Det finns ingen plan att skriva ut', en: 'There is no plan to print' },
});
export const sheetStale = defineProblem({
  kind: 'conflict',
  code: 'sheet-stale',
  title: {
    sv: 'Bladet stämmer inte längre; skriv ut ett nytt',
    en: 'The sheet is no longer true; print a new one',
  },
});
export const sheetTimeNotPossible = defineProblem({
  kind: 'unprocessable',
  code: 'sheet-time-not-possible',
  title: {
    sv: 'Tiden ska vara från det att bladet skrevs ut till och med nu',
    en: 'The time must be from when the sheet was printed until now',
  },
});
export const receiverUnknown = defineProblem({
  kind: 'unprocessable',
  code: 'sheet-receiver-unknown',
  title: { sv: 'Den närstående finns inte registrerad', en: 'The relative is not registered' },
});
