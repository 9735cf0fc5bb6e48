import type { Goal, WhatMatters } from '../../plans/domain/model.ts';
import { dayOf } from '../../plans/domain/when.ts';
import { publicId } from '../../shared/ids.ts';
import { externalIdentifier, legalBasisExtension, metaOf, planExtension, words } from './owned.ts';
import { patientRef, staffRef } from './references.ts';
import { GOAL_STATUS } from './states.ts';
import { SYSTEMS } from './systems.ts';
import type { FhirView } from './view.ts';

const ACHIEVED: Readonly<Partial<Record<Goal['state'], fhir4.Coding>>> = {
  achieved: { system: SYSTEMS.goalAchievement, code: 'achieved' },
  'not-achieved': { system: SYSTEMS.goalAchievement, code: 'not-achieved' },
};

function expressedBy(view: FhirView, goal: Goal): fhir4.Reference | undefined {
  if (goal.whose === 'patient') return patientRef(view.patientId, 'Patienten');
  const { staff, unit, name } = goal.recordedBy;
  return staff === undefined ? undefined : staffRef(view, staff, unit, nameOf(view, staff, name));
}

function nameOf(view: FhirView, staff: string, name: string | undefined): string {
  return (view.context.staff?.get(staff)?.protectedIdentity ? undefined : name) ?? 'Personal';
}

/** A goal of the plan. */
export function goalFrom(view: FhirView, goal: Goal): fhir4.Goal {
  const { text, clinicalText, state, targetOn, proposal } = goal;
  const achieved = ACHIEVED[state];
  const clinical = words(clinicalText);
  const changed = proposal && {
    url: view.urls.extension('proposed-change'),
    valueInteger: proposal.agreementVersion,
  };
  return {
    resourceType: 'Goal',
    id: publicId(goal.patientId, goal.id),
    meta: metaOf(goal),
    extension: [legalBasisExtension(view, goal), planExtension(view), ...(changed ? [changed] : [])],
    identifier: externalIdentifier(view, goal.externalId),
    lifecycleStatus: GOAL_STATUS[state],
    achievementStatus: achieved && { coding: [achieved] },
    category: [{ coding: [{ system: view.urls.system('goal-category'), code: 'goal', display: 'Mål' }] }],
    description: { text },
    subject: patientRef(view.patientId),
    target: targetOn === undefined ? undefined : [{ dueDate: targetOn }],
    statusDate: dayOf(goal.changedAt),
    expressedBy: expressedBy(view, goal),
    note: clinical === undefined ? undefined : [{ text: clinical }],
  };
}

/** What matters to the person, in the person's own words, byte for byte. */
export function whatMattersFrom(view: FhirView, said: WhatMatters): fhir4.Goal {
  const own = words(said.ownResources);
  return {
    resourceType: 'Goal',
    id: publicId(said.patientId, said.id),
    meta: metaOf(said),
    extension: [legalBasisExtension(view, said), planExtension(view)],
    identifier: externalIdentifier(view, said.externalId),
    lifecycleStatus: said.enteredInError ? 'entered-in-error' : 'active',
    category: [
      {
        coding: [{ system: view.urls.system('goal-category'), code: 'what-matters', display: 'Det här är viktigt' }],
      },
    ],
    description: { text: said.text },
    subject: patientRef(view.patientId),
    statusDate: dayOf(said.changedAt),
    expressedBy: patientRef(view.patientId, 'Patienten'),
    note: own === undefined ? undefined : [{ text: own }],
  };
}
