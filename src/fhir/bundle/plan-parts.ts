import { invalidFields } from '../../http/invalid-fields.ts';
import { invalidRequest } from '../../http/problems.ts';
import { createCommandOf, createPlanBody, hsaIdsIn, type MadeByName, type TogetherPart } from '../../plans/index.ts';
import { type PatientId, publicPatientId, type ThingRef } from '../../shared/ids.ts';
import type { Problem } from '../../shared/problem.ts';
import type { InContext } from '../mapping/in/change.ts';
import type { InFault } from '../mapping/in/faults.ts';
import { type ForeignPlan, readForeignPlan } from '../mapping/in/foreign-plan.ts';
import { inElements } from '../write/expressions.ts';
import { partsOf, type Writing } from '../write/parts.ts';
import { changesOf, type Item, type Keys, placedFaults } from './items.ts';

/** What a bundle is carried out with. */
export interface Carrying {
  readonly context: InContext;
  readonly keys: Keys;
  readonly lenient: boolean;
  readonly key: string;
  /** Told of a change that was let go, since the sender would rather have the rest. */
  readonly letGo: (name: string, problem: Problem) => void;
}

/** Parts of a request, with the units that they name and what of them cannot be taken in. */
export interface PlannedParts {
  readonly parts: readonly TogetherPart[];
  readonly named: readonly string[];
  readonly faults: readonly InFault[];
}

const NOTHING_MADE: MadeByName = new Map();

/** Refusals of a rule that a lenient import goes on after: what was made stands, and was only not moved on. */
function mayLetGo(carrying: Carrying, name: string, isFirst: boolean): (problem: Problem) => boolean {
  return (problem) => {
    const { code, kind } = problem.definition;
    if (code === 'already-participant') return true;
    const rule = kind === 'conflict' || kind === 'unprocessable' || kind === 'forbidden';
    if (!carrying.lenient || (isFirst && code !== 'plan-closed') || !rule) return false;
    carrying.letGo(name, problem);
    return true;
  };
}

/** The parts that make a thing of an item, in the plan that `plan` gives once it is made. */
export function itemParts(item: Item, plan: Writing['plan'], onlyNew: boolean, carrying: Carrying): PlannedParts {
  const { context, keys } = carrying;
  const first = changesOf(item, context, keys, NOTHING_MADE);
  const writing = { name: item.name, plan, key: `${carrying.key}:${item.name}`, onlyNew };
  const parts = first.acts.flatMap((_one, i) => {
    const [planned] = partsOf([first.acts[i]!], writing);
    const again = (made: MadeByName) => partsOf([changesOf(item, context, keys, made).acts[i]!], writing)[0]!;
    const isInvitation = first.acts[i]!.act === 'participant.invite';
    const change: TogetherPart['change'] = (made) =>
      again(isInvitation ? without(made, item.name) : made).change!(made);
    return { ...planned!, change, mayFail: mayLetGo(carrying, item.name, i === 0) };
  });
  const named = first.acts.flatMap(({ body }) => hsaIdsIn(body));
  return { parts, named, faults: [...item.faults, ...placedFaults(first.faults, item.place)] };
}

/** Each who is invited is new by themselves, whoever else of the team was before. */
function without(made: MadeByName, name: string): MadeByName {
  return new Map([...made].filter(([one]) => one !== name));
}

/** A plan that a bundle makes, and what it is known by. */
export interface PlanItem {
  readonly name: string;
  readonly place: string;
  readonly resource: fhir4.CarePlan;
  /** Left as it is when the sender's system has made it before. */
  readonly onlyNew: boolean;
}

/** The parts that make a plan's header, and those that move it on once all of it is there. */
export function planParts(
  { name, place, resource, onlyNew }: PlanItem,
  patientId: PatientId,
  carrying: Carrying,
): PlannedParts & { readonly moves: readonly TogetherPart[] } {
  const read = readForeignPlan(resource, carrying.context);
  const sent = { ...read.body, patientId: publicPatientId(patientId) };
  const creation = () => {
    const body = createPlanBody.safeParse(sent);
    if (!body.success) {
      const refusal = invalidRequest({ invalidParameters: invalidFields(body.error.issues, sent, '(body)') });
      throw inElements(refusal, 'plan.create');
    }
    return createCommandOf(body.data);
  };
  const part: TogetherPart = { name, action: 'plan.create', create: creation, onlyNew };
  const writing = { name, plan: planOf(name), key: carrying.key };
  const moves = partsOf(read.moves, writing).map((one) => ({ ...one, mayFail: mayLetGo(carrying, name, false) }));
  return { parts: [part], moves, named: hsaIdsIn(sent), faults: placedFaults(foreignFaults(read), place) };
}

const foreignFaults = ({ faults }: ForeignPlan) => faults;

/** The plan that a part of the request has made. */
export function planOf(name: string): (made: MadeByName) => ThingRef {
  return (made) => {
    const own = made.get(name);
    if (!own) throw new Error('a thing comes before its plan');
    return { patientId: own.thing.patientId, id: own.planId };
  };
}
