import {
  type Asking,
  type Desk,
  effectOfWithdrawal,
  momentOf,
  reading,
  type WithdrawalEffect,
} from '../access/index.ts';
import { type Consent, consentResource } from '../consents/index.ts';
import type { ThingId, ThingRef } from '../shared/ids.ts';
import type { UnitFacts } from '../shared/unit-facts.ts';
import { demandConsent } from './change-consent.ts';
import type { Contribution, ContributionKind, HsaId } from './domain/model.ts';
import { loadForChange, type PlanRecord } from './store/record.ts';
import { KINDS } from './store/tables.ts';
import { contributionFactsIn, factsOf, planOf } from './view/facts.ts';

/** What withdrawing a consent would do to one plan. */
export interface EffectOnPlan extends WithdrawalEffect {
  readonly planId: ThingId;
}

export interface EffectOfConsent {
  readonly consent: Consent;
  readonly plans: readonly EffectOnPlan[];
  readonly units: ReadonlyMap<HsaId, UnitFacts>;
}

/**
 * Who would stop seeing what if a consent were withdrawn, and which SIP would rest, so that the patient can know before.
 * Nothing is changed.
 *
 * @throws notFound
 */
export function previewWithdrawal(desk: Desk, asking: Asking, ref: ThingRef): Promise<EffectOfConsent> {
  return reading(desk, asking, {
    action: 'consent.effect',
    load: () => loadForChange(desk.pool, asking.actor, { patientId: ref.patientId, ...momentOf(desk) }),
    facts: (record) => factsOf(record, asking.actor),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const consent = demandConsent(record, asking, ref);
      const plans = record.content.plan.map(({ id }) => effectOn(record, asking, id, consent.id));
      const touched = plans.filter(({ losses, sip }) => losses.length > 0 || sip?.becomes === 'on-hold');
      return { answer: { consent, plans: touched, units: record.units }, resources: [consentResource(consent)] };
    },
  });
}

function effectOn(record: PlanRecord, { actor }: Asking, planId: ThingId, consentId: ThingId): EffectOnPlan {
  const factsFor = contributionFactsIn(record);
  const contributions = KINDS.flatMap((kind: ContributionKind) =>
    (record.content[kind] as readonly Contribution[])
      .filter((thing) => planOf(thing) === planId)
      .map((thing) => factsFor(kind, thing)),
  );
  const facts = { ...factsOf(record, actor, planId), now: record.now };
  return { planId, ...effectOfWithdrawal(facts, consentId, contributions) };
}
