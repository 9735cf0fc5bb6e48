import type { NamedContact } from '../../../src/plans/domain/model.ts';
import type { ContactChannel, ReachCandidate } from '../../../src/plans/domain/reach.ts';
import type { Weekday } from '../../../src/shared/calendar.ts';
import type { PatientId, ThingId } from '../../../src/shared/ids.ts';
import type { OpeningHours } from '../../../src/shared/opening-hours.ts';

const WORK_WEEK: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];

/** Hours from Monday to Friday, closed on holidays and eves. */
export const weekdays = (from: string, to: string): OpeningHours => ({
  weekly: [{ days: WORK_WEEK, from, to }],
  holidays: 'closed',
  exceptions: [],
});
export const ALWAYS: OpeningHours = { weekly: [], holidays: 'as-usual', exceptions: [], always: true };

/** A patient's phone, unless told otherwise. */
export function channel(some: Partial<ContactChannel> = {}): ContactChannel {
  return {
    kind: 'phone',
    value: '040-6280420',
    purpose: 'Frågor om din vård',
    audience: 'patient',
    openingHours: weekdays('08:00', '17:00'),
    ...some,
  };
}

export const unitOf = (channels: readonly ContactChannel[], some: Partial<ReachCandidate> = {}): ReachCandidate => ({
  via: 'unit',
  name: 'Testeryds vårdcentral',
  unitName: 'Testeryds vårdcentral',
  channels,
  ...some,
});

export const CENTRE = 'SE0000000000-TST0201';
export const ON_CALL = 'SE0000000000-TST0901';
export const LEAD = 'SE0000000000-TST0101';
export const MAJ = 'SE0000000000-TSTMAJ';

/** Maj Modell, Ester's named contact at the health centre. */
export function majModell(some: Partial<NamedContact> = {}): NamedContact {
  const recordedBy = { kind: 'staff', unit: CENTRE, provider: CENTRE, principal: CENTRE } as const;
  return {
    patientId: '00000000-0000-4000-8000-000000000001' as PatientId,
    id: '00000000-0000-7000-8000-000000000002' as ThingId,
    planId: '00000000-0000-7000-8000-000000000003' as ThingId,
    revision: 1,
    recordedBy,
    legalBasis: 'HSL',
    approvedForPatient: true,
    enteredInError: false,
    createdAt: '2026-11-18T08:15:00.000Z',
    changedAt: '2026-11-18T08:15:00.000Z',
    changedBy: { kind: 'staff', unit: CENTRE },
    role: 'fast-vardkontakt',
    state: 'designated',
    person: { staff: MAJ, name: 'Maj Modell' },
    unit: CENTRE,
    from: '2026-11-18',
    away: [],
    isPrimary: true,
    ...some,
  };
}
