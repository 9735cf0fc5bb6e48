import { momentInWords, untilInWords } from '../../shared/swedish-words.ts';
import { asSentence } from '../../shared/text.ts';
import { type ContactChannelKind, DEFAULT_UNTIL_THEN, type Reach, type ReachContact } from './reach.ts';

function who({ via, name, role, unitName, inPlaceOf }: ReachContact): string {
  if (via !== 'deputy') return via === 'contact' ? [name, role, unitName].filter(Boolean).join(', ') : name;
  // Without a role the deputy must not be named, and the name is "ersättare".
  const deputy = role === undefined ? name : `${name}, ${role}`;
  return `${deputy} för ${inPlaceOf ?? 'din kontakt'}, ${unitName}`;
}

function askFor({ askFor: person }: ReachContact): string {
  return person === undefined ? '' : ` Fråga efter ${person}.`;
}

/** How it is done, as an imperative; `from` is when, in words, while it cannot be done yet. */
const IMPERATIVES: Readonly<Record<ContactChannelKind, (who: string, value: string, when: string) => string>> = {
  phone: (name, value, when) => `Ring ${name}${when}: ${value}.`,
  switchboard: (name, value, when) => `Ring växeln${when}, ${value}, och be att få tala med ${name}.`,
  video: (name, value, when) => `Träffa ${name} på video${when}: ${value}.`,
  visit: (name, value, when) => `Besök ${name}${when}: ${value}.`,
  '1177-message': (name, _value, when) => `Skriv till ${name} i 1177${when}.`,
  'web-booking': (name, value, when) => `Boka en tid hos ${name} på webben${when}: ${value}.`,
  'e-mail': (name, value, when) => `Skriv till ${name}${when}: ${value}.`,
  letter: (name, value, when) => `Skriv till ${name}${when}: ${value}.`,
};

/** Ways in which nobody answers at once. */
const WRITTEN: readonly ContactChannelKind[] = ['1177-message', 'web-booking'];

/**
 * The answer to "whom do I reach now?" as the patient reads or hears it: who and how, until or from when, what applies
 * until then, and what to do in an emergency. Where nobody answers at once it says who does.
 */
export function reachInWords(reach: Reach, now: number): string {
  const { contact, channel, emergency } = reach;
  const when = reach.open ? '' : ` från ${momentInWords(reach.opensAt, now)}`;
  const how = IMPERATIVES[channel.kind](who(contact), channel.value, when) + askFor(contact);
  return [how, ...meanwhile(reach, now), emergency].map(asSentence).join(' ');
}

function meanwhile(reach: Reach, now: number): string[] {
  if (!reach.open) return [`Till dess gäller: ${asSentence(reach.untilThen)}`];
  const written = WRITTEN.includes(reach.channel.kind);
  const hours = reach.until === undefined ? 'Öppet dygnet runt.' : `Öppet till ${untilInWords(reach.until, now)}.`;
  return written ? [`Behöver du tala med någon nu: ${DEFAULT_UNTIL_THEN.replace(/^Ring/, 'ring')}`] : [hours];
}
