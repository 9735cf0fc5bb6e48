import type { DemoChannel } from './directory-types.ts';

const ALWAYS = 'dygnet runt';
const OFFICE = 'mån-fre 08:00-16:00';
const EMERGENCY = 'Ring 112 om det är bråttom och farligt.';
const ADVICE = 'Ring 1177 för råd, dygnet runt.';

const ownerOf = (suffix: string) => `SE0000000000-TST${suffix}`;

function patientPhone(suffix: string, value: string, openingHours: string, whenClosed?: string): DemoChannel {
  return {
    ownerHsaId: ownerOf(suffix),
    key: 'telefon',
    kind: 'phone',
    value,
    purpose: 'Frågor om din vård, dina insatser och din plan',
    audience: 'patient',
    openingHours,
    ...(whenClosed === undefined ? {} : { whenClosed }),
    inEmergency: EMERGENCY,
    order: 1,
  };
}

function professionalPhone(suffix: string, value: string, openingHours: string): DemoChannel {
  return {
    ownerHsaId: ownerOf(suffix),
    key: 'samverkan',
    kind: 'phone',
    value,
    purpose: 'Samverkan mellan enheter, bara för personal',
    audience: 'professional',
    openingHours,
    order: 3,
  };
}

function message(suffix: string): DemoChannel {
  return {
    ownerHsaId: ownerOf(suffix),
    key: '1177',
    kind: '1177-message',
    value: 'https://www.1177.se/',
    purpose: 'Frågor som kan vänta; svar inom två vardagar',
    audience: 'patient',
    openingHours: ALWAYS,
    inEmergency: EMERGENCY,
    order: 2,
  };
}

/** How the units are reached, by whom and when. */
export const channels: readonly DemoChannel[] = [
  patientPhone('0101', '040-6280401', ALWAYS),
  patientPhone('0102', '040-6280402', OFFICE, ADVICE),
  patientPhone('0103', '040-6280403', OFFICE, ADVICE),
  patientPhone('0104', '040-6280404', OFFICE, ADVICE),
  patientPhone('0105', '040-6280405', 'mån-fre 08:00-12:00', ADVICE),
  patientPhone('0106', '040-6280406', OFFICE, ADVICE),
  patientPhone('0107', '040-6280407', ALWAYS),
  patientPhone('0201', '040-6280420', 'mån-fre 08:00-17:00', ADVICE),
  patientPhone('0301', '08-46500431', 'mån-fre 08:30-15:00', 'Ring hemtjänsten om det inte kan vänta.'),
  patientPhone('0302', '08-46500432', ALWAYS),
  patientPhone('0303', '08-46500433', 'alla dagar 07:00-22:00; helgdag som vanligt', ADVICE),
  patientPhone('0304', '08-46500434', 'mån-fre 09:00-15:00', 'Ring 112 och be att få tala med socialjouren.'),
  patientPhone('0305', '08-46500435', 'mån-fre 08:00-15:00'),
  patientPhone('0306', '08-46500436', OFFICE),
  patientPhone('0307', '08-46500437', ALWAYS),
  patientPhone('0401', '031-3900641', OFFICE, ADVICE),
  patientPhone('0901', '040-6280449', ALWAYS),
  {
    ownerHsaId: ownerOf('P003'),
    key: 'telefon',
    kind: 'phone',
    value: '040-6280411',
    purpose: 'Direkt till Maj',
    audience: 'patient',
    openingHours: OFFICE,
    whenClosed: ADVICE,
    inEmergency: EMERGENCY,
    order: 1,
  },
  message('0102'),
  message('0103'),
  message('0105'),
  message('0201'),
  professionalPhone('0101', '040-6280441', ALWAYS),
  professionalPhone('0201', '040-6280442', 'mån-fre 07:30-17:00'),
  professionalPhone('0301', '08-46500441', 'mån-fre 08:00-16:30'),
  professionalPhone('0302', '08-46500442', ALWAYS),
  professionalPhone('0303', '08-46500443', ALWAYS),
  professionalPhone('0901', '040-6280448', ALWAYS),
];
