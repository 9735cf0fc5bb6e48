import {
  type Asking,
  actorUnitPart,
  type Desk,
  lawRefusal,
  momentOf,
  readActorUnit,
  reading,
  Sealed,
  type SearchCriterion,
  searchBan,
} from '../access/index.ts';
import { recordQuery } from '../db/record-query.ts';
import { NIL_PATIENT } from '../shared/ids.ts';
import type { HsaId, LegalBasis } from '../shared/owned.ts';
import type { PlanKind } from './domain/model.ts';
import { searchNeedsPatient } from './problems.ts';

/** By what plans can be told apart: free within one person's, and never to find persons by. */
export interface PlanCriteria {
  readonly kind?: PlanKind;
  readonly owner?: HsaId;
  readonly party?: HsaId;
  readonly legalBasis?: LegalBasis;
  readonly text?: string;
}

const providersPart = {
  name: 'providers',
  sql: `select coalesce(json_agg(json_build_object('hsaId', n.hsa_id, 'kind', p.kind)), '[]'::json)
    from unnest($8::text[]) n(hsa_id)
      left join units u on u.hsa_id = n.hsa_id
      join care_providers p on p.hsa_id = coalesce(u.provider_hsa_id, n.hsa_id)`,
};
const searchRecord = recordQuery('person_search', [actorUnitPart, providersPart], { unbound: true });

interface NamedProvider {
  readonly hsaId: HsaId;
  readonly kind: 'care' | 'social-care';
}

/**
 * A search that names no person would find persons by what their plans hold, and there is none: refused by its own code
 * for a care provider's user that asks for social-service interventions (PDL 2:8), never answered with an empty list.
 *
 * @throws search-ban (403), search-needs-patient (422)
 */
export function refusePersonSearch(desk: Desk, asking: Asking, criteria: PlanCriteria): Promise<never> {
  const named = [criteria.owner, criteria.party].filter((one) => one !== undefined);
  return reading(desk, asking, {
    action: 'plan.list',
    load: async () => new Sealed(await searchRecord(desk.pool, asking.actor, {}, [named])),
    facts: (raw) => ({ ...momentOf(desk), actorUnit: readActorUnit(raw), isSelf: false, patientKnown: false }),
    patientOf: () => NIL_PATIENT,
    show: (_grant, raw) => {
      const providers = new Map((raw.providers as NamedProvider[]).map((one) => [one.hsaId, one]));
      const search = { criteria: criteriaOf(criteria, providers), withinOnePatient: false };
      const unit = readActorUnit(raw);
      if (searchBan(asking.actor, search, unit ? { actorUnit: unit } : {})) throw lawRefusal('search-ban')();
      throw searchNeedsPatient();
    },
  });
}

function criteriaOf(
  { kind, owner, party, legalBasis, text }: PlanCriteria,
  providers: ReadonlyMap<HsaId, NamedProvider>,
): SearchCriterion[] {
  const use = 'filter' as const;
  const by = (field: 'owner' | 'party', hsaId: HsaId): SearchCriterion => {
    const provider = providers.get(hsaId);
    return { field, use, ...(provider ? { provider } : {}) };
  };
  return [
    ...(kind ? [{ field: 'plan-kind', use, planKind: kind } as const] : []),
    ...(owner ? [by('owner', owner)] : []),
    ...(party ? [by('party', party)] : []),
    ...(legalBasis ? [{ field: 'legal-basis', use, legalBasis } as const] : []),
    ...(text ? [{ field: 'text', use } as const] : []),
  ];
}
