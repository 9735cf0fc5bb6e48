import type { Actor, SystemActor } from '../shared/actor.ts';
import type { ThingId } from '../shared/ids.ts';
import type { HsaId } from '../shared/owned.ts';
import { forbidden } from '../shared/problems.ts';
import type { UnitFacts } from '../shared/unit-facts.ts';
import type { Commitment, Contribution, Handover, Participant, Plan, Step } from './domain/model.ts';
import { unitOf } from './domain/party.ts';
import type { PlanRecord } from './store/record.ts';

/**
 * The unit that owns what is written: the writer's own; for the patient the planning lead's, which the words are sent
 * to; for a system the unit of its provider that has to do with the thing, else one that takes part.
 *
 * @param about the thing that is changed or added to
 * @param first the unit that has to do with it before all others, where the change says so
 * @throws forbidden when no unit of a system's provider has any part in the plan
 */
export function ownerUnit(record: PlanRecord, actor: Actor, plan: Plan, about: ThingId, first?: HsaId): UnitFacts {
  if (actor.kind === 'staff') return demandUnit(record, actor.unitHsaId);
  if (actor.kind === 'citizen') return demandUnit(record, plan.leadUnit);
  const near = [first, ...unitsOf(record, about), ...takingPart(record, plan)];
  return unitOfSystem(record, actor, near);
}

function demandUnit(record: PlanRecord, hsaId: string): UnitFacts {
  const unit = record.units.get(hsaId);
  if (!unit) throw forbidden();
  return unit;
}

function unitOfSystem(record: PlanRecord, actor: SystemActor, near: readonly (HsaId | undefined)[]): UnitFacts {
  for (const hsaId of near) {
    const unit = record.units.get(hsaId ?? '');
    if (unit?.provider.hsaId === actor.providerHsaId) return unit;
  }
  throw forbidden();
}

/** Where the kinds of things say whose they are. */
type HasUnits = Pick<Step, 'responsibleNow' | 'responsibleParty' | 'recordedBy'> &
  Pick<Commitment, 'by'> &
  Pick<Handover, 'fromUnit'>;

/** Units that have to do with a thing: who must act on it, who is asked or promises, who wrote it. */
function unitsOf({ content }: PlanRecord, id: ThingId): readonly (string | undefined)[] {
  const all = Object.values(content) as readonly (readonly Contribution[])[];
  const thing = all.flat().find((one) => one.id === id) as Partial<HasUnits> | undefined;
  if (!thing) return [];
  const { responsibleNow, responsibleParty, by, fromUnit, recordedBy } = thing;
  const parties = [responsibleParty, by].map((party) => party && unitOf(party));
  return [responsibleNow, ...parties, fromUnit, recordedBy?.unit];
}

const ORDER: readonly Participant['state'][] = ['accepted', 'invited', 'left', 'declined'];

/** The participating units, those that have said yes first, in the order in which they were invited. */
function takingPart({ content }: PlanRecord, plan: Plan): readonly (string | undefined)[] {
  const key = ({ state, invitedAt, id }: Participant) => `${ORDER.indexOf(state)} ${invitedAt} ${id}`;
  return content.participant
    .filter((one) => one.planId === plan.id && !one.enteredInError)
    .toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
    .map(({ party }) => unitOf(party));
}
