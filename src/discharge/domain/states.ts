import { lacksAdmission } from '../problems.ts';
import type { AdmissionNotice, DischargeMessage, MessageKind, MessageState } from './model.ts';

/** All allowed moves of one message. What is corrected is received anew; what is cancelled counts for nothing. */
export const MESSAGE_MOVES: Readonly<Record<MessageState, readonly MessageState[]>> = {
  sent: ['corrected', 'cancelled'],
  corrected: ['corrected', 'cancelled'],
  cancelled: [],
};

export const STAY_STATES = ['admitted', 'ready', 'on-leave', 'discharged', 'dead', 'cancelled'] as const;
export type StayState = (typeof STAY_STATES)[number];

const ALONG = { estimate: 'same', contact: 'same', 'sip-call': 'same', 'no-sip': 'same' } as const;
type MovesOfStay = Readonly<Record<StayState, Readonly<Partial<Record<MessageKind, StayState | 'same' | 'before'>>>>>;

/**
 * What can be told of a stay in each state, and where it takes the stay. `before`: back from leave to what it was. A
 * patient who comes back after discharge is admitted anew: a new stay.
 */
export const STAY_MOVES: MovesOfStay = {
  admitted: {
    ...ALONG,
    ready: 'ready',
    leave: 'on-leave',
    'information-transfer': 'same',
    discharged: 'discharged',
    death: 'dead',
  },
  ready: {
    ...ALONG,
    interruption: 'admitted',
    leave: 'on-leave',
    'information-transfer': 'same',
    discharged: 'discharged',
    death: 'dead',
  },
  'on-leave': { ...ALONG, return: 'before', discharged: 'discharged', death: 'dead' },
  discharged: { contact: 'same', 'sip-call': 'same', 'no-sip': 'same', 'information-transfer': 'same', death: 'dead' },
  dead: {},
  cancelled: {},
};

/** A stay as its messages tell it; those that are cancelled count for nothing. */
export interface Stay {
  readonly admission: AdmissionNotice;
  readonly state: StayState;
  /** When the patient died, as the register or a message says: every clock stops. */
  readonly deathAt?: string;
  /** Those that count, in the order in which they were sent. */
  readonly messages: readonly DischargeMessage[];
}

const byTime = (a: DischargeMessage, b: DischargeMessage) =>
  Date.parse(a.sentAt) - Date.parse(b.sentAt) || (a.id < b.id ? -1 : 1);

/** Whether a message counts. */
export function counts({ state, enteredInError }: DischargeMessage): boolean {
  return state !== 'cancelled' && !enteredInError;
}

/**
 * Reads a stay from its messages. A cancelled message is as one that was never sent, so that what came after it is read
 * from the state before; what then has no place (a return without a leave) moves nothing.
 *
 * @param messages of one stay, cancelled ones too
 * @param registeredDeath the first instant of the day on which the register says that the patient died
 */
export function stayOf(messages: readonly DischargeMessage[], registeredDeath?: string): Stay {
  const ordered = [...messages].sort(byTime);
  const admission = ordered.find((one): one is AdmissionNotice => one.kind === 'admission');
  if (!admission) throw lacksAdmission();
  if (!counts(admission)) return { admission, state: 'cancelled', messages: [] };
  let state: StayState = 'admitted';
  let before: StayState = 'admitted';
  const counted = ordered.filter(counts);
  for (const { kind } of counted) {
    const to: StayState | 'same' | 'before' | undefined = STAY_MOVES[state][kind];
    if (to === undefined || to === 'same') continue;
    const next: StayState = to === 'before' ? before : to;
    before = state;
    state = next;
  }
  const told = counted.findLast(({ kind }) => kind === 'death') as { readonly at: string } | undefined;
  const deathAt = told?.at ?? registeredDeath;
  return {
    admission,
    state: deathAt === undefined ? state : 'dead',
    ...(deathAt !== undefined && { deathAt }),
    messages: counted,
  };
}

type OfKind<K extends MessageKind> = Extract<DischargeMessage, { readonly kind: K }>;

/** The latest message of a kind that counts. */
export function latest<K extends MessageKind>({ messages }: Stay, kind: K): OfKind<K> | undefined {
  return messages.findLast((one): one is OfKind<K> => one.kind === kind);
}

/** The notice that the patient is ready, while it stands: not when the patient has become worse since. */
export function standingReady(stay: Stay): OfKind<'ready'> | undefined {
  const ready = latest(stay, 'ready');
  const worse = latest(stay, 'interruption');
  return ready && (!worse || byTime(worse, ready) < 0) ? ready : undefined;
}

/** When the patient is thought to go home, as last told. */
export function estimatedDischarge(stay: Stay): string {
  return latest(stay, 'estimate')?.estimatedDischarge ?? stay.admission.estimatedDischarge;
}
