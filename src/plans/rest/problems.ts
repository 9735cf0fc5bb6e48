import { defineProblem } from '../../shared/problem.ts';

export const notOfThisPlan = defineProblem({
  code: 'not-of-this-plan',
  kind: 'unprocessable',
  title: { sv: 'Något som pekas ut hör inte till planen', en: 'Something named is not part of the plan' },
});
