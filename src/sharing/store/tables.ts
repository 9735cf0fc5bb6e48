import type { Row } from '../../db/save-rows.ts';
import type { Instant } from '../../shared/owned.ts';
import type { SharingKind, SharingThings } from '../domain/model.ts';

/** The one table of all kinds, see `db/schema/sharing.ts`. */
export const TABLE = 'access_facts';

const NONE = { provider: null, unit: null, staff: null, client_id: null, state: null, from_at: null, until_at: null };

const period = ({ from, until }: { readonly from: Instant; readonly until?: Instant }): Row => ({
  from_at: from,
  until_at: until ?? null,
});

type Columns = { readonly [K in SharingKind]: (thing: SharingThings[K]) => Row };

/** What of each kind is copied to columns, for constraints and searches in SQL. */
const COLUMNS: Columns = {
  'information-given': ({ provider, at }) => ({ provider, from_at: at }),
  'care-relation': (it) => ({ unit: it.unit, state: it.kind, ...period(it) }),
  inability: (it) => ({ state: it.kind, ...period(it) }),
  block: (it) => ({ provider: it.provider, unit: it.unit ?? null, state: it.reach, ...period(it) }),
  'emergency-access': (it) => ({ unit: it.unit, staff: it.staff, state: it.review, ...period(it) }),
  'block-lift-request': (it) => ({ provider: it.askedProvider, unit: it.askedUnit ?? null, state: it.state }),
  'guardian-block': period,
  sealing: (it) => ({ provider: it.provider ?? null, unit: it.unit ?? null, ...period(it) }),
  'unit-decision': (it) => ({ unit: it.unit, state: it.opensFor, ...period(it) }),
  'protected-access': (it) => ({
    staff: it.staff ?? null,
    unit: it.unit ?? null,
    client_id: it.clientId ?? null,
    ...period(it),
  }),
  'export-request': (it) => ({ provider: it.recordedBy.provider, staff: it.staff, state: it.state, ...period(it) }),
};

/** The columns of a thing beside its ownership and content. */
export function columnsOf<K extends SharingKind>(kind: K, thing: SharingThings[K]): Row {
  return { ...NONE, kind, ...COLUMNS[kind](thing) };
}
