import type { Duty, UnitDuty } from '../../access/index.ts';
import type { ThingId } from '../../shared/ids.ts';
import { isLateHandover, isOpenHandover } from '../domain/handover-state.ts';
import type {
  CommitmentState,
  Contribution,
  ContributionKind,
  ContributionsByKind,
  Handover,
  HsaId,
  ParticipantState,
  Party,
  PlanContent,
  StepState,
} from '../domain/model.ts';

type DutiesOf = { readonly [K in ContributionKind]?: (thing: ContributionsByKind[K]) => readonly Duty[] };

/** From the party's yes until it lets go: also when it is done, since what one has done is one's own. */
const ACCEPTED_STEP: ReadonlySet<StepState> = new Set([
  'agreed',
  'booked',
  'in-progress',
  'on-hold',
  'done',
  'not-done',
]);
const ASKED_STEP: ReadonlySet<StepState> = new Set(['wished', 'proposed']);
const ACCEPTED_PROMISE: ReadonlySet<CommitmentState> = new Set(['accepted', 'kept', 'broken']);

/** The own line among the participants, as long as it is one. */
const PART_IS: ReadonlyMap<ParticipantState, Duty['state']> = new Map([
  ['invited', 'asked'],
  ['accepted', 'accepted'],
]);

/** Whose duty a thing is: asked to do it, must act on it now, supports it, or promises it. */
const DUTIES: DutiesOf = {
  step: (step) => [
    { state: 'accepted', unit: step.responsibleNow },
    ...(ACCEPTED_STEP.has(step.state) ? ofParty('accepted', step.responsibleParty) : []),
    ...(ASKED_STEP.has(step.state) ? ofParty('asked', step.responsibleParty) : []),
    ...(step.supportUnit === undefined ? [] : [{ state: 'asked', unit: step.supportUnit } as const]),
  ],
  commitment: (promise) => [
    ...ofParty(ACCEPTED_PROMISE.has(promise.state) ? 'accepted' : 'asked', promise.by),
    ...ofParty('asked', promise.to),
  ],
  participant: ({ party, state }) => (PART_IS.has(state) ? ofParty(PART_IS.get(state)!, party) : []),
  'named-contact': ({ unit, state }) =>
    unit === undefined ? [] : [{ state: state === 'designated' ? 'accepted' : 'asked', unit }],
  'follow-up': ({ responsibleUnit }) => [{ state: 'accepted', unit: responsibleUnit }],
  'agreement-act': (act) => ofParty('accepted', act.party),
  'agreement-version': (version) => version.parts.flatMap((part) => ofParty('asked', part.party)),
  handover: ({ fromUnit, toUnit, state }) => [
    { state: 'accepted', unit: fromUnit },
    // What one has answered is one's own; what is taken back is shown as long as one has a part.
    { state: state === 'accepted' || state === 'returned' ? 'accepted' : 'asked', unit: toUnit },
  ],
  feedback: ({ fromUnit, toUnit }) => [
    { state: 'accepted', unit: fromUnit },
    { state: 'accepted', unit: toUnit },
  ],
};

/** Who must know a step or duty to answer for it: the unit that it is offered to. */
function offeredTo(content: PlanContent): ReadonlyMap<ThingId, Duty> {
  const open = content.handover.filter(isOpenHandover);
  return new Map(open.map(({ aboutId, toUnit }) => [aboutId, { state: 'asked', unit: toUnit }]));
}

/** Once the time has passed, and not before, the escalation party is told of the handover. */
function escalated(handover: Handover, now: number): Duty[] {
  return isLateHandover(handover, now) ? [{ state: 'asked', unit: handover.escalateTo }] : [];
}

function ofParty(state: Duty['state'], party: Party): Duty[] {
  if ('unit' in party && party.unit !== undefined) return [{ state, unit: party.unit }];
  return party.kind === 'relative' ? [{ state, relatedPersonId: party.relatedPersonId }] : [];
}

/** What a report, an assessment or a remark is about: it follows the duties of that. */
function aboutId(thing: Contribution): ThingId | undefined {
  if ('stepId' in thing) return thing.stepId;
  return 'aboutId' in thing && 'what' in thing && !('fromUnit' in thing) ? thing.aboutId : undefined;
}

function dutiesOf(kind: ContributionKind, thing: Contribution): readonly Duty[] {
  const duties = DUTIES[kind] as ((thing: Contribution) => readonly Duty[]) | undefined;
  return duties?.(thing) ?? [];
}

/** Tells the duties in each contribution of a content, at a moment (epoch milliseconds). */
export function dutiesIn(
  content: PlanContent,
  now: number,
): (kind: ContributionKind, thing: Contribution) => readonly Duty[] {
  const offered = offeredTo(content);
  const about = new Map<ThingId, { kind: 'step' | 'commitment'; thing: Contribution }>();
  for (const thing of content.step) about.set(thing.id, { kind: 'step', thing });
  for (const thing of content.commitment) about.set(thing.id, { kind: 'commitment', thing });
  return (kind, thing) => {
    const id = aboutId(thing);
    const of = id && about.get(id);
    const asked = offered.get(thing.id);
    if (!of && !asked && kind !== 'handover') return dutiesOf(kind, thing);
    const alarmed = kind === 'handover' ? escalated(thing as Handover, now) : [];
    const own = [...dutiesOf(kind, thing), ...alarmed, ...(asked && kind !== 'plan' ? [asked] : [])];
    return of ? [...own, ...dutiesOf(of.kind, of.thing)] : own;
  };
}

const OPEN_STEP: ReadonlySet<StepState> = new Set(['agreed', 'booked', 'in-progress', 'on-hold']);

/** Units with an accepted duty that is not over in a plan, and all that have or are asked for any. */
export function unitsWithDuty(
  content: PlanContent,
  planId: ThingId,
  now: number,
): { readonly open: ReadonlySet<HsaId>; readonly any: ReadonlySet<HsaId>; readonly each: readonly UnitDuty[] } {
  const open = new Set<HsaId>();
  const any = new Set<HsaId>();
  const each = new Map<string, UnitDuty>();
  const tell = (thing: Contribution & { readonly planId: ThingId }, duties: readonly Duty[]) => {
    if (thing.planId !== planId || thing.enteredInError) return;
    for (const { unit, state } of duties) {
      if (unit === undefined) continue;
      const known = each.get(`${state} ${unit}`);
      if (!known || known.writtenAt < thing.createdAt)
        each.set(`${state} ${unit}`, { unit, state, writtenAt: thing.createdAt });
    }
  };
  const note = (kind: ContributionKind, thing: Contribution & { readonly planId: ThingId }, isOpen: boolean) => {
    if (thing.planId !== planId || thing.enteredInError) return;
    const duties = dutiesOf(kind, thing);
    tell(thing, duties);
    for (const { unit, state } of duties) {
      if (unit === undefined) continue;
      any.add(unit);
      if (isOpen && state === 'accepted') open.add(unit);
    }
  };
  for (const step of content.step) note('step', step, OPEN_STEP.has(step.state));
  for (const promise of content.commitment) note('commitment', promise, promise.state === 'accepted');
  for (const contact of content['named-contact']) note('named-contact', contact, contact.state === 'designated');
  for (const followUp of content['follow-up']) note('follow-up', followUp, followUp.doneOn === undefined);
  for (const handover of content.handover) {
    note('handover', handover, false);
    if (handover.planId === planId) for (const { unit } of escalated(handover, now)) any.add(unit!);
    tell(handover, escalated(handover, now));
  }
  for (const act of content['agreement-act']) tell(act, dutiesOf('agreement-act', act));
  for (const version of content['agreement-version']) tell(version, dutiesOf('agreement-version', version));
  return { open, any, each: [...each.values()] };
}
