import { createHash } from 'node:crypto';
import { isProtected } from '../patients/index.ts';
import { type OverviewRecord, overviewOfRecord, type ToldOverview, tellOverview } from '../plans/index.ts';
import type { Actor } from '../shared/actor.ts';
import type { PatientId } from '../shared/ids.ts';
import type { Sheet } from './domain/model.ts';
import type { Page } from './domain/page.ts';
import { type Headed, sheetPage } from './domain/sheet-page.ts';
import { factsOfPage } from './domain/sheets.ts';
import { type Asker, REPLACED, type SheetStanding, standingOf, type ToldNow } from './domain/standing.ts';
import type { SheetRecord } from './store/sheets.ts';

const PRINT_LETTERS = 22;

/** Some words as a short print: equal words are told equal, and nothing can be read out of it. */
export function fingerprintOf(patientId: string): (words: string) => string {
  return (words) => createHash('sha256').update(patientId).update(words).digest('base64url').slice(0, PRINT_LETTERS);
}

export interface ToldPage extends ToldOverview {
  readonly page: Page;
}

/** The page of a record as one reader may print it, told as of a moment. */
export function tellPage(record: SheetRecord, actor: Actor, now: number, number?: number): ToldPage {
  const told = tellOverview(record, actor, now, 'sv');
  const headed = { ...headOf(record), number, leftOut: told.hasMore };
  return { ...told, page: sheetPage(told.overview, told.context, headed) };
}

/** Of whom the sheet is: nobody by name when the identity is protected. */
function headOf({ patient }: OverviewRecord): Pick<Headed, 'name' | 'isProtected'> {
  if (patient && isProtected(patient)) return { isProtected: true };
  const name = [patient?.givenName, patient?.familyName].filter(Boolean).join(' ') || undefined;
  return { isProtected: false, name };
}

/** The patient's own page as of a moment, whoever asks: what a sheet is compared with, and shown to nobody. */
function patientsPage(record: SheetRecord, now: number): ToldNow {
  const { overview, context, content } = overviewOfRecord(record, now);
  return { content, pageThen: sheetPage(overview, context, headOf(record)) };
}

/** What the patient can be told at a moment, as a sheet remembers it. */
export function factsTold(record: SheetRecord, now: number, patientId: PatientId): Sheet['told'] {
  return factsOfPage(patientsPage(record, now).pageThen, fingerprintOf(patientId));
}

/** Whether what stands on a sheet still reads as when it was printed. */
export function readsTheSame(record: SheetRecord, sheet: Sheet): boolean {
  const now = factsTold(record, Date.parse(sheet.printedAt), sheet.patientId);
  return Object.keys(sheet.facts).every((key) => now[key] === sheet.told[key]);
}

function standingTo(record: SheetRecord, sheet: Sheet, asker: Asker): SheetStanding {
  const told = patientsPage(record, Date.parse(sheet.printedAt));
  return standingOf(sheet, told, asker, fingerprintOf(sheet.patientId));
}

/** How the person's latest sheet stands, for the service's own judgement. Undefined when nothing was ever printed. */
export function latestStanding(record: SheetRecord): { sheet: Sheet; standing: SheetStanding } | undefined {
  const sheet = record.sheets.at(-1);
  if (!sheet) return undefined;
  const overviewNow = () => overviewOfRecord(record, record.now).overview;
  return { sheet, standing: standingTo(record, sheet, { sees: () => true, overviewNow }) };
}

/** How one of a person's sheets stands today, as far as the reader may see. */
export function standingFor(record: SheetRecord, actor: Actor, sheet: Sheet): SheetStanding {
  if (sheet !== record.sheets.at(-1)) return REPLACED;
  const { overview, content } = tellOverview(record, actor, record.now, 'sv');
  const seen = new Set(
    Object.values(content).flatMap((things: readonly { id: string }[]) => things.map(({ id }) => id)),
  );
  return standingTo(record, sheet, { sees: (id) => seen.has(id), overviewNow: () => overview });
}
