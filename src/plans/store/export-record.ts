import type { Pool } from 'pg';
import { Sealed } from '../../access/index.ts';
import { recordQuery } from '../../db/record-query.ts';
import type { Actor } from '../../shared/actor.ts';
import { readSharingThings, type SharingThings, sharingThingsPart } from '../../sharing/index.ts';
import { contentOptions, factParts, type PlanRecord, type PlanTarget, recordFrom } from './record.ts';

/** A person's plans with what has been asked to be taken out about the person. */
export interface ExportRecord extends PlanRecord {
  readonly requests: readonly SharingThings['export-request'][];
}

const exportRecord = recordQuery(
  'plans_export',
  [...factParts, sharingThingsPart(['export-request'])],
  contentOptions('person'),
);

/** Reads all of a person's plans and the requests to take them out, in one statement, sealed until the policy has decided. */
export async function loadForExport(pool: Pool, actor: Actor, target: PlanTarget): Promise<Sealed<ExportRecord>> {
  const raw = await exportRecord(pool, actor, target, [[]]);
  const requests = readSharingThings(raw, ['export-request'])['export-request'];
  return new Sealed({ ...recordFrom(raw, target), requests });
}
