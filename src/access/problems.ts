import { defineProblem } from '../shared/problem.ts';

/** A unit cannot write under a law that it does not work under. */
export const legalBasisNotYours = defineProblem({
  code: 'legal-basis-not-yours',
  kind: 'unprocessable',
  title: {
    sv: 'Enheten arbetar inte enligt den lag som anges',
    en: 'The unit does not work under the law that is stated',
  },
});
