import type { Days } from '../days.ts';
import { type DemoStory, tst } from './story.ts';

const WARD = { kind: 'region', unit: tst('0101') };
const HEART = { kind: 'region', unit: tst('0102') };
const HEALTH_CENTRE = { kind: 'region', unit: tst('0201') };
const HOME_CARE = { kind: 'municipality-health', unit: tst('0302') };
const HOME_HELP = { kind: 'municipality-social', unit: tst('0303') };
const PATIENT = { kind: 'patient' };

function steps(days: Days): object[] {
  const call = days.workday(1);
  return [
    {
      ref: 'hem',
      title: 'Hemgång med papper och läkemedelslista',
      patientText: 'Du åker hem',
      responsibleParty: WARD,
      time: { form: 'fixed', start: days.at(days.day(-1), '11:00'), changeable: { byPatient: false } },
    },
    {
      ref: 'vikt',
      title: 'Viktkontroll',
      patientText: 'Hemsjukvården kommer och väger dig',
      clinicalText: 'Vikt och BT. Rapportera uppgång över 2 kg på 3 dagar till vårdcentralen.',
      purpose: 'treatment',
      responsibleParty: HOME_CARE,
      way: { kind: 'home' },
      predecessors: ['hem'],
      needsFromPrevious: 'Utskrivningsvikt och aktuell läkemedelslista',
      time: { form: 'recurring', series: { every: 'day', startsOn: days.today, endsOn: days.day(4) } },
    },
    {
      title: 'Omläggning av såret på handen',
      patientText: 'En sjuksköterska lägger om såret på handen',
      purpose: 'treatment',
      responsibleParty: WARD,
      time: { form: 'latest-by', by: days.workday(6) },
    },
    {
      title: 'Ring Ester efter hemgången',
      patientText: 'Maj ringer dig',
      responsibleParty: HEALTH_CENTRE,
      way: { kind: 'phone' },
      contact: { namedContactRef: 'maj' },
      time: { form: 'window', from: call, to: days.at(call, '12:00') },
    },
    {
      title: 'Hjälp på morgonen',
      patientText: 'Hemtjänsten hjälper dig med frukost och stödstrumpor',
      purpose: 'social',
      responsibleParty: HOME_HELP,
      way: { kind: 'home' },
      time: { form: 'recurring', series: { every: 'day', startsOn: days.day(1) } },
    },
    {
      title: 'Väga mig varje morgon',
      patientText: 'Du väger dig på morgonen och skriver upp vikten',
      purpose: 'treatment',
      healthMeasure: true,
      responsibleParty: PATIENT,
      ownYes: { method: 'oral' },
      assessment: {
        assessor: { staff: tst('P001'), name: 'Tove Testrup', profession: 'sjuksköterska' },
        assessedOn: days.day(-1),
        reviewOn: days.workday(20),
        helpNeeded: 'Hemsjukvården väger de dagar Ester inte orkar.',
        ifItFails: 'Ester ringer Maj, eller 1177 när vårdcentralen är stängd.',
      },
      way: { kind: 'self' },
      time: { form: 'recurring', series: { every: 'day', startsOn: days.day(1), timeOfDay: '07:00' } },
    },
    {
      title: 'Möte hemma om en gemensam plan',
      patientText: 'Möte hemma hos dig',
      responsibleParty: HEALTH_CENTRE,
      way: { kind: 'home' },
      contact: { namedContactRef: 'maj' },
      time: {
        form: 'fixed',
        start: days.at(days.workday(5), '13:00'),
        end: days.at(days.workday(5), '14:00'),
        changeable: { byPatient: true, how: 'Ring Maj' },
      },
    },
    {
      title: 'Uppföljning på hjärtmottagningen',
      patientText: 'Besök på hjärtmottagningen',
      purpose: 'treatment',
      responsibleParty: HEART,
      performer: { staff: tst('P002'), name: 'Ali Provsson' },
      way: { kind: 'visit', place: 'Provköpings lasarett, ingång B' },
      time: {
        form: 'fixed',
        start: days.at(days.workday(20), '10:00'),
        end: days.at(days.workday(20), '10:45'),
        changeable: { byPatient: true, how: 'Ring hjärtmottagningen' },
      },
    },
  ];
}

const commitments = [
  {
    by: PATIENT,
    to: HEALTH_CENTRE,
    text: 'Jag ringer Maj om vikten går upp 2 kg på 3 dagar.',
    ownYes: { method: 'oral' },
  },
  { by: HEALTH_CENTRE, to: PATIENT, text: 'Vi ringer tillbaka samma dag.' },
  { by: HOME_HELP, to: PATIENT, text: 'Vi skriver upp vikten när du har vägt dig.' },
];

const safetyNet = [
  { level: 'green', sign: 'Vikten är jämn och du andas som vanligt', advice: 'Fortsätt som vanligt.' },
  {
    level: 'yellow',
    sign: 'Vikten går upp 2 kg på 3 dagar, eller du sover sämre för att det är tungt att andas',
    advice: 'Ring Maj samma dag.',
    call: { day: { namedContactRef: 'maj' }, night: { name: '1177', phone: '1177' } },
  },
  { level: 'red', sign: 'Svårt att andas i vila, eller ont i bröstet', advice: 'Ring 112.' },
];

/** Home from hospital yesterday, with home care, home help and a health centre that have all said yes. */
export const ester: DemoStory = {
  citizen: 'ester',
  person: {
    preferredContactWay: 'phone',
    contactNeeds: { hearing: true, cannotUse1177: true, notes: 'Låt det ringa länge.' },
  },
  lead: 'tove-testrup',
  name: 'ester-hem-fran-lasarettet',
  ends: 'active',
  plan: (days) => ({
    kind: 'SPU',
    title: 'Hem från lasarettet',
    purpose: 'Trygg hemgång med hjärtsvikt',
    periodFrom: days.day(-1),
    whatMatters: [
      {
        text: 'Jag vill hem till min stol vid fönstret och kunna gå till brevlådan. Jag vill inte ringa 112 en gång till.',
        ownResources: 'Dottern Britt kommer på söndagar.',
      },
    ],
    goals: [{ text: 'Gå till brevlådan varannan dag', whose: 'patient', targetOn: days.day(60) }],
    namedContacts: [{ ref: 'maj', role: 'fast-vardkontakt', state: 'requested', unit: tst('0201'), basis: 'need' }],
    participants: [{ party: { kind: 'municipality-social', unit: tst('0301') }, role: 'Biståndshandläggare' }],
    steps: steps(days),
    commitments,
    safetyNet,
    followUps: [{ plannedOn: days.workday(30) }],
    links: [{ to: 'medicines', title: 'Läkemedelslistan', url: 'https://www.1177.se/' }],
  }),
  joined: async (plan, days) => {
    await plan.designates('maj-modell', { person: { staff: tst('P003'), name: 'Maj Modell' }, from: days.today });
    for (const unit of ['maj-modell', 'hanna-hittepa', 'nils-norrprov', 'ali-provsson', 'kim-ovning'])
      await plan.joins(unit);
    await plan.books('maj-modell', 'Möte hemma om en gemensam plan');
    await plan.books('ali-provsson', 'Uppföljning på hjärtmottagningen');
    await plan.did('tove-testrup', 'Hemgång med papper och läkemedelslista', {
      performedAt: days.at(days.day(-1), '11:20'),
      patientText: 'Du fick med dig ditt papper och din läkemedelslista.',
    });
  },
  // The ward has the dressing until home care has accepted it, and home care has only received it.
  proposed: async (plan) => {
    await plan.handsOver('tove-testrup', 'Omläggning av såret på handen', {
      toUnit: tst('0302'),
      needs: 'Såret från infarten ska läggas om var tredje dag.',
      given: 'Förband för en vecka följde med hem.',
    });
    await plan.receives('hanna-hittepa', 'Omläggning av såret på handen');
    await plan.hears(
      'hanna-hittepa',
      'Omläggning av såret på handen',
      { what: 'missing-information', text: 'Vi saknar vilket förband som användes sist.' },
      { by: 'tove-testrup', text: 'Skumförband. Vi skriver det i överlämningen nästa gång.' },
    );
  },
};
