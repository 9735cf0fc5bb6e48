import type { RecordPart } from '../db/record-query.ts';

/** A unit with its provider and principal, as `UnitFacts`. */
const UNIT_FACTS = `json_build_object('hsaId', u.hsa_id, 'name', u.name, 'area', u.area, 'active', u.active,
    'provider', json_build_object('hsaId', p.hsa_id, 'name', p.name, 'kind', p.kind,
      'joinedFrom', p.joined_shared_documentation_from, 'joinedTo', p.joined_shared_documentation_to),
    'principal', json_build_object('hsaId', h.hsa_id, 'name', h.name, 'kind', h.kind))`;

/**
 * The units that a record speaks of, read in the same snapshot as the record, so that no decision stands on an older
 * directory than its content.
 *
 * @param hsaIds SQL that gives one column of HSA-ids
 */
export function unitsPart(hsaIds: string): RecordPart {
  return {
    name: 'units',
    sql: `select coalesce(json_agg(${UNIT_FACTS}), '[]'::json) from units u
      join care_providers p on p.hsa_id = u.provider_hsa_id join principals h on h.hsa_id = p.principal_hsa_id
      where u.hsa_id in (${hsaIds})`,
  };
}

/** The contact channels of units and staff that a record speaks of. */
export function channelsPart(hsaIds: string): RecordPart {
  return {
    name: 'channels',
    sql: `select coalesce(json_agg(json_build_object('owner', c.owner_hsa_id, 'kind', c.kind, 'value', c.value,
      'purpose', c.purpose, 'audience', c.audience, 'openingHours', c.opening_hours, 'whenClosed', c.when_closed,
      'inEmergency', c.in_emergency) order by c.owner_hsa_id, c.ord, c.key), '[]'::json)
      from contact_channels c where c.active and c.owner_hsa_id in (${hsaIds})`,
  };
}
