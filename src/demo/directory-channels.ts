import type { DemoChannel, DemoOpeningHours, DemoWeekday } from './directory-types.ts';

const WEEKDAYS: readonly DemoWeekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const EVERY_DAY: readonly DemoWeekday[] = [...WEEKDAYS, 'sat', 'sun'];
const ALWAYS: readonly DemoOpeningHours[] = [{ days: EVERY_DAY, from: '00:00', to: '24:00' }];
const EMERGENCY = 'Ring 112 om det är bråttom och farligt.';
const ADVICE = 'Ring 1177 för råd, dygnet runt.';

const weekdays = (from: string, to: string): readonly DemoOpeningHours[] => [{ days: WEEKDAYS, from, to }];

interface PhoneTimes {
  readonly hours: readonly DemoOpeningHours[];
  readonly whenClosed?: string;
}

function patientPhone(suffix: string, number: string, { hours, whenClosed }: PhoneTimes): DemoChannel {
  return {
    ownerHsaId: `SE0000000000-TST${suffix}`,
    key: 'telefon',
    kind: 'phone',
    value: number,
    purpose: 'Frågor om din vård, dina insatser och din plan',
    audience: 'patient',
    openingHours: hours,
    openOnHolidays: hours === ALWAYS,
    ...(whenClosed === undefined ? {} : { whenClosed }),
    inEmergency: EMERGENCY,
  };
}

function professionalPhone(suffix: string, number: string, hours: readonly DemoOpeningHours[]): DemoChannel {
  return {
    ownerHsaId: `SE0000000000-TST${suffix}`,
    key: 'samverkan',
    kind: 'phone',
    value: number,
    purpose: 'Samverkan mellan enheter, bara för personal',
    audience: 'professional',
    openingHours: hours,
    openOnHolidays: hours === ALWAYS,
  };
}

function message(suffix: string): DemoChannel {
  return {
    ownerHsaId: `SE0000000000-TST${suffix}`,
    key: '1177',
    kind: '1177-message',
    value: 'https://www.1177.se/',
    purpose: 'Frågor som kan vänta; svar inom två vardagar',
    audience: 'patient',
    openingHours: ALWAYS,
    openOnHolidays: true,
    inEmergency: EMERGENCY,
  };
}

const office: PhoneTimes = { hours: weekdays('08:00', '16:00'), whenClosed: ADVICE };
const morning: PhoneTimes = { hours: weekdays('08:00', '12:00'), whenClosed: ADVICE };
const always: PhoneTimes = { hours: ALWAYS };

/** How the units are reached, by whom and when. */
export const channels: readonly DemoChannel[] = [
  patientPhone('0101', '040-6280401', always),
  patientPhone('0102', '040-6280402', office),
  patientPhone('0103', '040-6280403', office),
  patientPhone('0104', '040-6280404', office),
  patientPhone('0105', '040-6280405', morning),
  patientPhone('0106', '040-6280406', office),
  patientPhone('0107', '040-6280407', always),
  patientPhone('0201', '040-6280420', { hours: weekdays('08:00', '17:00'), whenClosed: ADVICE }),
  patientPhone('0301', '08-46500431', { hours: weekdays('08:30', '15:00'), whenClosed: 'Ring hemtjänstens jour.' }),
  patientPhone('0302', '08-46500432', always),
  patientPhone('0303', '08-46500433', { hours: [{ days: EVERY_DAY, from: '07:00', to: '22:00' }], whenClosed: ADVICE }),
  patientPhone('0304', '08-46500434', { hours: weekdays('09:00', '15:00'), whenClosed: 'Ring socialjouren via 112.' }),
  patientPhone('0305', '08-46500435', { hours: weekdays('08:00', '15:00') }),
  patientPhone('0306', '08-46500436', office),
  patientPhone('0307', '08-46500437', always),
  patientPhone('0401', '031-3900641', office),
  patientPhone('0901', '040-6280449', always),
  message('0102'),
  message('0103'),
  message('0105'),
  message('0201'),
  professionalPhone('0101', '040-6280441', ALWAYS),
  professionalPhone('0201', '040-6280442', weekdays('07:30', '17:00')),
  professionalPhone('0301', '08-46500441', weekdays('08:00', '16:30')),
  professionalPhone('0302', '08-46500442', ALWAYS),
  professionalPhone('0303', '08-46500443', ALWAYS),
  professionalPhone('0901', '040-6280448', ALWAYS),
];
