import type { PlanContext } from '../../plans/domain/context.ts';
import type { Plan, PlanContent } from '../../plans/domain/model.ts';
import type { NextStep } from '../../plans/domain/next-step.ts';
import type { PatientId, ThingId } from '../../shared/ids.ts';
import type { SwedishDate } from '../../shared/owned.ts';
import type { OwnUrls } from './systems.ts';

/** One plan as one reader may see it; what the reader may not see is not in it, so no mapper has to judge. */
export interface PlanShown {
  readonly relation: string;
  readonly header: Plan;
  readonly headerShown: 'whole' | 'outline';
  readonly content: PlanContent;
}

/** Who reads: decides which channels are shown, and which references lead somewhere for this reader. */
export type ReaderKind = 'staff' | 'citizen' | 'system';

/** All that the resources of one plan are made of, at one moment for one reader. */
export interface FhirView {
  readonly urls: OwnUrls;
  readonly reader: ReaderKind;
  /** The key that the person goes by. */
  readonly patientId: PatientId;
  readonly plan: PlanShown;
  /** Whose shard each thing that this reader sees is in; a thing that is missing here is not referred to. */
  readonly shards: ReadonlyMap<string, PatientId>;
  readonly context: PlanContext;
  /** Related persons whom this reader may read. */
  readonly relatives: ReadonlySet<ThingId>;
  readonly nextStep?: NextStep;
  /** The days whose occurrences of series are listed; those around now unless a search says others. */
  readonly days?: { readonly from: SwedishDate; readonly to: SwedishDate };
}
