import { publicReferenceId, type ThingId } from '../../shared/ids.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { swedishDate } from '../../shared/swedish-time.ts';
import type { DirectoryEntry, Searched } from '../domain/search.ts';
import type { ChannelNow } from '../list-channels.ts';

const own = (entry: DirectoryEntry) => publicReferenceId(entry.id as ThingId);

/** A provider's period is stored as moments and shown as its first and last day. */
function presentProvider({ joinedFrom, joinedTo, ...entry }: DirectoryEntry): DirectoryEntry {
  return {
    ...entry,
    ...(joinedFrom !== undefined && { joinedSharedDocumentationFrom: swedishDate(Date.parse(joinedFrom as string)) }),
    ...(joinedTo !== undefined && { joinedSharedDocumentationTo: swedishDate(Date.parse(joinedTo as string) - 1) }),
  };
}

const ROLE_UNKNOWN = 'Medarbetare';

/** Someone with protected identity has come here without a name, and is called by the role. */
function presentStaff(entry: DirectoryEntry): DirectoryEntry {
  const { givenName, familyName, title = ROLE_UNKNOWN } = entry as Readonly<Record<string, string | undefined>>;
  return { ...entry, displayName: familyName === undefined ? title : `${givenName} ${familyName}` };
}

const PRESENT: Readonly<Partial<Record<Searched, (entry: DirectoryEntry) => DirectoryEntry>>> = {
  providers: presentProvider,
  staff: presentStaff,
};

/** An entry of the directory as the door answers it, its key made public. */
export function presentEntry(what: Searched, entry: DirectoryEntry): DirectoryEntry {
  return { ...(PRESENT[what]?.(entry) ?? entry), id: own(entry) };
}

/** A channel as the door answers it. */
export function presentChannel({ id, changesAt, ...channel }: ChannelNow) {
  return {
    ...channel,
    id: publicReferenceId(id as ThingId),
    ...(changesAt !== undefined && { changesAt: toRfc3339Utc(changesAt) }),
  };
}
