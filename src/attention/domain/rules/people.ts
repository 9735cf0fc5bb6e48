import type { HsaId, NamedContact } from '../../../plans/domain/model.ts';
import { WORK_STATES } from '../../../plans/domain/step-state.ts';
import { endOf, startOf } from '../../../plans/domain/when.ts';
import type { ThingId } from '../../../shared/ids.ts';
import type { Candidate, SubjectKind } from '../finding.ts';
import { inPlan, isAtWork, type Look, planOwner, type Rule } from '../look.ts';

/** A step, a contact, a planned follow-up or the plan itself whose unit is no more: the plan's lead sees to it. */
export const responsibleUnitInactive: Rule = (look, plan) => {
  const { content } = look;
  const held: readonly (readonly [SubjectKind, ThingId, HsaId | undefined])[] = [
    ['plan', plan.id, plan.leadUnit],
    ...inPlan(content.step, plan)
      .filter(({ state }) => WORK_STATES.includes(state))
      .map(({ id, responsibleNow }) => ['step', id, responsibleNow] as const),
    ...inPlan(content['named-contact'], plan)
      .filter(({ state }) => state === 'designated')
      .map(({ id, unit }) => ['named-contact', id, unit] as const),
    ...inPlan(content['follow-up'], plan)
      .filter(({ doneOn }) => doneOn === undefined)
      .map(({ id, responsibleUnit }) => ['follow-up', id, responsibleUnit] as const),
  ];
  return held
    .filter(([, , unit]) => unit !== undefined && !isAtWork(unit, look))
    .map(([subjectKind, subjectId]) => ({
      rule: 'responsible-unit-inactive',
      planId: plan.id,
      subjectKind,
      subjectId,
      from: look.now,
      ownerUnit: planOwner(plan, look),
    }));
};

/** A named contact, or whoever is to do a step, who has left or is away, with nobody in the place. */
export const responsiblePersonInactive: Rule = (look, plan) => {
  const contacts = inPlan(look.content['named-contact'], plan).filter(({ state }) => state === 'designated');
  const steps = inPlan(look.content.step, plan).filter(
    ({ state, deputy }) => WORK_STATES.includes(state) && (!deputy || hasLeft(deputy.staff, look)),
  );
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
