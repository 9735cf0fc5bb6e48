import type { Days } from '../../src/demo/days.ts';
import { acceptCommitment } from '../../src/plans/domain/commitment-commands.ts';
import type { Act, Change } from '../../src/plans/domain/contribution.ts';
import { createPlan } from '../../src/plans/domain/create-plan.ts';
import type { Plan, PlanContent } from '../../src/plans/domain/model.ts';
import { transitionContact } from '../../src/plans/domain/named-contact-commands.ts';
import { answerInvitation } from '../../src/plans/domain/participant-commands.ts';
import { unitOf } from '../../src/plans/domain/party.ts';
import { handAfter, NO_CONTENT, type PlanInHand } from '../../src/plans/domain/plan-in-hand.ts';
import { transitionPlan } from '../../src/plans/domain/plan-state.ts';
import { reportStep } from '../../src/plans/domain/report-commands.ts';
import { acceptStep } from '../../src/plans/domain/step-answer.ts';
import { type PatientId, randomIds } from '../../src/shared/ids.ts';
import type { UnitFacts } from '../../src/shared/unit-facts.ts';
import { type District, staffIdOf, unitsOf } from './district.ts';
import { planCommand } from './plan-command.ts';

/** What a member of a unit's staff does at a moment. */
export function actOf(unit: UnitFacts, now: string, newId: Act['newId'] = randomIds.thingId): Act {
  const by = { kind: 'staff', staff: staffIdOf(unit, 0), name: 'Prov Personal-0', unit: unit.hsaId } as const;
  const owner = { unit: unit.hsaId, provider: unit.provider.hsaId, principal: unit.principal.hsaId };
  const legalBasis = unit.provider.kind === 'care' ? 'HSL' : 'SoL';
  return { now, by, owner: { kind: 'staff', staff: by.staff, name: by.name, ...owner }, legalBasis, newId };
}

/** What one request changed, and the plan's content once it had. */
export interface Moment {
  readonly changes: readonly Change[];
  readonly content: PlanContent;
}

class Living {
  hand: PlanInHand;
  readonly life: Moment[] = [];

  constructor(hand: PlanInHand) {
    this.hand = hand;
  }

  does(changes: readonly Change[]): void {
    this.hand = handAfter(this.hand, changes);
    this.life.push({ changes, content: this.hand.content });
  }
}

/** The plan as its writer made it, in one request. */
export function newPlan(
  patientId: PatientId,
  district: District,
  days: Days,
  now: string,
  variant: number,
  newId: Act['newId'] = randomIds.thingId,
) {
  const units = new Map(unitsOf(district).map((unit) => [unit.hsaId, unit]));
  const command = planCommand(patientId, district, days, variant);
  const changes = createPlan(NO_CONTENT, units, command, actOf(district.units.ward, now, newId));
  return { units, changes };
}

/**
 * A plan that is lived by: made by the ward, joined by all units, each of which has said yes to its own steps and
 * promises; the contact named, three steps reported done, and the plan active. Made by the service's own rules alone.
 */
export function livedPlan(
  patientId: PatientId,
  district: District,
  days: Days,
  now: string,
  variant: number,
): readonly Moment[] {
  const { units, changes } = newPlan(patientId, district, days, now, variant);
  const plan = changes[0]!.after as Plan;
  const living = new Living(handAfter({ plan, content: NO_CONTENT, units }, changes));
  living.life.push({ changes, content: living.hand.content });
  for (const unit of units.values()) joins(living, unit, now);
  const centre = actOf(district.units.centre, now);
  const person = { staff: staffIdOf(district.units.centre, 0), name: 'Maj Provsson' };
  const [contact] = living.hand.content['named-contact'];
  living.does(transitionContact(living.hand, contact!, { to: 'designated', person }, centre));
  reports(living, now);
  living.does(transitionPlan(living.hand, { to: 'active' }, actOf(district.units.ward, now), { consents: [] }));
  return living.life;
}

function joins(living: Living, unit: UnitFacts, now: string): void {
  const act = actOf(unit, now);
  const own = unit.hsaId;
  for (const one of living.hand.content.participant) {
    if (unitOf(one.party) === own && one.state === 'invited')
      living.does(answerInvitation(living.hand, one, { to: 'accepted' }, act));
  }
  for (const step of living.hand.content.step) {
    if (unitOf(step.responsibleParty) === own && step.state === 'proposed')
      living.does(acceptStep(living.hand, step, {}, act));
  }
  for (const promise of living.hand.content.commitment) {
    if (unitOf(promise.by) === own && promise.state === 'proposed')
      living.does(acceptCommitment(living.hand, promise, {}, act));
  }
}

/** The ward has done its part, and the health centre one step of its own. */
function reports(living: Living, now: string): void {
  const done = living.hand.content.step.filter((_, i) => i < 3);
  for (const step of done) {
    const unit = living.hand.units.get(step.responsibleNow)!;
    const command = { outcome: 'done', clientKey: `seed-${step.order}`, approvedForPatient: true } as const;
    living.does(reportStep(living.hand, step, command, actOf(unit, now)));
  }
}
