import type { ClientBase, Pool } from 'pg';
import { actorSettings } from '../../db/bound.ts';
import { runQuery } from '../../db/query.ts';
import type { Actor } from '../../shared/actor.ts';
import type { PatientId } from '../../shared/ids.ts';
import type { HsaId } from '../../shared/owned.ts';
import type { KnownPerson, KnownUser } from '../domain/patterns.ts';

/** Persons that one statement is bound to; each row is compared with each of them. */
const BOUND_AT_ONCE = 100;

const PERSONS = `with k as materialized (select a.patient_id, a.canonical_id from patient_keys a where a.canonical_id in
    (select c.canonical_id from patient_keys c where c.patient_id = any ($1::uuid[]))),
s as materialized (select set_config('app.patient', coalesce((select string_agg(k.patient_id::text, ',') from k), ''), true) as bound,
  set_config('app.kind', $2, true), set_config('app.unit', '', true), set_config('app.provider', $3, true))
select (select coalesce(json_agg(json_build_object('id', k.patient_id,
    'givenName', p.content->>'givenName', 'familyName', p.content->>'familyName',
    'related', (select coalesce(json_agg(r.content->>'name'), '[]'::json) from related_persons r
      where r.patient_id in (select o.patient_id from k o where o.canonical_id = k.canonical_id) and not r.entered_in_error))), '[]'::json)
  from k join patients p on p.patient_id = k.canonical_id and p.id = k.canonical_id where k.patient_id = any ($1::uuid[])) as persons
from s where s.bound is not null`;

type PersonJson = KnownPerson & { readonly id: PatientId };

/** Names of persons and of their related persons, by key; bound to them, a hundred at a time. */
export async function readPersons(
  db: ClientBase | Pool,
  actor: Actor,
  keys: readonly PatientId[],
): Promise<ReadonlyMap<PatientId, KnownPerson>> {
  const known = new Map<PatientId, KnownPerson>();
  const { kind, provider } = actorSettings(actor);
  for (let from = 0; from < keys.length; from += BOUND_AT_ONCE) {
    const values = [keys.slice(from, from + BOUND_AT_ONCE), kind, provider];
    const { rows } = await runQuery<{ persons: PersonJson[] }>(db, { name: 'review_persons', text: PERSONS, values });
    for (const { id, ...person } of rows[0]?.persons ?? []) known.set(id, person);
  }
  return known;
}

/** What the directory says of staff, for comparing and for telling who they are. */
export interface DirectoryUser extends KnownUser {
  readonly title?: string;
  readonly protected: boolean;
}

/** Staff of the directory by HSA-id; those that it lacks are absent. */
export async function readUsers(
  db: ClientBase | Pool,
  ids: readonly HsaId[],
): Promise<ReadonlyMap<HsaId, DirectoryUser>> {
  const text = `select hsa_id as id, given_name as "givenName", family_name as "familyName", title, unit_hsa_ids as units,
    protected_identity as protected from staff where hsa_id = any ($1)`;
  type Row = DirectoryUser & { readonly id: HsaId; readonly title: string | null };
  const { rows } = await runQuery<Row>(db, { name: 'review_users', text, values: [ids] });
  return new Map(rows.map(({ id, title, ...user }) => [id, { ...user, ...(title === null ? {} : { title }) }]));
}
