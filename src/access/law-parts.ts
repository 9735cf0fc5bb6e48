import type { RecordPart } from '../db/record-query.ts';

const GOES_BY =
  'select t.canonical_id from patient_keys t where t.patient_id = any ((select keys from k)::uuid[]) limit 1';
const OF_PERSON = 't.patient_id = any ((select keys from k)::uuid[])';

/** Every row of a table about the person that is no mistake, as its content with its own key. */
const rowsOf = (table: string, more = '') =>
  `select coalesce(json_agg(t.content || jsonb_build_object('id', t.id${more})), '[]'::json)
    from ${table} t where ${OF_PERSON} and not t.entered_in_error`;

/** The actor's own relations to the patient, for a citizen: by the keyed hash of the number that they signed in with. */
const RELATED = `select coalesce(json_agg(json_strip_nulls(json_build_object('id', t.id, 'kind', t.relation,
    'from', t.content->>'from', 'until', t.content->>'until', 'decisionReference', t.content->>'decisionReference',
    'isProtected', coalesce((t.content->>'protectedIdentity')::boolean, false) or is_protected_number($5)))), '[]'::json)
  from related_persons t where ${OF_PERSON} and t.number_hash = $5 and not t.entered_in_error`;

const PERSONS = `select coalesce(json_agg(json_build_object('goesBy', t.patient_id = (${GOES_BY}),
    'numbers', t.content->'numbers', 'deceasedOn', t.deceased_on, 'protectedIdentity', t.protected_identity,
    'protectedWhile', t.content->'protectedWhile')), '[]'::json)
  from patients t where ${OF_PERSON} and t.id = t.patient_id`;

const GUARDIANS = `select coalesce(json_agg(json_build_object('id', t.id, 'from', t.content->>'from',
    'until', t.content->>'until')), '[]'::json)
  from related_persons t where ${OF_PERSON} and t.relation = 'guardian' and not t.entered_in_error`;

/**
 * All that the law asks about one person, to be read in the same statement as the content that it judges. The tables
 * belong to other slices; only here, where the policy stands, is it known which of them it asks about.
 */
export const lawPart: RecordPart = {
  name: 'law',
  sql: `select json_build_object(
    'goesBy', (${GOES_BY}),
    'persons', (${PERSONS}),
    'related', (${RELATED}),
    'guardians', (${GUARDIANS}),
    'consents', (${rowsOf('consents', `, 'planId', t.plan_id`)}),
    'information', (${rowsOf('information_given')}),
    'careRelations', (${rowsOf('care_relations')}),
    'inabilities', (${rowsOf('inabilities')}),
    'blocks', (${rowsOf('blocks')}),
    'emergencies', (${rowsOf('emergency_accesses')}),
    'guardianBlocks', (${rowsOf('guardian_blocks')}),
    'sealings', (${rowsOf('sealings')}),
    'unitDecisions', (${rowsOf('unit_decisions')}),
    'protectedAccess', (${rowsOf('protected_access')}))`,
};
