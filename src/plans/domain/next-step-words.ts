import { swedishDate } from '../../shared/swedish-time.ts';
import { asSentence } from '../../shared/text.ts';
import type { Acting } from './acting-contact.ts';
import type { PlanContext } from './context.ts';
import type { LateView } from './late-step.ts';
import type { WhenView } from './step-view.ts';
import type { NextStep } from './told-next-step.ts';
import { epochOf } from './when.ts';
import { type Language, momentWithDay, whenInWords } from './when-words.ts';

type Told = Omit<NextStep, 'sentence' | 'after' | 'reach'>;

/** Longer texts, and several sentences, do not read on into a time. */
const LONGEST_CLAUSE = 80;
const SEVERAL_SENTENCES = /[.!?\n]\s*\S/;

/** What and when as one sentence: `Möte hemma torsdag 26 november 13:00.` */
export function whatAndWhen(what: string, when: WhenView | undefined, language: Language): string {
  const clause = what.trim().replace(/[.\s]+$/, '');
  if (!when) {
    const unknown = language === 'sv' ? 'Tiden är inte bestämd än.' : 'The time is not decided yet.';
    return `${asSentence(what)} ${unknown}`;
  }
  if (clause.length > LONGEST_CLAUSE || SEVERAL_SENTENCES.test(clause) || /[!?]$/.test(clause)) {
    return `${asSentence(what)} ${language === 'sv' ? 'Tid' : 'Time'}: ${when.words}.`;
  }
  // The plan's own words are in its language: an English time after them stands apart.
  return asSentence(language === 'sv' ? `${clause} ${when.words}` : `${clause} – ${when.words}`);
}

/** The person who acts, or whoever does it instead; a deputy says whose place it is. */
function actor({ as, name, role, inPlaceOf }: Acting, language: Language): string {
  // A deputy without a role must not be named: the name is the role.
  if (as === 'deputy' && role === undefined && inPlaceOf !== undefined) {
    return `${name} ${language === 'sv' ? 'för' : 'for'} ${inPlaceOf}`;
  }
  if (as === 'contact') return `${name} ${language === 'sv' ? 'eller ersättare' : 'or a deputy'}`;
  if (as === 'deputy' && inPlaceOf !== undefined) {
    return `${name}, ${language === 'sv' ? 'ersättare för' : 'deputy for'} ${inPlaceOf},`;
  }
  return name;
}

function callsInWords(late: LateView, context: PlanContext): string {
  const { language } = context;
  const who = actor(late.caller, language);
  if (late.callsToday) return language === 'sv' ? `${who} hör av sig idag.` : `${who} will be in touch today.`;
  if (late.opensAt === undefined)
    return language === 'sv' ? `${who} har ansvar för det.` : `${who} is responsible for it.`;
  const opens = momentWithDay(epochOf(late.opensAt), swedishDate(context.now), language);
  return language === 'sv'
    ? `${who} hör av sig när det öppnar, ${opens}.`
    : `${who} will be in touch when they open, ${opens}.`;
}

function holderInWords({ holder, caller }: LateView, language: Language): string[] {
  if (holder.unit === caller.unit) return [];
  const who = actor(holder, language);
  return [
    language === 'sv'
      ? `Du kan också vända dig till ${who.replace(/,$/, '')}.`
      : `You can also turn to ${who.replace(/,$/, '')}.`,
  ];
}

function lateInWords(late: LateView, about: string, context: PlanContext): string {
  const sv = context.language === 'sv';
  const calls = callsInWords(late, context);
  return [
    sv ? 'Vi är sena.' : 'We are late.',
    calls.charAt(0).toLocaleUpperCase('sv') + calls.slice(1),
    `${sv ? 'Det gäller' : 'It is about'}: ${about}`,
    ...holderInWords(late, context.language),
  ].join(' ');
}

function proposalInWords({ step, by }: Told, { language }: PlanContext): string {
  const sv = language === 'sv';
  if (!step) {
    return sv
      ? `Planen är ett förslag. ${by!.name} går igenom den med dig.`
      : `The plan is a proposal. ${by!.name} will go through it with you.`;
  }
  const what = asSentence(step.what);
  if (step.state === 'wished') {
    const unit = step.responsibleNow.name;
    return sv ? `Du har önskat: ${what} ${unit} svarar dig.` : `You have wished for: ${what} ${unit} will answer you.`;
  }
  if (step.who.side === 'me')
    return sv ? `Ett förslag väntar på ditt svar: ${what}` : `A proposal awaits your answer: ${what}`;
  return sv
    ? `Vi väntar på svar från ${step.who.name}: ${what} ${by!.name} följer upp.`
    : `We await an answer from ${step.who.name}: ${what} ${by!.name} will follow up.`;
}

function restingInWords({ step, by, byWhen }: Told, context: PlanContext): string {
  const sv = context.language === 'sv';
  const what = step
    ? `${sv ? 'Det här vilar' : 'This rests'}: ${asSentence(step.what)}`
    : sv
      ? 'Planen vilar.'
      : 'The plan rests.';
  if (byWhen === undefined) {
    return sv
      ? `${what} ${by!.name} beslutar om fortsättningen. Något datum för beslutet är inte satt.`
      : `${what} ${by!.name} decides about going on. No date is set for the decision.`;
  }
  const latest = whenInWords(byWhen, swedishDate(context.now), context.language);
  return sv
    ? `${what} ${by!.name} beslutar om fortsättningen senast ${latest}.`
    : `${what} ${by!.name} decides about going on by ${latest}.`;
}

function followUpInWords({ by, byWhen }: Told, context: PlanContext): string {
  const sv = context.language === 'sv';
  const who = by!.name;
  const today = swedishDate(context.now);
  const day = byWhen === undefined ? '' : ` ${whenInWords(byWhen, today, context.language)}`;
  if (byWhen !== undefined && byWhen < today) {
    return sv
      ? `Vi är sena med uppföljningen, som skulle ha varit${day}. ${who} följer upp med dig eller avslutar planen.`
      : `We are late with the follow-up, which was planned for${day}. ${who} will follow up with you or close the plan.`;
  }
  return sv
    ? `Inget mer är planerat just nu. ${who} följer upp med dig${day} eller avslutar planen.`
    : `Nothing more is planned at present. ${who} will follow up with you${day} or close the plan.`;
}

/** The next step in a sentence or two, to be read as it is or read aloud. */
export function nextStepInWords(told: Told, context: PlanContext): string {
  switch (told.kind) {
    case 'proposal':
      return proposalInWords(told, context);
    case 'resting':
      return restingInWords(told, context);
    case 'follow-up':
      return followUpInWords(told, context);
    default: {
      const about = whatAndWhen(told.what!, told.when, context.language);
      return told.late ? lateInWords(told.late, about, context) : about;
    }
  }
}

/** What comes after it: `Sedan: Hemsjukvården kommer söndag 22 november.` */
export function thenInWords(what: string, when: WhenView | undefined, language: Language): string {
  return `${language === 'sv' ? 'Sedan' : 'Then'}: ${whatAndWhen(what, when, language)}`;
}
