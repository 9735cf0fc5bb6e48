import {
  type Asking,
  citizenMayKnow,
  type Desk,
  effectOfWithdrawal,
  type LossOfSight,
  momentOf,
  reading,
  type WithdrawalEffect,
} from '../access/index.ts';
import { type Consent, consentResource } from '../consents/index.ts';
import type { ThingId, ThingRef } from '../shared/ids.ts';
import type { UnitFacts } from '../shared/unit-facts.ts';
import { demandConsent } from './change-consent.ts';
import type { HsaId } from './domain/model.ts';
import { type ChangeRecord, loadForChange } from './store/record.ts';
import { factsOf } from './view/facts.ts';
import { plansInQuestion } from './view/person-contributions.ts';

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
    load: () => loadForChange(desk, asking.actor, { patientId: ref.patientId, ...momentOf(desk) }),
    facts: (record) => factsOf(record, asking.actor),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const consent = demandConsent(record, asking, ref);
      const plans = plansInQuestion(record, asking.actor).map(({ planId, facts, contributions }) => ({
        planId,
        ...effectOfWithdrawal(facts, consent.id, contributions),
      }));
      const told = plans.map(({ losses, ...plan }) => ({ ...plan, losses: losses.filter(mayTell(asking, record)) }));
      const touched = told.filter(({ losses, sip }) => losses.length > 0 || sip?.becomes === 'on-hold');
      return { answer: { consent, plans: touched, units: record.units }, resources: [consentResource(consent)] };
    },
  });
}

/** The patient's side is not told of units whose data a sealing closes, here no more than elsewhere (PDL 5:5). */
function mayTell({ actor }: Asking, record: ChangeRecord): (loss: LossOfSight) => boolean {
  if (actor.kind !== 'citizen') return () => true;
  const mayKnow = citizenMayKnow(factsOf(record, actor));
  const isTold = (unit: HsaId) => {
    const provider = record.units.get(unit)?.provider.hsaId;
    return mayKnow({ unit, provider, names: { unit, provider } });
  };
  return ({ unit, owner }) => isTold(unit) && isTold(owner);
}
