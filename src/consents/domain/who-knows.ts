import type { Actor } from '../../shared/actor.ts';
import type { ThingId } from '../../shared/ids.ts';
import type { HsaId } from '../../shared/owned.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { Consent, Recipient } from './model.ts';

/** The acting unit, and the plans that it takes part in. */
export interface WhoAsks {
  readonly actor: Actor;
  readonly unit?: UnitFacts;
  readonly plansOfUnit: ReadonlySet<ThingId>;
}

/**
 * The patient knows of all consents; staff of those that their provider took, that name their unit, provider or
 * principal, or that a plan of theirs rests on. Who else the patient turns to is not for them to know (PDL 4:1).
 */
export function mayKnowConsent({ actor, unit, plansOfUnit }: WhoAsks, consent: Consent): boolean {
  if (actor.kind !== 'staff') return true;
  if (!unit) return false;
  const { recipient, recordedBy, planId } = consent;
  const own = [unit.hsaId, unit.provider.hsaId, unit.principal.hsaId];
  const isTo = recipient.kind !== 'person' && own.includes(recipient.hsaId);
  return isTo || recordedBy.provider === unit.provider.hsaId || (planId !== undefined && plansOfUnit.has(planId));
}

/**
 * The unit and provider that a recipient is, for what the patient's side may know of: a person or a principal is neither.
 *
 * @param providers the provider of each unit
 */
export function namedAsRecipient(
  recipient: Recipient,
  providers: ReadonlyMap<HsaId, HsaId>,
): { readonly unit?: HsaId; readonly provider?: HsaId | undefined } | undefined {
  switch (recipient.kind) {
    case 'unit':
      return { unit: recipient.hsaId, provider: providers.get(recipient.hsaId) };
    case 'provider':
      return { provider: recipient.hsaId };
    default:
      return undefined;
  }
}
