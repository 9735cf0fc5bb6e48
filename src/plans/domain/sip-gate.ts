import { type ConsentFacts, isInForce } from '../../shared/consent-facts.ts';
import type { ThingRef } from '../../shared/ids.ts';
import type { Words } from '../../shared/problem.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { HsaId, Instant, Plan, Step, StepState } from './model.ts';
import { unitOf } from './party.ts';
import { inPlan, type PlanInHand } from './plan-in-hand.ts';
import { epochOf } from './when.ts';

/** What an active SIP must have, each with the words that say what is missing. */
export const SIP_GAPS = {
  interventions: {
    sv: 'De insatser som behövs',
    en: 'The interventions that are needed',
  },
  'health-care-intervention': {
    sv: 'Minst en insats från hälso- och sjukvården; annars är planen av annat slag',
    en: 'At least one intervention by health care; else the plan is of another kind',
  },
  'social-services-intervention': {
    sv: 'Minst en insats från socialtjänsten; annars är planen av annat slag',
    en: 'At least one intervention by social services; else the plan is of another kind',
  },
  'principal-of-intervention': {
    sv: 'Vilken huvudman som ansvarar för varje insats',
    en: 'Which principal answers for each intervention',
  },
  'measures-by-others': {
    sv: 'Åtgärder av andra än region och kommun, eller att det inte finns några',
    en: 'Measures by others than region and kommun, or that there are none',
  },
  'overall-responsibility': {
    sv: 'Vilken av huvudmännen som har det övergripande ansvaret',
    en: 'Which of the principals has the overall responsibility',
  },
  'consent-region': {
    sv: 'Gällande samtycke till planeringen för regionen',
    en: 'Consent in force to the planning for the region',
  },
  'consent-municipality': {
    sv: 'Gällande samtycke till planeringen för kommunen',
    en: 'Consent in force to the planning for the kommun',
  },
  'planning-lead': {
    sv: 'En planeringsansvarig',
    en: 'A planning lead',
  },
} as const satisfies Record<string, Words>;
export type SipGapCode = keyof typeof SIP_GAPS;

export interface SipGap extends Words {
  readonly code: SipGapCode;
  /** The steps that lack it. */
  readonly steps?: readonly ThingRef[];
}

const IS_NEEDED: readonly StepState[] = ['proposed', 'agreed', 'booked', 'in-progress', 'on-hold', 'done'];

/** The interventions of a plan: what units do or are asked to do, not the patient's, relatives' or outsiders' own. */
export function interventionsOf(hand: Pick<PlanInHand, 'plan' | 'content'>): readonly Step[] {
  return inPlan(hand, 'step').filter(
    (step) => IS_NEEDED.includes(step.state) && unitOf(step.responsibleParty) !== undefined,
  );
}

/** A school or another body of the kommun is neither health care nor social services. */
function isCareOrSocialServices(unit: UnitFacts): boolean {
  return unit.area !== 'school' && unit.area !== 'other';
}

function isHealthCare(unit: UnitFacts | undefined): boolean {
  return unit?.provider.kind === 'care' && isCareOrSocialServices(unit);
}

function isSocialServices(unit: UnitFacts | undefined): boolean {
  return unit?.provider.kind === 'social-care' && isCareOrSocialServices(unit);
}

/** The principals of one kind that the plan involves: by interventions and by participating units. */
export function principalsOf(hand: PlanInHand, kind: 'region' | 'municipality'): ReadonlySet<HsaId> {
  const parties = [
    ...interventionsOf(hand).map((step) => step.responsibleParty),
    ...inPlan(hand, 'participant')
      .filter((participant) => participant.state === 'invited' || participant.state === 'accepted')
      .map((participant) => participant.party),
  ];
  const units = parties.flatMap((party) => hand.units.get(unitOf(party) ?? '') ?? []);
  return new Set(units.filter((unit) => unit.principal.kind === kind).map((unit) => unit.principal.hsaId));
}

/**
 * Who can stand for a kind of principal in a SIP, which is an agreement of one region and one kommun: the one with the
 * overall responsibility when it is of this kind, else any that takes part. A third principal may come and go.
 */
export function partnersOf(plan: Plan, principals: ReadonlySet<HsaId>): readonly HsaId[] {
  const lead = plan.leadPrincipal;
  return lead !== undefined && principals.has(lead) ? [lead] : [...principals];
}

/**
 * Whether a consent is one to this principal, to one of its providers or to one of its units. As for the policy, a consent
 * to a school covers nobody: it plans no care.
 */
function covers({ recipient }: ConsentFacts, principal: HsaId, hand: PlanInHand): boolean {
  if (recipient.kind === 'principal') return recipient.hsaId === principal;
  return [...hand.units.values()].some(
    (unit) =>
      unit.principal.hsaId === principal &&
      isCareOrSocialServices(unit) &&
      recipient.hsaId === (recipient.kind === 'unit' ? unit.hsaId : unit.provider.hsaId),
  );
}

function gapsOfInterventions(hand: PlanInHand): SipGap[] {
  const steps = interventionsOf(hand);
  const units = steps.map((step) => hand.units.get(unitOf(step.responsibleParty)!));
  const stray = steps.filter((_, i) => !units[i]).map(({ patientId, id }) => ({ patientId, id }));
  const gap = (code: SipGapCode): SipGap => ({ code, ...SIP_GAPS[code] });
  return [
    ...(steps.length > 0 ? [] : [gap('interventions')]),
    ...(units.some(isHealthCare) ? [] : [gap('health-care-intervention')]),
    ...(units.some(isSocialServices) ? [] : [gap('social-services-intervention')]),
    ...(stray.length > 0 ? [{ ...gap('principal-of-intervention'), steps: stray }] : []),
  ];
}

function hasMeasuresByOthers(hand: PlanInHand): boolean {
  const parties = [
    ...inPlan(hand, 'step')
      .filter((step) => IS_NEEDED.includes(step.state))
      .map((step) => step.responsibleParty),
    ...inPlan(hand, 'commitment').map((promise) => promise.by),
  ];
  return parties.some((party) => party.kind === 'other' || party.kind === 'relative');
}

/**
 * Everything that a SIP lacks to become active, for staff who then know all of it at once (docs/domain.md 3, "Gate for
 * an active SIP"; HSL 16 kap. 4 §, SoL 2025:400 10 kap. 8–9 §§): interventions by health care and by social services,
 * who answers for each, measures by others or none, overall responsibility, `sip` consent in force for both principals,
 * and a planning lead. Empty when nothing is missing.
 */
export function missingForSip(hand: PlanInHand, consents: readonly ConsentFacts[], now: Instant): readonly SipGap[] {
  const gap = (code: SipGapCode): SipGap => ({ code, ...SIP_GAPS[code] });
  const { plan } = hand;
  const kinds = ['region', 'municipality'] as const;
  const involved = { region: principalsOf(hand, 'region'), municipality: principalsOf(hand, 'municipality') };
  const inForce = consents.filter((consent) => {
    const isForPlan = consent.planId === undefined || consent.planId === plan.id;
    return consent.type === 'sip' && isForPlan && isInForce(consent, epochOf(now));
  });
  const isCovered = (principal: HsaId) => inForce.some((consent) => covers(consent, principal, hand));
  const uncovered = kinds.filter((kind) => !partnersOf(plan, involved[kind]).some(isCovered));
  const isLead = kinds.some((kind) => plan.leadPrincipal !== undefined && involved[kind].has(plan.leadPrincipal));
  return [
    ...gapsOfInterventions(hand),
    ...(plan.noMeasuresByOthers || hasMeasuresByOthers(hand) ? [] : [gap('measures-by-others')]),
    ...(isLead ? [] : [gap('overall-responsibility')]),
    ...uncovered.map((kind) => gap(`consent-${kind}`)),
    ...(plan.planningLead ? [] : [gap('planning-lead')]),
  ];
}
