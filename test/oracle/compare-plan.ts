import { parseThingId } from '../../src/shared/ids.ts';
import { CLINICAL, TITLE } from './contents.ts';
import { everything, type Question } from './law/question.ts';
import { isThere, type Seen, seenIn } from './law/sees.ts';
import { providerOf } from './places.ts';
import type { PlanOf, Thing } from './world.ts';

/** What one reader was shown: each thing with how much of it. */
export type Shown = ReadonlyMap<string, string>;

const HAS_CLINICAL = new Set(['goal', 'step', 'report']);

/** What the law lets be shown, as an answer would tell it. */
export function lawful(seen: readonly Seen[]): Map<string, string> {
  const shown = new Map<string, string>();
  const header = seen.find(({ kind }) => kind === 'plan')!;
  // Who may see something but not the header is told which plan it is, and no more.
  if (header.verdict.shown === 'nothing') shown.set(header.id, 'stub');
  for (const { id, kind, verdict } of seen) {
    if (verdict.shown === 'nothing') continue;
    if (kind === 'plan') shown.set(id, verdict.shown === 'outline' ? 'outline' : 'header');
    else shown.set(id, HAS_CLINICAL.has(kind) && verdict.shown === 'whole' ? 'with clinical text' : 'shown');
  }
  return shown;
}

/** Of a plan what one provider has written and the reader sees; of another's header that it is there, or which plan it is. */
export function ownPart(question: Question, plan: PlanOf): Map<string, string> {
  const seen = seenIn(question, plan);
  if (!isThere(question, plan, seen) || question.asking.kind !== 'staff') return new Map();
  const { provider } = question.asking;
  const own = new Set(everything(plan).flatMap(({ id, owner }) => (providerOf(owner).id === provider ? id : [])));
  const shown = [...lawful(seen)].filter(([id, level]) => own.has(id) && level !== 'stub');
  if (shown.length === 0) return new Map();
  const header = lawful(seen).get(plan.id)!;
  return new Map([...shown, [plan.id, own.has(plan.id) || header === 'stub' ? header : 'outline']]);
}

type ToldThing = Pick<Thing, 'id'> & { readonly clinicalText?: string; readonly note?: string };

/** How much an answer shows of one thing. */
export const levelOf = ({ clinicalText, note }: ToldThing): string =>
  clinicalText === CLINICAL || note === CLINICAL ? 'with clinical text' : 'shown';

/** What an answer with a whole plan shows. */
export function shownIn(body: Record<string, unknown>): Map<string, string> {
  const shown = new Map<string, string>();
  for (const value of Object.values(body)) {
    if (!Array.isArray(value)) continue;
    for (const thing of value as ToldThing[]) {
      shown.set(ownKey(thing.id), levelOf(thing));
    }
  }
  const header = body.plan as { readonly id: string; readonly title: string; readonly status?: string };
  const level = header.title === TITLE ? 'header' : header.status === undefined ? 'stub' : 'outline';
  shown.set(ownKey(header.id), level);
  return shown;
}

export const ownKey = (publicId: string) => parseThingId(publicId)!.id as string;

/** What differs, in words; undefined when nothing does. */
export function difference(expected: Shown, got: Shown): string[] {
  const told: string[] = [];
  for (const [id, level] of expected)
    if (got.get(id) !== level) told.push(`${id}: ska vara ${level}, är ${got.get(id) ?? 'borta'}`);
  for (const [id, level] of got) if (!expected.has(id)) told.push(`${id}: ska vara borta, är ${level}`);
  return told;
}
