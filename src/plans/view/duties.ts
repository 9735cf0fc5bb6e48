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
  step: ({ state, responsibleNow, responsibleParty, supportUnit }) => {
    const duties: Duty[] = [{ state: 'accepted', unit: responsibleNow }];
    const asked = ASKED_STEP.has(state) ? 'asked' : undefined;
    const own = ACCEPTED_STEP.has(state) ? 'accepted' : asked;
    if (own) duties.push(...ofParty(own, responsibleParty));
    if (supportUnit !== undefined) duties.push({ state: 'asked', unit: supportUnit });
    return duties;
  },
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

interface About {
  readonly kind: 'step' | 'commitment';
  readonly thing: Contribution;
}

function whatThingsAreAbout(content: PlanContent): ReadonlyMap<ThingId, About> {
  const steps = content.step.map((thing) => [thing.id, { kind: 'step', thing }] as const);
  return new Map<ThingId, About>([
    ...steps,
    ...content.commitment.map((thing) => [thing.id, { kind: 'commitment', thing }] as const),
  ]);
}

/** Tells the duties in each contribution of a content, at a moment (epoch milliseconds). */
export function dutiesIn(
  content: PlanContent,
  now: number,
): (kind: ContributionKind, thing: Contribution) => readonly Duty[] {
  const offered = offeredTo(content);
  let about: ReadonlyMap<ThingId, About> | undefined;
  const found = (id: ThingId) => {
    about ??= whatThingsAreAbout(content);
    return about.get(id);
  };
  return (kind, thing) => {
    const id = aboutId(thing);
    const of = id && found(id);
    const asked = offered.get(thing.id);
    if (!of && !asked && kind !== 'handover') return dutiesOf(kind, thing);
    const alarmed = kind === 'handover' ? escalated(thing as Handover, now) : [];
    const own = [...dutiesOf(kind, thing), ...alarmed, ...(asked && kind !== 'plan' ? [asked] : [])];
    return of ? [...own, ...dutiesOf(of.kind, of.thing)] : own;
  };
}

const OPEN_STEP: ReadonlySet<StepState> = new Set(['agreed', 'booked', 'in-progress', 'on-hold']);

/** Kinds whose duties give a part in a plan, and which of them are not over. */
const PARTS: readonly (readonly [ContributionKind, (thing: Contribution) => boolean])[] = [
  part('step', ({ state }) => OPEN_STEP.has(state)),
  part('commitment', ({ state }) => state === 'accepted'),
  part('named-contact', ({ state }) => state === 'designated'),
  part('follow-up', ({ doneOn }) => doneOn === undefined),
  part('handover', () => false),
];

function part<K extends ContributionKind>(kind: K, isOpen: (thing: ContributionsByKind[K]) => boolean) {
  return [kind, isOpen as (thing: Contribution) => boolean] as const;
}

/** Units' duties in a plan, each counted when it is asked for. */
export interface DutiesOfUnits {
  /** Units with an accepted duty that is not over. */
  readonly open: () => ReadonlySet<HsaId>;
  /** All units that have or are asked for any. */
  readonly any: () => ReadonlySet<HsaId>;
  /** What each has or is asked for, and when it was last. */
  readonly each: () => readonly UnitDuty[];
}

function unitsOf(duties: readonly Duty[]): ReadonlySet<HsaId> {
  return new Set(duties.flatMap(({ unit }) => unit ?? []));
}

/** What units have to do with one plan, at a moment (epoch milliseconds). */
export function dutiesOfUnits(content: PlanContent, planId: ThingId, now: number): DutiesOfUnits {
  const within = (kind: ContributionKind) =>
    (content[kind] as readonly (Contribution & { readonly planId: ThingId })[]).filter(
      (thing) => thing.planId === planId,
    );
  const standing = (kind: ContributionKind) => within(kind).filter((thing) => !thing.enteredInError);
  return {
    open: () => openDuties(content, planId),
    any: () => {
      const own = PARTS.flatMap(([kind]) => standing(kind).flatMap((thing) => dutiesOf(kind, thing)));
      const late = within('handover').flatMap((thing) => escalated(thing as Handover, now));
      return unitsOf([...own, ...late]);
    },
    each: () => latestDuties([...PARTS.map(([kind]) => kind), 'agreement-act', 'agreement-version'], standing, now),
  };
}

/** Counted for every reading of a plan: without lists of what is not asked about. */
function openDuties(content: PlanContent, planId: ThingId): ReadonlySet<HsaId> {
  const units = new Set<HsaId>();
  for (const [kind, isOpen] of PARTS) {
    for (const thing of content[kind] as readonly (Contribution & { readonly planId: ThingId })[]) {
      if (thing.planId !== planId || thing.enteredInError || !isOpen(thing)) continue;
      for (const { state, unit } of dutiesOf(kind, thing)) if (state === 'accepted' && unit) units.add(unit);
    }
  }
  return units;
}

function latestDuties(
  kinds: readonly ContributionKind[],
  standing: (kind: ContributionKind) => readonly Contribution[],
  now: number,
): UnitDuty[] {
  const each = new Map<string, UnitDuty>();
  for (const kind of kinds) {
    for (const thing of standing(kind)) {
      const alarmed = kind === 'handover' ? escalated(thing as Handover, now) : [];
      for (const { unit, state } of [...dutiesOf(kind, thing), ...alarmed]) {
        if (unit === undefined) continue;
        const known = each.get(`${state} ${unit}`);
        if (!known || known.writtenAt < thing.createdAt)
          each.set(`${state} ${unit}`, { unit, state, writtenAt: thing.createdAt });
      }
    }
  }
  return [...each.values()];
}
