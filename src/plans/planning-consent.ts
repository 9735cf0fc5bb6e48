import { consentHolds, type Facts, type GivenConsent, type LawFacts } from '../access/index.ts';
import type { UnitFacts } from '../shared/unit-facts.ts';
import type { Change } from './domain/contribution.ts';
import type { Handover, HsaId } from './domain/model.ts';
import { handoverConsentFallen } from './problems.ts';
import type { PlanRecord } from './store/record.ts';

type Consents = NonNullable<LawFacts['consents']>;

/**
 * Whether consent to plan together has been taken from the unit that a handover is for: one that does not hold, and no
 * other that does (HSL 16:4; SoL 2025:400 10:8). Within one principal none is needed.
 *
 * @param hasFallen which of those that do not hold count
 */
export function hasLostConsent(
  record: PlanRecord,
  consents: Consents,
  { fromUnit, toUnit }: { readonly fromUnit: HsaId; readonly toUnit: HsaId },
  hasFallen: (consent: GivenConsent) => boolean,
): boolean {
  const to = record.units.get(toUnit);
  const from = record.units.get(fromUnit);
  if (from && from.principal.hsaId === to?.principal.hsaId) return false;
  const facts: Facts = { ...record.law, now: record.now, units: record.units, isSelf: false, patientKnown: true };
  const planning = consents.filter((one) => one.type === 'sip' && isTo(to, one));
  if (planning.some((one) => consentHolds(one, facts))) return false;
  return planning.some(hasFallen);
}

function isTo(unit: UnitFacts | undefined, { recipient }: GivenConsent): boolean {
  const own = [unit?.hsaId, unit?.provider.hsaId, unit?.principal.hsaId];
  return recipient.kind !== 'person' && own.includes(recipient.hsaId);
}

/**
 * Lets a handover in a SIP be sent only to whom the patient has not taken consent to plan together from: refused,
 * withdrawn, ended, with a guardian's no, or given by guardians of a child who has come of age. What is handed over tells
 * of the plan.
 *
 * @throws handoverConsentFallen
 */
export function demandConsentTo(record: PlanRecord, changes: readonly Change[]): readonly Change[] {
  const shared = new Set(record.content.plan.filter(({ kind }) => kind === 'SIP').map(({ id }) => id));
  const hasBegun = ({ state, from }: GivenConsent) => state !== 'given' || Date.parse(from) <= record.now;
  for (const { kind, after } of changes) {
    if (kind !== 'handover' || !shared.has((after as Handover).planId)) continue;
    if (hasLostConsent(record, record.law.consents ?? [], after as Handover, hasBegun)) throw handoverConsentFallen();
  }
  return changes;
}
