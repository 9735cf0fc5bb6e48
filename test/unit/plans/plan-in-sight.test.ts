import { describe, expect, test } from 'vitest';
import { CITIZEN, FACTS, NOW, staffAt, systemOf, UNITS } from '../../../src/access/policy/table/world.ts';
import type { Contribution, PlanContent } from '../../../src/plans/domain/model.ts';
import type { PlanRecord } from '../../../src/plans/store/record.ts';
import { KINDS } from '../../../src/plans/store/tables.ts';
import { planInSight } from '../../../src/plans/view/plan-in-sight.ts';
import { visiblePlan } from '../../../src/plans/view/visible.ts';
import type { UnitFacts } from '../../../src/shared/unit-facts.ts';
import * as build from './plan-builder.ts';

const PLAN = build.id(build.PLAN);
const OTHER_PLAN = build.id(2);

/** Who wrote it, and whether the patient may see it, differ from thing to thing. */
function by<T extends Contribution>(unit: UnitFacts, thing: T, approvedForPatient = true): T {
  const recordedBy = {
    kind: 'staff',
    unit: unit.hsaId,
    provider: unit.provider.hsaId,
    principal: unit.principal.hsaId,
  };
  return { ...thing, recordedBy, approvedForPatient } as T;
}

function contentLedBy(lead: UnitFacts, isHeaderApproved: boolean): PlanContent {
  const header = build.plan(build.PLAN, { leadUnit: lead.hsaId, createdByUnit: lead.hsaId });
  const { healthCentre, nursing, homeCare, ward } = UNITS;
  const step = build.step(4, { responsibleNow: homeCare.hsaId, clinicalText: 'Vikt och blodtryck' });
  const part = { kind: 'step', id: step.id, revision: 1, party: { kind: 'municipality-health', unit: nursing.hsaId } };
  const version = build.agreementVersion(8);
  return build.contentOf({
    plan: [by(lead, header, isHeaderApproved), by(ward, build.plan(2, { leadUnit: ward.hsaId }))],
    step: [
      by(healthCentre, build.step(3)),
      by(nursing, step, false),
      by(ward, { ...build.step(5), planId: OTHER_PLAN }),
    ],
    report: [by(homeCare, build.report(6, 4, { note: 'Allt väl' }))],
    goal: [by(nursing, build.goal(7), false)],
    'agreement-version': [
      by(healthCentre, { ...version, parts: [{ ...version.parts[0], ...part }] } as typeof version),
    ],
    commitment: [by(homeCare, build.commitment(9))],
  });
}

const PROTECTED = new Set([`${UNITS.nursing.hsaId}-P`]);
const LAWS: readonly Partial<PlanRecord['law']>[] = [
  {},
  { consents: [], information: [] },
  { sealings: [{ provider: UNITS.nursing.provider.hsaId, from: '2026-10-01T00:00:00.000Z' }] as never },
  { patient: { protection: { grade: 'protected-registration', list: [] } } as never },
  { protectedStaff: PROTECTED },
];

function recordOf(content: PlanContent, law: Partial<PlanRecord['law']>, isSelf: boolean): PlanRecord {
  const { units, plan: _plan, isSelf: _self, patientKnown, ...facts } = FACTS;
  return {
    patientId: build.PATIENT,
    keys: [build.PATIENT],
    ...(isSelf ? { self: build.PATIENT } : {}),
    patientKnown,
    law: { ...facts, ...law },
    handed: [],
    protectedWhile: [],
    now: NOW,
    units: units!,
    content,
  };
}

const READERS = [...Object.values(UNITS).flatMap((unit) => [staffAt(unit), systemOf(unit)]), CITIZEN];
const ALL = [UNITS.healthCentre, UNITS.stranger].flatMap((lead) => [
  contentLedBy(lead, true),
  contentLedBy(lead, false),
]);

describe('a plan asked about thing by thing', () => {
  test.each(
    READERS.map((reader) => [reader.kind, 'unitHsaId' in reader ? reader.unitHsaId : '', reader] as const),
  )('shows %s %s what the whole plan shows, whatever law holds', (_kind, _unit, reader) => {
    for (const content of ALL) {
      for (const [law, isSelf] of LAWS.flatMap((one) => [[one, true] as const, [one, false] as const])) {
        const record = recordOf(content, law, isSelf);
        const whole = visiblePlan(record, reader, PLAN);
        const plan = planInSight(record, reader, PLAN);
        expect(plan?.relation).toBe(whole?.relation);
        expect(plan?.whole()).toEqual(whole);
        for (const kind of KINDS) {
          for (const { id } of content[kind]) {
            const shown = (whole?.content[kind] as readonly Contribution[] | undefined)?.find((one) => one.id === id);
            expect(plan?.thing(kind, id)).toEqual(shown);
          }
        }
      }
    }
  });

  test('is not there for whom the plan is not there', () => {
    const record = recordOf(ALL[0]!, {}, false);
    expect(planInSight(record, staffAt(UNITS.stranger), PLAN)).toBeUndefined();
    expect(planInSight(record, staffAt(UNITS.healthCentre), build.id(99))).toBeUndefined();
    expect(planInSight(record, staffAt(UNITS.healthCentre), PLAN)?.thing('step', build.id(5))).toBeUndefined();
    expect(planInSight(record, staffAt(UNITS.healthCentre), PLAN)?.thing('step', build.id(3))).toBeDefined();
  });
});
