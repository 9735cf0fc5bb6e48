import { protectedStaffPart } from '../../access/index.ts';
import { type Queryable, runQuery } from '../../db/query.ts';
import type { RecordPart } from '../../db/record-query.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import { channelsByOwner, channelsPart, staffPart, unitsPart } from './read-parts.ts';

/** Whether a member of staff is at work, where, and free to be named. */
export interface ListedStaff {
  readonly hsaId: string;
  readonly active: boolean;
  readonly protectedIdentity: boolean;
  readonly units: readonly string[];
}

/** What records need to know of whoever has this HSA-id; nothing but the id when the directory lacks it. */
export interface Listed {
  readonly hsaId: string;
  readonly unit?: UnitFacts;
  readonly staff?: ListedStaff;
  /** Those in use, in the owner's own order, as `channelsPart` gives them. */
  readonly channels: readonly ListedChannel[];
}

/** A channel as the records' own rules take it, of which only the hours are known here. */
export interface ListedChannel {
  readonly openingHours: object;
}

/** Several at once, from one snapshot. */
export interface ListedAtOnce {
  readonly version: string;
  /** Left out when the version is the one that was known. */
  readonly protectedStaff: readonly string[] | null;
  readonly listed: readonly Listed[];
}

/** The version of the directory in the snapshot of a record: as long as it is the same, so is the directory. */
export const versionPart: RecordPart = {
  name: 'directoryVersion',
  sql: 'select v.version from directory_version v where v.id = 1',
};

const ASKED = 'select unnest($1::text[])';
const PARTS = [versionPart, unitsPart(ASKED), channelsPart(ASKED), staffPart(ASKED)];

const TEXT = `select json_build_object(
  'protectedStaff', case when (${versionPart.sql}) is distinct from $2::uuid then (${protectedStaffPart.sql}) end,
  ${PARTS.map(({ name, sql }) => `'${name}', (${sql})`).join(',\n  ')}) as said`;

interface Said {
  readonly directoryVersion: string;
  readonly protectedStaff: readonly string[] | null;
  readonly units: readonly UnitFacts[];
  readonly staff: readonly ListedStaff[];
  readonly channels: readonly (ListedChannel & { readonly owner: string })[];
}

/** Reads what the directory says of these, with its version, in one statement. */
export async function loadListed(
  on: Queryable,
  hsaIds: readonly string[],
  known: string | undefined,
): Promise<ListedAtOnce> {
  const values = [hsaIds, known ?? null];
  const { rows } = await runQuery<{ said: Said }>(on, { name: 'directory_listed', text: TEXT, values });
  const { directoryVersion, protectedStaff, units, staff, channels } = rows[0]!.said;
  const ofUnit = new Map(units.map((unit) => [unit.hsaId, unit]));
  const ofStaff = new Map(staff.map((one) => [one.hsaId, one]));
  const ofOwner = channelsByOwner(channels);
  const listed = hsaIds.map((hsaId) => ({
    hsaId,
    unit: ofUnit.get(hsaId),
    staff: ofStaff.get(hsaId),
    channels: ofOwner.get(hsaId) ?? [],
  }));
  return { version: directoryVersion, protectedStaff, listed };
}
