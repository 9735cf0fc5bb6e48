import { describe, expect, it } from 'vitest';
import { patientFrom } from '../../../src/fhir/mapping/patient.ts';
import { allResources, PLAN_RESOURCE_TYPES } from '../../../src/fhir/mapping/plan-resources.ts';
import { PLAN_KINDS, PLAN_STATUSES, type PlanContent } from '../../../src/plans/domain/model.ts';
import { contentOf, goal, plan, tst } from '../plans/plan-builder.ts';
import { definitionFaults } from './definition-checks.ts';
import { invariantFaults } from './invariants.ts';
import { maximalPlan } from './maximal-plan.ts';
import { faultsOf } from './own-checks.ts';
import { lantanaFaults, medplumFaults } from './validators.ts';
import { viewsOf } from './views.ts';

const AT = '2026-11-21T10:00:00.000Z';
const READERS = ['staff', 'citizen', 'system'] as const;

/** Everyone whom the directory protects: no name of theirs may leave. */
const PROTECTED_STAFF = {
  staff: new Map([[tst('P1'), { hsaId: tst('P1'), protectedIdentity: true, active: true, units: [tst('0201')] }]]),
} as never;

function faultsIn(content: PlanContent, reader: (typeof READERS)[number]): string[] {
  return viewsOf(content, reader, AT, PROTECTED_STAFF)
    .flatMap(allResources)
    .flatMap((one) => judged(JSON.parse(JSON.stringify(one))));
}

function judged(sent: fhir4.FhirResource): string[] {
  const faults = [
    ...faultsOf(sent),
    ...definitionFaults(sent),
    ...invariantFaults(sent),
    ...medplumFaults(sent),
    ...lantanaFaults(sent),
  ];
  return faults.map((fault) => `${sent.resourceType}/${sent.id}: ${fault}`);
}

describe('a plan of every kind and state', () => {
  const empty = PLAN_KINDS.flatMap((kind) =>
    PLAN_STATUSES.map((status) => contentOf({ plan: [plan(1, { kind, status })] })),
  );

  it.each(READERS)('with nothing in it is told to %s without fault', (reader) => {
    expect(empty.flatMap((content) => faultsIn(content, reader))).toEqual([]);
  });

  it.each(READERS)('with something of everything, in the hardest words, is told to %s without fault', (reader) => {
    const content = maximalPlan({ kind: 'SIP', status: 'active' });
    const types = viewsOf(content, reader, AT)
      .flatMap(allResources)
      .map(({ resourceType }) => resourceType as string);
    expect(new Set(types)).toEqual(new Set(PLAN_RESOURCE_TYPES));
    expect(faultsIn(content, reader)).toEqual([]);
  }, 60_000);

  it('never tells the name of staff with protected identity', () => {
    const told = JSON.stringify(viewsOf(maximalPlan(), 'staff', AT, PROTECTED_STAFF).flatMap(allResources));
    expect(told).not.toContain('Skyddad Person');
    expect(JSON.stringify(viewsOf(maximalPlan(), 'staff', AT).flatMap(allResources))).toContain('Skyddad Person');
  });
});

describe('a person', () => {
  const person = {
    ...goal(1),
    numbers: [{ kind: 'personnummer', digits: '192612049029' }],
    givenName: 'Ester Maria',
    familyName: 'Exempelsson',
    language: 'sv',
    contactNeeds: {},
  } as never;
  const grades = [undefined, 'confidentiality-mark', 'protected-registration', 'lifted'] as const;

  it.each(
    grades.flatMap((grade) => READERS.map((reader) => [grade, reader] as const)),
  )('with %s is told to %s without fault', (protectedIdentity, reader) => {
    const gp = { staff: tst('P2'), name: 'Maj Modell', readable: reader !== 'citizen' };
    const told = patientFrom({ ...(person as object), protectedIdentity } as never, reader, gp);
    const sent = JSON.parse(JSON.stringify(told)) as fhir4.Patient;
    expect(judged(sent)).toEqual([]);
    const isProtected = protectedIdentity !== undefined && protectedIdentity !== 'lifted';
    expect(JSON.stringify(sent).includes('Exempelsson')).toBe(!isProtected);
    expect(sent.meta?.security !== undefined).toBe(isProtected);
  });
});
