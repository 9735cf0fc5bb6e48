import { createHash } from 'node:crypto';
import { type ToldOverview, tellOverview } from '../plans/index.ts';
import type { Actor } from '../shared/actor.ts';
import type { Sheet } from './domain/model.ts';
import type { Page } from './domain/page.ts';
import { sheetPage } from './domain/sheet-page.ts';
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
  const grade = record.patient?.protectedIdentity;
  const isProtected = grade !== undefined && grade !== 'lifted';
  const { givenName, familyName } = record.patient ?? {};
  const name = isProtected ? undefined : [givenName, familyName].filter(Boolean).join(' ') || undefined;
  return {
    ...told,
    page: sheetPage(told.overview, told.context, { name, number, isProtected, leftOut: told.hasMore }),
  };
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
