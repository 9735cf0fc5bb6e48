import { isBlank } from '../../shared/text.ts';
import type { ContactChannel, ContactChannelKind } from './contact-channel.ts';

/** What the patient's contact needs mean for reaching care; the needs for being reached by care are another matter. */
export interface ReachNeeds {
  /** Cannot log in at 1177: no messages there, and no booking through it. */
  readonly cannotUse1177?: boolean;
  /** Whatever else the patient cannot use. */
  readonly cannotUse?: readonly ContactChannelKind[];
  /** Writing, pictures and meetings before speech by phone, whoever they lead to; a phone only when it is all there is. */
  readonly hearingImpaired?: boolean;
  /** Tried first with each contact. */
  readonly preferred?: ContactChannelKind;
  /** Care must never call: no text that may promise to call back. The patient may still call. */
  readonly doNotCall?: boolean;
}

/** From the one that reaches a person fastest; a letter and an e-mail reach nobody now, and are not here. */
const ORDER: readonly ContactChannelKind[] = ['phone', 'switchboard', 'video', 'visit', '1177-message', 'web-booking'];
const ORDER_WITHOUT_HEARING: readonly ContactChannelKind[] = [
  '1177-message',
  'video',
  'visit',
  'web-booking',
  'phone',
  'switchboard',
];
const SPEECH: readonly ContactChannelKind[] = ['phone', 'switchboard'];
const AT_1177 = /(?:^|[/.@])1177\.se(?:$|[/:?#])/i;

/** More than there are kinds, and more than any plan has candidates. */
const CANDIDATE_STRIDE = 10;
const SPEECH_LAST = 1_000_000;

/** Whether a channel can take this patient anywhere at all, its hours aside. */
export function isUsable(channel: ContactChannel, needs: ReachNeeds): boolean {
  if (channel.audience !== 'patient' || isBlank(channel.value) || !ORDER.includes(channel.kind)) return false;
  if (needs.cannotUse?.includes(channel.kind)) return false;
  if (!needs.cannotUse1177) return true;
  return channel.kind !== '1177-message' && !(channel.kind === 'web-booking' && AT_1177.test(channel.value));
}

/**
 * The place in which to try a channel of the candidate at `place`, lowest first: by candidate, then by kind, the
 * preferred kind foremost. Equal kinds of one candidate keep the order that the directory gives them.
 */
export function preferenceOf(kind: ContactChannelKind, place: number, needs: ReachNeeds): number {
  const order = needs.hearingImpaired ? ORDER_WITHOUT_HEARING : ORDER;
  const rank = kind === needs.preferred ? 0 : order.indexOf(kind) + 1;
  const speech = needs.hearingImpaired && kind !== needs.preferred && SPEECH.includes(kind) ? SPEECH_LAST : 0;
  return speech + place * CANDIDATE_STRIDE + rank;
}
