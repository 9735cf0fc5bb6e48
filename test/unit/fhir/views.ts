import { ownUrls } from '../../../src/fhir/mapping/systems.ts';
import type { FhirView, ReaderKind } from '../../../src/fhir/mapping/view.ts';
import type { PlanContext } from '../../../src/plans/domain/context.ts';
import { LEAD_KINDS, type PlanContent } from '../../../src/plans/domain/model.ts';
import { nextStepOfOverview, nextStepOfPlan } from '../../../src/plans/domain/next-step.ts';
import { shardsOf } from '../../../src/plans/view/present-keys.ts';
import type { ThingId } from '../../../src/shared/ids.ts';
import { UNITS } from '../plans/acting.ts';
import { contextAt } from '../plans/directory.ts';
import { id, PATIENT } from '../plans/plan-builder.ts';

export const BASE = 'https://plan.example/fhir';

/** A person's plans as one kind of reader sees them, all of it let through: each plan with what its resources are made of. */
export function viewsOf(
  content: PlanContent,
  reader: ReaderKind,
  now: string,
  more: Partial<PlanContext> = {},
): FhirView[] {
  const context = contextAt(now, {
    units: UNITS,
    relatives: new Map([[id(99), { name: 'Doris Dotter', relation: 'dotter' }]]),
    ...more,
  });
  const shards = new Map([...shardsOf(content), [id(99) as string, PATIENT] as const]);
  return content.plan.map((header) => {
    const own = Object.entries(content).map(([kind, things]) => [
      kind,
      things.filter((thing) => ('planId' in thing ? thing.planId : thing.id) === header.id),
    ]);
    const lead = LEAD_KINDS.includes(header.kind);
    const next = nextStepOfPlan(content, header.id, context);
    return {
      urls: ownUrls(BASE),
      reader,
      patientId: PATIENT,
      plan: { relation: 'insider', header, headerShown: 'whole', content: Object.fromEntries(own) as PlanContent },
      shards,
      context,
      relatives: new Set<ThingId>(reader === 'citizen' ? [] : [id(99)]),
      nextStep: next && lead ? nextStepOfOverview(content, context) : next,
    };
  });
}
