import { hoursInText } from '../../directory/domain/opening-hours-text.ts';
import type { PlanContext } from '../../plans/domain/context.ts';
import type { Overview } from '../../plans/domain/overview.ts';
import type { PromiseView } from '../../plans/domain/overview-promises.ts';
import type { SignView } from '../../plans/domain/overview-safety-net.ts';
import type { StepDoing } from '../../plans/domain/overview-steps.ts';
import type { Side } from '../../plans/domain/party-view.ts';
import { asSentence } from '../../shared/text.ts';
import type { Line } from './page.ts';

/** How the sheet tells: of a person with protected identity neither time nor place, of anybody else both. */
export interface Telling {
  readonly context: PlanContext;
  readonly isProtected: boolean;
}

const joined = (parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(' · ') || undefined;
const OPEN_PROMISES: readonly PromiseView['state'][] = ['proposed', 'accepted'];
const ASKED = new Set<StepDoing['state']>(['wished', 'proposed', 'on-hold']);
const SPOKEN = 'Tid och plats får du veta muntligt.';

export function mattersLines({ whatMatters }: Overview): Line[] {
  return whatMatters.map(({ id, text, ownResources }) => ({
    key: id,
    text: asSentence(text),
    ...(ownResources ? { detail: `Mina egna resurser: ${ownResources}` } : {}),
  }));
}

/** The one next step; late ones and duties in the same words as the overview's. */
export function nextLines({ nextStep }: Overview, { isProtected }: Telling): Line[] {
  if (!nextStep) return [];
  const { sentence, after, step, what, late, when } = nextStep;
  const key = `next ${nextStep.step?.id ?? nextStep.duty ?? nextStep.kind}`;
  if (isProtected) return [{ key, text: asSentence(what ?? 'Ring din kontakt'), detail: SPOKEN }];
  // "Idag" is another day when the sheet is read.
  const told = late ? `Vi är sena med: ${[what, when?.words].filter(Boolean).join(', ')}.` : sentence;
  const caller = late && `${late.caller.name} ska höra av sig.`;
  const who = step && (step.performer ? `${step.performer}, ${step.who.name}` : step.who.name);
  const where = step?.how && joined([step.how.words, step.how.place]);
  return [{ key, text: told, detail: joined([caller, who && `Med: ${who}`, where, after?.sentence]) }];
}

export function timeLines({ bookedTimes }: Overview, { isProtected }: Telling): Line[] {
  if (isProtected) return [];
  return bookedTimes.map(({ stepId, occurrence, what, when, how, who }) => ({
    key: joined(['time', stepId, occurrence])!,
    text: `${when.words}: ${what}`,
    detail: joined([how?.words, how?.place, who.side === 'me' ? undefined : who.name]),
  }));
}

/** What one side does: steps in their order, then promises. */
export function doingLines({ doing }: Overview, side: Side, telling: Telling): Line[] {
  const { steps, promises } = doing[side];
  return [
    ...steps.map((step) => stepLine(step, telling)),
    ...promises.filter(({ state }) => OPEN_PROMISES.includes(state)).map((promise) => promiseLine(promise, telling)),
  ];
}

function stepLine(step: StepDoing, { isProtected }: Telling): Line {
  const who = step.who.side === 'me' ? undefined : step.who.name;
  const when = isProtected ? undefined : step.when?.words;
  const where = isProtected ? undefined : step.how?.place;
  const asked = ASKED.has(step.state) ? step.stateWords : undefined;
  return { key: step.id, text: step.what, detail: joined([who, when, where, step.condition, asked]) };
}

function promiseLine({ id, text, by, dueWords, state, words }: PromiseView, { isProtected }: Telling): Line {
  const who = by.side === 'me' ? undefined : by.name;
  const asked = state === 'proposed' ? words : undefined;
  return { key: id, text: asSentence(text), detail: joined([who, isProtected ? undefined : dueWords, asked]) };
}

const SPOKEN_WAYS = ['phone', 'switchboard'];
const MOST_CALLED = 6;

/** Whom to call when: the named contacts first, then the units that do something, last what always answers. */
export function callLines({ contacts, ways }: Overview, { context }: Telling): Line[] {
  const named = contacts.filter(({ name, state }) => name !== undefined && state === 'designated');
  const rank = (name: string, owner: string) => {
    const i = named.findIndex((contact) => contact.name === name || contact.unit === owner);
    return i < 0 ? named.length : i;
  };
  const lines = [...ways]
    .sort((a, b) => rank(a.name, a.owner) - rank(b.name, b.owner))
    .flatMap(({ owner, name, channels }) => {
      const way = channels.find(({ kind }) => SPOKEN_WAYS.includes(kind));
      if (!way) return [];
      const contact = named.find((one) => one.name === name) ?? named.find((one) => one.unit === owner);
      const known = (context.channels.get(owner) ?? []).find(
        ({ value, kind }) => value === way.value && kind === way.kind,
      );
      const answers = contact && contact.name !== name ? `fråga efter ${contact.name}` : undefined;
      const detail = joined([contact?.roleName, answers, known && hoursInText(known.openingHours), way.whenClosed]);
      return [{ key: `call ${owner}`, text: `${name}: ${way.value}`, detail }];
    });
  return [
    ...lines.slice(0, MOST_CALLED),
    { key: 'call 1177', text: 'Råd dygnet runt: 1177' },
    { key: 'call 112', text: 'Fara för liv: 112' },
  ];
}

export function signLines(signs: readonly SignView[]): Line[] {
  return signs.map(({ id, sign, advice, day, night }) => {
    const calls = day.phone === night.phone ? `Ring ${day.name} ${day.phone}.` : undefined;
    const both = `Dagtid: ${day.name} ${day.phone}. Annan tid: ${night.name} ${night.phone}.`;
    return { key: id, text: asSentence(sign), detail: `${asSentence(advice)} ${calls ?? both}` };
  });
}
