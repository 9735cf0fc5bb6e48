import type { PoolClient } from 'pg';
import { Sealed } from '../../access/index.ts';
import { recordQuery } from '../../db/record-query.ts';
import type { Actor } from '../../shared/actor.ts';
import { readSharingThings, type SharingThings, sharingThingsPart } from '../../sharing/index.ts';
import { type ChangeRecord, changeFrom, changeParts, contentOptions, type PlanTarget } from './record.ts';

/** A person's plans with the emergency accesses and the requests that they led to. */
export interface EmergencyRecord extends ChangeRecord {
  readonly things: {
    readonly 'emergency-access': readonly SharingThings['emergency-access'][];
    readonly 'block-lift-request': readonly SharingThings['block-lift-request'][];
  };
}

const emergencyRecord = recordQuery(
  'plans_emergency',
  [...changeParts, sharingThingsPart(['emergency-access', 'block-lift-request'])],
  contentOptions('person'),
);

/** Reads all of a person's plans, and who has opened them in an emergency, in a change's own transaction. */
export async function loadForEmergency(
  client: PoolClient,
  actor: Actor,
  target: PlanTarget,
): Promise<Sealed<EmergencyRecord>> {
  const raw = await emergencyRecord(client, actor, target, [[]]);
  const things = readSharingThings(raw, ['emergency-access', 'block-lift-request']);
  return new Sealed({ ...changeFrom(raw, target), things });
}
