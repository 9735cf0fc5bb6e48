import { addMonths } from '../../shared/calendar.ts';
import type { ConsentType } from '../../shared/consent-facts.ts';
import type { Instant } from '../../shared/owned.ts';
import { type InvalidParameter, wrong } from '../../shared/problem.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { endOfDay, swedishDate } from '../../shared/swedish-time.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import {
  consentDates,
  consentNeedsEnd,
  consentRecipientUnfit,
  consentRecipientUnknown,
  consentTooGeneral,
  consentTooLong,
} from '../problems.ts';
import type { NewConsent, Recipient } from './model.ts';

export interface ConsentSettings {
  /** The longest a consent may last, in calendar months. Never general, always bounded in time (reference facts S33, S34). */
  readonly longestMonths: number;
}

export const DEFAULT_CONSENT_SETTINGS: ConsentSettings = { longestMonths: 24 };

/** What the directory says of a recipient; nothing is said of what it does not know. */
export interface RecipientFacts {
  readonly active?: boolean;
  /** For a unit or a provider: vårdgivare or omsorgsgivare. */
  readonly providerKind?: UnitFacts['provider']['kind'];
  /** For a unit. */
  readonly area?: UnitFacts['area'];
}

/** Words that say everything or everyone, or for ever. */
const WITHOUT_BOUNDS = new Set(
  'allt allting alla all samtliga samtlig hela helst vidare alltid everything everyone anyone anything all whole any'.split(
    ' ',
  ),
);

/** Words that bound nothing beside them: "alla mina uppgifter som finns" says no more than "allt". */
const BOUNDING_NOTHING = new Set(
  (
    'uppgift uppgifter uppgifterna information informationen data journal journaler journalen akt akter akten dokumentation ' +
    'handlingar vad vem som det den de finns finnas behöver behövs kan vill om mig mina min mitt oss patienten personen till ' +
    'tills från för i inom av och eller på hos med personal personalen personer vård vården omsorg omsorgen information ' +
    'about me my the of in and or for to who it that needs need data record records file staff care until further notice'
  ).split(' '),
);

/** Whether a text names no data, purpose or person at all, but everything or everyone. */
function isBoundless(text: string): boolean {
  const words = text.toLocaleLowerCase('sv').match(/[\p{L}\p{N}]+/gu) ?? [];
  const isGeneral = (word: string) => WITHOUT_BOUNDS.has(word) || BOUNDING_NOTHING.has(word);
  return words.length === 0 || (words.every(isGeneral) && words.some((word) => WITHOUT_BOUNDS.has(word)));
}

/**
 * Refuses a consent to everything or to everyone: it must say which data, for what and to whom.
 *
 * @throws consentTooGeneral naming the fields
 */
export function checkScope({ data, purpose, recipient }: Pick<NewConsent, 'data' | 'purpose' | 'recipient'>): void {
  const faults: InvalidParameter[] = [];
  const check = (name: string, text: string) => {
    if (isBoundless(text)) faults.push(wrong(name, 'Är för allmänt.', 'Is too general.'));
  };
  check('data', data);
  check('purpose', purpose);
  if (recipient.kind === 'person') check('recipient.name', recipient.name);
  if (faults.length > 0) throw consentTooGeneral({ invalidParameters: faults });
}

/** Areas that may read by consent (lag 2022:913 1:1): a vårdgivare's, 3:1, and an omsorgsgivare's, 3:2. */
const READING_AREAS: Readonly<Record<'care' | 'social-care', ReadonlySet<UnitFacts['area']>>> = {
  care: new Set(['health', 'older', 'disability']),
  'social-care': new Set(['older', 'disability']),
};

/**
 * Refuses a recipient that a consent of this type could never open anything for: `read-care` is for a vårdgivare (lag
 * 2022:913 3:1), `read-social` for an omsorgsgivare of older or disabled people (3:2), and only a single copy goes to a
 * named person.
 *
 * @throws consentRecipientUnknown, consentRecipientUnfit
 */
export function checkRecipient(type: ConsentType, recipient: Recipient, facts: RecipientFacts): void {
  if (recipient.kind === 'person') {
    if (type !== 'disclosure') throw unfit('recipient.kind');
    return;
  }
  if (!facts.active) {
    const field = wrong('recipient.hsaId', 'Finns inte i katalogen.', 'Is not in the directory.');
    throw consentRecipientUnknown({ invalidParameters: [field] });
  }
  if (type !== 'read-care' && type !== 'read-social') return;
  if (recipient.kind === 'principal') throw unfit('recipient.kind');
  const reader = type === 'read-care' ? 'care' : 'social-care';
  const isOutside = facts.area !== undefined && !READING_AREAS[reader].has(facts.area);
  if (facts.providerKind !== reader || isOutside) throw unfit('recipient.hsaId');
}

function unfit(name: string) {
  const field = wrong(name, 'Passar inte samtyckets typ.', 'Does not fit the type of consent.');
  return consentRecipientUnfit({ invalidParameters: [field] });
}

/**
 * The period of a consent. A refusal without an end is remembered for as long as a consent may last: then it may be
 * asked for again.
 *
 * @throws consentNeedsEnd, consentDates, consentTooLong
 */
export function checkPeriod(
  given: Pick<NewConsent, 'from' | 'until' | 'state'>,
  now: Instant,
  { longestMonths }: ConsentSettings,
): { readonly from: Instant; readonly until: Instant } {
  const from = given.from ?? now;
  // To the end of the day: "until 23 November in two years" is a whole day, whatever the time it is given.
  const longest = endOfDay(addMonths(swedishDate(Date.parse(from)), longestMonths));
  if (given.until === undefined) {
    if (given.state === 'refused') return { from, until: toRfc3339Utc(longest) };
    throw consentNeedsEnd({ invalidParameters: [wrong('until', 'Fältet saknas.', 'The field is missing.')] });
  }
  const until = Date.parse(given.until);
  if (until <= Date.parse(from) || until <= Date.parse(now)) {
    const field = wrong(
      'until',
      'Ska vara senare än början och senare än nu.',
      'Must be after its start and after now.',
    );
    throw consentDates({ invalidParameters: [field] });
  }
  if (until > longest) {
    const [sv, en] = [`Högst ${longestMonths} månader.`, `At most ${longestMonths} months.`];
    throw consentTooLong({ invalidParameters: [wrong('until', sv, en)], extra: { longestMonths } });
  }
  return { from, until: given.until };
}
