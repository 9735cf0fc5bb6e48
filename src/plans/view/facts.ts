import type { ContributionFacts, Facts, ParticipantFacts, PlanFacts, UnitOfProvider } from '../../access/index.ts';
import type { Actor } from '../../shared/actor.ts';
import type { ThingId } from '../../shared/ids.ts';
import type { Contribution, ContributionKind, ContributionsByKind, PlanContent, PlanStatus } from '../domain/model.ts';
import { unitOf } from '../domain/party.ts';
import type { PlanRecord } from '../store/record.ts';
import { KINDS } from '../store/tables.ts';

/**
 * What the policy is told of one request: the acting unit, whether it is the patient, and the plan when one is meant.
 * A plan that is not there gives facts of a plan that nobody has a relation to, so that it is refused just as one that
 * the actor may not know of.
 */
export function factsOf(record: PlanRecord, actor: Actor, planId?: ThingId): Facts {
  return {
    actorUnit: actor.kind === 'staff' ? record.units.get(actor.unitHsaId) : undefined,
    isSelf: actor.kind === 'citizen' && record.self !== undefined && record.keys.includes(record.self),
    patientKnown: record.patientKnown,
    plan: planId === undefined ? undefined : planFacts(record, planId),
  };
}

const NO_PLAN: PlanFacts = { createdByUnit: '', leadUnit: '', participants: [], owners: [] };

/** What the policy is told of one plan. */
export function planFacts({ content, units }: Pick<PlanRecord, 'content' | 'units'>, planId: ThingId): PlanFacts {
  const header = content.plan.find((plan) => plan.id === planId);
  if (!header) return NO_PLAN;
  const participants: ParticipantFacts[] = [];
  for (const { party, state, planId: inPlan } of content.participant) {
    const unit = unitOf(party);
    const provider = unit === undefined ? undefined : units.get(unit)?.provider.hsaId;
    if (inPlan === planId && state !== 'entered-in-error') participants.push({ unit, provider, state });
  }
  return {
    createdByUnit: header.createdByUnit,
    leadUnit: header.leadUnit,
    participants,
    owners: ownersIn(content, planId),
  };
}

function ownersIn(content: PlanContent, planId: ThingId): UnitOfProvider[] {
  const owners = new Map<string, UnitOfProvider>();
  for (const kind of KINDS) {
    for (const thing of content[kind]) {
      if (('planId' in thing ? thing.planId : thing.id) !== planId) continue;
      const { unit, provider } = thing.recordedBy;
      owners.set(`${unit} ${provider}`, { unit, provider });
    }
  }
  return [...owners.values()];
}

type DutyOf = { readonly [K in ContributionKind]?: (thing: ContributionsByKind[K]) => readonly (string | undefined)[] };

/** Whose duty a thing is: asked to do it, must act on it now, supports it, or promises it. */
const DUTIES: DutyOf = {
  step: (step) => [step.responsibleNow, unitOf(step.responsibleParty), step.supportUnit],
  commitment: (promise) => [unitOf(promise.by), unitOf(promise.to)],
  participant: (participant) => [unitOf(participant.party)],
  'agreement-act': (act) => [unitOf(act.party)],
  'agreement-version': (version) => version.parts.map((part) => unitOf(part.party)),
};

/** What a report, an assessment or a remark is about: it follows the duties of that. */
function aboutId(thing: Contribution): ThingId | undefined {
  if ('stepId' in thing) return thing.stepId;
  return 'aboutId' in thing ? thing.aboutId : undefined;
}

/** A draft is not yet offered, and a mistake is not a plan: neither is shown to the patient, whatever was approved in it. */
const UNSHOWN: ReadonlySet<PlanStatus> = new Set<PlanStatus>(['draft', 'entered-in-error']);

const OUTLINES: { readonly [K in ContributionKind]?: Pick<ContributionFacts, 'outline'> } = {
  plan: { outline: 'header' },
  'named-contact': { outline: 'named-contact' },
};

/** Tells what the policy may know of each contribution of a record. */
export function contributionFactsIn({
  content,
  units,
}: Pick<PlanRecord, 'content' | 'units'>): (kind: ContributionKind, thing: Contribution) => ContributionFacts {
  const byStep = new Map(content.step.map((step) => [step.id, step]));
  const byCommitment = new Map(content.commitment.map((promise) => [promise.id, promise]));
  const dutiesOf = (kind: ContributionKind, thing: Contribution): UnitOfProvider[] => {
    const duty = DUTIES[kind] as ((thing: Contribution) => readonly (string | undefined)[]) | undefined;
    const about = aboutId(thing);
    const step = about && byStep.get(about);
    const promise = about && byCommitment.get(about);
    const named = [
      ...(duty?.(thing) ?? []),
      ...(step ? DUTIES.step!(step) : []),
      ...(promise ? DUTIES.commitment!(promise) : []),
    ].filter((unit) => unit !== undefined);
    return named.map((unit) => ({ unit, provider: units.get(unit)?.provider.hsaId ?? '' }));
  };
  const unshown = new Set(content.plan.filter((plan) => UNSHOWN.has(plan.status)).map((plan) => plan.id));
  return (kind, thing) => ({
    ownerUnit: thing.recordedBy.unit,
    ownerProvider: thing.recordedBy.provider,
    approvedForPatient:
      thing.approvedForPatient && !thing.enteredInError && !unshown.has('planId' in thing ? thing.planId : thing.id),
    duties: dutiesOf(kind, thing),
    ...OUTLINES[kind],
  });
}
