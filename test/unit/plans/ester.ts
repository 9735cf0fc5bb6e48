import type { PlanContent, Report, Step } from '../../../src/plans/domain/model.ts';
import {
  commitment,
  contentOf,
  followUp,
  id,
  instant,
  namedContact,
  plan,
  report,
  safetyNetItem,
  step,
  tst,
  whatMatters,
} from './plan-builder.ts';

export const WARD = tst('0101');
export const HEART = tst('0102');
export const HEALTH_CENTRE = tst('0201');
export const HOME_CARE = tst('0302');
export const HOME_HELP = tst('0303');
const SPU = 1;
const SIP = 2;
const inSip = { planId: id(SIP) };

const designate = step(102, {
  title: 'Utse fast vårdkontakt',
  patientText: 'Vårdcentralen utser din fasta vårdkontakt',
  responsibleNow: HEALTH_CENTRE,
  time: { form: 'latest-by', by: instant('2026-11-18T12:00+01:00') },
});

function goHome(day: string): Step {
  return step(106, {
    title: 'Hemgång med papper och läkemedelslista',
    patientText: 'Du åker hem',
    responsibleNow: WARD,
    state: 'booked',
    time: { form: 'fixed', start: instant(`${day}T11:00+01:00`), changeable: { byPatient: false } },
  });
}

const weightCheck = step(105, {
  title: 'Viktkontroll',
  patientText: 'Hemsjukvården kommer och väger dig',
  responsibleParty: { kind: 'municipality-health', unit: HOME_CARE },
  responsibleNow: HOME_CARE,
  way: { kind: 'home' },
  time: { form: 'recurring', series: { every: 'day', interval: 1, startsOn: '2026-11-22', endsOn: '2026-11-25' } },
});
const call = step(107, {
  title: 'Ring Ester dagen efter hemgång',
  patientText: 'Maj ringer dig',
  responsibleNow: HEALTH_CENTRE,
  contact: { namedContactId: id(301) },
  way: { kind: 'phone' },
  time: { form: 'window', from: '2026-11-23', to: instant('2026-11-23T12:00+01:00') },
});
const summons = step(108, {
  title: 'Kallelse SIP',
  patientText: 'Maj kallar till SIP-möte',
  responsibleNow: HEALTH_CENTRE,
  time: { form: 'latest-by', by: '2026-11-23' },
});
const meeting = step(109, {
  title: 'SIP-möte i hemmet',
  patientText: 'Möte hemma',
  responsibleNow: HEALTH_CENTRE,
  contact: { namedContactId: id(301) },
  way: { kind: 'home' },
  state: 'booked',
  time: { form: 'fixed', start: instant('2026-11-26T13:00+01:00'), changeable: { byPatient: true, how: 'Ring Maj' } },
});
const heart = step(110, {
  title: 'Uppföljning',
  patientText: 'Hjärtmottagningen',
  responsibleNow: HEART,
  performer: { name: 'Ali Provsson' },
  way: { kind: 'visit', place: 'Provköpings lasarett, ingång B' },
  state: 'booked',
  time: { form: 'fixed', start: instant('2026-12-11T10:00+01:00'), changeable: { byPatient: true } },
});
const weighing = step(201, {
  ...inSip,
  title: 'Väga mig varje morgon',
  patientText: 'Du väger dig',
  responsibleParty: { kind: 'patient' },
  responsibleNow: HEALTH_CENTRE,
  state: 'in-progress',
  way: { kind: 'self' },
  time: { form: 'recurring', series: { every: 'day', interval: 1, startsOn: '2026-11-27', timeOfDay: '07:00' } },
});
const ifNot = step(202, {
  ...inSip,
  title: 'Ta vikten',
  patientText: 'Hemsjukvården väger dig',
  responsibleParty: { kind: 'municipality-health', unit: HOME_CARE },
  responsibleNow: HOME_CARE,
  condition: 'om jag inte orkat',
  time: { form: 'recurring', series: { every: 'week', interval: 1, weekdays: ['mon', 'thu'], startsOn: '2026-11-30' } },
});

const done = (...steps: Step[]) => steps.map((s): Step => ({ ...s, state: 'done' }));
const visits = (...days: string[]): Report[] =>
  days.map((day, i) => report(400 + i, 105, { occurrence: day, performedAt: instant(`${day}T10:30+01:00`) }));

const spu = plan(SPU, { kind: 'SPU', leadUnit: WARD, createdByUnit: WARD, title: 'Hem från lasarettet' });
const maj = namedContact(301, {
  person: { staff: tst('P003'), name: 'Maj Modell' },
  unit: HEALTH_CENTRE,
  from: '2026-11-18',
  deputy: { name: 'Vera Vikarie', staff: tst('P018'), unit: HEALTH_CENTRE },
});
const ownWords =
  'Jag vill hem till min stol vid fönstret och kunna gå till brevlådan. Jag vill inte ringa 112 en gång till.';

function discharge(steps: readonly Step[], more: Partial<PlanContent> = {}): PlanContent {
  return contentOf({ plan: [spu], 'what-matters': [whatMatters(501, ownWords)], step: steps, ...more });
}

const home: Partial<PlanContent> = { 'named-contact': [maj] };

/** Ester's record as it stands at each moment that the story names; what has been reported is in it. */
export const ester = {
  admitted: discharge([designate, goHome('2026-11-20'), { ...weightCheck, state: 'proposed' }]),
  readyToGo: discharge([...done(designate), weightCheck, goHome('2026-11-21'), call, summons], home),
  home: discharge([...done(designate, goHome('2026-11-21')), { ...weightCheck, state: 'in-progress' }, call, summons], {
    ...home,
    report: visits('2026-11-22'),
  }),
  summoned: discharge(
    [...done(designate, goHome('2026-11-21'), call, summons), { ...weightCheck, state: 'in-progress' }, meeting, heart],
    { ...home, report: visits('2026-11-22', '2026-11-23') },
  ),
  agreed: contentOf({
    plan: [plan(SIP, { kind: 'SIP', leadUnit: HEALTH_CENTRE }), { ...spu, partOf: id(SIP) }],
    'what-matters': [whatMatters(501, ownWords)],
    'named-contact': [{ ...maj, ...inSip }],
    step: [...done(designate, goHome('2026-11-21'), weightCheck, call, summons, meeting), heart, weighing, ifNot],
    report: [
      ...visits('2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'),
      report(410, 201, { ...inSip, occurrence: '2026-11-27', performedAt: instant('2026-11-27T07:00+01:00') }),
    ],
    commitment: [
      commitment(601, { ...inSip, text: 'ringer Maj om vikten går upp 2 kg på 3 dagar' }),
      commitment(602, { ...inSip, text: 'går till brevlådan varannan dag' }),
      commitment(603, {
        ...inSip,
        by: { kind: 'region', unit: HEALTH_CENTRE },
        to: { kind: 'patient' },
        text: 'ringer tillbaka samma dag',
      }),
      commitment(604, {
        ...inSip,
        by: { kind: 'municipality-social', unit: HOME_HELP },
        to: { kind: 'patient' },
        text: 'skriver upp vikten',
      }),
    ],
    'safety-net-item': [
      safetyNetItem(701, {
        ...inSip,
        level: 'yellow',
        sign: 'Vikten går upp 2 kg på 3 dagar',
        advice: 'Ring Maj',
        call: { day: { namedContactId: id(301) }, night: { name: '1177', phone: '1177' } },
      }),
      safetyNetItem(702, {
        ...inSip,
        level: 'red',
        sign: 'Svårt att andas i vila',
        advice: 'Ring 112',
        call: { day: { name: 'SOS', phone: '112' }, night: { name: 'SOS', phone: '112' } },
      }),
      safetyNetItem(703, { ...inSip, level: 'green', sign: 'Vikten är jämn', advice: 'Fortsätt väga dig' }),
    ],
    'follow-up': [followUp(801, { ...inSip, plannedOn: '2027-02-26', responsibleUnit: HEALTH_CENTRE })],
  }),
} as const satisfies Record<string, PlanContent>;
