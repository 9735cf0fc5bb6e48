import type { PatientId, ThingId } from '../../shared/ids.ts';
import { type Act, type Instant, newOwned, revised } from '../../shared/owned.ts';
import { wrong } from '../../shared/problem.ts';
import { receiverUnknown, sheetTimeNotPossible } from '../problems.ts';
import type { HandedOver, ReadAloud, Receiver, Sheet } from './model.ts';
import { type Page, wordsByKey } from './page.ts';

/** Makes a short print of some words; the same words always give the same. */
export type Fingerprint = (words: string) => string;

/** The facts of a page, as a sheet remembers them. */
export function factsOfPage(page: Page, fingerprint: Fingerprint): Sheet['facts'] {
  return Object.fromEntries([...wordsByKey(page)].map(([key, words]) => [key, fingerprint(words)]));
}

/** A new sheet, one number after the latest of the person's. */
export function printSheet(
  act: Act,
  patientId: PatientId,
  earlier: readonly Pick<Sheet, 'number'>[],
  printed: Pick<Sheet, 'facts' | 'told' | 'agreements'>,
): Sheet {
  return {
    ...newOwned(act, patientId, { approvedForPatient: true }),
    number: Math.max(0, ...earlier.map(({ number }) => number)) + 1,
    printedAt: act.now,
    ...printed,
    handedOver: [],
    readAloud: [],
  };
}

/** What one says of handing a sheet over or reading it aloud. */
export interface Passed {
  /** Now, unless it was earlier. */
  readonly at?: Instant;
  readonly to: Receiver;
}

/**
 * Records that the sheet was handed over. Told again with the same words it is recorded once.
 *
 * @param relatives own keys of the relatives whom the patient has
 * @throws receiverUnknown, sheetTimeNotPossible
 */
export function handOver(
  act: Act,
  sheet: Sheet,
  given: Passed & Pick<HandedOver, 'way' | 'copyTo'>,
  relatives: ReadonlySet<ThingId>,
): Sheet {
  checkReceiver(given.to, 'to', relatives);
  for (const [i, receiver] of given.copyTo.entries()) checkReceiver(receiver, `copyTo.${i}`, relatives);
  const handed: HandedOver = { ...given, at: timeOf(act, sheet, given.at), by: act.by };
  return revised<Sheet>(sheet, act, { handedOver: [...sheet.handedOver, handed] });
}

/** Records that the sheet was read aloud by telephone. @throws receiverUnknown, sheetTimeNotPossible */
export function readAloud(act: Act, sheet: Sheet, given: Passed, relatives: ReadonlySet<ThingId>): Sheet {
  checkReceiver(given.to, 'to', relatives);
  const read: ReadAloud = { to: given.to, at: timeOf(act, sheet, given.at), by: act.by };
  return revised<Sheet>(sheet, act, { readAloud: [...sheet.readAloud, read] });
}

function checkReceiver(receiver: Receiver, field: string, relatives: ReadonlySet<ThingId>): void {
  if (receiver.kind !== 'relative' || relatives.has(receiver.relatedPersonId)) return;
  const invalid = wrong(`${field}.relatedPersonId`, 'Finns inte hos patienten.', 'Is not with the patient.');
  throw receiverUnknown({ invalidParameters: [invalid] });
}

function timeOf(act: Act, sheet: Sheet, at: Instant | undefined): Instant {
  if (at === undefined) return act.now;
  const time = Date.parse(at);
  if (time >= Date.parse(sheet.printedAt) && time <= Date.parse(act.now)) return at;
  const invalid = wrong('at', 'Ska vara från utskriften till och med nu.', 'Must be from the print until now.');
  throw sheetTimeNotPossible({ invalidParameters: [invalid] });
}

/** How a fact on the sheet has changed since it was printed. */
export interface FactChange {
  readonly key: string;
  readonly how: 'changed' | 'gone' | 'new';
}

/**
 * What has changed since a sheet was printed: facts on it that read otherwise or are gone, and new ones. Like is compared
 * with like: what the patient could be told then with what the patient can be told now.
 *
 * @param page the patient's own page of today, told as of when the sheet was printed, so that passing time changes nothing
 * @param isSince whether a fact came after the sheet
 */
export function changesSince(
  sheet: Pick<Sheet, 'facts' | 'told'>,
  page: Page,
  fingerprint: Fingerprint,
  isSince: (key: string) => boolean,
): readonly FactChange[] {
  const now = factsOfPage(page, fingerprint);
  const changed = Object.keys(sheet.facts).flatMap((key): FactChange[] => {
    if (now[key] === sheet.told[key]) return [];
    return [{ key, how: now[key] === undefined ? 'gone' : 'changed' }];
  });
  const fresh = Object.keys(now).filter((key) => sheet.told[key] === undefined && isSince(key));
  return [...changed, ...fresh.map((key): FactChange => ({ key, how: 'new' }))];
}
