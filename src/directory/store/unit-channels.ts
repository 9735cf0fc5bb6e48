import type { Pool } from 'pg';
import type { Actor } from '../../shared/actor.ts';
import type { ContactChannel } from '../domain/model.ts';
import { type DirectoryRead, readForActor } from './searches.ts';

/** A unit that exists, with its channels in use. */
export interface UnitChannels {
  readonly channels: readonly StoredChannel[];
}

export type StoredChannel = Omit<ContactChannel, 'ownerHsaId' | 'active' | 'whenClosed' | 'inEmergency'> & {
  readonly id: string;
  readonly whenClosed?: string;
  readonly inEmergency?: string;
};

/** The channels of one unit, in its own order; no row when there is no such unit. */
export function readUnitChannels(pool: Pool, actor: Actor, hsaId: string): Promise<DirectoryRead<UnitChannels>> {
  const channel = `json_strip_nulls(json_build_object('id', c.id, 'key', c.key, 'kind', c.kind, 'value', c.value,
    'purpose', c.purpose, 'audience', c.audience, 'openingHours', c.opening_hours, 'whenClosed', c.when_closed,
    'inEmergency', c.in_emergency, 'order', c.ord))`;
  const rows = `select (select coalesce(json_agg(${channel} order by c.ord, c.key), '[]'::json)
      from contact_channels c where c.active and c.owner_hsa_id = u.hsa_id) as channels
    from units u where u.hsa_id = $2`;
  return readForActor(pool, actor, { name: 'directory_unit_channels', text: rows, values: [hsaId] });
}
