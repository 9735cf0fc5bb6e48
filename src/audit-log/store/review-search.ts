import type { ClientBase } from 'pg';
import { runQuery } from '../../db/query.ts';
import type { PatientId } from '../../shared/ids.ts';
import type { HsaId } from '../../shared/owned.ts';
import type { LogEntry } from '../domain/entry.ts';
import { entryJson } from './entry-json.ts';
import { hiddenFrom, type Reviewer, reviewerValues } from './reviews.ts';

/** Entries that one review looks through at most: seconds, not minutes, of the database's time. */
export const MOST_COVERED = 500_000;
/** Findings that one review keeps. */
export const MOST_FINDINGS = 500;

/** What is searched: always one provider's, which row-level security holds as well. */
export interface SearchScope {
  readonly provider: HsaId;
  /** Epoch milliseconds, up to but not including `until`. */
  readonly from: number;
  readonly until: number;
  readonly unit?: HsaId;
}

export interface FoundEntries {
  /** More than {@link MOST_COVERED} when there were too many to go on. */
  readonly covered: number;
  readonly entries: readonly LogEntry[];
}

/** Whose entries: all of the provider's users, one of them, or everybody's who dealt with one person. */
const WHICH = {
  provider: 'e.user_provider = $1',
  user: 'e.user_id = $5 and e.user_provider = $1',
  emergency: `e.user_provider = $1 and e.activity = 'Nödöppning'`,
  // Whose of these the provider may see, row-level security says alone.
  patient: `$1::text is not null and e.patient_id in (select a.patient_id from patient_keys a
    where a.canonical_id = (select c.canonical_id from patient_keys c where c.patient_id = $5::uuid))`,
} as const;

/** Without the lists of things, which are most of an entry. */
const LIGHT = `e.patient_id, e.at, e.id, e.user_kind, e.user_id, e.user_name, e.user_unit, e.activity, e.action, e.outcome, e.purpose`;

const PERSONS_COVERED = '(select array_agg(distinct w.patient_id) from w)';
/** A protected person's log is reviewed by itself alone, by who is on the list: else a total would tell the next reader. */
const hiddenIn = (which: keyof typeof WHICH) =>
  which === 'patient' ? hiddenFrom(PERSONS_COVERED, 7) : `protected_among(${PERSONS_COVERED})`;

/**
 * What a search covers. Persons with protected identity are taken out before anything is counted: not even a total may
 * tell that they exist.
 */
const coveredSql = (which: keyof typeof WHICH) => `w as materialized (select ${LIGHT} from audit_entries e
    where ${WHICH[which]} and e.at >= $2 and e.at < $3 and ($4::text is null or e.user_unit = $4) limit ${MOST_COVERED + 1}),
  h as materialized (select ${hiddenIn(which)} as hidden),
  c as materialized (select w.* from w where w.patient_id <> all ((select hidden from h)::uuid[]))`;

const place = ({ provider, from, until, unit }: SearchScope) => [
  provider,
  new Date(from).toISOString(),
  new Date(until).toISOString(),
  unit ?? null,
];

async function entriesOf(client: ClientBase, which: keyof typeof WHICH, order: string, values: readonly unknown[]) {
  const text = `with ${coveredSql(which)},
  d as materialized (select c.patient_id, c.at, c.id, row_number() over () as place from (select c.* from c
    where (select count(*) from w) <= ${MOST_COVERED} order by ${order} limit $6) c)
    select (select count(*) from w)::int as all, (select count(*) from c)::int as covered,
      (select coalesce(json_agg(${entryJson('null::uuid[]')} order by d.place), '[]'::json)
        from d join audit_entries e using (patient_id, at, id)) as entries`;
  const { rows } = await runQuery<{ all: number; covered: number; entries: LogEntry[] }>(client, {
    name: `review_${which}`,
    text,
    values,
  });
  const { all, covered, entries } = rows[0]!;
  return { covered: all > MOST_COVERED ? all : covered, entries };
}

/** Draws entries of the provider's users by the seed: the same seed draws the same, whoever asks and when. */
export function drawSample(client: ClientBase, scope: SearchScope, seed: string, size: number): Promise<FoundEntries> {
  return entriesOf(client, 'provider', `sha256(convert_to($5 || c.id::text, 'UTF8'))`, [...place(scope), seed, size]);
}

/** What one of the provider's users did, newest first. */
export function findByUser(client: ClientBase, scope: SearchScope, staff: HsaId): Promise<FoundEntries> {
  return entriesOf(client, 'user', 'c.at desc, c.id', [...place(scope), staff, MOST_FINDINGS + 1]);
}

/** What the provider's users did with one person's record, and others with the provider's own data about the person. */
export function findByPatient(
  client: ClientBase,
  scope: SearchScope,
  patient: PatientId,
  by: Reviewer,
): Promise<FoundEntries> {
  const values = [...place(scope), patient, MOST_FINDINGS + 1, ...reviewerValues(by)];
  return entriesOf(client, 'patient', 'c.at desc, c.id', values);
}

/** Emergency accesses by the provider's users, newest first: each is to be looked at. */
export function findEmergencies(client: ClientBase, scope: SearchScope): Promise<FoundEntries> {
  return entriesOf(client, 'emergency', '$5::text, c.at desc, c.id', [...place(scope), null, MOST_FINDINGS + 1]);
}

/** What one user did with one person's record. */
export interface FoundDealing {
  readonly userId: HsaId;
  readonly userName?: string;
  readonly patientId: PatientId;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly entries: number;
  readonly units: readonly string[];
  readonly activities: readonly string[];
  readonly actions: readonly string[];
  readonly outcomes: readonly string[];
  readonly purposes: readonly string[];
}

/** A day on which a user opened many persons' records. */
export interface FoundDay extends Omit<FoundDealing, 'patientId'> {
  readonly persons: number;
}

const SUMMED = `'userId', c.user_id, 'userName', max(c.user_name), 'firstAt', audit_instant(min(c.at)), 'lastAt', audit_instant(max(c.at)),
  'entries', count(*), 'units', array_agg(distinct c.user_unit), 'activities', array_agg(distinct c.activity),
  'actions', array_agg(distinct c.action), 'outcomes', array_agg(distinct c.outcome), 'purposes', array_agg(distinct c.purpose)`;

const DEALINGS = `with ${coveredSql('provider')},
  s as materialized (select c.* from c where c.user_kind = 'staff' and c.patient_id <> '00000000-0000-0000-0000-000000000000'
    and (select count(*) from w) <= ${MOST_COVERED})
select (select count(*) from w)::int as all, (select count(*) from c)::int as covered,
  (select coalesce(json_agg(d.json), '[]'::json) from (select json_build_object('patientId', c.patient_id, ${SUMMED}) as json
    from s c group by c.user_id, c.patient_id) d) as dealings,
  (select coalesce(json_agg(d.json), '[]'::json) from (select json_build_object('persons', count(distinct c.patient_id), ${SUMMED}) as json
    from s c group by c.user_id, (c.at at time zone 'Europe/Stockholm')::date having count(distinct c.patient_id) > $5) d) as days`;

/** All that the provider's users did, summed by user and person, and the days when someone opened more than usual. */
export async function findDealings(client: ClientBase, scope: SearchScope, volumeAbove: number) {
  const values = [...place(scope), volumeAbove];
  const { rows } = await runQuery<{ all: number; covered: number; dealings: FoundDealing[]; days: FoundDay[] }>(
    client,
    {
      name: 'review_dealings',
      text: DEALINGS,
      values,
    },
  );
  const { all, covered, dealings, days } = rows[0]!;
  return { covered: all > MOST_COVERED ? all : covered, dealings, days };
}
