import type { RecordPart } from '../../db/record-query.ts';
import type { PatientId, ThingId } from '../../shared/ids.ts';
import { onceFor } from '../../shared/once.ts';
import type { ChangedBy, LegalBasis, Owned, RecordedBy } from '../../shared/owned.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import type { Contribution, ContributionKind, PlanContent } from '../domain/model.ts';
import { KINDS, STORAGE } from './tables.ts';

/*
 * A plan's contributions travel as one text, rows and fields parted by control characters, and after them the contents as
 * one JSON list. As JSON objects, writing the names of 25 columns for each of 50 rows took the database longer than
 * finding the rows, and reading them took the service as long again. Free text is JSON, in which no control character
 * stands as itself; a row with another number of fields than was asked for is a fault and never shown.
 *
 * Who wrote and who changed stand last: a plan is written by few, and each of them is read once.
 */
const FIELD = '\x1f';
const ROW = '\x1e';
const CONTENTS = '\x1d';
/** Parts a row's own fields from those of its writers, which stands between them as a field. */
const BETWEEN = '\x1f\x1c\x1f';

const OWN = {
  bare: ['revision', 'legal_basis', 'approved_for_patient', 'entered_in_error'],
  /** Seconds since 1970: a text of it would follow the server's own settings for dates. */
  instants: ['created_at', 'changed_at', 'signed_at'],
  maybe: ['signed_by'],
  words: ['external_source', 'external_id'],
} as const;

const OF_WRITERS = {
  bare: ['recorded_kind', 'recorded_unit', 'recorded_provider', 'recorded_principal', 'changed_kind'],
  maybe: ['recorded_staff', 'changed_staff', 'changed_unit'],
  words: ['recorded_name', 'changed_name', 'changed_why'],
} as const;

const OWN_COLUMNS = [...OWN.bare, ...OWN.instants, ...OWN.maybe, ...OWN.words];
const WRITERS_COLUMNS = [...OF_WRITERS.bare, ...OF_WRITERS.maybe, ...OF_WRITERS.words];

/** Kind, place of the patient's key among the person's, own key and plan come first. */
const FIELDS = 4 + OWN_COLUMNS.length;

const maybe = (column: string) => `coalesce(c.${column}, '')`;
const inJson = (column: string) => `coalesce(to_json(c.${column})::text, '')`;

/** A row's own text. Made once, of rows of all kinds: in each kind's select it cost more to prepare than to make. */
const BODY = `concat_ws(E'\\x1f', ${[
  ...['kind', 'place', 'id', 'plan_id', ...OWN.bare].map((column) => `c.${column}`),
  ...OWN.instants.map((column) => `coalesce(date_part('epoch', c.${column})::text, '')`),
  ...OWN.maybe.map(maybe),
  ...OWN.words.map(inJson),
  `E'\\x1c'`,
  ...OF_WRITERS.bare.map((column) => `c.${column}`),
  ...OF_WRITERS.maybe.map(maybe),
  ...OF_WRITERS.words.map(inJson),
].join(', ')})`;

function rowsOfKind(kind: ContributionKind, scope: 'plan' | 'person'): string {
  const ownKey = kind === 'plan' ? 'id' : 'plan_id';
  const columns = [...OWN_COLUMNS, ...WRITERS_COLUMNS].map((column) => `t.${column}`).join(', ');
  return `select ${KINDS.indexOf(kind)} as kind, p.place, t.id, t.${ownKey} as plan_id, ${columns}, t.content
    from ${STORAGE[kind].table} t where t.patient_id = p.id${scope === 'plan' ? ` and t.${ownKey} = $2` : ''}`;
}

/**
 * The contributions of one plan, or of all the person's, under all keys of the person: what {@link readContent} reads.
 */
export function contentText(scope: 'plan' | 'person'): RecordPart {
  const rows = `select r.* from unnest((select keys from k)) with ordinality p(id, place)
    cross join lateral (${KINDS.map((kind) => rowsOfKind(kind, scope)).join('\n  union all ')}) r`;
  const sql = `select string_agg(${BODY}, E'\\x1e') || E'\\x1d[' || string_agg(c.content::text, ',') || ']' from (${rows}) c`;
  return { name: 'content', sql };
}

/** The content that {@link contentText} holds, each contribution under its kind. */
export function readContent(text: string | null, keys: readonly PatientId[]): PlanContent {
  const content = {} as Record<ContributionKind, Contribution[]>;
  for (const kind of KINDS) content[kind] = [];
  if (text === null) return content as unknown as PlanContent;
  const [bodies = '', contents = ''] = text.split(CONTENTS);
  const own = JSON.parse(contents) as readonly object[];
  const rows = bodies.split(ROW);
  if (rows.length !== own.length) throw unreadable();
  const writersOf = onceFor(readWriters);
  for (let i = 0; i < rows.length; i++) {
    const [fields = '', writers = ''] = rows[i]!.split(BETWEEN);
    const f = fields.split(FIELD);
    if (f.length !== FIELDS) throw unreadable();
    const kind = KINDS[Number(f[0])]!;
    content[kind].push(contributionFrom(kind, f, writersOf(writers), own[i]!, keys));
  }
  return content as unknown as PlanContent;
}

const given = (field: string): string | undefined => (field === '' ? undefined : field);
const text = (field: string): string | undefined => (field === '' ? undefined : (JSON.parse(field) as string));

/** What one request wrote has one time: the rows of a plan repeat a few. */
const lately = { seconds: '', instant: '' };

function instantOf(seconds: string): string {
  if (seconds !== lately.seconds) {
    lately.instant = toRfc3339Utc(Math.round(Number(seconds) * 1000));
    lately.seconds = seconds;
  }
  return lately.instant;
}

/** Who wrote a contribution, and who changed it last. */
interface Writers {
  readonly recordedBy: RecordedBy;
  readonly changedBy: ChangedBy;
}

function readWriters(writers: string): Writers {
  const f = writers.split(FIELD);
  if (f.length !== WRITERS_COLUMNS.length) throw unreadable();
  const recordedBy: RecordedBy = {
    kind: f[0] as RecordedBy['kind'],
    staff: given(f[5]!),
    name: text(f[8]!),
    unit: f[1]!,
    provider: f[2]!,
    principal: f[3]!,
  };
  const changedBy: ChangedBy = {
    kind: f[4] as ChangedBy['kind'],
    staff: given(f[6]!),
    name: text(f[9]!),
    unit: given(f[7]!),
    why: text(f[10]!),
  };
  return { recordedBy, changedBy };
}

const unreadable = () => new Error('a stored contribution could not be read');

function contributionFrom(
  kind: ContributionKind,
  f: readonly string[],
  { recordedBy, changedBy }: Writers,
  content: object,
  keys: readonly PatientId[],
): Contribution {
  const source = text(f[12]!);
  const createdAt = instantOf(f[8]!);
  const owned: Owned & { planId?: ThingId } = {
    patientId: keys[Number(f[1]) - 1]!,
    id: f[2] as ThingId,
    revision: Number(f[4]),
    recordedBy,
    legalBasis: f[5] as LegalBasis,
    approvedForPatient: f[6] === 't',
    signedBy: given(f[11]!),
    signedAt: f[10] === '' ? undefined : instantOf(f[10]!),
    enteredInError: f[7] === 't',
    externalId: source === undefined ? undefined : { source, id: text(f[13]!)! },
    createdAt,
    changedAt: f[9] === f[8] ? createdAt : instantOf(f[9]!),
    changedBy,
  };
  // The header is in no plan: it is one.
  if (kind !== 'plan') owned.planId = f[3] as ThingId;
  return Object.assign(owned, content) as unknown as Contribution;
}
