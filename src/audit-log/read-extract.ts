import { type Asking, type Desk, momentOf, reading } from '../access/index.ts';
import { NIL_PATIENT, type PatientId } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import { type ToldEntry, toldEntry } from './domain/told-entry.ts';
import { type ExtractPage, type LogPlace, loadExtract } from './store/extract.ts';

export type { ExtractPage, LogPlace };

export interface Extract {
  readonly entries: readonly ToldEntry[];
  /** Where the next page begins; undefined after the last. */
  readonly next?: LogPlace;
}

/**
 * One page of who has seen or done what about a person, newest first and in plain words (PDL 5:5, 8:5; lag 2022:913
 * 4:5): refusals too, and under every key that was joined to the person. To the patient all of it; to staff, who hand
 * it out, what their own provider answers for. Reading it stands in it the next time.
 *
 * @param patientId whose, or undefined for the asking citizen's own
 * @throws notFound for nobody, for another's, and for a person whom the reader may not know of
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
    facts: (record) => record.facts,
    patientOf: (record) => record.patientId ?? NIL_PATIENT,
    show: (grant, { patientId: key, entries }) => {
      if (key === undefined) throw notFound();
      const shown = entries.slice(0, page.limit);
      const last = shown.at(-1);
      const answer = {
        entries: shown.map((entry) => toldEntry(entry, grant.relation === 'patient')),
        ...(last && entries.length > shown.length ? { next: { at: last.at, id: last.id } } : {}),
      };
      return { answer, resources: [], particulars: { criteria: criteriaOf(page) }, hits: shown.length };
    },
  });
}

function criteriaOf({ from, until, after }: ExtractPage): string[] {
  const given = { from, to: until, cursor: after };
  return Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}
