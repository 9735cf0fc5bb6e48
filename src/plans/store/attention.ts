import type { ClientBase, Pool } from 'pg';
import { Sealed } from '../../access/index.ts';
import { type Consent, consentParts, readConsents } from '../../consents/index.ts';
import { type RawRecord, type RecordPart, recordQuery } from '../../db/record-query.ts';
import { type ListedStaff, staffPart } from '../../directory/index.ts';
import type { SystemActor } from '../../shared/actor.ts';
import { contentOptions, factParts, type PlanRecord, type PlanTarget, recordFrom } from './record.ts';

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
  const parts = [...factParts, ...consentParts, staffPart('select hsa_id from named'), ...more];
  const query = recordQuery(name, parts, contentOptions('person'));
  return async (db: Pool | ClientBase, target: PlanTarget): Promise<Sealed<AttentionRecord>> => {
    const raw = await query(db as Pool, SERVICE, target, [[]]);
    return new Sealed({
      ...recordFrom(raw, target),
      consents: readConsents(raw),
      staff: new Map((raw.staff as ListedStaff[]).map((one) => [one.hsaId, one])),
      raw,
    });
  };
}
