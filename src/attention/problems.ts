import { defineProblem } from '../shared/problem.ts';

export const findingNotYours = defineProblem({
  code: 'finding-not-yours',
  kind: 'forbidden',
  title: {
    sv: 'En annan enhet har hand om det som fallit mellan stolarna',
    en: 'Another unit sees to what has fallen between chairs',
  },
});
export const findingClosed = defineProblem({
  code: 'finding-closed',
  kind: 'conflict',
  title: {
    sv: 'Det är redan förklarat eller löst',
    en: 'It has been explained or resolved already',
  },
});
