import { type Asking, citizenMayKnow, type Desk, momentOf, reading, type Shown } from '../access/index.ts';
import { factsOf, visiblePlan } from '../plans/index.ts';
import type { Actor } from '../shared/actor.ts';
import type { PatientId, ThingRef } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import type { ReadAloud, Sheet } from './domain/model.ts';
import { type Page, wordsByKey } from './domain/page.ts';
import type { SheetStanding } from './domain/standing.ts';
import { demandSheet } from './print-sheet.ts';
import { sheetStale } from './problems.ts';
import { loadSheets, type SheetRecord, sheetResource } from './store/sheets.ts';
import { readsTheSame, standingFor, tellPage } from './told-page.ts';

export interface SheetToday {
  readonly sheet: Sheet;
  readonly standing: SheetStanding;
}

/** Lists a person's sheets, the latest first, each with whether it still is true. @throws notFound */
export function listSheets(desk: Desk, asking: Asking, patientId: PatientId): Promise<readonly SheetToday[]> {
  return read(desk, asking, patientId, (record) => {
    const all = record.sheets
      .map((sheet) => ({ sheet, standing: standingFor(record, asking.actor, sheet) }))
      .toReversed();
    return { answer: all, resources: all.map(({ sheet }) => sheetResource(sheet)), hits: all.length };
  });
}

/** Reads one sheet: when it was printed, to whom it was given, whether it still is true. @throws notFound */
export function readSheet(desk: Desk, asking: Asking, ref: ThingRef): Promise<SheetToday> {
  return read(desk, asking, ref.patientId, (record) => {
    const sheet = demandSheet(record, ref);
    const answer = { sheet, standing: standingFor(record, asking.actor, sheet) };
    return { answer, resources: [sheetResource(sheet)] };
  });
}

/**
 * What stands on a sheet, to be shown or printed once more. A sheet that no longer reads as when it was printed is not
 * given under its old number.
 *
 * @throws notFound; sheet-stale (409)
 */
export function readPage(
  desk: Desk,
  asking: Asking,
  ref: ThingRef,
): Promise<{ readonly sheet: Sheet; readonly page: Page }> {
  return read(desk, asking, ref.patientId, (record) => {
    const sheet = demandSheet(record, ref);
    if (!readsTheSame(record, sheet)) throw sheetStale();
    const { page, resources } = tellPage(record, asking.actor, Date.parse(sheet.printedAt), sheet.number);
    return { answer: { sheet, page: asPrinted(sheet, page) }, resources: [sheetResource(sheet), ...resources] };
  });
}

/** The lines of the page that were printed, and no others; who does not see all of them is not given the sheet. */
function asPrinted(sheet: Sheet, page: Page): Page {
  const words = wordsByKey(page);
  if (!Object.keys(sheet.facts).every((key) => words.has(key))) throw sheetStale();
  const sections = page.sections.map((section) => ({
    ...section,
    lines: section.lines.filter(({ key }) => sheet.facts[key] !== undefined),
  }));
  return { ...page, sections: sections.filter(({ lines }) => lines.length > 0) };
}

/**
 * The sheets that the actor may know of: for the patient's side those in direct access, for staff who see any of the
 * person's plans all, else those of the own provider alone: that a person has a plan, and who was given it, is not for
 * whoever works in care.
 */
function sheetsFor(record: SheetRecord, actor: Actor): readonly Sheet[] {
  if (actor.kind === 'citizen') return sheetsInDirectAccess(record, actor);
  const seesSome = record.content.plan.some(({ id }) => visiblePlan(record, actor, id) !== undefined);
  return seesSome ? record.sheets : record.sheets.filter((one) => one.recordedBy.provider === actor.providerHsaId);
}

/** Without who handed over or read aloud, where that unit is sealed or has opened nothing. */
function sheetsInDirectAccess(record: SheetRecord, actor: Actor): readonly Sheet[] {
  const mayKnow = citizenMayKnow(factsOf(record, actor));
  const isKnown = ({ by: { unit } }: Pick<ReadAloud, 'by'>) => unit === undefined || mayKnow({ unit, names: { unit } });
  return record.sheets
    .filter(({ recordedBy: { unit, provider }, createdAt }) => mayKnow({ unit, provider, at: createdAt }))
    .map((one) => ({
      ...one,
      handedOver: one.handedOver.filter(isKnown),
      readAloud: one.readAloud.filter(isKnown),
    }));
}

function read<T>(
  desk: Desk,
  asking: Asking,
  patientId: PatientId,
  show: (record: SheetRecord) => Shown<T>,
): Promise<T> {
  return reading(desk, asking, {
    action: 'sheet.read',
    load: () => loadSheets(desk, asking.actor, { patientId, ...momentOf(desk) }),
    facts: (record) => factsOf(record, asking.actor),
    patientOf: () => patientId,
    show: (_grant, record) => {
      if (!record.goesBy) throw notFound();
      return show({ ...record, sheets: sheetsFor(record, asking.actor) });
    },
  });
}
