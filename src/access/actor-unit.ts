import type { RawRecord, RecordPart } from '../db/record-query.ts';
import type { HsaId } from '../shared/owned.ts';
import type { UnitFacts } from '../shared/unit-facts.ts';

/** SQL for a unit's facts as JSON, with its provider and principal; null for an HSA-id that the directory lacks. */
export const unitFactsSql = (hsaId: string) => `select json_strip_nulls(json_build_object(
    'hsaId', u.hsa_id, 'name', u.name, 'area', u.area, 'active', u.active and p.active and h.active,
    'provider', json_build_object('hsaId', p.hsa_id, 'name', p.name, 'kind', p.kind,
      'joinedFrom', to_char(p.joined_shared_documentation_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      'joinedTo', to_char(p.joined_shared_documentation_to at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
    'principal', json_build_object('hsaId', h.hsa_id, 'name', h.name, 'kind', h.kind)))
  from units u join care_providers p on p.hsa_id = u.provider_hsa_id
    join principals h on h.hsa_id = p.principal_hsa_id
  where u.hsa_id = ${hsaId}`;

/**
 * The provider of each of these units, under `name`: a sealing of a provider closes all that are its.
 *
 * @param hsaIds SQL of a select of one column, HSA-ids; nulls and ids of other things are passed over
 */
export function unitProvidersPart(name: string, hsaIds: string): RecordPart {
  const sql = `select coalesce(json_object_agg(u.hsa_id, u.provider_hsa_id), '{}'::json) from units u where u.hsa_id in (
    ${hsaIds})`;
  return { name, sql };
}

/** What {@link unitProvidersPart} gave under `name`. */
export function readUnitProviders(raw: RawRecord, name: string): ReadonlyMap<HsaId, HsaId> {
  return new Map(Object.entries(raw[name] as Readonly<Record<HsaId, HsaId>>));
}

/** The acting unit as the directory knows it, read in the same statement as what the policy is to judge. */
export const actorUnitPart: RecordPart = { name: 'actorUnit', sql: unitFactsSql('$3') };

/**
 * What {@link actorUnitPart} gave: undefined for an actor without a unit (citizen, system) and for one whose unit the
 * directory lacks. A unit counts as active only while its provider and principal are.
 */
export function readActorUnit(raw: RawRecord): UnitFacts | undefined {
  return (raw.actorUnit as UnitFacts | null | undefined) ?? undefined;
}
