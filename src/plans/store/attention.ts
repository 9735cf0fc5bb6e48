import type { Sealed } from '../../access/index.ts';
import { type Consent, consentParts, readConsents } from '../../consents/index.ts';
import type { ReadingPlace } from '../../db/query.ts';
import type { RawRecord, RecordPart } from '../../db/record-query.ts';
import type { ListedStaff } from '../../directory/index.ts';
import type { SystemActor } from '../../shared/actor.ts';
import { reachableIn, readBeside } from './beside-directory.ts';
import { type PlanRecord, type PlanTarget, planQuery, recordFrom } from './record.ts';

/** One person's plans with all that tells whether something has fallen between chairs. */
export interface AttentionRecord extends PlanRecord {
  readonly consents: readonly Consent[];
  readonly staff: ReadonlyMap<string, ListedStaff>;
  /** What the caller's own parts gave. */
  readonly raw: RawRecord;
}

/** The service itself, bound to one person: it reads for its own rules, and shows nobody what it reads. */
const SERVICE: SystemActor = { kind: 'system', issuer: '', clientId: '', providerHsaId: '' };

/**
 * Makes the reading of one person's plans for rules that run by themselves.
 *
 * @param more what the caller keeps of its own about the person, read from the same snapshot
 */
export function loadForAttention(name: string, more: readonly RecordPart[]) {
  const query = planQuery(name, 'person', [...consentParts, ...more]);
  return (place: ReadingPlace, target: PlanTarget): Promise<Sealed<AttentionRecord>> =>
    readBeside(place, {
      query,
      actor: SERVICE,
      target,
      make: (raw, of, beside) => ({
        ...recordFrom(raw, of, beside),
        consents: readConsents(raw),
        staff: reachableIn(beside.directory).staff,
        raw,
      }),
    });
}
