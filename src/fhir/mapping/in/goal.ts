import type { GoalState } from '../../../plans/domain/model.ts';
import type { OwnUrls } from '../systems.ts';
import { SYSTEMS } from '../systems.ts';
import { differing, given, type InAct, type InChange, type InContext, updateActs } from './change.ts';
import { fault, type InFault } from './faults.ts';
import { extensionsNotTaken, type HeldTree, notTaken, OF_NO_CONSEQUENCE } from './held.ts';
import { codeOf, identifierFaults, isForPatient, ownershipOf, plainNotes, whoOf } from './parts.ts';

const HELD: HeldTree = {
  ...OF_NO_CONSEQUENCE,
  extension: true,
  identifier: true,
  lifecycleStatus: true,
  achievementStatus: (value) => achievementOf(value as fhir4.CodeableConcept) !== undefined,
  category: (value) => Array.isArray(value) && value.every((one) => isOwnCategory(one)),
  description: { text: true },
  subject: true,
  target: { dueDate: true },
  statusDate: true,
  statusReason: true,
  expressedBy: true,
  note: { text: true },
};

function isOwnCategory({ coding = [] }: fhir4.CodeableConcept): boolean {
  return coding.length > 0 && coding.every(({ system }) => system?.endsWith('/CodeSystem/goal-category'));
}

const ACHIEVEMENTS = ['achieved', 'not-achieved', 'in-progress', 'improving', 'worsening', 'no-change', 'sustaining'];
const HELD_ACHIEVEMENTS: ReadonlySet<string> = new Set(['achieved', 'not-achieved', 'in-progress']);

function achievementOf(concept: fhir4.CodeableConcept | undefined): string | undefined {
  const code = codeOf(concept && [concept], SYSTEMS.goalAchievement);
  return code !== undefined && ACHIEVEMENTS.includes(code) && HELD_ACHIEVEMENTS.has(code) ? code : undefined;
}

/** Our state by FHIR's life cycle and achievement; undefined for a life cycle that a goal cannot have here. */
export function goalState(goal: fhir4.Goal): GoalState | undefined {
  switch (goal.lifecycleStatus) {
    case 'proposed':
    case 'planned':
      return 'proposed';
    case 'accepted':
    case 'active':
      return 'active';
    case 'completed':
      return achievementOf(goal.achievementStatus) === 'not-achieved' ? 'not-achieved' : 'achieved';
    case 'cancelled':
    case 'rejected':
      return 'cancelled';
    case 'entered-in-error':
      return 'entered-in-error';
    default:
      return undefined;
  }
}

/** Whether it is what matters to the person, rather than a goal. */
export function isWhatMatters(goal: fhir4.Goal, urls: OwnUrls): boolean {
  return codeOf(goal.category, urls.system('goal-category')) === 'what-matters';
}

/** A goal's fields as FHIR tells them. */
export function goalFields({ description, note, target }: fhir4.Goal): Record<string, unknown> {
  return given({ text: description.text, clinicalText: plainNotes(note), targetOn: target?.[0]?.dueDate });
}

/** What matters to the person, byte for byte. */
export function whatMattersFields({ description, note }: fhir4.Goal): Record<string, unknown> {
  return given({ text: description.text, ownResources: plainNotes(note) });
}

function faultsOf(goal: fhir4.Goal, { urls }: InContext, current?: fhir4.Goal): InFault[] {
  const known = {
    [urls.extension('legal-basis')]: 'managed',
    [urls.extension('proposed-change')]: 'managed',
    [urls.extension('plan')]: current ? 'managed' : true,
  } as const;
  const more = (goal.target ?? []).slice(1).map((_one, i) => fault('not-held', `Goal.target[${i + 1}]`));
  return [
    ...notTaken(goal, current ? { ...HELD, category: 'managed', expressedBy: 'managed' } : HELD, 'Goal', current),
    ...extensionsNotTaken(goal.extension, known, 'Goal', current?.extension),
    ...identifierFaults(goal.identifier, urls, 'Goal'),
    ...more,
    ...(goalState(goal) === undefined ? [fault('not-held', 'Goal.lifecycleStatus')] : []),
  ];
}

function inErrorOr(to: GoalState, goal: fhir4.Goal, kind: 'goal' | 'what-matters'): Pick<InAct, 'act' | 'body'> {
  const reason = goal.statusReason;
  if (to === 'entered-in-error') return { act: `${kind}.in-error`, body: given({ reason }) };
  return { act: 'goal.move', body: given({ to, reason }) };
}

/** A new goal, or what matters to the person; one that is already reached is added and then said to be so. */
export function createGoal(goal: fhir4.Goal, context: InContext): InChange {
  const { urls } = context;
  const faults = faultsOf(goal, context);
  const owned = ownershipOf(goal, urls);
  if (goal.lifecycleStatus === 'entered-in-error') faults.push(fault('invalid', 'Goal.lifecycleStatus'));
  if (isWhatMatters(goal, urls)) {
    return { acts: [{ act: 'what-matters.add', body: given({ ...whatMattersFields(goal), ...owned }) }], faults };
  }
  const state = goalState(goal);
  const whose = whoOf(goal.expressedBy)?.kind === 'patient' ? 'patient' : 'professional';
  const born = state === 'proposed' ? 'proposed' : 'active';
  const body = given({ ...goalFields(goal), whose, state: born, ...owned });
  const moves = state === undefined || state === born ? [] : [inErrorOr(state, goal, 'goal')];
  return { acts: [{ act: 'goal.add', body }, ...moves], faults };
}

/** What of a goal the one that is sent in its place changes. */
export function updateGoal(goal: fhir4.Goal, current: fhir4.Goal, context: InContext): InChange {
  const matters = isWhatMatters(current, context.urls);
  const read = matters ? whatMattersFields : goalFields;
  const body = {
    ...differing(read(goal), read(current)),
    ...(isForPatient(goal) !== isForPatient(current) && { approvedForPatient: isForPatient(goal) }),
  };
  const faults = faultsOf(goal, context, current);
  const [from, to] = [goalState(current), goalState(goal)];
  const kind = matters ? 'what-matters' : 'goal';
  const moved = to !== undefined && from !== to;
  if (matters && moved && to !== 'entered-in-error') faults.push(fault('read-only', 'Goal.lifecycleStatus'));
  const moves = moved ? [inErrorOr(to, goal, kind)] : [];
  return { acts: updateActs(goal.id!, { act: `${kind}.change`, body }, moves), faults };
}
