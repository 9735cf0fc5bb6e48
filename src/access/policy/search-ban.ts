import type { Actor } from '../../shared/actor.ts';
import type { LegalBasis } from '../../shared/owned.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import { unitOf } from './acting-unit.ts';
import type { Facts } from './facts.ts';
import type { Reason } from './reasons.ts';

/** What a search can tell persons apart by. */
export type SearchField = 'owner' | 'party' | 'team' | 'plan-kind' | 'legal-basis' | 'text' | 'other';

/** One criterion of a search, as the door understood it: finding, counting, sorting and including all tell. */
export interface SearchCriterion {
  readonly field: SearchField;
  readonly use: 'filter' | 'count' | 'sort' | 'include';
  /** For owner, party and team: the unit or provider that was named; absent when the directory does not know it. */
  readonly provider?: Pick<UnitFacts['provider'], 'kind'>;
  readonly planKind?: string;
  readonly legalBasis?: LegalBasis;
}

export interface PersonSearch {
  readonly criteria: readonly SearchCriterion[];
  /** Within one patient's opened plan filtering is free. */
  readonly withinOnePatient: boolean;
}

/**
 * Refuses a care provider's search for persons by social-service interventions (PDL 2:8), on whatever door: with a reason
 * of its own, never an empty list. An actor whose provider is not known to be a social-care one counts as a care
 * provider; a criterion that does not surely leave social services out counts as one that names them.
 *
 * @returns the reason to refuse, or undefined
 */
export function searchBan(
  actor: Actor,
  search: PersonSearch,
  facts: Pick<Facts, 'actorUnit' | 'units'>,
): Reason | undefined {
  if (search.withinOnePatient || actor.kind === 'citizen') return undefined;
  if (providerKindOf(actor, facts) === 'social-care') return undefined;
  return search.criteria.some(tellsOfSocialServices) ? 'search-ban' : undefined;
}

function providerKindOf(actor: Exclude<Actor, { kind: 'citizen' }>, facts: Pick<Facts, 'actorUnit' | 'units'>) {
  if (actor.kind === 'staff') return unitOf(actor, facts)?.provider.kind;
  for (const { provider } of facts.units?.values() ?? [])
    if (provider.hsaId === actor.providerHsaId) return provider.kind;
  return undefined;
}

function tellsOfSocialServices({ field, use, provider, planKind, legalBasis }: SearchCriterion): boolean {
  if (field === 'other') return false;
  if (use === 'sort' || use === 'include' || field === 'text') return true;
  switch (field) {
    case 'owner':
    case 'party':
    case 'team':
      return provider?.kind !== 'care';
    case 'plan-kind':
      return planKind === undefined || planKind === 'GP';
    case 'legal-basis':
      return legalBasis !== 'HSL';
  }
}
