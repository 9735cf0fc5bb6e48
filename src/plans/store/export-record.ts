import type { Pool } from 'pg';
import type { Sealed } from '../../access/index.ts';
import type { Actor } from '../../shared/actor.ts';
import { readSharingThings, type SharingThings, sharingThingsPart } from '../../sharing/index.ts';
import { readBeside } from './beside-directory.ts';
import { type PlanRecord, type PlanTarget, planQuery, recordFrom } from './record.ts';

/** A person's plans with what has been asked to be taken out about the person. */
export interface ExportRecord extends PlanRecord {
  readonly requests: readonly SharingThings['export-request'][];
}

const query = planQuery('plans_export', 'person', [sharingThingsPart(['export-request'])]);

/** Reads all of a person's plans and the requests to take them out, in one statement, sealed until the policy has decided. */
export function loadForExport(pool: Pool, actor: Actor, target: PlanTarget): Promise<Sealed<ExportRecord>> {
  return readBeside(
    { pool },
    {
      query,
      actor,
      target,
      make: (raw, of, beside) => ({
        ...recordFrom(raw, of, beside),
        requests: readSharingThings(raw, ['export-request'])['export-request'],
      }),
    },
  );
}
