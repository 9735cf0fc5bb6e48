import type { PlanContent, Report, Step } from '../../../src/plans/domain/model.ts';
import {
  commitment,
  contentOf,
  id,
  instant,
  namedContact,
  plan,
  report,
  step,
  tst,
  whatMatters,
} from './plan-builder.ts';

export const IBD = tst('0105');
const HEALTH_CENTRE = tst('0201');
const everyEighthWeek = {
  form: 'recurring',
  series: { every: 'week', interval: 8, startsOn: '2026-11-30' },
} as const;

const sample = step(101, {
  title: 'Hemprov F-kalprotektin',
  patientText: 'Ditt prov',
  responsibleParty: { kind: 'patient' },
  responsibleNow: IBD,
  state: 'in-progress',
  way: { kind: 'self' },
  time: everyEighthWeek,
});
const form = step(102, {
  title: 'Formulär',
  patientText: 'Du fyller i formuläret',
  responsibleParty: { kind: 'patient' },
  responsibleNow: IBD,
  state: 'in-progress',
  time: everyEighthWeek,
});
const answer = step(103, {
  title: 'Svar inom 5 vardagar',
  patientText: 'Svar från Runa',
  responsibleNow: IBD,
  performer: { name: 'Runa Modell' },
  contact: { namedContactId: id(301) },
  way: { kind: 'message' },
  time: { form: 'latest-by', by: '2026-12-07' },
});
const call = step(104, {
  title: 'Telefontid inom 7 dagar',
  patientText: 'Runa ringer dig',
  responsibleNow: IBD,
  condition: 'om provet visar över 250',
  time: { form: 'latest-by', by: '2026-12-01' },
});
const yearly = step(105, {
  title: 'Årsbesök',
  patientText: 'Årsbesök',
  responsibleNow: IBD,
  time: { form: 'as-needed', by: '2027-11-30' },
});
const vaccine = step(106, {
  title: 'Vaccin',
  patientText: 'Vaccin på vårdcentralen',
  responsibleNow: HEALTH_CENTRE,
  way: { kind: 'visit' },
  time: { form: 'latest-by', by: '2026-12-10' },
});

function mirzaWith(steps: readonly Step[], reports: readonly Report[] = []): PlanContent {
  return contentOf({
    plan: [plan(1, { kind: 'OVERENSKOMMELSE', leadUnit: IBD, createdByUnit: IBD })],
    'what-matters': [whatMatters(501, 'Jag vill sköta provtagningen själv och bara komma när det behövs.')],
    'named-contact': [
      namedContact(301, {
        role: 'kontaktsjukskoterska',
        person: { staff: tst('P010'), name: 'Runa Modell' },
        unit: IBD,
      }),
    ],
    step: steps,
    report: reports,
    commitment: [
      commitment(601, { text: 'ringer vid blod i mer än 3 dagar' }),
      commitment(602, {
        by: { kind: 'region', unit: IBD },
        to: { kind: 'patient' },
        text: 'hör av oss även när det är bra',
      }),
    ],
  });
}

const all = [sample, form, answer, call, yearly, vaccine];
const ticked = [101, 102].map((number) =>
  report(400 + number, number, { occurrence: '2026-11-30', performedAt: instant('2026-11-30T18:00+01:00') }),
);

/** Mirza's record at the moments of his story. */
export const mirza = {
  before: mirzaWith(all),
  sampleSent: mirzaWith(all, ticked),
  answered: mirzaWith(
    all.map((s) => (s === answer ? { ...s, state: 'done' } : s)),
    ticked,
  ),
} as const satisfies Record<string, PlanContent>;
