import { type Asking, type Desk, momentOf, readingAs } from '../access/index.ts';
import type { PatientId } from '../shared/ids.ts';
import type { Overview } from './domain/overview.ts';
import type { Language } from './domain/when-words.ts';
import { loadForOverview } from './store/record.ts';
import { tellOverview } from './tell-person.ts';
import { factsOf } from './view/facts.ts';
import { shardsOf } from './view/present-keys.ts';

export interface ReadOverview {
  readonly overview: Overview;
  /** The key that the person goes by. */
  readonly patientId: PatientId;
  /** Whose shard each thing is in, to make its id public. */
  readonly shards: ReadonlyMap<string, PatientId>;
}

/**
 * The one overview that a patient meets, for the patient: next step, who does what, whom to reach now. Only what is
 * approved for the patient; what it is made of leaves an entry in the log like any other read.
 *
 * @param patientId the person, or undefined for the asking citizen's own
 * @param form makes what is sent of it, while the log entry has yet to be written
 * @throws notFound for anybody else
 */
export function readOverview<F>(
  desk: Desk,
  asking: Asking,
  patientId: PatientId | undefined,
  language: Language,
  form: (read: ReadOverview) => F,
): Promise<F> {
  return readingAs(desk, asking, form, {
    action: 'overview.read',
    load: () => loadForOverview(desk.pool, asking.actor, { patientId, ...momentOf(desk) }),
    facts: (record) => factsOf(record, asking.actor),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const { overview, content, resources } = tellOverview(record, asking.actor, desk.clock.now(), language);
      const patientId = record.patient?.patientId ?? record.patientId;
      return { answer: { overview, patientId, shards: shardsOf(content) }, resources };
    },
  });
}
