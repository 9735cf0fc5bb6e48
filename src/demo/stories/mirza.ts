import { addDays, nextWeekday } from '../../shared/calendar.ts';
import { workingDayOnOrAfter } from '../../shared/holidays.ts';
import type { Days } from '../days.ts';
import { type DemoStory, tst } from './story.ts';

const IBD = { kind: 'region', unit: tst('0105') };
const HEALTH_CENTRE = { kind: 'region', unit: tst('0201') };
const PATIENT = { kind: 'patient' };
const ALL_YES = {
  safe: true,
  clearWhoDoesWhat: true,
  easyContact: true,
  namedContact: true,
  nextStepKnown: true,
  canInfluenceTimes: true,
  helpedWithCoordination: true,
};

function steps(days: Days): object[] {
  const monday = nextWeekday(days.day(4), 'mon');
  const everyEighthWeek = { form: 'recurring', series: { every: 'week', interval: 8, startsOn: monday } };
  const own = { responsibleParty: PATIENT, ownYes: { method: 'oral' }, way: { kind: 'self' }, time: everyEighthWeek };
  return [
    { ...own, title: 'Hemprov F-kalprotektin', patientText: 'Ditt prov' },
    { ...own, title: 'Formulär om hur du mår', patientText: 'Du fyller i formuläret på 1177' },
    {
      title: 'Svar på provet inom 5 vardagar',
      patientText: 'Svar från Runa',
      purpose: 'treatment',
      responsibleParty: IBD,
      performer: { staff: tst('P010'), name: 'Runa Modell' },
      contact: { namedContactRef: 'runa' },
      way: { kind: 'message' },
      time: { form: 'latest-by', by: workingDayOnOrAfter(addDays(monday, 7)) },
    },
    {
      title: 'Telefontid inom 7 dagar',
      patientText: 'Runa ringer dig',
      condition: 'om provet visar över 250',
      responsibleParty: IBD,
      way: { kind: 'phone' },
    },
    {
      title: 'Årsbesök',
      patientText: 'Årsbesök på mag- och tarmmottagningen',
      responsibleParty: IBD,
      way: { kind: 'visit' },
      time: { form: 'as-needed', by: days.day(360) },
    },
    {
      title: 'Vaccin',
      patientText: 'Vaccin på vårdcentralen',
      responsibleParty: HEALTH_CENTRE,
      way: { kind: 'visit' },
      time: { form: 'latest-by', by: days.workday(24) },
    },
  ];
}

/** Takes his samples at home; agreement and both sides' seven yes, so that it is a patientkontrakt. */
export const mirza: DemoStory = {
  citizen: 'mirza',
  person: { language: 'bs', preferredContactWay: 'message-1177' },
  lead: 'runa-modell',
  name: 'mirza-ibd-hemma',
  ends: 'active',
  plan: (days) => ({
    kind: 'OVERENSKOMMELSE',
    title: 'IBD hemma',
    planningLead: { staff: tst('P010'), name: 'Runa Modell' },
    leadPrincipal: tst('H01'),
    whatMatters: [{ text: 'Jag vill sköta provtagningen själv och bara komma när det behövs.' }],
    namedContacts: [
      {
        ref: 'runa',
        role: 'kontaktsjukskoterska',
        state: 'designated',
        person: { staff: tst('P010'), name: 'Runa Modell' },
        unit: tst('0105'),
      },
    ],
    steps: steps(days),
    commitments: [
      {
        by: PATIENT,
        to: IBD,
        text: 'Jag skickar provet, fyller i formuläret och ringer vid blod i mer än 3 dagar.',
        ownYes: { method: 'oral' },
      },
      { by: IBD, to: PATIENT, text: 'Inga kontrollbesök om värdena är bra. Vi hör av oss även när det är bra.' },
    ],
    safetyNet: [
      { level: 'green', sign: 'Magen är som vanligt', advice: 'Fortsätt som vanligt.' },
      {
        level: 'yellow',
        sign: 'Blod i avföringen mer än 3 dagar',
        advice: 'Ring mottagningen.',
        call: { day: { namedContactRef: 'runa' } },
      },
      { level: 'red', sign: 'Svår buksmärta eller hög feber', advice: 'Ring 112.' },
    ],
    followUps: [{ plannedOn: days.day(360) }],
  }),
  joined: (plan) => plan.joins('maj-modell'),
  proposed: async (plan) => {
    await plan.agreed(['mirza', 'runa-modell', 'maj-modell']);
    await plan.answers('mirza', 'patient', ALL_YES);
    await plan.answers('runa-modell', 'staff', ALL_YES);
  },
};
