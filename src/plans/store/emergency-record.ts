import type { Sealed } from '../../access/index.ts';
import type { ReadingPlace } from '../../db/query.ts';
import type { Actor } from '../../shared/actor.ts';
import { readSharingThings, type SharingThings, sharingThingsPart } from '../../sharing/index.ts';
import { readBeside } from './beside-directory.ts';
import { type ChangeRecord, changeFrom, type PlanTarget, planQuery, RULE_PARTS } from './record.ts';

/** A person's plans with the emergency accesses and the requests that they led to. */
export interface EmergencyRecord extends ChangeRecord {
  readonly things: {
    readonly 'emergency-access': readonly SharingThings['emergency-access'][];
    readonly 'block-lift-request': readonly SharingThings['block-lift-request'][];
  };
}

const KINDS = ['emergency-access', 'block-lift-request'] as const;
const query = planQuery('plans_emergency', 'person', [...RULE_PARTS, sharingThingsPart(KINDS)]);

/** Reads all of a person's plans, and who has opened them in an emergency, in a change's own transaction. */
export function loadForEmergency(
  place: ReadingPlace,
  actor: Actor,
  target: PlanTarget,
): Promise<Sealed<EmergencyRecord>> {
  return readBeside(place, {
    query,
    actor,
    target,
    make: (raw, of, beside) => ({ ...changeFrom(raw, of, beside), things: readSharingThings(raw, KINDS) }),
  });
}
