import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { date } from '../../http/fields.ts';
import type { Server } from '../../http/server.ts';
import { addGoal, changeGoal, transitionGoal } from '../domain/goal-commands.ts';
import { GOAL_STATES, type Goal } from '../domain/model.ts';
import { addWhatMatters, changeWhatMatters } from '../domain/what-matters.ts';
import { demandThing } from '../plan-of.ts';
import { externalIdTaken, goalMoveNotAllowed, inError, NOT_YOURS, planClosed } from '../problems.ts';
import { changeOf } from './change-of.ts';
import { registerChange } from './change-route.ts';
import { ownershipFor } from './ownership.ts';
import { approvedForPatient, clinicalText, ownership, ownWords, patientText, reason } from './request-parts.ts';

const TAG = 'Planer';

export const whatMattersBody = z
  .strictObject({ text: ownWords, ownResources: ownWords.optional(), ...ownership })
  .meta({ id: 'AddWhatMatters', examples: [{ text: 'Jag vill hem till min stol vid fönstret.' }] });

export const goalBody = z
  .strictObject({
    text: patientText,
    clinicalText: clinicalText.optional(),
    whose: z.enum(['patient', 'professional']),
    targetOn: date.optional(),
    state: z.enum(['proposed', 'active']).optional(),
    ...ownership,
  })
  .meta({ id: 'AddGoal', examples: [{ text: 'Gå till brevlådan varannan dag', whose: 'patient' }] });

const everyone = ['staff', 'citizen', 'system'] as const;
const goalOf = (content: Parameters<typeof demandThing>[0], id: Goal['id']) => demandThing(content, 'goal', id);

export const ADD_WHAT_MATTERS = changeOf({
  method: 'POST',
  path: '/what-matters',
  tag: TAG,
  summary: 'Skriv vad som är viktigt för personen',
  description: 'Personens egna ord, byte för byte, och egna resurser.',
  action: 'plan.add-content',
  actors: [...everyone],
  body: whatMattersBody,
  kind: 'what-matters',
  status: 201,
  refuses: [planClosed, externalIdTaken],
  again: true,
  rule: (context, { body }) => addWhatMatters(context.hand, { ...body, ...ownershipFor(context, body) }, context.act),
});

export const CHANGE_WHAT_MATTERS = changeOf({
  method: 'PATCH',
  path: '/what-matters/:whatMattersId',
  tag: TAG,
  summary: 'Ändra vad som är viktigt',
  description: 'Det som patienten själv har skrivit ändras bara av patienten.',
  action: 'content.change',
  actors: [...everyone],
  body: z.strictObject({
    text: ownWords.optional(),
    ownResources: ownWords.nullable().optional(),
    approvedForPatient: approvedForPatient.optional(),
  }),
  kind: 'what-matters',
  status: 200,
  revisionOf: 'what-matters',
  refuses: [planClosed, inError, NOT_YOURS['content-not-yours']],
  rule: (context, { body, id }) =>
    changeWhatMatters(context.hand, demandThing(context.hand.content, 'what-matters', id), body, context.act),
});

export const ADD_GOAL = changeOf({
  method: 'POST',
  path: '/goals',
  tag: TAG,
  summary: 'Lägg till ett mål',
  description: 'Patientens eget mål eller professionens.',
  action: 'plan.add-content',
  actors: [...everyone],
  body: goalBody,
  kind: 'goal',
  status: 201,
  refuses: [planClosed, externalIdTaken],
  again: true,
  rule: (context, { body }) => addGoal(context.hand, { ...body, ...ownershipFor(context, body) }, context.act),
});

export const CHANGE_GOAL = changeOf({
  method: 'PATCH',
  path: '/goals/:goalId',
  tag: TAG,
  summary: 'Ändra ett mål',
  description: 'Text och måldatum i ett överenskommet mål blir ett förslag bredvid det som gäller.',
  action: 'content.change',
  actors: [...everyone],
  body: z.strictObject({
    text: patientText.optional(),
    clinicalText: clinicalText.nullable().optional(),
    targetOn: date.nullable().optional(),
    approvedForPatient: approvedForPatient.optional(),
  }),
  kind: 'goal',
  status: 200,
  revisionOf: 'goal',
  refuses: [planClosed, inError, NOT_YOURS['content-not-yours']],
  rule: (context, { body, id }) => changeGoal(context.hand, goalOf(context.hand.content, id), body, context.act),
});

export const MOVE_GOAL = changeOf({
  method: 'POST',
  path: '/goals/:goalId/transition',
  tag: TAG,
  summary: 'Säg om ett mål är nått',
  description: 'Uppnått, inte uppnått eller inställt; patienten avgör sina egna mål.',
  action: 'content.change',
  actors: [...everyone],
  body: z.strictObject({
    to: z.enum(GOAL_STATES.filter((state) => state !== 'entered-in-error')),
    reason: reason.optional(),
  }),
  kind: 'goal',
  status: 200,
  revisionOf: 'goal',
  refuses: [planClosed, goalMoveNotAllowed, NOT_YOURS['content-not-yours']],
  rule: (context, { body, id }) => transitionGoal(context.hand, goalOf(context.hand.content, id), body, context.act),
});

/** What matters to the person, and goals. */
export function registerWordRoutes(door: Server, deps: Deps): void {
  registerChange(door, deps, ADD_WHAT_MATTERS);
  registerChange(door, deps, CHANGE_WHAT_MATTERS);
  registerGoalRoutes(door, deps);
}

function registerGoalRoutes(door: Server, deps: Deps): void {
  registerChange(door, deps, ADD_GOAL);
  registerChange(door, deps, CHANGE_GOAL);
  registerChange(door, deps, MOVE_GOAL);
}
