import { HEALTH_CENTRE, HOME_CARE, HOME_HELP, MAJ, ON_CALL, PATIENT, tst } from './cast.ts';

const ORAL = { ownYes: { method: 'oral' } };
export const WEIGHS_HERSELF = 'Väga mig varje morgon';
export const MORNINGS = 'Hjälp på morgonen';

const steps = [
  {
    title: WEIGHS_HERSELF,
    patientText: 'Du väger dig',
    responsibleParty: PATIENT,
    ...ORAL,
    supportUnit: HOME_HELP.unit,
    healthMeasure: true,
    assessment: {
      assessor: { ...MAJ, profession: 'distriktssköterska' },
      assessedOn: '2026-11-26',
      reviewOn: '2026-12-11',
      helpNeeded: 'Hemsjukvården väger måndag och torsdag om Ester inte orkat.',
      ifItFails: 'Ester eller hemtjänsten ringer Maj; annars 1177.',
    },
    way: { kind: 'self' },
    time: { form: 'recurring', series: { every: 'day', startsOn: '2026-11-27', timeOfDay: '07:00' } },
  },
  {
    title: 'Ta vikten',
    patientText: 'Hemsjukvården väger dig',
    condition: 'om jag inte orkat väga mig',
    responsibleParty: HOME_CARE,
    way: { kind: 'home' },
    time: { form: 'recurring', series: { every: 'week', weekdays: ['mon', 'thu'], startsOn: '2026-11-30' } },
  },
  {
    title: MORNINGS,
    patientText: 'Hemtjänsten hjälper dig på morgonen',
    purpose: 'social',
    responsibleParty: HOME_HELP,
    way: { kind: 'home' },
    time: { form: 'recurring', series: { every: 'day', startsOn: '2026-11-27' } },
  },
];

const commitments = [
  { by: PATIENT, to: HEALTH_CENTRE, text: 'Jag ringer Maj om vikten går upp 2 kg på 3 dagar.', ...ORAL },
  { by: PATIENT, to: HEALTH_CENTRE, text: 'Jag går till brevlådan varannan dag.', ...ORAL },
  { by: HEALTH_CENTRE, to: PATIENT, text: 'Vi ringer tillbaka samma dag.' },
  { by: HOME_HELP, to: PATIENT, text: 'Vi skriver upp vikten.' },
];

const safetyNet = [
  { level: 'green', sign: 'Vikten är jämn', advice: 'Fortsätt som vanligt.' },
  {
    level: 'yellow',
    sign: 'Vikten går upp 2 kg på 3 dagar',
    advice: 'Ring Maj samma dag.',
    call: { day: { namedContactRef: 'maj' }, night: { name: '1177', phone: '1177' } },
  },
  { level: 'red', sign: 'Svårt att andas i vila', advice: 'Ring 112.' },
];

/** The shared plan as Maj writes it at Ester's table; only the consents are missing. */
export const sipFor = (patientId: string, daughterId: string): object => ({
  patientId,
  kind: 'SIP',
  status: 'proposed',
  title: 'Hemma med hjärtsvikt',
  approvedForPatient: true,
  planningLead: MAJ,
  leadPrincipal: tst('H01'),
  goals: [{ text: 'Gå till brevlådan varannan dag', whose: 'patient' }],
  namedContacts: [
    {
      ref: 'maj',
      role: 'fast-vardkontakt',
      state: 'designated',
      person: MAJ,
      unit: HEALTH_CENTRE.unit,
      deputy: ON_CALL,
    },
  ],
  participants: [{ party: { kind: 'relative', relatedPersonId: daughterId }, role: 'Dotter' }],
  steps,
  commitments: [
    ...commitments,
    {
      by: { kind: 'relative', relatedPersonId: daughterId },
      to: PATIENT,
      text: 'Britt handlar på söndagar.',
      ...ORAL,
    },
  ],
  safetyNet,
  followUps: [{ plannedOn: '2027-02-26' }],
});
