import type { Row } from '../../db/save-rows.ts';
import type { Instant } from '../../shared/owned.ts';
import type { SharingKind, SharingThings } from '../domain/model.ts';

/** Where a kind of thing is stored, and what is copied to columns for constraints and searches in SQL. */
interface Storage<K extends SharingKind> {
  readonly table: string;
  readonly columns: (thing: SharingThings[K]) => Row;
}

const period = ({ from, until }: { readonly from: Instant; readonly until?: Instant }): Row => ({
  from_at: from,
  until_at: until ?? null,
});

/** Every kind and its table; adding a kind without one does not compile. */
export const STORAGE: { readonly [K in SharingKind]: Storage<K> } = {
  'information-given': { table: 'information_given', columns: ({ provider, at }) => ({ provider, given_at: at }) },
  'care-relation': { table: 'care_relations', columns: (it) => ({ unit: it.unit, kind: it.kind, ...period(it) }) },
  inability: { table: 'inabilities', columns: (it) => ({ kind: it.kind, ...period(it) }) },
  block: {
    table: 'blocks',
    columns: (it) => ({
      reach: it.reach,
      provider: it.provider,
      unit: it.unit ?? null,
      lifted_at: it.liftedAt ?? null,
      ...period(it),
    }),
  },
  'emergency-access': {
    table: 'emergency_accesses',
    columns: (it) => ({ staff: it.staff, unit: it.unit, review: it.review, ...period(it) }),
  },
  'block-lift-request': {
    table: 'block_lift_requests',
    columns: (it) => ({ emergency_id: it.emergencyId, asked_provider: it.askedProvider, state: it.state }),
  },
  'guardian-block': {
    table: 'guardian_blocks',
    columns: (it) => ({ guardian_id: it.guardianId ?? null, ...period(it) }),
  },
  sealing: {
    table: 'sealings',
    columns: (it) => ({ provider: it.provider ?? null, unit: it.unit ?? null, ...period(it) }),
  },
  'unit-decision': {
    table: 'unit_decisions',
    columns: (it) => ({ unit: it.unit, opens_for: it.opensFor, ...period(it) }),
  },
  'protected-access': {
    table: 'protected_access',
    columns: (it) => ({
      staff: it.staff ?? null,
      unit: it.unit ?? null,
      client_id: it.clientId ?? null,
      related_person_id: it.relatedPersonId ?? null,
      ...period(it),
    }),
  },
};
