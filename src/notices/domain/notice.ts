import type { ContactWay } from '../../patients/domain/contact-needs.ts';
import type { SwedishDate } from '../../shared/owned.ts';
import { ageOn, birthDate, type PersonNumber } from '../../shared/person-number.ts';
import { swedishDate } from '../../shared/swedish-time.ts';

/** How a notice goes to a person. */
export const NOTICE_WAYS = ['sms', 'e-mail', 'letter', 'portal-inbox'] as const;
export type NoticeWay = (typeof NOTICE_WAYS)[number];

/** Why nothing is sent. */
export type NoSend = 'deceased' | 'protected-identity' | 'child' | 'by-people' | 'unknown-person';

/** What is known of a person when a notice is about to be sent. */
export interface NoticePerson {
  readonly deceasedOn?: SwedishDate;
  readonly isProtected: boolean;
  readonly language: string;
  readonly preferredWay?: ContactWay;
  readonly cannotUse1177: boolean;
  readonly numbers: readonly PersonNumber[];
}

/** From this age one has one's own view in the portal (docs/access.md); before it the guardians read. */
const OWN_VIEW_FROM = 13;

/**
 * How a person is told that there is something new, as they want it, or why they are not. Nobody is told after death. A
 * person with protected identity gets nothing on paper or to a number, which others may hold; the inbox that one signs in
 * to is their own. Whoever wants to be called, visited or reached through a relative is told by people.
 *
 * @param now epoch milliseconds
 */
export function noticeWay(person: NoticePerson | undefined, now: number): NoticeWay | NoSend {
  if (!person) return 'unknown-person';
  if (person.deceasedOn !== undefined) return 'deceased';
  if (isChild(person, now)) return 'child';
  const inbox = !person.cannotUse1177;
  if (person.isProtected) return inbox ? 'portal-inbox' : 'protected-identity';
  switch (person.preferredWay) {
    case 'sms':
    case 'letter':
    case 'e-mail':
      return person.preferredWay;
    case 'phone':
    case 'visit':
    case 'through-relative':
      return 'by-people';
    default:
      return inbox ? 'portal-inbox' : 'letter';
  }
}

function isChild({ numbers }: NoticePerson, now: number): boolean {
  const born = numbers.map((number) => birthDate(number)).find((date) => date !== undefined);
  return born !== undefined && ageOn(born, swedishDate(now)) < OWN_VIEW_FROM;
}

export function isNoticeWay(way: NoticeWay | NoSend): way is NoticeWay {
  return (NOTICE_WAYS as readonly string[]).includes(way);
}

/** What is sent: never what is new, in which plan, or from whom, since each of those can tell of an illness. */
export interface NoticeText {
  readonly language: 'sv' | 'en';
  readonly subject: string;
  readonly text: string;
}

const TEXTS = {
  sv: {
    subject: 'Nytt i din plan',
    short: 'Det finns något nytt i din plan. Logga in på 1177.se och läs. Frågor? Ring 1177.',
    letter:
      'Hej!\n\nDet finns något nytt i din plan. Ring din fasta vårdkontakt så berättar de, eller logga in på 1177.se och läs själv. Vill du ha planen på papper kan du be om ett nytt blad.\n\nVet du inte vem du ska ringa? Ring 1177.',
  },
  en: {
    subject: 'Something new in your plan',
    short: 'There is something new in your plan. Log in at 1177.se to read it. Questions? Call 1177.',
    letter:
      'Hello!\n\nThere is something new in your plan. Call your contact person and they will tell you, or log in at 1177.se and read it yourself. If you want the plan on paper, ask for a new sheet.\n\nNot sure whom to call? Call 1177.',
  },
} as const;

/** The words for a way, in the person's language when it is Swedish or English, else in Swedish. */
export function noticeText(way: NoticeWay, language: string): NoticeText {
  const spoken = language.toLowerCase().startsWith('en') ? 'en' : 'sv';
  const { subject, short, letter } = TEXTS[spoken];
  return { language: spoken, subject, text: way === 'letter' ? letter : short };
}
