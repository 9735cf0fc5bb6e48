import type { ContributionFacts, Facts, OwnedThing, ParticipantFacts, PlanFacts } from '../../access/index.ts';
import type { Actor } from '../../shared/actor.ts';
import type { ThingId } from '../../shared/ids.ts';
import { once } from '../../shared/once.ts';
import type { Contribution, ContributionKind, Participant, Plan, PlanStatus } from '../domain/model.ts';
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
  return {
    ...record.law,
    now: record.now,
    actorUnit: actor.kind === 'staff' ? record.units.get(actor.unitHsaId) : undefined,
    units: record.units,
    isSelf: actor.kind === 'citizen' && record.self !== undefined && record.keys.includes(record.self),
    patientKnown: record.patientKnown,
    plan: planId === undefined ? undefined : planFacts(record, planId),
  };
}

const NO_PLAN: PlanFacts = { createdByUnit: '', leadUnit: '', participants: [], owners: [] };

/** A record never changes, and is asked about the same plan for the decision and again for what is shown. */
const made = new WeakMap<PlanRecord, Map<ThingId, PlanFacts>>();

/** What the policy is told of one plan. */
export function planFacts(record: PlanRecord, planId: ThingId): PlanFacts {
  const ofRecord = made.get(record) ?? new Map<ThingId, PlanFacts>();
  made.set(record, ofRecord);
  const facts = ofRecord.get(planId) ?? factsOfPlan(record, planId);
  ofRecord.set(planId, facts);
  return facts;
}

function factsOfPlan(record: PlanRecord, planId: ThingId): PlanFacts {
  const { content } = record;
  const plan = content.plan.find((one) => one.id === planId);
  if (!plan) return NO_PLAN;
  const duties = dutiesOfUnits(content, planId, record.now);
  const open = duties.open();
  // Most are asked about the plan's participants alone: what else is in it is counted when somebody asks.
  const concerned = once(() => [...duties.any()]);
  const unitDuties = once(duties.each);
  const owners = once(() => ownersIn(record, planId));
  return {
    id: planId,
    kind: plan.kind,
    status: plan.status,
    createdByUnit: plan.createdByUnit,
    leadUnit: plan.leadUnit,
    participants: content.participant.flatMap((it) => (it.planId === planId ? participantFacts(it, open) : [])),
    get concerned() {
      return concerned();
    },
    get unitDuties() {
      return unitDuties();
    },
    get owners() {
      return owners();
    },
    ...(plan.kind === 'SIP' ? { partners: partnersIn(record, plan) } : {}),
  };
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
