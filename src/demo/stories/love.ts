import { nextWeekday } from '../../shared/calendar.ts';
import { consentsToSip, type DemoStory, REGION, tst } from './story.ts';

const PSYCHIATRY = { kind: 'region', unit: tst('0103') };
const YOUNG_ADULTS = { kind: 'municipality-social', unit: tst('0304') };
const SCHOOL = { kind: 'other', unit: tst('0305') };
const PATIENT = { kind: 'patient' };

/** A SIP that is still a proposal: what is agreed so far, and a school that has not answered yet. */
export const love: DemoStory = {
  citizen: 'love',
  person: { preferredContactWay: 'message-1177' },
  lead: 'noa-fiktiv',
  name: 'love-sip',
  ends: 'proposed',
  consents: consentsToSip('Planeringen av stöd och behandling: mål, insatser och tider'),
  plan: (days) => ({
    kind: 'SIP',
    title: 'Sova och klara skolan',
    planningLead: { staff: tst('P007'), name: 'Noa Fiktiv' },
    leadPrincipal: REGION,
    whatMatters: [
      { text: 'Jag vill sova på nätterna och klara två dagar i skolan. Jag vill inte berätta samma sak fem gånger.' },
    ],
    namedContacts: [
      {
        ref: 'noa',
        role: 'fast-vardkontakt',
        state: 'designated',
        person: { staff: tst('P007'), name: 'Noa Fiktiv' },
        unit: tst('0103'),
      },
    ],
    steps: [
      {
        title: 'Förberedelseblad',
        patientText: 'Du och Noa fyller i bladet om vad som är viktigt',
        responsibleParty: PSYCHIATRY,
        contact: { namedContactRef: 'noa' },
        time: { form: 'latest-by', by: nextWeekday(days.day(1), 'mon') },
      },
      {
        title: 'SIP-möte, högst fyra personer',
        patientText: 'Möte hos skolan',
        responsibleParty: YOUNG_ADULTS,
        way: { kind: 'visit', place: 'Provskolan' },
        time: {
          form: 'fixed',
          start: days.at(days.workday(16), '14:00'),
          changeable: { byPatient: true, how: 'Skriv till Noa' },
        },
      },
      {
        title: 'Boendestöd två kvällar i veckan',
        patientText: 'Boendestöd börjar',
        purpose: 'social',
        responsibleParty: YOUNG_ADULTS,
        way: { kind: 'home' },
        time: { form: 'latest-by', by: days.workday(27) },
      },
      {
        title: 'Schema med två dagar',
        patientText: 'Skolan gör ett schema med två dagar i veckan',
        responsibleParty: SCHOOL,
        time: { form: 'latest-by', by: days.workday(55) },
      },
      {
        title: 'Uppföljning',
        patientText: 'Uppföljning med Noa',
        responsibleParty: PSYCHIATRY,
        way: { kind: 'video' },
        time: { form: 'latest-by', by: days.workday(79) },
      },
    ],
    commitments: [
      {
        by: PATIENT,
        to: PSYCHIATRY,
        text: 'Jag går till mötet, och säger till Noa samma dag om jag inte orkar.',
        ownYes: { method: 'oral' },
      },
      { by: PSYCHIATRY, to: PATIENT, text: 'Ingen ringer din mamma utan ditt ja. Noa svarar inom en vardag.' },
      { by: SCHOOL, to: PATIENT, text: 'Skolan ändrar inte schemat utan att prata med dig.' },
    ],
    safetyNet: [
      { level: 'green', sign: 'Du sover och kommer iväg', advice: 'Fortsätt som vanligt.' },
      {
        level: 'yellow',
        sign: 'Två nätter utan sömn, eller du vill inte gå ut',
        advice: 'Skriv till Noa.',
        call: { day: { namedContactRef: 'noa' }, night: { name: '1177', phone: '1177' } },
      },
      { level: 'red', sign: 'Du tänker på att skada dig', advice: 'Ring 112.' },
    ],
  }),
  joined: async (plan) => {
    await plan.joins('sam-latsas');
    await plan.books('sam-latsas', 'SIP-möte, högst fyra personer');
  },
};
