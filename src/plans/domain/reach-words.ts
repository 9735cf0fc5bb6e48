import { swedishDate } from '../../shared/swedish-time.ts';
import type { PlanContext } from './context.ts';
import type { ContactChannelKind, Reach } from './reach.ts';
import { reachInWords } from './reach-in-words.ts';
import { momentWithDay } from './when-words.ts';

const ENGLISH: Readonly<Record<ContactChannelKind, (who: string, value: string, when: string) => string>> = {
  phone: (who, value, when) => `Call ${who}${when}: ${value}.`,
  switchboard: (who, value, when) => `Call the switchboard${when}, ${value}, and ask for ${who}.`,
  video: (who, value, when) => `Meet ${who} on video${when}: ${value}.`,
  visit: (who, value, when) => `Visit ${who}${when}: ${value}.`,
  '1177-message': (who, _value, when) => `Write to ${who} at 1177${when}.`,
  'web-booking': (who, value, when) => `Book a time with ${who} on the web${when}: ${value}.`,
  'e-mail': (who, value, when) => `Write to ${who}${when}: ${value}.`,
  letter: (who, value, when) => `Write to ${who}${when}: ${value}.`,
};

/** Whom the patient reaches now, in the reader's language; what a unit itself says of its hours stays in Swedish. */
export function reachWords(reach: Reach, context: Pick<PlanContext, 'now' | 'language'>): string {
  if (context.language === 'sv') return reachInWords(reach, context.now);
  const { contact, channel, emergency } = reach;
  const today = swedishDate(context.now);
  const when = reach.open ? '' : ` from ${momentWithDay(reach.opensAt, today, 'en')}`;
  const ask = contact.askFor === undefined ? '' : ` Ask for ${contact.askFor}.`;
  const how = ENGLISH[channel.kind](contact.name, channel.value, when) + ask;
  return [how, ...(reach.open ? [] : [`Until then: ${reach.untilThen}`]), emergency].join(' ');
}
