import type {
  ContributionFacts,
  Facts,
  LawFacts,
  OwnedThing,
  ParticipantFacts,
  PlanFacts,
  UnitDuty,
} from '../../access/index.ts';
import type { Actor } from '../../shared/actor.ts';
import type { ThingId } from '../../shared/ids.ts';
import { once, onceFor, onceForLatest } from '../../shared/once.ts';
import type { Contribution, ContributionKind, HsaId, Participant, Plan, PlanStatus } from '../domain/model.ts';
import { unitOf } from '../domain/party.ts';
import { takesSignature } from '../domain/signing.ts';
import { partnersOf, principalsOf } from '../domain/sip-gate.ts';
import type { PlanRecord } from '../store/record.ts';
import { KINDS } from '../store/tables.ts';
import { circumstancesIn } from './circumstances.ts';
import { dutiesIn, dutiesOfUnits } from './duties.ts';

/**
 * What the policy is told of one request: the acting unit, whether it is the patient, what holds for the person, and the
 * plan when one is meant. A plan that is not there gives facts of a plan that nobody has a relation to, so that it is
 * refused just as one that the actor may not know of.
 */
export function factsOf(record: PlanRecord, actor: Actor, planId?: ThingId): Facts {
  return factsFor(record)(actor)(planId);
}

/** Asked for the decision, and at once again for what is shown. */
const factsFor = onceForLatest((record: PlanRecord) =>
  onceForLatest((actor: Actor) => onceFor((planId: ThingId | undefined) => everyFact(record, actor, planId))),
);

/** By name, since spreading the law's made an object of a kind of its own each time; that none is forgotten its type says. */
function everyFact(record: PlanRecord, actor: Actor, planId?: ThingId): Facts {
  const { law } = record;
  const facts: Named<Omit<LawFacts & Facts, 'settings' | 'target'>> = {
    now: record.now,
    actorUnit: actor.kind === 'staff' ? record.units.get(actor.unitHsaId) : undefined,
    units: record.units,
    isSelf: actor.kind === 'citizen' && record.self !== undefined && record.keys.includes(record.self),
    patientKnown: record.patientKnown,
    plan: planId === undefined ? undefined : planFacts(record, planId),
    patient: law.patient,
    related: law.related,
    unitDecisions: law.unitDecisions,
    guardianBlocks: law.guardianBlocks,
    sealings: law.sealings,
    information: law.information,
    consents: law.consents,
    blocks: law.blocks,
    careRelations: law.careRelations,
    emergencies: law.emergencies,
    protectedStaff: law.protectedStaff,
  };
  return law.settings ? { ...facts, settings: law.settings } : facts;
}

/** Every field stands there, also one that may be absent. */
type Named<T> = { readonly [K in keyof Required<T>]: T[K] };

const NO_PLAN: PlanFacts = { createdByUnit: '', leadUnit: '', participants: [], owners: [] };

/** What the policy is told of one plan. */
export function planFacts(record: PlanRecord, planId: ThingId): PlanFacts {
  return plansOf(record)(planId);
}

const plansOf = onceForLatest((record: PlanRecord) => onceFor((planId: ThingId) => factsOfPlan(record, planId)));

function factsOfPlan(record: PlanRecord, planId: ThingId): PlanFacts {
  const plan = record.content.plan.find((one) => one.id === planId);
  return plan ? new FactsOfPlan(record, plan) : NO_PLAN;
}

/**
 * Most are asked about the plan's participants alone: what else is in it is counted when somebody asks. A class, since
 * getters written in a literal make a kind of object of their own each time, which is old from birth and holds its record.
 */
class FactsOfPlan implements PlanFacts {
  readonly id: ThingId;
  readonly kind: Plan['kind'];
  readonly status: PlanStatus;
  readonly createdByUnit: HsaId;
  readonly leadUnit: HsaId;
  readonly participants: readonly ParticipantFacts[];
  readonly partners: PlanFacts['partners'];
  readonly #concerned: () => readonly HsaId[];
  readonly #unitDuties: () => readonly UnitDuty[];
  readonly #owners: () => readonly OwnedThing[];

  constructor(record: PlanRecord, plan: Plan) {
    const { id, kind, status, createdByUnit, leadUnit } = plan;
    const duties = dutiesOfUnits(record.content, id, record.now);
    const open = duties.open();
    this.id = id;
    this.kind = kind;
    this.status = status;
    this.createdByUnit = createdByUnit;
    this.leadUnit = leadUnit;
    this.participants = record.content.participant.flatMap((it) =>
      it.planId === id ? participantFacts(it, open) : [],
    );
    this.partners = kind === 'SIP' ? partnersIn(record, plan) : undefined;
    this.#concerned = once(() => [...duties.any()]);
    this.#unitDuties = once(duties.each);
    this.#owners = once(() => ownersIn(record, id));
  }

  get concerned(): readonly HsaId[] {
    return this.#concerned();
  }

  get unitDuties(): readonly UnitDuty[] {
    return this.#unitDuties();
  }

  get owners(): readonly OwnedThing[] {
    return this.#owners();
  }
}

function participantFacts(it: Participant, open: ReadonlySet<string>): ParticipantFacts[] {
  if (it.state === 'entered-in-error' || it.enteredInError) return [];
  const unit = unitOf(it.party);
  const isOver = it.state === 'left' || it.state === 'declined';
  return [
    {
      unit,
      state: it.state,
      hasDuty: unit !== undefined && open.has(unit),
      ...(isOver ? { endedAt: it.changedAt } : {}),
    },
  ];
}

function ownersIn({ content }: PlanRecord, planId: ThingId): OwnedThing[] {
  return KINDS.flatMap((kind) =>
    (content[kind] as readonly Contribution[])
      .filter((thing) => planOf(thing) === planId)
      .map(({ recordedBy, createdAt }) => ({
        unit: recordedBy.unit,
        provider: recordedBy.provider,
        kind,
        writtenAt: createdAt,
      })),
  );
}

/** Which principals can stand for the region and for the kommun, as the gate of an active SIP counts them. */
function partnersIn({ content, units }: PlanRecord, plan: Plan): PlanFacts['partners'] {
  const hand = { plan, content, units };
  return {
    region: partnersOf(plan, principalsOf(hand, 'region')),
    municipality: partnersOf(plan, principalsOf(hand, 'municipality')),
  };
}

/** The plan that a thing belongs to; a header is its own. */
export function planOf(thing: Contribution): ThingId {
  return 'planId' in thing ? thing.planId : thing.id;
}

/** A draft is not yet offered, and a mistake is not a plan: neither is shown to the patient, whatever was approved in it. */
const UNSHOWN: ReadonlySet<PlanStatus> = new Set<PlanStatus>(['draft', 'entered-in-error']);

/** Tells what the policy may know of each contribution of a record. */
export function contributionFactsIn(
  record: Pick<PlanRecord, 'content' | 'handed' | 'protectedWhile' | 'law' | 'now'>,
): (kind: ContributionKind, thing: Contribution) => ContributionFacts {
  const { content } = record;
  const { copiesOf, isUnderProtection, isUnderTwoSix } = circumstancesIn(record);
  const duties = dutiesIn(content, record.now);
  const unshown = new Set(content.plan.filter((plan) => UNSHOWN.has(plan.status)).map((plan) => plan.id));
  return (kind, thing) => ({
    kind,
    ownerUnit: thing.recordedBy.unit,
    ownerProvider: thing.recordedBy.provider,
    legalBasis: thing.legalBasis,
    approvedForPatient: thing.approvedForPatient && !unshown.has(planOf(thing)),
    unsignedSince: unsignedSince(thing),
    enteredInError: thing.enteredInError,
    writtenAt: thing.createdAt,
    changedAt: thing.changedAt,
    writtenUnderProtection: isUnderProtection(thing),
    underTwoSix: isUnderTwoSix(thing),
    copies: copiesOf(thing),
    duties: duties(kind, thing),
    outline: kind === 'plan' || kind === 'named-contact' ? true : undefined,
  });
}

/** Since when a wording waits for a signature: what the patient answered or ticked since does not make it wait anew. */
function unsignedSince(thing: Contribution): string | undefined {
  if (thing.signedBy !== undefined || !takesSignature(thing)) return undefined;
  const { kind } = thing.changedBy;
  return kind === 'staff' || kind === 'system' ? thing.changedAt : thing.createdAt;
}
