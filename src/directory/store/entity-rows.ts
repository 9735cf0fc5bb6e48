import type { LocalDate } from '../../shared/calendar.ts';
import { endOfDay, startOfDay, swedishDate } from '../../shared/swedish-time.ts';
import type { DirectoryEntities, EntityType } from '../domain/model.ts';
import { searchWords, sortKey } from '../domain/search-words.ts';

/** A row as the driver gives and takes it, by column. */
export type TableRow = Readonly<Record<string, unknown>>;

interface Storage<E> {
  readonly table: string;
  /** The columns that tell one entity from another. */
  readonly key: readonly string[];
  readonly toRow: (entity: E) => TableRow;
  readonly fromRow: (row: TableRow) => E;
}

/** What a name is found and put in order by. */
function named(name: string): TableRow {
  return { name, search_words: searchWords(name), sort_key: sortKey(name) };
}

function joinedFrom(date: LocalDate | null): string | null {
  return date === null ? null : new Date(startOfDay(date)).toISOString();
}

/** The last day itself is inside, so what is stored is the moment when it has passed. */
function joinedTo(date: LocalDate | null): string | null {
  return date === null ? null : new Date(endOfDay(date)).toISOString();
}

function dateFrom(stored: unknown, offset: number): LocalDate | null {
  return stored instanceof Date ? swedishDate(stored.getTime() + offset) : null;
}

/**
 * Where each kind of entity is kept. A member of staff with protected identity gets no search words and no place in
 * the order of names: what is not stored there cannot be found by any search.
 */
export const STORAGE: { readonly [T in EntityType]: Storage<DirectoryEntities[T]> } = {
  principals: {
    table: 'principals',
    key: ['hsa_id'],
    toRow: (p) => ({ hsa_id: p.hsaId, ...named(p.name), kind: p.kind, area_code: p.areaCode, active: p.active }),
    fromRow: (r) =>
      ({
        hsaId: r.hsa_id,
        name: r.name,
        kind: r.kind,
        areaCode: r.area_code,
        active: r.active,
      }) as DirectoryEntities['principals'],
  },
  providers: {
    table: 'care_providers',
    key: ['hsa_id'],
    toRow: (p) => ({
      hsa_id: p.hsaId,
      ...named(p.name),
      kind: p.kind,
      principal_hsa_id: p.principalHsaId,
      organization_number: p.organizationNumber,
      joined_shared_documentation_from: joinedFrom(p.joinedSharedDocumentationFrom),
      joined_shared_documentation_to: joinedTo(p.joinedSharedDocumentationTo),
      active: p.active,
    }),
    fromRow: (r) =>
      ({
        hsaId: r.hsa_id,
        name: r.name,
        kind: r.kind,
        principalHsaId: r.principal_hsa_id,
        organizationNumber: r.organization_number,
        joinedSharedDocumentationFrom: dateFrom(r.joined_shared_documentation_from, 0),
        joinedSharedDocumentationTo: dateFrom(r.joined_shared_documentation_to, -1),
        active: r.active,
      }) as DirectoryEntities['providers'],
  },
  units: {
    table: 'units',
    key: ['hsa_id'],
    toRow: (u) => ({
      hsa_id: u.hsaId,
      ...named(u.name),
      area: u.area,
      provider_hsa_id: u.providerHsaId,
      active: u.active,
    }),
    fromRow: (r) =>
      ({
        hsaId: r.hsa_id,
        name: r.name,
        area: r.area,
        providerHsaId: r.provider_hsa_id,
        active: r.active,
      }) as DirectoryEntities['units'],
  },
  staff: {
    table: 'staff',
    key: ['hsa_id'],
    toRow: (s) => ({
      hsa_id: s.hsaId,
      given_name: s.givenName,
      family_name: s.familyName,
      title: s.title,
      unit_hsa_ids: s.unitHsaIds,
      protected_identity: s.protectedIdentity,
      active: s.active,
      search_words: s.protectedIdentity ? [] : searchWords(`${s.givenName} ${s.familyName}`),
      sort_key: s.protectedIdentity ? '' : sortKey(`${s.familyName} ${s.givenName}`),
    }),
    fromRow: (r) =>
      ({
        hsaId: r.hsa_id,
        givenName: r.given_name,
        familyName: r.family_name,
        title: r.title,
        unitHsaIds: r.unit_hsa_ids,
        protectedIdentity: r.protected_identity,
        active: r.active,
      }) as DirectoryEntities['staff'],
  },
  channels: {
    table: 'contact_channels',
    key: ['owner_hsa_id', 'key'],
    toRow: (c) => ({
      owner_hsa_id: c.ownerHsaId,
      key: c.key,
      kind: c.kind,
      value: c.value,
      purpose: c.purpose,
      audience: c.audience,
      opening_hours: c.openingHours,
      when_closed: c.whenClosed,
      in_emergency: c.inEmergency,
      ord: c.order,
      active: c.active,
    }),
    fromRow: (r) =>
      ({
        ownerHsaId: r.owner_hsa_id,
        key: r.key,
        kind: r.kind,
        value: r.value,
        purpose: r.purpose,
        audience: r.audience,
        openingHours: r.opening_hours,
        whenClosed: r.when_closed,
        inEmergency: r.in_emergency,
        order: r.ord,
        active: r.active,
      }) as DirectoryEntities['channels'],
  },
};

/** The parts of an entity's key, in the order of its key columns. */
export function keyParts(key: string): readonly string[] {
  const space = key.indexOf(' ');
  return space < 0 ? [key] : [key.slice(0, space), key.slice(space + 1)];
}
