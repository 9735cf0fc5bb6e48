import { type Asking, citizenMayKnow, type Desk, type Facts, momentOf, reading } from '../access/index.ts';
import { NIL_PATIENT, type PatientId, type ThingRef } from '../shared/ids.ts';
import type { Instant } from '../shared/owned.ts';
import { notFound } from '../shared/problems.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import { exportedBy, standingExport } from '../sharing/index.ts';
import type { LogEntry } from './domain/entry.ts';
import { type ToldEntry, toldEntry } from './domain/told-entry.ts';
import { type ExtractPage, type ExtractRecord, type LogPlace, loadExtract } from './store/extract.ts';

export type { ExtractPage, LogPlace };

export interface Extract {
  readonly entries: readonly ToldEntry[];
  /** Where the next page begins; undefined after the last. */
  readonly next?: LogPlace;
}

/**
 * One entry of a person's log, by its own key: told as in the extract, to those whom the extract is for.
 *
 * @throws notFound for an entry that is not there, and for one that the reader may not be told, alike
 */
export async function readLogEntry(desk: Desk, asking: Asking, { patientId, id }: ThingRef): Promise<ToldEntry> {
  const { entries } = await readExtract(desk, asking, patientId, { only: id, limit: 1 });
  return entries[0]!;
}

/**
 * One page of who has seen or done what about a person, newest first and in plain words (PDL 5:5, 8:5; lag 2022:913
 * 4:5): refusals too, and under every key that was joined to the person. To the patient all that is in direct access; to
 * staff, who hand it out, what their own provider answers for; of a protected person only by two, like any other export.
 * Reading it stands in it the next time.
 *
 * @param patientId whose, or undefined for the asking citizen's own
 * @throws notFound for nobody, for another's, for a person whom the reader may not know of, and for an entry that was
 *   asked for alone and is not there
 */
export function readExtract(
  desk: Desk,
  asking: Asking,
  patientId: PatientId | undefined,
  page: ExtractPage,
): Promise<Extract> {
  return reading(desk, asking, {
    action: 'log.extract',
    // One more than the page holds says whether there is another.
    load: () => loadExtract(desk.pool, asking.actor, patientId, { ...page, limit: page.limit + 1 }, momentOf(desk)),
    facts: (record) => ({ ...record.facts, ...exportingOf(asking, record, toRfc3339Utc(desk.clock.now())) }),
    patientOf: (record) => record.patientId ?? NIL_PATIENT,
    show: (grant, { facts, patientId: key, entries }) => {
      if (key === undefined) throw notFound();
      const shown = entries.slice(0, page.limit);
      const told = shown.filter(mayKnowOf(asking, facts));
      if (page.only !== undefined && told.length === 0) throw notFound();
      const last = shown.at(-1);
      const answer = {
        entries: told.map((entry) => toldEntry(entry, grant.relation === 'patient')),
        ...(last && entries.length > shown.length ? { next: { at: last.at, id: last.id } } : {}),
      };
      return { answer, resources: [], particulars: { criteria: criteriaOf(page) }, hits: shown.length };
    },
  });
}

/** By whose request and whose yes staff may hand it out, when it takes two. */
function exportingOf({ actor }: Asking, { requests }: ExtractRecord, now: Instant): Pick<Facts, 'target'> {
  const request = actor.kind === 'staff' ? standingExport(requests, actor.employeeHsaId, now) : undefined;
  return request ? { target: { exporting: exportedBy(request) } } : {};
}

/**
 * To the patient's side not what units have done whose data are outside the direct access: a page is then shorter, and
 * nothing tells so. What the person has done is told to the person.
 */
function mayKnowOf({ actor }: Asking, facts: Facts): (entry: LogEntry) => boolean {
  if (actor.kind !== 'citizen') return () => true;
  const mayKnow = citizenMayKnow(facts);
  return ({ isPatient, unit, provider }) => (isPatient && facts.isSelf) || mayKnow({ unit, provider });
}

function criteriaOf({ from, until, after, only }: ExtractPage): string[] {
  const given = { from, to: until, cursor: after, id: only };
  return Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}
