import type { ThingId } from '../../shared/ids.ts';
import type { Words } from '../../shared/problem.ts';
import { agreedVersionOf } from './agreement-versions.ts';
import type { AgreementAct, AgreementPart, AgreementVersion, HsaId, Party, Plan } from './model.ts';
import { isSameParty, partyKey, type Units, unitOf } from './party.ts';
import type { PlanInHand } from './plan-in-hand.ts';
import { epochOf } from './when.ts';

/** Where one part stands: only `confirmed` binds its party. */
export type Standing = 'confirmed' | 'reported' | 'reserved' | 'unconfirmed';

export const STANDING_WORDS: Readonly<Record<Standing, Words>> = {
  confirmed: { sv: 'bekräftat', en: 'confirmed' },
  reported: { sv: 'återberättat, inte bekräftat', en: 'reported, not confirmed' },
  reserved: { sv: 'reservation', en: 'reservation' },
  unconfirmed: { sv: 'inte bekräftat', en: 'not confirmed' },
};

export interface PartStanding {
  readonly part: AgreementPart;
  readonly standing: Standing;
  /** The version in which the party answered; an earlier one when the part reads the same since. */
  readonly version?: number;
  /** The answer itself, for who and when and the words of a reservation. */
  readonly answer?: AgreementAct;
}

/** When a yes came to count: when it was given, or when the organisation's own staff confirmed it. */
function countsFrom(act: AgreementAct): number {
  return epochOf(act.standing === 'confirmed' ? act.changedAt : act.givenAt);
}

function byTime(a: AgreementAct, b: AgreementAct): number {
  return countsFrom(a) - countsFrom(b) || epochOf(a.createdAt) - epochOf(b.createdAt) || (a.id < b.id ? -1 : 1);
}

/** The answers that the party itself has given to a version, oldest first; what others report for it is not among them. */
function ownAnswers(acts: readonly AgreementAct[], version: number, party: Party): readonly AgreementAct[] {
  return acts
    .filter((act) => act.version === version && !act.enteredInError && act.standing !== 'reported')
    .filter((act) => isSameParty(act.party, party))
    .sort(byTime);
}

function concerns(act: AgreementAct, id: ThingId): boolean {
  return act.act === 'approval' || act.against === undefined || act.against.includes(id);
}

function answerTo(acts: readonly AgreementAct[], version: number, part: AgreementPart): AgreementAct | undefined {
  return ownAnswers(acts, version, part.party).findLast((act) => concerns(act, part.id));
}

function reportedTo(acts: readonly AgreementAct[], version: number, part: AgreementPart): AgreementAct | undefined {
  const reported = acts.filter((act) => act.version === version && !act.enteredInError && act.standing === 'reported');
  return reported
    .filter((act) => isSameParty(act.party, part.party))
    .sort(byTime)
    .at(-1);
}

/**
 * Where each part of a version stands. A part answered in an earlier version counts as answered while its text and its
 * party are the same: a unit does not lose its yes because another one changed its own promise.
 *
 * @param versions all of the plan's versions
 * @param acts all answers to them
 */
export function standingOfParts(
  version: AgreementVersion,
  versions: readonly AgreementVersion[],
  acts: readonly AgreementAct[],
): readonly PartStanding[] {
  const earlier = versions
    .filter((one) => one.version <= version.version && !one.enteredInError)
    .sort((a, b) => b.version - a.version);
  return version.parts.map((part) => {
    const holding = earlier.filter((one) => one.parts.some((other) => isSamePart(other, part)));
    for (const { version: number } of holding) {
      const answer = answerTo(acts, number, part);
      if (!answer) continue;
      const standing = answer.act === 'approval' ? 'confirmed' : 'reserved';
      return { part, standing, version: number, answer };
    }
    const heard = reportedTo(acts, version.version, part);
    return heard
      ? { part, standing: 'reported', version: version.version, answer: heard }
      : { part, standing: 'unconfirmed' };
  });
}

function isSamePart(a: AgreementPart, b: AgreementPart): boolean {
  return a.id === b.id && a.revision === b.revision && isSameParty(a.party, b.party);
}

/** Whether the party itself has said yes to this version, and not taken it back by a reservation against all. */
export function hasApproved(acts: readonly AgreementAct[], version: number, party: Party): boolean {
  const last = ownAnswers(acts, version, party).findLast((act) => act.act === 'approval' || act.against === undefined);
  return last?.act === 'approval';
}

/** The units that may say yes for their principal: those with own parts; without any, the planning lead's unit for its own. */
function unitsWithParts(version: AgreementVersion, plan: Plan, units: Units): readonly HsaId[] {
  const own = version.parts.flatMap((part) => unitOf(part.party) ?? []);
  const principalOf = (unit: HsaId) => units.get(unit)?.principal.hsaId;
  const lead = principalOf(plan.leadUnit);
  const speaks = lead !== undefined && own.some((unit) => principalOf(unit) === lead);
  return [...new Set(speaks ? own : [...own, plan.leadUnit])];
}

/** The principals of which a unit with own parts has said yes. */
export function approvingPrincipals(
  version: AgreementVersion,
  acts: readonly AgreementAct[],
  plan: Plan,
  units: Units,
): ReadonlySet<HsaId> {
  const yes = unitsWithParts(version, plan, units).filter((unit) =>
    hasApproved(acts, version.version, { kind: 'other', unit }),
  );
  return new Set(yes.flatMap((unit) => units.get(unit)?.principal.hsaId ?? []));
}

/** Who must still say yes before a version is agreed. */
export type Awaited = 'patient' | 'region' | 'municipality' | 'lead-principal';

/**
 * Who must still say yes before the version is agreed: the patient, and for a SIP both principals, one region and one
 * kommun, the one with the overall responsibility among them; else the lead principal (docs/domain.md 5). Empty: it is
 * agreed.
 */
export function awaitedFor(
  version: AgreementVersion,
  acts: readonly AgreementAct[],
  plan: Plan,
  units: Units,
): readonly Awaited[] {
  const patient = hasApproved(acts, version.version, { kind: 'patient' });
  const yes = approvingPrincipals(version, acts, plan, units);
  const lead = plan.leadPrincipal ?? units.get(plan.leadUnit)?.principal.hsaId;
  const awaited: Awaited[] = patient ? [] : ['patient'];
  if (plan.kind !== 'SIP') return lead !== undefined && yes.has(lead) ? awaited : [...awaited, 'lead-principal'];
  const kinds = new Map([...units.values()].map((unit) => [unit.principal.hsaId, unit.principal.kind]));
  for (const kind of ['region', 'municipality'] as const) {
    const named = plan.leadPrincipal !== undefined && kinds.get(plan.leadPrincipal) === kind;
    const has = named ? yes.has(plan.leadPrincipal!) : [...yes].some((one) => kinds.get(one) === kind);
    if (!has) awaited.push(kind);
  }
  return awaited;
}

/** Parties with parts in a version, each once. */
export function partiesOf(version: AgreementVersion): readonly Party[] {
  return [...new Map(version.parts.map((part) => [partyKey(part.party), part.party])).values()];
}

/** The version in force with its parts' standing; undefined while nothing is agreed. */
export function agreementInForce(hand: Pick<PlanInHand, 'plan' | 'content'>) {
  const version = agreedVersionOf(hand);
  if (!version) return undefined;
  const ofPlan = <T extends { planId: ThingId }>(things: readonly T[]) =>
    things.filter((one) => one.planId === hand.plan.id);
  const versions = ofPlan(hand.content['agreement-version']);
  return { version, parts: standingOfParts(version, versions, ofPlan(hand.content['agreement-act'])) };
}
