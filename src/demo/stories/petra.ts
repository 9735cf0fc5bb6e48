import { consentsToSip, type DemoStory, REGION, tst } from './story.ts';

const HEALTH_CENTRE = { kind: 'region', unit: tst('0201') };
const PSYCHIATRY = { kind: 'region', unit: tst('0103') };
const SOCIAL_SERVICES = { kind: 'municipality-social', unit: tst('0304') };
const PATIENT = { kind: 'patient' };

/**
 * An active SIP that rests on two consents: withdrawing one of them is there to be tried. She came to hospital some hours
 * ago, and those who are to meet her afterwards have been told.
 */
export const petra: DemoStory = {
  citizen: 'petra',
  person: { preferredContactWay: 'phone' },
  lead: 'maj-modell',
  name: 'petra-sip',
  ends: 'active',
  consents: consentsToSip('Planeringen av behandling och stöd: mål, insatser och tider'),
  plan: (days) => ({
    kind: 'SIP',
    title: 'Nykter och boende i egen lägenhet',
    planningLead: { staff: tst('P003'), name: 'Maj Modell' },
    leadPrincipal: REGION,
    noMeasuresByOthers: true,
    whatMatters: [{ text: 'Jag bestämmer vilka som ska veta.' }],
    namedContacts: [
      {
        ref: 'maj',
        role: 'fast-vardkontakt',
        state: 'designated',
        person: { staff: tst('P003'), name: 'Maj Modell' },
        deputy: { staff: tst('P018'), name: 'Vera Vikarie', unit: tst('0201') },
        unit: tst('0201'),
      },
    ],
    steps: [
      {
        title: 'Provtagning',
        patientText: 'Provtagning på vårdcentralen',
        purpose: 'treatment',
        responsibleParty: HEALTH_CENTRE,
        way: { kind: 'visit', place: 'Testeryds vårdcentral' },
        contact: { namedContactRef: 'maj' },
        time: {
          form: 'fixed',
          start: days.at(days.workday(3), '09:15'),
          changeable: { byPatient: true, how: 'Ring vårdcentralen' },
        },
      },
      {
        title: 'Samtal hos psykiatrin',
        patientText: 'Samtal med Noa',
        purpose: 'treatment',
        responsibleParty: PSYCHIATRY,
        performer: { staff: tst('P007'), name: 'Noa Fiktiv' },
        way: { kind: 'visit' },
        time: {
          form: 'fixed',
          start: days.at(days.workday(8), '10:00'),
          changeable: { byPatient: true, how: 'Skriv till Noa i 1177' },
        },
      },
      {
        title: 'Boendestöd',
        patientText: 'Boendestöd hemma hos dig',
        purpose: 'social',
        responsibleParty: SOCIAL_SERVICES,
        way: { kind: 'home' },
        time: { form: 'recurring', series: { every: 'week', weekdays: ['tue', 'fri'], startsOn: days.day(1) } },
      },
    ],
    commitments: [
      { by: PATIENT, to: HEALTH_CENTRE, text: 'Jag säger till Maj om jag inte kan komma.', ownYes: { method: 'oral' } },
      { by: SOCIAL_SERVICES, to: PATIENT, text: 'Boendestödet kommer aldrig oanmält.' },
    ],
    followUps: [{ plannedOn: days.workday(60) }],
  }),
  joined: async (plan) => {
    for (const unit of ['noa-fiktiv', 'sam-latsas']) await plan.joins(unit);
    await plan.books('maj-modell', 'Provtagning');
    await plan.books('noa-fiktiv', 'Samtal hos psykiatrin');
  },
  stay: {
    ward: 'tove-testrup',
    goes: async (stay, days) => {
      await stay.admits({
        receivers: [tst('0304')],
        openCareUnit: tst('0201'),
        municipalHealthCareExpected: false,
        admittedAt: days.ago(3),
        registeredAddress: 'Provgatan 2, 123 45 Provköping',
        estimatedDischarge: days.day(4),
      });
      await stay.receives('sam-latsas');
      await stay.tells('maj-modell', { kind: 'contact', person: { staff: tst('P003'), name: 'Maj Modell' } });
    },
  },
};
