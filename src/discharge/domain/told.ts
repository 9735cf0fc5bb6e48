import type { PatientId, ThingId } from '../../shared/ids.ts';
import type { HsaId, Instant, SwedishDate } from '../../shared/owned.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { DischargeMessage } from './model.ts';
import { counts, estimatedDischarge, latest, type Stay, type StayState, standingReady, stayOf } from './states.ts';

/** How a unit is reached, with its owner. */
export interface ToldChannel {
  readonly owner: HsaId;
  readonly kind: string;
  readonly value: string;
  readonly audience: string;
  readonly whenClosed?: string;
}

/** One person's stays, with what telling them to the patient asks for. */
export interface StayRecord {
  readonly isProtected: boolean;
  readonly messages: readonly DischargeMessage[];
  readonly units: ReadonlyMap<HsaId, UnitFacts>;
  readonly channels: readonly ToldChannel[];
  readonly deathAt?: Instant;
}

/** Whom to call, and what applies when nobody answers. */
export interface CallTold {
  readonly name: string;
  readonly phone: string;
  readonly whenClosed?: string;
}

/** A stay as the patient meets it: what is planned, who coordinates, whom to call. Nothing of what units owe each other. */
export interface ToldStay {
  readonly patientId: PatientId;
  readonly id: ThingId;
  readonly state: StayState;
  /** Where the patient is cared for; left out for a person with protected identity, as are places and times. */
  readonly ward?: string;
  readonly estimatedDischarge?: SwedishDate;
  readonly readyAt?: Instant;
  readonly leaveUntil?: Instant;
  readonly dischargedAt?: Instant;
  /** The named contact (patientlagen 3:2 b): a person by name, or a role. */
  readonly contact?: {
    readonly name?: string;
    readonly roleName?: string;
    readonly unit?: string;
    readonly deputy?: string;
  };
  /** When the joint planning is to be. */
  readonly meeting?: { readonly at: Instant; readonly place?: string };
  readonly call: readonly CallTold[];
}

const SPOKEN = ['phone', 'switchboard'];

/**
 * Tells the stays of what messages the reader may see, the latest first. One that has been withdrawn is told no more; of a
 * protected person neither unit, time, place nor number, since the answer may stand on a screen.
 *
 * @param seen those that the law lets this reader see
 */
export function toldStays(record: StayRecord, seen: readonly DischargeMessage[]): ToldStay[] {
  const admissions = seen.filter((one) => one.kind === 'admission' && counts(one));
  return admissions
    .map(({ id }) =>
      stayOf(
        seen.filter(({ admissionId }) => admissionId === id),
        record.deathAt,
      ),
    )
    .sort((a, b) => (a.admission.id < b.admission.id ? 1 : -1))
    .map((stay) => toldStay(record, stay));
}

function toldStay(record: StayRecord, stay: Stay): ToldStay {
  const { admission, state } = stay;
  const contact = latest(stay, 'contact');
  const common = { patientId: admission.patientId, id: admission.id, state };
  const role = contact?.roleName ?? (contact && 'Fast vårdkontakt');
  if (record.isProtected) return { ...common, ...(role && { contact: { roleName: role } }), call: [] };
  const named = contact && {
    name: contact.person?.name,
    roleName: contact.roleName,
    unit: record.units.get(contact.recordedBy.unit)?.name,
    deputy: contact.deputy?.name,
  };
  const ready = standingReady(stay);
  const left = latest(stay, 'discharged');
  const leave = state === 'on-leave' ? latest(stay, 'leave') : undefined;
  const meeting = latest(stay, 'sip-call');
  return {
    ...common,
    ward: record.units.get(admission.recordedBy.unit)?.name,
    ...(left === undefined && { estimatedDischarge: estimatedDischarge(stay) }),
    ...(ready && { readyAt: ready.sentAt }),
    ...(leave?.until && { leaveUntil: leave.until }),
    ...(left && { dischargedAt: left.at }),
    ...(named && { contact: named }),
    ...(meeting && { meeting: { at: meeting.meetingAt, place: meeting.place } }),
    call: callsOf(record, stay),
  };
}

/** In hospital the ward first; at home who coordinates, and then the ward. */
function callsOf({ units, channels }: StayRecord, { admission, state }: Stay): CallTold[] {
  if (state === 'dead') return [];
  const both = [admission.recordedBy.unit, admission.openCareUnit];
  const order = state === 'discharged' ? both.toReversed() : both;
  return order.flatMap((unit): CallTold[] => {
    const way = channels.find(
      ({ owner, kind, audience }) => owner === unit && SPOKEN.includes(kind) && audience !== 'professional',
    );
    const name = units.get(unit ?? '')?.name;
    if (!way || name === undefined) return [];
    return [{ name, phone: way.value, ...(way.whenClosed && { whenClosed: way.whenClosed }) }];
  });
}
