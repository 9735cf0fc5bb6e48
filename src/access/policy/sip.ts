import { dayNumber } from '../../shared/calendar.ts';
import { nextWorkingDay } from '../../shared/holidays.ts';
import type { HsaId, Instant } from '../../shared/owned.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { localInstant, swedishDate } from '../../shared/swedish-time.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import { consentsTo, holdsNow, isForPlan } from './consents.ts';
import type { Facts } from './facts.ts';
import type { GivenConsent } from './facts-sharing.ts';
import { isLastinglyUnable } from './inability.ts';
import { settingsOf } from './settings.ts';

const KINDS = ['region', 'municipality'] as const;
export type PrincipalKind = (typeof KINDS)[number];

/**
 * The kinds of principal that no `sip` consent in force covers. A SIP is planned by a region and a kommun together (HSL
 * 16:4, SoL 2025:400 10:8), so without consent to both there is nothing to share for. A consent to a school or another
 * body outside health care and social services covers nobody.
 */
export function uncoveredInSip(facts: Facts): readonly PrincipalKind[] {
  const { partners } = facts.plan ?? {};
  if (partners === undefined) return KINDS;
  const consents = (facts.consents ?? []).filter(
    (consent) => consent.type === 'sip' && isForPlan(consent, facts) && holdsNow(consent, facts),
  );
  return KINDS.filter((kind) => {
    const principals = partners[kind];
    return !consents.some((consent) => covers(consent, principals, facts));
  });
}

function covers({ recipient }: GivenConsent, principals: readonly HsaId[], facts: Facts): boolean {
  if (recipient.kind === 'person') return false;
  if (recipient.kind === 'principal') return principals.includes(recipient.hsaId);
  for (const unit of facts.units?.values() ?? []) {
    const isRecipient = recipient.hsaId === (recipient.kind === 'unit' ? unit.hsaId : unit.provider.hsaId);
    if (isRecipient && isCareOrSocialService(unit) && principals.includes(unit.principal.hsaId)) return true;
  }
  return false;
}

function isCareOrSocialService({ area }: UnitFacts): boolean {
  return area !== 'school' && area !== 'other';
}

/**
 * Whether a unit may share in a SIP: `sip` consent in force for both principals, and for the unit, its provider or its
 * principal. It opens nothing by itself: reading others' contributions takes 3:1 or 3:2 as well.
 */
export function maySharePlanning(unit: UnitFacts, facts: Facts): boolean {
  if (settingsOf(facts).sipWithoutConsentWhenUnable && isLastinglyUnable(facts)) return true;
  return uncoveredInSip(facts).length === 0 && consentsTo('sip', unit, facts).length > 0;
}

/** What becomes of an active SIP. */
export type SipStanding =
  | { readonly becomes: 'stands' }
  | {
      readonly becomes: 'on-hold';
      readonly uncovered: readonly PrincipalKind[];
      /** By when the named contact owes the patient an explanation: 12:00 the next weekday, Swedish time. */
      readonly explainBy: Instant;
    };

const NOON = 12 * 60;

/**
 * What an active SIP becomes when these are its consents: it stands while both principals are covered, so that a
 * recipient without whom both still are only leaves; else it goes on hold at once, each owner keeps its own steps and
 * nobody reads others'. A new consent is a new decision, it does not start the SIP again.
 *
 * @param facts with `now` and `plan`; their own consents do not count
 */
export function sipStandsAfter(
  consents: readonly GivenConsent[],
  facts: Facts & { readonly now: number },
): SipStanding {
  const uncovered = uncoveredInSip({ ...facts, consents });
  if (uncovered.length === 0) return { becomes: 'stands' };
  const explainOn = nextWorkingDay(swedishDate(facts.now));
  return { becomes: 'on-hold', uncovered, explainBy: toRfc3339Utc(localInstant(dayNumber(explainOn), NOON)) };
}
