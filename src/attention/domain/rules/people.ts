import type { NamedContact } from '../../../plans/domain/model.ts';
import { WORK_STATES } from '../../../plans/domain/step-state.ts';
import { endOf, startOf } from '../../../plans/domain/when.ts';
import type { Candidate } from '../finding.ts';
import { inPlan, isAtWork, type Look, planOwner, type Rule } from '../look.ts';

/** A step whose unit is no more: the plan's lead sees to it. */
export const responsibleUnitInactive: Rule = (look, plan) =>
  inPlan(look.content.step, plan)
    .filter((step) => WORK_STATES.includes(step.state) && !isAtWork(step.responsibleNow, look))
    .map((step) => ({
      rule: 'responsible-unit-inactive',
      planId: plan.id,
      subjectKind: 'step',
      subjectId: step.id,
      from: look.now,
      ownerUnit: planOwner(plan, look),
    }));

/** A named contact, or whoever is to do a step, who has left or is away, with nobody in the place. */
export const responsiblePersonInactive: Rule = (look, plan) => {
  const contacts = inPlan(look.content['named-contact'], plan).filter(({ state }) => state === 'designated');
  const steps = inPlan(look.content.step, plan).filter(({ state, deputy }) => WORK_STATES.includes(state) && !deputy);
  return [
    ...contacts.flatMap((contact): Candidate[] => {
      const from = goneFrom(contact, look);
      if (from === undefined) return [];
      const ownerUnit = contact.unit && isAtWork(contact.unit, look) ? contact.unit : planOwner(plan, look);
      return [
        {
          rule: 'responsible-person-inactive',
          planId: plan.id,
          subjectKind: 'named-contact',
          subjectId: contact.id,
          from,
          ownerUnit,
        },
      ];
    }),
    ...steps
      .filter(({ performer }) => hasLeft(performer?.staff, look))
      .map(
        (step): Candidate => ({
          rule: 'responsible-person-inactive',
          planId: plan.id,
          subjectKind: 'step',
          subjectId: step.id,
          from: look.now,
          ownerUnit: step.responsibleNow,
        }),
      ),
  ];
};

function hasLeft(staff: string | undefined, { staff: known }: Look): boolean {
  return staff !== undefined && known.get(staff)?.active === false;
}

/** From when nobody stands for the contact: now for who has left, the first day of an absence that is not over. */
function goneFrom(contact: NamedContact, look: Look): number | undefined {
  if (contact.deputy && !hasLeft(contact.deputy.staff, look)) return undefined;
  if (hasLeft(contact.person?.staff, look)) return look.now;
  const absences = contact.away.filter(({ to }) => endOf(to) > look.now).map(({ from }) => startOf(from));
  return absences.length === 0 ? undefined : Math.min(...absences);
}
