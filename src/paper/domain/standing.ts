import type { Contribution, HsaId, PlanContent } from '../../plans/domain/model.ts';
import type { Overview } from '../../plans/domain/overview.ts';
import { whatOf } from '../../plans/domain/step-view.ts';
import type { Sheet } from './model.ts';
import type { Page } from './page.ts';
import { changesSince, type FactChange, type Fingerprint } from './sheets.ts';

/** How a sheet stands to the plan of today. */
export interface SheetStanding {
  readonly isLatest: boolean;
  /** A fact on it has changed: whoever has the sheet needs a new one. Earlier sheets than the latest are just replaced. */
  readonly isStale: boolean;
  /** What has changed, in Swedish: `Ändrat: Hembesök`. */
  readonly changes: readonly string[];
  /** Who next meets the patient, and so hands over the new sheet: "lämna nytt blad". */
  readonly renewedBy?: HsaId;
}

/** The plans of today as the patient may be told them. */
export interface ToldNow {
  readonly content: PlanContent;
  /** As of when the sheet was printed: what has only come nearer in time is no change. */
  readonly pageThen: Page;
}

/** Whoever asks how the latest sheet stands. */
export interface Asker {
  /** What of the plans the asker sees: a change of anything else is not told. */
  readonly sees: (thingId: string) => boolean;
  /** As of now, and as the asker may tell it: who meets the patient next. */
  readonly overviewNow: () => Overview;
}

/** How an earlier sheet stands: it has been replaced, and is not asked after. */
export const REPLACED: SheetStanding = { isLatest: false, isStale: false, changes: [] };

/** Says whether the latest sheet still is true, what has changed and who is to hand over a new one. */
export function standingOf(sheet: Sheet, told: ToldNow, asker: Asker, fingerprint: Fingerprint): SheetStanding {
  const things = thingsById(told.content);
  const all = changesSince(sheet, told.pageThen, fingerprint, (key) =>
    isSince(key, sheet.printedAt, told.content, things),
  );
  const changes = all.filter((change) => {
    const thing = thingOf(change.key, things);
    return matters(change, things) && (thing === undefined || asker.sees(thing.id));
  });
  if (changes.length === 0) return { isLatest: true, isStale: false, changes: [] };
  const words = new Set(changes.map((change) => inWords(change, told.pageThen, things)));
  return { isLatest: true, isStale: true, changes: [...words], renewedBy: nextToMeet(asker.overviewNow()) };
}

type Things = ReadonlyMap<string, Contribution>;

function thingsById(content: PlanContent): Things {
  return new Map(
    Object.values(content).flatMap((things: readonly Contribution[]) => things.map((one) => [one.id, one])),
  );
}

const PREFIXES = ['next', 'time', 'call'];

/** The thing that a line tells of; undefined for numbers to call. */
function thingOf(key: string, things: Things): Contribution | undefined {
  const [first, second] = key.split(/ · | /);
  return things.get(PREFIXES.includes(first!) ? (second ?? '') : key);
}

/** What is done, kept or broken has happened as the sheet said it would; it makes no sheet stale. */
const HAPPENED = new Set<unknown>(['done', 'not-done', 'in-progress', 'kept', 'broken']);

function matters({ key, how }: FactChange, things: Things): boolean {
  // The next step goes on by itself; that it reads otherwise is a change, that it is another one is not.
  if (key.startsWith('next ')) return how === 'changed';
  const thing = thingOf(key, things);
  return !(how === 'gone' && thing && 'state' in thing && HAPPENED.has(thing.state));
}

function isSince(key: string, printedAt: string, content: PlanContent, things: Things): boolean {
  if (key.startsWith('call ')) return content['named-contact'].some(({ changedAt }) => changedAt > printedAt);
  const thing = thingOf(key, things);
  return thing !== undefined && (key.startsWith('time ') ? thing.changedAt : thing.createdAt) > printedAt;
}

const HOW = { changed: 'Ändrat', gone: 'Gäller inte längre', new: 'Nytt' } as const;

function inWords({ key, how }: FactChange, page: Page, things: Things): string {
  const thing = thingOf(key, things);
  const line = page.sections.flatMap(({ lines }) => lines).find((one) => one.key === key);
  if (key.startsWith('call ')) return `${HOW[how]}: vem du ringer`;
  if (thing && 'title' in thing && 'responsibleParty' in thing) return `${HOW[how]}: ${whatOf(thing)}`;
  return `${HOW[how]}: ${line?.text ?? 'något som inte längre visas'}`;
}

function nextToMeet({ bookedTimes, contacts, plans }: Overview): HsaId | undefined {
  const meeting = bookedTimes.find(({ who }) => who.unit !== undefined);
  const primary = contacts.find(({ isPrimary, state }) => isPrimary && state === 'designated');
  return meeting?.who.unit ?? primary?.unit ?? plans[0]?.leadUnit.unit;
}
