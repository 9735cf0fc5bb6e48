import type { Actor } from '../shared/actor.ts';
import type { HsaId } from '../shared/owned.ts';
import { wrong } from '../shared/problem.ts';
import { notFound } from '../shared/problems.ts';
import type { UnitFacts } from '../shared/unit-facts.ts';
import type { DischargeMessage, MessageKind } from './domain/model.ts';
import { senderOf } from './domain/send.ts';
import type { Stay } from './domain/states.ts';
import { callNotBySystem, messageNotYours, sendingUnitMissing, sendingUnitNotYours } from './problems.ts';
import type { DischargeRecord } from './store/messages.ts';

/** Which unit a system would act for; staff's is in their token, whatever is asked about. */
export type ActsFor = (record: DischargeRecord) => HsaId;

/** For whom an act is made. */
export interface ForUnit {
  /** The unit that the request names: a system must sometimes, staff may name their own and no other. */
  readonly unit?: HsaId;
  readonly actsFor: ActsFor;
}

/**
 * The unit that an act is made for: staff's own, and for a system (a record system of one provider) the one that the request
 * or the stay gives, which must be an active unit of that provider.
 *
 * @throws notFound for staff without a unit; what `actsFor` refuses; discharge-unit-not-yours (403)
 */
export function actingUnit(actor: Actor, record: DischargeRecord, { unit: named, actsFor }: ForUnit): UnitFacts {
  const { facts, ours } = record;
  if (actor.kind !== 'system' && !facts.actorUnit) throw notFound();
  const hsaId = actor.kind === 'system' ? actsFor(record) : (named ?? facts.actorUnit?.hsaId);
  const unit = ours.find((one) => one.hsaId === hsaId);
  if (!unit?.active) throw sendingUnitNotYours();
  return unit;
}

const demandNamed = (unit: HsaId | undefined): HsaId => {
  if (unit !== undefined) return unit;
  throw sendingUnitMissing({ invalidParameters: [wrong('unit', 'Saknas', 'Is missing')] });
};

/** A new stay is of the ward that the request names. @throws discharge-unit-missing (422) */
export const forWard =
  (unit: HsaId | undefined): ActsFor =>
  () =>
    demandNamed(unit);

/**
 * A later message is of the ward or of the open care unit, as the law says for its kind. To call to SIP is for the named
 * contact in person (LUS 4:3).
 *
 * @throws sip-call-not-by-system, discharge-message-not-yours (403)
 */
export const forSender =
  (stayOf: (record: DischargeRecord) => Stay, kind: MessageKind): ActsFor =>
  (record) => {
    const sender = senderOf(stayOf(record), kind);
    if (kind === 'sip-call') throw callNotBySystem();
    return demandOurs(record, sender);
  };

/** What has been sent is changed by the unit that sent it. @throws as {@link forSender} */
export const forChange =
  (message: (record: DischargeRecord) => DischargeMessage): ActsFor =>
  (record) => {
    const { kind, recordedBy } = message(record);
    if (kind === 'sip-call') throw callNotBySystem();
    return demandOurs(record, recordedBy.unit);
  };

/**
 * A message is received for the unit that the request names, or the only one of the provider that it was sent to.
 *
 * @throws discharge-unit-missing (422), discharge-message-not-yours (403)
 */
export const forReceiver =
  (message: (record: DischargeRecord) => DischargeMessage, unit: HsaId | undefined): ActsFor =>
  (record) => {
    const { receivers } = message(record);
    if (unit !== undefined) return unit;
    const [own, ...more] = record.ours.filter(({ hsaId }) => receivers.includes(hsaId));
    if (!own) throw messageNotYours();
    return demandNamed(more.length === 0 ? own.hsaId : undefined);
  };

function demandOurs({ ours }: DischargeRecord, unit: HsaId | undefined): HsaId {
  if (unit !== undefined && ours.some(({ hsaId }) => hsaId === unit)) return unit;
  throw messageNotYours();
}
