import type { PatientId, ThingId } from '../../shared/ids.ts';
import { addCommitment, type CommitmentCommand } from './commitment-commands.ts';
import { type Act, added, type Change, type NewOwned, newOwned } from './contribution.ts';
import { type FollowUpCommand, planFollowUp } from './follow-up.ts';
import { addGoal, type GoalCommand } from './goal-commands.ts';
import { leadPlanOf, partOfFor } from './lead-plan.ts';
import { addLink, type LinkCommand } from './link.ts';
import type { Party, Plan, PlanContent, Step, WhomToCall } from './model.ts';
import { addNamedContact, type ContactCommand } from './named-contact-commands.ts';
import { inviteParticipant, newParticipant, type ParticipantCommand } from './participant-commands.ts';
import { checkUnit, isSameParty, partyOfUnit, type Units } from './party.ts';
import { type Keys, keysFor, PlanDraft, type Ref } from './plan-draft.ts';
import { checkHeader, type HeaderField } from './plan-header.ts';
import { inPlan } from './plan-in-hand.ts';
import { addSafetyNetItem, type SafetyNetCommand } from './safety-net.ts';
import { picked } from './same.ts';
import { addStepNaming, type StepCommand } from './step-add.ts';
import { findCircle, refuseCircle } from './step-order.ts';
import { addWhatMatters, type WhatMattersCommand } from './what-matters.ts';

type Call = { readonly namedContactRef: Ref } | Exclude<WhomToCall, { readonly namedContactId: ThingId }>;

/** A step of a plan that is being made: it names steps and contacts of the same call by their `ref`. */
export interface PlannedStep extends Omit<StepCommand, 'predecessors' | 'contact'> {
  readonly ref?: Ref;
  readonly predecessors?: readonly Ref[];
  readonly contact?: { readonly namedContactRef?: Ref; readonly unit?: string };
}
export interface PlannedSign extends Omit<SafetyNetCommand, 'call'> {
  readonly call?: { readonly day?: Call; readonly night?: Call };
}

const HEADER = [
  'purpose',
  'periodFrom',
  'periodTo',
  'planningLead',
  'leadPrincipal',
  'convener',
  'noMeasuresByOthers',
] as const satisfies readonly HeaderField[];

/** A whole plan in one command. */
export interface CreatePlan extends NewOwned, Pick<Plan, 'kind' | 'title' | (typeof HEADER)[number]> {
  readonly patientId: PatientId;
  /** `draft` when absent; a proposed plan is shown to the patient at once. */
  readonly status?: 'draft' | 'proposed';
  /** Of the plan's texts, BCP 47; Swedish when absent. */
  readonly language?: string;
  readonly whatMatters?: readonly WhatMattersCommand[];
  readonly goals?: readonly GoalCommand[];
  readonly namedContacts?: readonly (ContactCommand & { readonly ref?: Ref })[];
  readonly participants?: readonly ParticipantCommand[];
  readonly steps?: readonly PlannedStep[];
  readonly commitments?: readonly CommitmentCommand[];
  readonly safetyNet?: readonly PlannedSign[];
  readonly followUps?: readonly FollowUpCommand[];
  readonly links?: readonly LinkCommand[];
}

function header(content: PlanContent, units: Units, command: CreatePlan, act: Act): Plan {
  const unit = act.owner.unit;
  checkUnit(unit, units, 'unit');
  checkHeader(command, units);
  const plan: Plan = Object.assign(newOwned(act, command.patientId, command), {
    kind: command.kind,
    status: command.status ?? 'draft',
    title: command.title,
    language: command.language ?? 'sv',
    ...picked(command, HEADER),
    createdByUnit: unit,
    leadUnit: unit,
  });
  const partOf = partOfFor(plan, leadPlanOf(content.plan));
  return partOf === undefined ? plan : { ...plan, partOf };
}

/** The creating unit takes part from the start and the patient is invited, whether the call names them or not. */
function addParticipants(draft: PlanDraft, command: CreatePlan, own: Party, act: Act): void {
  const named = command.participants ?? [];
  const given = (party: Party) => named.find((one) => isSameParty(one.party, party));
  for (const party of [own, { kind: 'patient' }] as const) {
    const participant = { approvedForPatient: true, ...given(party), party };
    const state = party === own ? 'accepted' : 'invited';
    draft.add('participants', (hand) => [added('participant', newParticipant(hand, participant, state, act))]);
  }
  draft.each('participants', named, (hand, one) => {
    const isThere = isSameParty(one.party, own) || one.party.kind === 'patient';
    return isThere ? [] : inviteParticipant(hand, one, act);
  });
}

function plannedContact(step: PlannedStep, contacts: Keys): Step['contact'] {
  const { namedContactRef, unit } = step.contact ?? {};
  if (namedContactRef === undefined) return unit === undefined ? undefined : { unit };
  return { namedContactId: contacts.find(namedContactRef, 'contact.namedContactRef'), ...(unit && { unit }) };
}

function addSteps(draft: PlanDraft, command: CreatePlan, contacts: Keys, act: Act): void {
  const planned = command.steps ?? [];
  const steps = keysFor(planned, 'steps', act);
  draft.each('steps', planned, (hand, step, i) => {
    const predecessors = step.predecessors?.map((ref, n) => steps.find(ref, `predecessors[${n}]`));
    const contact = plannedContact(step, contacts);
    return addStepNaming(hand, step, { predecessors, contact }, act, steps.ids[i]!, 'later');
  });
  const made = inPlan(draft.hand, 'step');
  const inCircle = findCircle(made);
  if (inCircle !== undefined) refuseCircle(made, `steps[${steps.ids.indexOf(inCircle)}].predecessors`);
}

function whomToCall(call: Call | undefined, contacts: Keys, field: string): WhomToCall | undefined {
  if (!call || !('namedContactRef' in call)) return call;
  return { namedContactId: contacts.find(call.namedContactRef, `${field}.namedContactRef`) };
}

function addSigns(draft: PlanDraft, command: CreatePlan, contacts: Keys, act: Act): void {
  draft.each('safetyNet', command.safetyNet, (hand, { call, ...sign }) => {
    const day = whomToCall(call?.day, contacts, 'call.day');
    const night = whomToCall(call?.night, contacts, 'call.night');
    const whom = { ...(day && { day }), ...(night && { night }) };
    return addSafetyNetItem(hand, call ? { ...sign, call: whom } : sign, act);
  });
}

/**
 * Makes a whole plan from one command, on behalf of the acting unit: header, what matters, goals, named contacts,
 * participants, steps, promises, safety net, follow-up and links.
 *
 * The acting unit is the lead unit and takes part; the patient and the units that are asked are invited. Items of the call
 * name each other by `ref`, in any order. A plan that is no lead plan becomes a part of the person's lead plan.
 *
 * @param content all plans of the person
 * @returns the plan first; all of it new, each thing once
 * @throws what the rule of each item throws, its field named by its place in the command (`steps[2].time.end`);
 *   step-order-circle, unknown-reference (422)
 */
export function createPlan(content: PlanContent, units: Units, command: CreatePlan, act: Act): Change[] {
  const plan = header(content, units, command, act);
  const draft = new PlanDraft({ plan, units, content });
  const contacts = keysFor(command.namedContacts ?? [], 'namedContacts', act);
  addParticipants(draft, command, partyOfUnit(checkUnit(act.owner.unit, units, 'unit')), act);
  draft.each('whatMatters', command.whatMatters, (hand, words) => addWhatMatters(hand, words, act));
  draft.each('goals', command.goals, (hand, goal) => addGoal(hand, goal, act));
  draft.each('namedContacts', command.namedContacts, (hand, contact, i) =>
    addNamedContact(hand, contact, act, contacts.ids[i]),
  );
  addSteps(draft, command, contacts, act);
  draft.each('commitments', command.commitments, (hand, promise) => addCommitment(hand, promise, act));
  addSigns(draft, command, contacts, act);
  draft.each('followUps', command.followUps, (hand, followUp) => planFollowUp(hand, followUp, act));
  draft.each('links', command.links, (hand, link) => addLink(hand, link, act));
  return draft.changes();
}
