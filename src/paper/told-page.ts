import { createHash } from 'node:crypto';
import { isProtected } from '../patients/index.ts';
import { type OverviewRecord, overviewOfRecord, type ToldOverview, tellOverview } from '../plans/index.ts';
import type { Actor } from '../shared/actor.ts';
import type { Sheet } from './domain/model.ts';
import type { Page } from './domain/page.ts';
import { type Headed, sheetPage } from './domain/sheet-page.ts';
import { type SheetStanding, standingOf } from './domain/standing.ts';
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

/**
 * How the person's latest sheet stands against all that the patient may see, whoever printed it: for the service's own
 * judgement. Undefined when nothing was ever printed.
 */
export function latestStanding(record: SheetRecord): { sheet: Sheet; standing: SheetStanding } | undefined {
  const sheet = record.sheets.at(-1);
  if (!sheet) return undefined;
  const then = overviewOfRecord(record, Date.parse(sheet.printedAt));
  const pageThen = sheetPage(then.overview, then.context, headOf(record));
  const { overview: overviewNow } = overviewOfRecord(record, record.now);
  const told = { content: then.content, pageThen, overviewNow };
  return { sheet, standing: standingOf(sheet, true, told, fingerprintOf(sheet.patientId)) };
}

/** Each of a person's sheets with how it stands today, as far as the reader may see. */
export function standings(record: SheetRecord, actor: Actor): readonly { sheet: Sheet; standing: SheetStanding }[] {
  const latest = record.sheets.at(-1);
  return record.sheets.map((sheet) => ({ sheet, standing: standingIn(record, actor, sheet, sheet === latest) }));
}

function standingIn(record: SheetRecord, actor: Actor, sheet: Sheet, isLatest: boolean): SheetStanding {
  const then = tellPage(record, actor, Date.parse(sheet.printedAt), sheet.number);
  const { overview: overviewNow } = tellOverview(record, actor, record.now, 'sv');
  const told = { content: then.content, pageThen: then.page, overviewNow };
  return standingOf(sheet, isLatest, told, fingerprintOf(sheet.patientId));
}
