import type { Actor, StaffActor } from '../../shared/actor.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import { isInside, unitOf } from './acting-unit.ts';
import { isRegistered } from './care-relation.ts';
import { type CitizenRole, standingOf } from './citizen-standing.ts';
import type { Facts } from './facts.ts';
import type { PlanFacts, UnitDuty } from './facts-plan.ts';
import { partOf } from './participation.ts';
import { isHidden } from './protection.ts';
import { readerOf } from './sees.ts';
import { emergencyOf } from './ways/emergency.ts';

/**
 * What someone is to a plan:
 * - `insider`: staff of a unit with a part in it, in an area inside shared documentation (lag 2022:913);
 * - `outsider`: staff of another unit with a part: own steps and promises, and the header's outline;
 * - `former`: staff whose unit's part is over: what it wrote itself and was handed;
 * - `reader`: staff of a unit without a part that may read it by an own relation to the patient, or in an emergency;
 * - `patient`, and `guardian`, `representative`, `proxy` in the patient's place; `relative` with own steps only;
 * - `system`: a machine of a provider that owns something in it, or whose units have a part or a duty in it.
 */
export type Relation = 'insider' | 'outsider' | 'former' | 'reader' | CitizenRole | 'system';

/** What the actor is to this plan, or undefined: then the plan does not exist for them. */
export function relationTo(plan: PlanFacts, actor: Actor, facts: Facts): Relation | undefined {
  const about = facts.plan === plan ? facts : { ...facts, plan };
  if (!about.patientKnown || isHidden(actor, about)) return undefined;
  switch (actor.kind) {
    case 'citizen': {
      const standing = standingOf(about);
      return 'as' in standing ? standing.as : undefined;
    }
    case 'system':
      return ownsOrHas(plan, actor.providerHsaId, about) ? 'system' : undefined;
    case 'staff': {
      const unit = unitOf(actor, about);
      return unit && relationOfStaff(actor, unit, plan, about);
    }
  }
}

function relationOfStaff(actor: StaffActor, unit: UnitFacts, plan: PlanFacts, facts: Facts): Relation | undefined {
  switch (partOf(unit.hsaId, plan).is) {
    case 'current':
      return isInside(unit) ? 'insider' : 'outsider';
    case 'over':
      return 'former';
    case 'none':
      return mayRead(actor, unit, plan, facts) ? 'reader' : undefined;
  }
}

/**
 * Whether staff without a part may know of the plan: by an own relation to the patient, or in an emergency, and only
 * when something in it is then theirs to read. A missing consent or a block over all of it leaves nothing to know.
 */
function mayRead(actor: StaffActor, unit: UnitFacts, plan: PlanFacts, facts: Facts): boolean {
  if (!isRegistered(unit, facts) && !emergencyOf({ actor, unit, facts })) return false;
  const read = readerOf(actor, facts);
  return plan.owners.some(
    ({ unit: ownerUnit, provider: ownerProvider, kind = '', writtenAt }) =>
      read({ kind, ownerUnit, ownerProvider, writtenAt, approvedForPatient: false, duties: [] }).shown !== 'nothing',
  );
}

function ownsOrHas(plan: PlanFacts, provider: string, facts: Facts): boolean {
  if (plan.owners.some((owner) => owner.provider === provider)) return true;
  const units = [...(facts.units?.values() ?? [])].filter((unit) => unit.provider.hsaId === provider);
  return units.some(({ hsaId }) => {
    const part = partOf(hsaId, plan);
    if (part.is !== 'over') return part.is === 'current';
    return plan.unitDuties?.some((duty) => duty.unit === hsaId && isLeft(duty, part.endedAt)) === true;
  });
}

/** What a unit has taken on stays with it when its part is over; what it was asked goes with that, until it is asked anew. */
function isLeft({ state, writtenAt }: UnitDuty, endedAt: string | undefined): boolean {
  return state === 'accepted' || (endedAt !== undefined && Date.parse(writtenAt) > Date.parse(endedAt));
}
