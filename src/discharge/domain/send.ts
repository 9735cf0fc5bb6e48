import { type AgreedRule, ruleInForce } from '../../deadlines/domain/agreed-rules.ts';
import { type DeadlineName, type DeadlineRule, dayAfter, lastInstantOf } from '../../shared/deadline.ts';
import { type Act, type HsaId, newOwned, type Owned } from '../../shared/owned.ts';
import { wrong } from '../../shared/problem.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import { endOfDay, swedishDate } from '../../shared/swedish-time.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import {
  addressMissing,
  addressProtected,
  callByNamedContact,
  callWithoutConsent,
  contactNotDesignated,
  dischargeTimeWrong,
  messageNotYours,
  openCareMissing,
  receiverUnfit,
  stayMoveNotAllowed,
} from '../problems.ts';
import type { AdmissionNotice, Counted, DischargeMessage, MessageKind, SipCall } from './model.ts';
import { latest, STAY_MOVES, type Stay } from './states.ts';

/** What a rule of discharge may know beside the stay. */
export interface DischargeFacts {
  readonly units: ReadonlyMap<HsaId, UnitFacts>;
  readonly rules: readonly AgreedRule[];
  /** Whether the patient's consent to plan together holds. */
  readonly sipConsent: boolean;
  /** Whether the address must not be told. */
  readonly addressProtected: boolean;
}

export type NewAdmission = Pick<
  AdmissionNotice,
  | 'admittedAt'
  | 'judgedAt'
  | 'registeredAddress'
  | 'estimatedDischarge'
  | 'municipalHealthCareExpected'
  | 'openCareUnit'
> & { readonly receivers: readonly HsaId[] };

type Told<K extends MessageKind> = Omit<
  Extract<DischargeMessage, { kind: K }>,
  keyof Owned | 'admissionId' | 'state' | 'sentAt' | 'receipts' | 'receivers'
>;
/** What is sent of each kind, without what the service adds. */
export type NewMessage =
  | Told<'estimate'>
  | Told<'contact'>
  | { readonly kind: 'ready'; readonly sipNeeded: boolean }
  | { readonly kind: 'interruption' }
  | (Told<'sip-call'> & { readonly invited?: readonly HsaId[] })
  | Told<'no-sip'>
  | Told<'information-transfer'>
  | { readonly kind: 'leave' | 'return' | 'discharged' | 'death'; readonly at?: string; readonly until?: string };

function demandUnits(ids: readonly HsaId[], own: HsaId, facts: DischargeFacts, field: string): void {
  const isFit = (id: HsaId) => id !== own && facts.units.get(id)?.active === true;
  if (ids.length > 0 && ids.every(isFit)) return;
  throw receiverUnfit({
    invalidParameters: [wrong(field, 'Är ingen annan, verksam enhet', 'Is no other, active unit')],
  });
}

function demandNotAhead(at: string | undefined, act: Act, field: string): void {
  if (at === undefined || Date.parse(at) <= Date.parse(act.now)) return;
  throw dischargeTimeWrong({ invalidParameters: [wrong(field, 'Har inte hänt än', 'Has not happened yet')] });
}

/** What is judged or expected comes after the admission. */
function demandAfterAdmission(given: Pick<AdmissionNotice, 'admittedAt' | 'judgedAt' | 'estimatedDischarge'>): void {
  const from = Date.parse(given.admittedAt);
  const isJudgedBefore = given.judgedAt !== undefined && Date.parse(given.judgedAt) < from;
  if (!isJudgedBefore && given.estimatedDischarge >= swedishDate(from)) return;
  const field = isJudgedBefore ? 'judgedAt' : 'estimatedDischarge';
  throw dischargeTimeWrong({ invalidParameters: [wrong(field, 'Är före inskrivningen', 'Is before the admission')] });
}

function demandAddress({ registeredAddress }: NewAdmission, facts: DischargeFacts): void {
  const field = 'registeredAddress';
  if (facts.addressProtected && registeredAddress !== undefined) {
    throw addressProtected({ invalidParameters: [wrong(field, 'Lämnas inte', 'Is not given')] });
  }
  if (facts.addressProtected || registeredAddress !== undefined) return;
  throw addressMissing({ invalidParameters: [wrong(field, 'Saknas', 'Is missing')] });
}

/** The kommun among the receivers, whose agreement with the region the deadlines are counted by. */
function principalsOf(receivers: readonly HsaId[], act: Act, facts: DischargeFacts): readonly [HsaId, HsaId] {
  const ofKommun = receivers.map((id) => facts.units.get(id)?.principal).find((one) => one?.kind === 'municipality');
  return [act.owner.principal, ofKommun?.hsaId ?? ''];
}

function counted(name: DeadlineName, from: string, between: readonly [HsaId, HsaId], facts: DischargeFacts): Counted {
  const at = Date.parse(from);
  const rule = ruleInForce(facts.rules, name, between, swedishDate(at));
  return { rule, lastInstant: toRfc3339Utc(lastInstantOf(rule.rule, at)) };
}

/**
 * Sends an admission notice: to the units concerned, and to open care when municipal health care is expected (LUS 2:1).
 *
 * @throws discharge-receiver-unfit, open-care-unit-missing, registered-address-missing, address-of-protected-person,
 *   discharge-time-wrong (422)
 */
export function sendAdmission(
  patientId: AdmissionNotice['patientId'],
  given: NewAdmission,
  facts: DischargeFacts,
  act: Act,
) {
  const { openCareUnit } = given;
  const receivers = [...new Set([...given.receivers, ...(openCareUnit === undefined ? [] : [openCareUnit])])];
  demandUnits(receivers, act.owner.unit, facts, 'receivers');
  if (openCareUnit === undefined && given.municipalHealthCareExpected) {
    throw openCareMissing({ invalidParameters: [wrong('openCareUnit', 'Saknas', 'Is missing')] });
  }
  if (openCareUnit !== undefined && facts.units.get(openCareUnit)?.principal.kind !== 'region') {
    throw receiverUnfit({ invalidParameters: [wrong('openCareUnit', 'Är inte en regions', 'Is not of a region')] });
  }
  demandAddress(given, facts);
  demandNotAhead(given.admittedAt, act, 'admittedAt');
  demandNotAhead(given.judgedAt, act, 'judgedAt');
  demandAfterAdmission(given);
  const id = act.newId();
  const notice: AdmissionNotice = {
    ...newOwned(act, patientId, { approvedForPatient: false }, id),
    ...given,
    kind: 'admission',
    admissionId: id,
    state: 'sent',
    sentAt: act.now,
    receivers,
    receipts: [],
    notice: counted(
      'lus-admission-notice',
      given.judgedAt ?? given.admittedAt,
      principalsOf(receivers, act, facts),
      facts,
    ),
  };
  return notice;
}

const BY_OPEN_CARE: ReadonlySet<MessageKind> = new Set<MessageKind>(['contact', 'sip-call', 'no-sip']);

/** Whose message it is by law: the ward's, or the open care unit's; undefined where no open care has been told. */
export function senderOf({ admission }: Stay, kind: MessageKind): HsaId | undefined {
  return BY_OPEN_CARE.has(kind) ? admission.openCareUnit : admission.recordedBy.unit;
}

function demandSender(stay: Stay, kind: MessageKind, act: Act): void {
  if (act.owner.unit === senderOf(stay, kind)) return;
  throw kind === 'sip-call' ? callByNamedContact() : messageNotYours();
}

/** Sent by the designated contact in person, or the deputy; where only a role is named, by anyone of the unit. */
function demandNamedContact(stay: Stay, act: Act): void {
  const contact = latest(stay, 'contact');
  if (!contact) throw contactNotDesignated();
  const named = [contact.person?.staff, contact.deputy?.staff].filter((staff) => staff !== undefined);
  const isThem = act.by.staff !== undefined && named.includes(act.by.staff);
  if (!isThem && contact.person?.staff !== undefined) throw callByNamedContact();
}

/**
 * Sends a later message of a stay, to all receivers of the admission notice and to the one who sent it.
 *
 * @throws discharge-message-not-yours, sip-call-by-named-contact (403); discharge-message-out-of-order,
 *   contact-not-designated, sip-call-without-consent (409); discharge-receiver-unfit, discharge-time-wrong (422)
 */
export function sendMessage(stay: Stay, message: NewMessage, facts: DischargeFacts, act: Act): DischargeMessage {
  demandSender(stay, message.kind, act);
  const allowed = Object.keys(STAY_MOVES[stay.state]);
  if (!allowed.includes(message.kind)) throw stayMoveNotAllowed({ extra: { state: stay.state, allowed } });
  const { admission } = stay;
  const base = [admission.recordedBy.unit, ...admission.receivers].filter((unit) => unit !== act.owner.unit);
  const common = {
    ...newOwned(act, admission.patientId, { approvedForPatient: false }),
    admissionId: admission.id,
    state: 'sent',
    sentAt: act.now,
    receivers: base,
    receipts: [],
  } as const;
  switch (message.kind) {
    case 'estimate':
      demandAfterAdmission({ admittedAt: admission.admittedAt, estimatedDischarge: message.estimatedDischarge });
      return { ...common, ...message };
    case 'ready':
      return { ...common, ...message, ...readyClocks(stay, facts, act) };
    case 'sip-call':
      return calling(stay, message, common, facts, act);
    case 'interruption':
      return { ...common, ...message, at: act.now };
    case 'leave':
    case 'return':
    case 'discharged':
    case 'death':
      return { ...common, ...happened(stay, message, act) };
    default:
      return { ...common, ...message };
  }
}

function readyClocks(stay: Stay, facts: DischargeFacts, act: Act) {
  const { receivers, openCareUnit } = stay.admission;
  const between = principalsOf(receivers, act, facts);
  const payment = ruleInForce(facts.rules, 'lus-payment', between, swedishDate(Date.parse(act.now)));
  const days = payment.rule as Exclude<DeadlineRule, { counts: 'hours' }>;
  return {
    ...(openCareUnit !== undefined && { call: counted('lus-sip-call', act.now, between, facts) }),
    ...(between[1] !== '' && { payment: { rule: payment, from: dayAfter(days, Date.parse(act.now)) } }),
  };
}

type Common = Pick<SipCall, keyof Owned | 'admissionId' | 'state' | 'sentAt' | 'receivers' | 'receipts'>;

function calling(
  stay: Stay,
  { invited = [], ...call }: Extract<NewMessage, { kind: 'sip-call' }>,
  common: Common,
  facts: DischargeFacts,
  act: Act,
): SipCall {
  demandNamedContact(stay, act);
  if (!facts.sipConsent) throw callWithoutConsent();
  if (Date.parse(call.meetingAt) <= Date.parse(act.now)) {
    throw dischargeTimeWrong({ invalidParameters: [wrong('meetingAt', 'Har passerat', 'Has passed')] });
  }
  if (invited.length > 0) demandUnits(invited, act.owner.unit, facts, 'invited');
  return { ...common, ...call, receivers: [...new Set([...common.receivers, ...invited])] };
}

/** What has happened is told afterwards; a leave may begin later. */
function happened(stay: Stay, message: Extract<NewMessage, { at?: string; until?: string }>, act: Act) {
  const { kind, until } = message as { kind: 'leave' | 'return' | 'discharged' | 'death'; until?: string };
  const at = (message as { at?: string }).at ?? act.now;
  if (kind !== 'leave') demandNotAhead(at, act, 'at');
  const isBefore = Date.parse(at) < Date.parse(stay.admission.admittedAt);
  const endsBefore = until !== undefined && Date.parse(until) <= Date.parse(at);
  if (isBefore || endsBefore || (until !== undefined && kind !== 'leave')) {
    const field = isBefore ? 'at' : 'until';
    throw dischargeTimeWrong({ invalidParameters: [wrong(field, 'Stämmer inte', 'Does not fit')] });
  }
  const day = kind === 'discharged' ? { informationBy: toRfc3339Utc(endOfDay(swedishDate(Date.parse(at))) - 1) } : {};
  return { kind, at, ...(until !== undefined && { until }), ...day };
}
