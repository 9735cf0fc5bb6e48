import { unitFactsSql } from '../../access/index.ts';
import type { RecordPart } from '../../db/record-query.ts';

/**
 * The facts of all units that a record names, as a list of `UnitFacts` under `units`.
 *
 * @param hsaIds SQL of a select of one column, HSA-ids; nulls and ids of other things are passed over
 */
export function unitsPart(hsaIds: string): RecordPart {
  const facts = unitFactsSql(`any (array(${hsaIds}))`);
  return { name: 'units', sql: `select coalesce(json_agg(f.facts), '[]'::json) from (${facts}) f(facts)` };
}

/**
 * The channels in use of all units and staff that a record names, each as a `ContactChannel` with its `owner`, in the
 * owners' own order, under `channels`. Both audiences: whoever shows them to a patient leaves out the professionals'.
 */
export function channelsPart(hsaIds: string): RecordPart {
  const channel = `json_strip_nulls(json_build_object('owner', c.owner_hsa_id, 'key', c.key, 'kind', c.kind,
    'value', c.value, 'purpose', c.purpose, 'audience', c.audience, 'openingHours', c.opening_hours,
    'whenClosed', c.when_closed, 'inEmergency', c.in_emergency, 'order', c.ord))`;
  const sql = `select coalesce(json_agg(${channel} order by c.owner_hsa_id, c.ord, c.key), '[]'::json)
    from contact_channels c where c.active and c.owner_hsa_id = any (array(${hsaIds}))`;
  return { name: 'channels', sql };
}

/** What {@link channelsPart} gave, each owner's own in their order. */
export function channelsByOwner<T extends { readonly owner: string }>(
  rows: readonly T[],
): Map<string, Omit<T, 'owner'>[]> {
  const channels = new Map<string, Omit<T, 'owner'>[]>();
  for (const { owner, ...channel } of rows) {
    const own = channels.get(owner);
    if (own) own.push(channel);
    else channels.set(owner, [channel]);
  }
  return channels;
}

/** What plans may tell of the staff that a record names: whether they are at work, where, and free to be named. Under `staff`. */
export function staffPart(hsaIds: string): RecordPart {
  const sql = `select coalesce(json_agg(json_build_object('hsaId', s.hsa_id, 'active', s.active,
      'protectedIdentity', s.protected_identity, 'units', s.unit_hsa_ids)), '[]'::json)
    from staff s where s.hsa_id = any (array(${hsaIds}))`;
  return { name: 'staff', sql };
}
