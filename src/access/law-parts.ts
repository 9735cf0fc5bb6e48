import type { RawRecord, RecordPart } from '../db/record-query.ts';
import type { HsaId } from '../shared/owned.ts';

const GOES_BY =
  'select t.canonical_id from patient_keys t where t.patient_id = any ((select keys from k)::uuid[]) limit 1';
const OF_PERSON = 't.patient_id = any ((select keys from k)::uuid[])';

/** Who has custody, and the actor's own relations: by the keyed hash of the number that a citizen signed in with. */
const RELATED = `select json_agg(json_build_object('id', t.id, 'kind', t.relation, 'from', t.content->>'from',
    'until', t.content->>'until', 'decisionReference', t.content->>'decisionReference', 'isActor', t.number_hash = $5,
    'isProtected', t.number_hash = $5 and (t.content->'protectedIdentity' = 'true'::jsonb or is_protected_number($5))))
  from related_persons t
  where ${OF_PERSON} and (t.relation = 'guardian' or t.number_hash = $5) and not t.entered_in_error`;

const PERSONS = `select json_agg(json_build_object('goesBy', t.patient_id = (${GOES_BY}),
    'numbers', t.content->'numbers', 'deceasedOn', t.deceased_on, 'protectedIdentity', t.protected_identity,
    'protectedWhile', t.content->'protectedWhile'))
  from patients t where ${OF_PERSON} and t.id = t.patient_id`;

const CONSENTS = `select json_agg(t.content || jsonb_build_object('id', t.id, 'planId', t.plan_id))
  from consents t where ${OF_PERSON} and not t.entered_in_error`;

/** Everything else, each with its own kind under a name that no content has. */
const FACTS = `select json_agg(t.content || jsonb_build_object('id', t.id, 'factKind', t.kind))
  from access_facts t where ${OF_PERSON} and not t.entered_in_error
    and t.kind not in ('block-lift-request', 'export-request')`;

/** Staff who must not be named to anyone: few, found by an index of their own. */
const PROTECTED_STAFF = `select coalesce(json_agg(w.hsa_id), '[]'::json) from staff w where w.protected_identity`;

/** For lists across patients, which have no `lawPart`: staff whom no answer names. */
export const protectedStaffPart: RecordPart = { name: 'protectedStaff', sql: PROTECTED_STAFF };

/** What {@link protectedStaffPart} gave. */
export function readProtectedStaff(raw: RawRecord): ReadonlySet<HsaId> {
  return new Set(raw[protectedStaffPart.name] as HsaId[]);
}

const OF_LAW = `'goesBy', (${GOES_BY}), 'persons', (${PERSONS}), 'related', (${RELATED}),
    'consents', (${CONSENTS}), 'facts', (${FACTS})`;

/**
 * All that the law asks about one person, to be read in the same statement as the content that it judges. The tables
 * belong to other slices; only here, where the policy stands, is it known which of them it asks about.
 */
export const lawPart: RecordPart = {
  name: 'law',
  sql: `select json_build_object(${OF_LAW}, 'protectedStaff', (${PROTECTED_STAFF}))`,
};

/** As {@link lawPart}, for a reader who remembers which staff no answer names at this version of the directory. */
export const lawPartBesideDirectory: RecordPart = { name: 'law', sql: `select json_build_object(${OF_LAW})` };
