import { about, type CanonicalBase } from './about.ts';

/** Search parameters that R4 lacks. */
export function searchParameters(canon: CanonicalBase): fhir4.SearchParameter[] {
  const { title: _none, ...said } = about('SearchParameter', canon, {
    id: 'CarePlan-plan-state',
    title: 'Planens läge',
    description: 'Planens eget läge, finare än status: föreslagen (proposed) och avböjd (declined) har ord för sig.',
  });
  return [
    {
      ...said,
      name: 'PlanState',
      code: 'plan-state',
      base: ['CarePlan'],
      type: 'token',
      expression: `CarePlan.extension('${canon.base}/StructureDefinition/plan-state').value | CarePlan.status`,
      xpathUsage: 'normal',
      xpath: `f:CarePlan/f:extension[@url='${canon.base}/StructureDefinition/plan-state']/f:valueCode`,
    },
  ];
}
