import { type Asking, type Desk, momentOf, reading } from '../access/index.ts';
import type { PatientId } from '../shared/ids.ts';
import type { PlanContent } from './domain/model.ts';
import { type Overview, overviewOf } from './domain/overview.ts';
import type { Language } from './domain/when-words.ts';
import { loadForOverview } from './store/record.ts';
import { contextOf } from './view/context.ts';
import { countingReports } from './view/counting-reports.ts';
import { factsOf } from './view/facts.ts';
import { shardsOf } from './view/present-keys.ts';
import { mergedContent, resourcesIn, visiblePlans } from './view/visible.ts';

export interface ReadOverview {
  readonly overview: Overview;
  /** Whose shard each thing is in, to make its id public. */
  readonly shards: ReadonlyMap<string, PatientId>;
}

/**
 * The one overview that a patient meets, for the patient: next step, who does what, whom to reach now. Only what is
 * approved for the patient; what it is made of leaves an entry in the log like any other read.
 *
 * @param patientId the person, or undefined for the asking citizen's own
 * @throws notFound for anybody else
 */
export function readOverview(
  desk: Desk,
  asking: Asking,
  patientId: PatientId | undefined,
  language: Language,
): Promise<ReadOverview> {
  return reading(desk, asking, {
    action: 'overview.read',
    load: () => loadForOverview(desk.pool, asking.actor, { patientId, ...momentOf(desk) }),
    facts: (record) => factsOf(record, asking.actor),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const content = mergedContent(visiblePlans(record, asking.actor));
      const told: PlanContent = { ...content, report: countingReports(record, content) };
      const overview = overviewOf(told, contextOf(record, desk.clock.now(), language));
      return { answer: { overview, shards: shardsOf(told) }, resources: resourcesIn(content) };
    },
  });
}
