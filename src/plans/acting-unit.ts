import type { Actor, SystemActor } from '../shared/actor.ts';
import type { ThingId } from '../shared/ids.ts';
import { forbidden } from '../shared/problems.ts';
import type { UnitFacts } from '../shared/unit-facts.ts';
import type { Commitment, Contribution, Participant, Plan, Step } from './domain/model.ts';
import { unitOf } from './domain/party.ts';
import type { PlanRecord } from './store/record.ts';

/**
 * The unit that owns what is written: the writer's own; for the patient the planning lead's, which the words are sent
 * to; for a system the unit of its provider that has to do with the thing, else one that takes part.
 *
 * @param about the thing that is changed or added to
 * @throws forbidden when no unit of a system's provider has any part in the plan
 */
export function ownerUnit(record: PlanRecord, actor: Actor, plan: Plan, about: ThingId): UnitFacts {
  if (actor.kind === 'staff') return demandUnit(record, actor.unitHsaId);
  if (actor.kind === 'citizen') return demandUnit(record, plan.leadUnit);
  return unitOfSystem(record, actor, plan, about);
}

function demandUnit(record: PlanRecord, hsaId: string): UnitFacts {
  const unit = record.units.get(hsaId);
  if (!unit) throw forbidden();
  return unit;
}

function unitOfSystem(record: PlanRecord, actor: SystemActor, plan: Plan, about: ThingId): UnitFacts {
  for (const hsaId of [...unitsOf(record, about), ...takingPart(record, plan)]) {
    const unit = record.units.get(hsaId ?? '');
    if (unit?.provider.hsaId === actor.providerHsaId) return unit;
  }
  throw forbidden();
}

/** Units that have to do with a thing: who must act on it, who is asked or promises, who wrote it. */
function unitsOf({ content }: PlanRecord, id: ThingId): readonly (string | undefined)[] {
  const all = Object.values(content) as readonly (readonly Contribution[])[];
  const thing = all.flat().find((one) => one.id === id) as Partial<Step & Commitment> | undefined;
  if (!thing) return [];
  const { responsibleNow, responsibleParty, by, recordedBy } = thing;
  return [responsibleNow, responsibleParty && unitOf(responsibleParty), by && unitOf(by), recordedBy?.unit];
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
